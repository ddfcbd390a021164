"""A melody bent to its words' tones: as few notes as possible moved, none against the harmony.

Conventions: pitches are MIDI numbers; tones and what contradicts them as in
`motet.tasks.melody.tone`. The cheapest line is found by dynamic programming over the pitches near each
note.

Offers `Sung`, `count_contradictions`, `settle_tones`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from motet.tasks.melody.tone import contradicts, tone_height

__all__ = ["Sung", "count_contradictions", "settle_tones"]

_NEAR_SEMI = 7
_CONTRADICTS = 6.0
_STAYS = 0.5
_AWAY = 0.3
_SHAPE = 0.12
_FLAT = 0.45
_WIDE_SEMI = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Sung:
    """A note that is sung: its pitch, its syllable's tone, whether a breath comes before it, and the
    pitch classes that it may have (empty: any)."""

    pitch: int
    tone: int = 0
    after_breath: bool = False
    pcs: frozenset[int] = frozenset()
    is_fixed: bool = False


def count_contradictions(notes: Sequence[Sung]) -> tuple[int, int]:
    """Return how many intervals move against their tones, and how many could.

    Parameters
    ----------
    notes : sequence of Sung

    Returns
    -------
    (int, int)

    Examples
    --------
    >>> line = [Sung(pitch=60, tone=3), Sung(pitch=58, tone=1), Sung(pitch=55, tone=3)]
    >>> count_contradictions(line)
    (1, 2)
    """
    against = total = 0
    for before, note in pairwise(notes):
        if note.after_breath or not before.tone or not note.tone:
            continue
        if abs(tone_height(note.tone) - tone_height(before.tone)) < 1:
            continue
        total += 1
        against += contradicts(before.tone, note.tone, note.pitch - before.pitch)
    return against, total


def settle_tones(notes: Sequence[Sung], *, low: int, high: int) -> tuple[int, ...]:
    """Return the pitches of a line, moved where they would contradict the tones.

    Parameters
    ----------
    notes : sequence of Sung
    low, high : int, MIDI numbers

    Returns
    -------
    tuple of int

    Examples
    --------
    >>> c_major = frozenset({0, 2, 4, 5, 7, 9, 11})
    >>> line = [Sung(pitch=64, tone=3, pcs=c_major), Sung(pitch=62, tone=1, pcs=c_major)]
    >>> first, second = settle_tones(line, low=60, high=72)
    >>> second >= first
    True
    """
    if not notes:
        return ()
    rows = [_choices(note, low, high) for note in notes]
    best = [_own(notes[0], pitch) for pitch in rows[0]]
    back: list[list[int]] = []
    for k in range(1, len(notes)):
        row, source = [], []
        for pitch in rows[k]:
            options = [
                (best[i] + _move(notes[k - 1], notes[k], earlier, pitch), i)
                for i, earlier in enumerate(rows[k - 1])
            ]
            cost, i = min(options)
            row.append(cost + _own(notes[k], pitch))
            source.append(i)
        best = row
        back.append(source)
    at = min(range(len(best)), key=lambda i: best[i])
    path = [at]
    for source in reversed(back):
        at = source[at]
        path.append(at)
    return tuple(rows[k][i] for k, i in enumerate(reversed(path)))


def _choices(note: Sung, low: int, high: int) -> list[int]:
    """Return the pitches that a note may have."""
    if note.is_fixed:
        return [note.pitch]
    near = range(max(low, note.pitch - _NEAR_SEMI), min(high, note.pitch + _NEAR_SEMI) + 1)
    allowed: Collection[int] = note.pcs
    found = [pitch for pitch in near if not allowed or pitch % 12 in allowed]
    return found or [note.pitch]


def _own(note: Sung, pitch: int) -> float:
    return _AWAY * abs(pitch - note.pitch)


def _move(before: Sung, note: Sung, earlier: int, pitch: int) -> float:
    """Return what it costs to go from one pitch to the next."""
    step = pitch - earlier
    cost = _SHAPE * abs(step - (note.pitch - before.pitch))
    if abs(step) > _WIDE_SEMI:
        cost += 1.5 + 0.3 * (abs(step) - _WIDE_SEMI)
    if step == 0 and note.pitch != before.pitch:
        cost += _STAYS
    if note.after_breath or not before.tone or not note.tone:
        return cost
    if contradicts(before.tone, note.tone, step):
        return cost + _CONTRADICTS
    rise = abs(tone_height(note.tone) - tone_height(before.tone))
    return cost + (_FLAT if step == 0 and rise >= 2 else 0.0)
