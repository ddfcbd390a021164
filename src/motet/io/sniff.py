"""Reading and writing a score in whatever format a file has.

Conventions: reading looks at the content, never at the name alone; writing goes by the ending of
the name. Readers other than MIDI and JSON are imported on first use.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Literal

from motet.errors import FormatError, ParameterError
from motet.io.abc.text import is_abc
from motet.io.json_file import write_json
from motet.io.kern.text import is_kern
from motet.io.limits import MAX_TEXT_BYTES, load_bytes
from motet.io.loaded import Loaded, Loss
from motet.io.midi_loss import midi_losses
from motet.io.midi_write import write_midi
from motet.io.motet_file import is_project
from motet.io.musicxml_loss import musicxml_losses
from motet.score import Score

__all__ = ["Format", "read", "sniff", "write"]

Format = Literal["midi", "json", "musicxml", "kern", "abc", "project"]
_ENDINGS: dict[str, Format] = {
    ".mid": "midi",
    ".midi": "midi",
    ".json": "json",
    ".musicxml": "musicxml",
    ".mxl": "musicxml",
    ".abc": "abc",
}
_READERS = {
    "midi": ("motet.io.midi_read", "read_midi"),
    "json": ("motet.io.json_file", "read_json"),
    "musicxml": ("motet.io.musicxml_read", "read_musicxml"),
    "kern": ("motet.io.kern.read", "read_kern"),
    "abc": ("motet.io.abc.read", "read_abc"),
    "project": ("motet.io.motet_file", "read_project"),
}
_READ_NAMES = (
    "MIDI (.mid), MusicXML (.musicxml, .mxl), kern (.krn), ABC (.abc), Motet JSON (.json) and "
    "projects (.motet)"
)
_READ_NAMES_ZH = (
    "MIDI(.mid)、MusicXML(.musicxml、.mxl)、kern(.krn)、ABC(.abc)、Motet JSON(.json)与工程(.motet)"
)
_JUNK_LIMIT = 1 << 16


def sniff(data: bytes) -> Format | Literal[""]:
    """Return the format that content is in.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    str
        ``"midi"``, ``"json"``, ``"musicxml"``, ``"kern"``, ``"abc"``, ``"project"``, or empty when it is
        none of them.

    Examples
    --------
    >>> sniff(b"MThd"), sniff(b' {"format": 1}'), sniff(b"hello")
    ('midi', 'json', '')
    """
    head = data[:_JUNK_LIMIT]
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"MThd") or (head.startswith(b"RIFF") and head[8:12] == b"RMID"):
        return "midi"
    if start.startswith(b"{"):
        return "json"
    if is_project(data):
        return "project"
    plain = head.replace(b"\0", b"")  # UTF-16
    if b"<score-partwise" in plain or b"<score-timewise" in plain:
        return "musicxml"
    if head.startswith(b"PK\x03\x04") and (b"META-INF/container.xml" in data or b"xml" in head):
        return "musicxml"
    if is_kern(data):
        return "kern"
    if is_abc(data):
        return "abc"
    return "midi" if b"MThd" in head else ""


def read(source: str | Path | bytes, *, format: Format | None = None) -> Loaded:
    """Return the score of a file of any format that Motet reads.

    Parameters
    ----------
    source : str, Path or bytes
        Path of the file, or its content.
    format : str or None
        ``"midi"``, ``"musicxml"``, ``"kern"``, ``"abc"``, ``"json"`` or ``"project"``; None finds out from
        the content.

    Returns
    -------
    Loaded
        The score, and the repairs that reading it took.

    Raises
    ------
    FormatError
        The content is in no format that is read, or is damaged beyond mending.
    ParameterError
        There is no such file, or no such format.

    Examples
    --------
    >>> from motet.score import make_score
    >>> read(write_json(make_score("C4:1"))).score.n_notes
    1
    """
    if format is not None and format not in _READERS:
        names = ", ".join(repr(name) for name in _READERS)
        raise ParameterError(
            f"format must be one of {names}, got {format!r}; None finds out from the content",
            zh=f"format 应为 {names} 之一,收到 {format!r};None 表示按内容判断",
        )
    if not isinstance(source, bytes) and format is None:
        _refuse_recording(source)
    data, path = load_bytes(source, max_bytes=MAX_TEXT_BYTES)
    found = format or sniff(data)
    if found:
        module, name = _READERS[found]
        reader = getattr(importlib.import_module(module), name)
        loaded: Loaded = reader(source if path else data)
        return loaded
    what, what_zh = ("empty", "空文件") if not data else ("in no known format", "未知格式")
    raise FormatError(
        f"the file is {what}; {_READ_NAMES} can be read",
        zh=f"该文件为{what_zh};可读取 {_READ_NAMES_ZH}",
        path=path,
        place="byte 0",
    )


def _refuse_recording(source: str | Path) -> None:
    """Raise where a file is sound, and say what turns it into a score."""
    from motet.audio.sniff import is_recording

    if Path(source).is_file() and is_recording(source):
        raise FormatError(
            "this is a recording, not a score; motet.transcribe(path).score, or motet transcribe FILE, "
            "turns it into one",
            zh="这是录音,不是乐谱;可用 motet.transcribe(path).score 或 motet transcribe 文件 转写成乐谱",
            path=str(source),
            place="byte 0",
        )


def write(score: Score, path: str | Path) -> tuple[Loss, ...]:
    """Return what the written file could not say; the format goes by the ending of the name.

    Parameters
    ----------
    score : Score
    path : str or Path
        Ends in .mid, .midi, .json, .musicxml, .mxl or .abc.

    Returns
    -------
    tuple of Loss
        Empty when reading the file gives the score back.

    Raises
    ------
    ParameterError
        The ending is not known, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from motet.score import make_score
    >>> folder = Path(tempfile.mkdtemp())
    >>> write(make_score("60:1"), folder / "a.mid")
    ()
    """
    ending = Path(path).suffix.lower()
    found = _ENDINGS.get(ending)
    if found == "midi":
        write_midi(score, path)
        return midi_losses(score)
    if found == "json":
        write_json(score, path)
        return ()
    if found == "musicxml":
        importlib.import_module("motet.io.musicxml_write").write_musicxml(score, path)
        return musicxml_losses(score)
    if found == "abc":
        importlib.import_module("motet.io.abc.write").write_abc(score, path)
        losses: tuple[Loss, ...] = importlib.import_module("motet.io.abc.loss").abc_losses(score)
        return losses
    raise ParameterError(
        f"the name of a score file ends in {', '.join(_ENDINGS)}; got {str(path)!r}",
        zh=f"乐谱文件名应以 {'、'.join(_ENDINGS)} 结尾;收到 {str(path)!r}",
    )
