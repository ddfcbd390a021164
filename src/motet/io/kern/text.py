"""Bytes of a kern file to its lines.

Conventions: UTF-8, else UTF-16 with a byte-order mark, else Latin-1 or what fits, listed as a
repair. Line ends of all systems are one.
"""

from __future__ import annotations

import codecs
import re

from motet.io.kern.ledger import LineLedger
from motet.io.midi_text import choose_encoding, decode_text

__all__ = ["is_kern", "read_lines"]

_HEAD = 1 << 16
_KIND = re.compile(rb"\*\*[A-Za-z][\w-]*[ \r]*$")
_MAX_LINES = 1_000_000


def is_kern(data: bytes) -> bool:
    """Return whether content is Humdrum: its first line that is no comment begins with ``**``.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    bool

    Examples
    --------
    >>> is_kern(b"!!!COM: Joplin\\n**kern\\n4c\\n*-\\n"), is_kern(b"** note **")
    (True, False)
    """
    head = data[:_HEAD].removeprefix(codecs.BOM_UTF8)
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.replace(b"\x00", b"")[2:]
    for line in head.replace(b"\r", b"\n").split(b"\n"):
        if not line.strip() or line.startswith(b"!"):
            continue
        cells = line.split(b"\t")
        return all(_KIND.match(cell) for cell in cells)
    return head.startswith(b"!!!")


def read_lines(data: bytes, ledger: LineLedger) -> list[str]:
    """Return the lines of a file as text.

    Parameters
    ----------
    data : bytes
    ledger : LineLedger

    Returns
    -------
    list of str
        Without their ends.

    Raises
    ------
    FormatError
        The file has too many lines.

    Examples
    --------
    >>> read_lines(b"**kern\\r\\n4c\\r\\n", LineLedger())
    ['**kern', '4c', '']
    """
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            ledger.mend(
                line,
                0,
                "the text is not UTF-8; its encoding was guessed",
                "文本不是 UTF-8 编码,已猜测其编码",
            )
            text = decode_text(data, choose_encoding([data[error.start : error.start + 4096]]))
    if "\x00" in text:
        ledger.mend(0, 0, "NUL characters were taken out", "删除了 NUL 字符")
        text = text.replace("\x00", "")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > _MAX_LINES:
        raise ledger.refusal(
            _MAX_LINES,
            0,
            f"the file has more than {_MAX_LINES:,} lines; that many are not read",
            f"文件超过 {_MAX_LINES:,} 行,不予读取",
        )
    return text.split("\n")
