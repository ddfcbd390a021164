"""Bytes of an ABC file to its tunes.

Conventions: a tune begins at an ``X:`` line and ends at an empty line; lines count from 1. What
stands before the first tune is the file header and holds for all of them.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from motet.io.kern.ledger import LineLedger
from motet.io.kern.text import read_lines

__all__ = ["Line", "Tunes", "is_abc", "read_tunes"]

Line = tuple[int, str]
"""Number in the file, and text."""
_HEAD = 1 << 16
_NUMBER = re.compile(rb"^[ \t]*X:[ \t]*\d*[ \t]*(?:%.*)?\r?$", re.MULTILINE)
_KEY = re.compile(rb"^[ \t]*K:", re.MULTILINE)
_MUSIC = re.compile(r"\s*(?:\[V:|[MLKPVwWQI]:|\|:?|[^:%]*\|.*\|)")
_MAX_TUNES = 100_000
_MAX_LINE = 200_000


@dataclass
class Tunes:
    """The lines of each tune, and those of the file header."""

    header: list[Line] = field(default_factory=list)
    tunes: list[list[Line]] = field(default_factory=list)


def is_abc(data: bytes) -> bool:
    """Return whether content is ABC: it begins with ``%abc``, or has ``X:`` and ``K:`` lines.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    bool

    Examples
    --------
    >>> is_abc(b"X:1\\nK:C\\nCDEF|\\n"), is_abc(b"X: what?")
    (True, False)
    """
    head = data[:_HEAD].removeprefix(codecs.BOM_UTF8)
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.replace(b"\0", b"")[2:]
    if head.startswith(b"%abc"):
        return True
    head = head.replace(b"\r", b"\n")
    found = _NUMBER.search(head)
    return found is not None and _KEY.search(head, found.end()) is not None


def read_tunes(data: bytes, ledger: LineLedger) -> Tunes:
    """Return the tunes of a file.

    Parameters
    ----------
    data : bytes
    ledger : LineLedger

    Returns
    -------
    Tunes

    Raises
    ------
    FormatError
        The file has too many lines or tunes, or a line is too long.

    Examples
    --------
    >>> found = read_tunes(b"M:3/4\\n\\nX:1\\nK:C\\nC3|\\n\\nwords\\n\\nX:2\\nK:D\\n", LineLedger())
    >>> found.header, found.tunes
    ([(1, 'M:3/4')], [[(3, 'X:1'), (4, 'K:C'), (5, 'C3|')], [(9, 'X:2'), (10, 'K:D')]])
    """
    out = Tunes()
    now: list[Line] | None = None
    is_open = has_key = True
    for number, line in enumerate(read_lines(data, ledger), 1):
        if len(line) > _MAX_LINE:
            raise ledger.refusal(
                number,
                0,
                f"the line has {len(line):,} characters; at most {_MAX_LINE:,} are read",
                f"该行有 {len(line):,} 个字符;最多读取 {_MAX_LINE:,} 个",
            )
        bare = line.strip()
        if bare.startswith("X:"):
            now, is_open, has_key = [(number, bare)], True, False
            out.tunes.append(now)
            if len(out.tunes) > _MAX_TUNES:
                raise ledger.refusal(
                    number,
                    0,
                    f"the file has more than {_MAX_TUNES:,} tunes",
                    f"文件超过 {_MAX_TUNES:,} 首曲子",
                )
        elif not bare:
            is_open = now is None
        elif now is None:
            out.header.append((number, bare))
        elif is_open:
            now.append((number, line))
            has_key = has_key or line.startswith("K:")
        elif _goes_on(bare, has_key=has_key):
            ledger.mend(
                number,
                0,
                "{n} empty lines inside a tune were ignored",
                "忽略了曲子内的 {n} 个空行",
            )
            is_open = True
            now.append((number, line))
            has_key = has_key or line.startswith("K:")
        elif bare[0] != "%":
            ledger.tell(number, 0, "{n} lines of free text are not kept", "未保留 {n} 行自由文本")
    return out


def _goes_on(line: str, *, has_key: bool) -> bool:
    """Return whether a line after an empty one is still music of the tune."""
    if not has_key:
        return len(line) > 1 and line[1] == ":" and line[0].isalpha()
    return _MUSIC.match(line) is not None
