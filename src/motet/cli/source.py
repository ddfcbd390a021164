"""What commands read: a file, a progression written out, or ``-`` for standard input.

Conventions: content decides what a stream or file is; repairs are said on stderr.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from motet.errors import FormatError, ParameterError

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.score import Score

__all__ = ["load_score", "open_source", "take_bars"]

_LONGEST_PATH = 255
_LIKE_A_FILE = re.compile(r"[^|\s]*(/[^|\s]*\.|\.)[a-z]{2,5}")
_ENDINGS = (
    ".mid", ".midi", ".json", ".musicxml", ".mxl", ".xml", ".abc", ".txt", ".kar", ".rmi", ".motet",
)  # fmt: skip


def open_source(source: str, out: Output) -> Score | str:
    """Return the score that a source holds, or the text of a progression.

    Parameters
    ----------
    source : str
        A path, a progression, or ``-`` to read standard input.
    out : Output
        Repairs are said there.

    Returns
    -------
    Score or str

    Raises
    ------
    ParameterError
        Standard input is a terminal, where nothing would ever come; or there is no such file.
    FormatError
        The content is neither a score nor text.

    Examples
    --------
    >>> from motet.cli.output import Output
    >>> open_source("| C F |", Output(language="en", as_json=True))
    '| C F |'
    """
    from motet.audio.sniff import is_recording
    from motet.io import read, sniff

    if source == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise ParameterError(
                "'-' reads standard input, but it is a terminal; pipe a file or a progression in",
                zh="“-”表示读取标准输入,但它是终端;请用管道送入文件或和弦进行",
            )
        data = sys.stdin.buffer.read()
        if not sniff(data):
            return _as_text(data, "-")
        loaded = read(data)
    else:
        path = Path(source).expanduser() if source.startswith("~") else Path(source)
        if "|" in source or len(source) > _LONGEST_PATH:
            return source
        _refuse_what_is_no_file(source, path)
        if path.suffix.lower() not in _ENDINGS and not path.is_file():
            return source
        if path.suffix.lower() == ".txt" and path.is_file():
            return _as_text(path.read_bytes(), source)
        if path.is_file() and is_recording(path):
            return _hear_score(path, out)
        loaded = read(path)
    for repair in loaded.repairs:
        out.note(f"repaired: {repair.localised('en')}", f"已修复:{repair.localised('zh')}")
    return loaded.score


def _hear_score(path: Path, out: Output) -> Score:
    """Return a recording as a score, and say that it was heard, not read."""
    from motet.cli.transcribe import hear

    found = hear(path, out)
    out.note(
        f"{path.name} is a recording: transcribed, {found.confidence:.0%} sure "
        "(motet transcribe shows more)",
        f"{path.name} 是录音:已转写,把握 {found.confidence:.0%}(详见 motet transcribe)",
    )
    score: Score = found.score
    return score


def _refuse_what_is_no_file(source: str, path: Path) -> None:
    """Raise where a source is a folder, or a file by its look that is not there."""
    if path.is_dir():
        raise ParameterError(
            f"{source!r} is a folder; give a file in it",
            zh=f"{source!r} 是文件夹;请给出其中的一个文件",
        )
    if not path.is_file() and _LIKE_A_FILE.fullmatch(source):
        raise ParameterError(
            f"there is no file {source!r}; see its name and folder",
            zh=f"没有文件 {source!r};请检查文件名与所在文件夹",
        )


def _as_text(data: bytes, path: str) -> str:
    """Return bytes as the text of a progression."""
    try:
        return data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise FormatError(
            "neither music nor text in UTF-8; give MIDI, JSON or a progression",
            zh="既不是乐谱也不是 UTF-8 文本;请提供 MIDI、JSON 或和弦进行",
            path=path,
            place=f"byte {error.start}",
        ) from error


def load_score(source: str, out: Output) -> Score:
    """Return the score of a file or of standard input.

    Parameters
    ----------
    source : str
        A path, or ``-``.
    out : Output
        Repairs are said there.

    Returns
    -------
    Score

    Raises
    ------
    ParameterError
        There is no such file, or what came is a progression and no score.
    FormatError
        The content is damaged beyond mending.

    Examples
    --------
    >>> from motet.cli.output import Output
    >>> from motet.io import write
    >>> from motet.score import make_score
    >>> _ = write(make_score("C4:4"), "one.mid")
    >>> load_score("one.mid", Output(language="en", as_json=True)).n_notes
    1
    """
    found = open_source(source, out)
    if isinstance(found, str):
        raise ParameterError(
            f"a score file was expected, got {source!r}; see the name, or turn a progression "
            "into one: motet arrange PROGRESSION -o FILE.mid",
            zh=f"应为乐谱文件,收到 {source!r};请检查名称,或先把和弦进行写成文件:"
            "motet arrange 和弦进行 -o FILE.mid",
        )
    return found


def take_bars(score: Score, first: int | None, last: int | None) -> Score:
    """Return an excerpt, its bars counted as a person counts them.

    Parameters
    ----------
    score : Score
    first, last : int or None
        Numbers of the first and the last bar, both taken; None is the score's own.

    Returns
    -------
    Score
        Notes that already sound at its start begin there.

    Raises
    ------
    ParameterError
        There is no such bar, or the first comes after the last.

    Examples
    --------
    >>> from motet.score import make_score
    >>> take_bars(make_score("C4:4 D4:4 E4:4"), 2, 3).n_bars
    2
    """
    from motet.score import trim

    if first is None and last is None:
        return score
    numbers = [bar.number for bar in score.bars]
    lowest, highest = numbers[0], numbers[-1]
    start, end = lowest if first is None else first, highest if last is None else last
    if start not in numbers or end not in numbers or start > end:
        raise ParameterError(
            f"--from-bar and --to-bar must lie in {lowest} to {highest}, in this order, "
            f"got {start} and {end}",
            zh=f"--from-bar 与 --to-bar 必须在 {lowest} 到 {highest} 之间且先后正确,"
            f"收到 {start} 与 {end}",
        )
    begin = numbers.index(start)
    return trim(score, start_bar=begin, end_bar=numbers.index(end) + 1, keep_sounding=True)
