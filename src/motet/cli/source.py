"""Files and streams that commands read: a path, a progression, or ``-`` for standard input.

Conventions: bytes from standard input are kept in a temporary file that is gone afterwards.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from motet.errors import FormatError, ParameterError

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.score import Score

__all__ = ["extension_of_bytes", "load_score", "open_source"]


def extension_of_bytes(data: bytes) -> str:
    """Return the file extension that some bytes deserve: ``"mid"``, ``"json"``, … or ``"txt"``.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    str

    Examples
    --------
    >>> extension_of_bytes(b"MThd\\x00"), extension_of_bytes(b"| C F |")
    ('mid', 'txt')
    """
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[:4] in (b"MThd", b"RIFF"):
        return "mid"
    if head[:1] == b"{":
        return "json"
    if head[:1] == b"<":
        return "musicxml"
    return "mxl" if data[:2] == b"PK" else "txt"


@contextmanager
def open_source(text: str) -> Iterator[str | Path]:
    """Yield what a command works on: a path, or the text of a progression.

    Parameters
    ----------
    text : str
        A path, a progression, or ``-`` to read standard input.

    Raises
    ------
    ParameterError
        Standard input is a terminal, where nothing would ever come.

    Examples
    --------
    >>> with open_source("| C F |") as source:
    ...     source
    '| C F |'
    """
    if text != "-":
        is_path = "|" not in text and (Path(text).exists() or bool(Path(text).suffix))
        yield Path(text) if is_path else text
        return
    if sys.stdin is None or sys.stdin.isatty():
        raise ParameterError(
            "'-' reads standard input, but it is a terminal; pipe a file or a progression in",
            zh="“-”表示读取标准输入,但它是终端;请用管道送入文件或和弦进行",
        )
    data = sys.stdin.buffer.read()
    extension = extension_of_bytes(data)
    if extension == "txt":
        try:
            yield data.decode("utf-8-sig").strip()
        except UnicodeDecodeError as error:
            raise FormatError(
                "neither music nor text in UTF-8; pipe in MIDI, JSON or a progression",
                zh="既不是乐谱也不是 UTF-8 文本;请送入 MIDI、JSON 或和弦进行",
                path="-",
                place=f"byte {error.start}",
            ) from error
        return
    with TemporaryDirectory(prefix="motet-") as folder:
        path = Path(folder) / f"stdin.{extension}"
        path.write_bytes(data)
        yield path


def load_score(source: str | Path, out: Output) -> Score:
    """Return the score of a file, telling which repairs it needed.

    Parameters
    ----------
    source : str or Path
    out : Output
        Repairs are said there.

    Returns
    -------
    Score

    Raises
    ------
    FormatError
        There is no such file, or it cannot be read.

    Examples
    --------
    >>> from motet.cli.output import Output
    >>> from motet.io import write
    >>> from motet.score import make_score
    >>> _ = write(make_score("C4:4"), "one.mid")
    >>> load_score("one.mid", Output(language="en", as_json=True)).n_notes
    1
    """
    from motet.io import read

    path = Path(source)
    if not path.is_file():
        raise FormatError(
            "there is no such file; check the name and the folder",
            zh="没有这个文件;请检查文件名与文件夹",
            path=str(source),
        )
    loaded = read(path)
    for repair in loaded.repairs:
        out.note(f"repaired: {repair.localised('en')}", f"已修复:{repair.localised('zh')}")
    return loaded.score
