"""Other voices that agree with a match: the same passage, at the same time, in the same key.

Conventions: where one line of a piece agrees with a known one, its other lines are laid beside those of
the known piece at the same place. A voice counts with its bits less `CHANCE` (what the best of a few
lines gets by chance); one that doubles a voice that was counted does not count.

Offers `Match`, `support`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from motet.originality.align import Alignment, Pair, align_pairs
from motet.originality.gram import Floats, Surprise, change_classes
from motet.originality.line import Ints, Line
from motet.originality.store import Store
from motet.originality.verbatim import extra_bits

__all__ = ["CHANCE", "VOICES", "Match", "support"]

CHANCE: Final = 10.0
VOICES: Final = 0.5
"""What a bit of another voice counts: voices that sound together say partly the same."""
_MOST_OWN: Final = 6
_MOST_THEIRS: Final = 10
_DOUBLED: Final = 0.5
_MARGIN: Final = 4
_LEAST: Final = 5
_MOST_NOTES: Final = 400


@dataclass(frozen=True, eq=False, kw_only=True)
class Match:
    """A passage of one's own line that agrees with one of a line of the index.

    Parameters
    ----------
    own : Line
    own_id : int
        Which of one's own lines it is.
    line : int
        Which of the index.
    alignment : Alignment
    own_span, their_span : (int, int), positions
        First and last onset that agree.
    shift_semi : int
        One's own pitch minus theirs, as they sound.
    verbatim_bits : float
        What the richest run says in which pitch and rhythm agree note for note.
    """

    own: Line
    own_id: int
    line: int
    alignment: Alignment
    own_span: tuple[int, int]
    their_span: tuple[int, int]
    shift_semi: int
    verbatim_bits: float = 0.0

    @property
    def bits(self) -> float:
        """What agrees says, the more for a run that agrees note for note."""
        return self.alignment.bits + extra_bits(self.verbatim_bits)


@dataclass(frozen=True, eq=False, kw_only=True)
class _Passage:
    """Some notes of one's own, and what they say."""

    pitch: Ints
    change: Ints
    pitch_bits: Floats
    time_bits: Floats


def support(
    store: Store, lines: Sequence[Line], matches: Sequence[Match], *, own_shift: int
) -> list[float]:
    """Return for each match the bits of other voices that agree with it.

    Parameters
    ----------
    store : Store
    lines : sequence of Line
        All of one's own.
    matches : sequence of Match
    own_shift : int
        Of one's own grid.

    Returns
    -------
    list of float

    Examples
    --------
    >>> support.__name__
    'support'
    """
    pairs: list[Pair] = []
    told: dict[tuple[int, int, int], _Passage] = {}
    owners: list[tuple[int, int, int]] = []  # match, own line, first own note
    for k, match in enumerate(matches):
        piece = int(store.line_pieces[match.line])
        first, last = np.searchsorted(store.line_pieces, (piece, piece + 1))
        others = [one for one in range(first, last) if one != match.line][:_MOST_THEIRS]
        theirs = [store.line(one) for one in others]
        for own_id in _other_lines(lines, match):
            start, end = _own_notes(lines[own_id], match)
            if (own_id, start, end) not in told:
                told[own_id, start, end] = _tell(store.surprise, lines[own_id], start, end)
            own = told[own_id, start, end]
            for pitch, time in theirs:
                pair = _lay(lines[own_id], own, start, pitch, time, match, own_shift)
                if pair is not None:
                    pairs.append(pair)
                    owners.append((k, own_id, start))
    best: list[dict[int, tuple[float, Ints]]] = [{} for _ in matches]
    for (k, own_id, start), found in zip(owners, align_pairs(pairs), strict=True):
        if found.bits > best[k].get(own_id, (CHANCE, None))[0]:
            best[k][own_id] = found.bits, found.own + start
    return [_add_up(lines, match, own) for match, own in zip(matches, best, strict=True)]


def _other_lines(lines: Sequence[Line], match: Match) -> list[int]:
    """Return the lines that have most notes while a match lasts, its own one apart."""
    counts = []
    for k, line in enumerate(lines):
        if k != match.own_id:
            start, end = _own_notes(line, match)
            counts.append((start - end, k))
    return [k for count, k in sorted(counts)[:_MOST_OWN] if -count >= _LEAST]


def _own_notes(line: Line, match: Match) -> tuple[int, int]:
    """Return first and last note of a line while a match lasts."""
    start, end = np.searchsorted(line.time, (match.own_span[0], match.own_span[1] + 1))
    start, end = max(0, int(start) - _MARGIN), min(len(line), int(end) + _MARGIN)
    return start, min(end, start + _MOST_NOTES)


def _tell(surprise: Surprise, line: Line, start: int, end: int) -> _Passage:
    """Return some notes of a line, and what they say."""
    pitch, time = line.pitch[start:end], line.time[start:end]
    return _Passage(
        pitch=pitch,
        change=change_classes(time),
        pitch_bits=surprise.pitch_bits(pitch),
        time_bits=surprise.time_bits(time),
    )


def _lay(
    line: Line, own: _Passage, start: int, pitch: Ints, time: Ints, match: Match, shift: int
) -> Pair | None:
    """Return a line beside one of theirs, as the match lies; None where theirs is silent."""
    at = int(np.searchsorted(line.time, match.own_span[0]))
    there, last = np.searchsorted(time, (match.their_span[0], match.their_span[1] + 1))
    if last - there < _LEAST:
        return None
    return Pair(
        own_pitch=own.pitch - shift,
        own_change=own.change,
        pitch_bits=own.pitch_bits,
        time_bits=own.time_bits,
        their_pitch=pitch,
        their_change=change_classes(time),
        diagonal=int(there) - at + start,
        shift_semi=match.shift_semi,
    )


def _add_up(lines: Sequence[Line], match: Match, found: dict[int, tuple[float, Ints]]) -> float:
    """Return the bits of voices that do not double one another."""
    told = _sounding(match.own, match.alignment.own)
    total = 0.0
    for own_id, (bits, notes) in sorted(found.items(), key=lambda one: (-one[1][0], one[0])):
        fresh = _sounding(lines[own_id], notes)
        if len(np.intersect1d(fresh, told)) <= _DOUBLED * len(fresh):
            told = np.union1d(told, fresh)
            total += bits - CHANCE
    return total


def _sounding(line: Line, notes: Ints) -> Ints:
    """Return onset and pitch class of some notes as numbers."""
    found: Ints = np.unique(line.time[notes] * 12 + line.pitch[notes] % 12)
    return found
