"""Interpretation lines and layout comments: what they say is set at the time of the next notes.

Conventions: a tandem interpretation begins with one ``*``; what is for print or research alone
(staff groups, scan coordinates, tuplet brackets, custodes) is passed over.

Source: David Huron, The Humdrum Toolkit: Reference Manual (1995), tandem interpretations;
``!LO:`` layout comments as Verovio reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from motet.io.kern.interpretation import parse_transposition

if TYPE_CHECKING:
    from motet.io.kern.scan import Scan
    from motet.io.kern.track import Track

__all__ = ["read_layout", "read_tandem"]

_PASSED = frozenset(("*", "*^", "*v", "*x", "*+", "*-"))
_PEDALS = frozenset(("*ped", "*Xped", "*ped*", "*Xped*"))
_OCTAVES = frozenset(("*8va", "*X8va", "*8ba", "*X8ba", "*15ma", "*X15ma", "*15ba", "*X15ba"))
_CODE = re.compile(r"^\*I[a-z]")
_WORDS = re.compile(r":t=([^:]*)")
_MAX_TEXT = 500


def read_tandem(scan: Scan, row: list[str], number: int) -> None:
    """Take the interpretations of one line.

    Parameters
    ----------
    scan : Scan
    row : list of str
        One token a column.
    number : int
        Line.

    Examples
    --------
    >>> from motet.io.kern.ledger import LineLedger
    >>> from motet.io.kern.scan import Scan
    >>> scan = Scan(LineLedger())
    >>> scan.spines.move(["**kern"], 1)
    >>> read_tandem(scan, ['*I"Flute'], 2)
    >>> scan.tracks[0].words
    {'name': 'Flute'}
    """
    labelled = False
    for column, text in zip(scan.spines.columns, row, strict=False):
        if text in _PASSED or text.startswith("**"):
            continue
        if text.startswith("*>"):
            if not labelled:
                target = scan.orders if "[" in text else scan.labels
                scan.pending.append((target, text[2:], number))
            labelled = True
        elif text.startswith("*MM"):
            scan.pending.append((scan.tempos, text, number))
        else:
            _read_track(scan, column.track, text, number)


def _read_track(scan: Scan, track: Track, text: str, number: int) -> None:
    """Take an interpretation that belongs to one track."""
    target = None
    if text.startswith("*clef"):
        target = track.clefs
    elif text.startswith("*k["):
        target = track.keys
    elif text.startswith("*M") and text[2:3].isdigit():
        target = track.metres
    elif text.startswith("*met("):
        target = track.signs
    elif text in _PEDALS:
        target = track.pedals
    elif text in _OCTAVES:
        target = track.octaves
    elif text[1:2] in "ABCDEFGabcdefg" and ":" in text[2:5]:
        target = track.key_names
    if target is not None:
        scan.pending.append((target, text, number))
    elif text.startswith("*part"):
        track.part = track.part or text[5:]
    elif text.startswith("*staff"):
        track.staff = track.staff or text[6:]
    elif text.startswith('*I"'):
        track.words.setdefault("name", _plain(text[3:]))
    elif text.startswith('*mI"'):
        track.words.setdefault("modern", _plain(text[4:]))
    elif text.startswith("*I'"):
        track.words.setdefault("short", _plain(text[3:]))
    elif text.startswith("*IC"):
        track.words.setdefault("class", text[3:])
    elif text.startswith("*ITr"):
        shift = parse_transposition(text)
        if shift is not None and not track.notes:
            track.transposition_semi = shift
    elif _CODE.match(text) and text != "*Iempty":
        track.words.setdefault("code", text[2:])
    elif text == "*Iempty":
        track.words.setdefault("empty", text)


def _plain(text: str) -> str:
    return text.replace("\\n", " ").strip()[:_MAX_TEXT]


def read_layout(scan: Scan, row: list[str], number: int) -> None:
    """Take the words of layout comments (``!LO:TX:t=dolce``), editors' remarks left out.

    Parameters
    ----------
    scan : Scan
    row : list of str
    number : int

    Examples
    --------
    >>> from motet.io.kern.ledger import LineLedger
    >>> from motet.io.kern.scan import Scan
    >>> scan = Scan(LineLedger())
    >>> scan.spines.move(["**kern"], 1)
    >>> read_layout(scan, ["!LO:TX:a:t=dolce"], 2)
    >>> [text for _, text, _ in scan.pending]
    ['dolce']
    """
    for column, text in zip(scan.spines.columns, row, strict=False):
        if not text.startswith("!LO:TX") or ":problem" in text or "t=P:" in text:
            continue
        found = _WORDS.search(text)
        if found and found[1].strip():
            words = _plain(found[1].replace("&colon;", ":"))
            scan.pending.append((column.track.texts, words, number))
