"""What the rules of a cell allow at each of its positions, laid out once as arrays.

Conventions: times are grid positions from the start of the bar; pitches are key-normalised, in drum
cells percussion keys. Notes of drums hold nothing: they have no length.

Offers `CellTable`, `lay_table`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from motet.tokens.layout import MAX_DURATION

if TYPE_CHECKING:
    from motet.engine.rules import CellRules

__all__ = [
    "FIRST_DRUM_KEY",
    "LAST_DRUM_KEY",
    "NO_LIMIT",
    "CellTable",
    "count_sounding",
    "lay_table",
]

FIRST_DRUM_KEY: Final = 27
LAST_DRUM_KEY: Final = 87
NO_LIMIT: Final = 1 << 20
"""Stands for "as many as you like"."""

BoolArray = npt.NDArray[np.bool_]
_PCS: Final = np.arange(128) % 12


@dataclass(frozen=True, slots=True, eq=False)
class CellTable:
    """The rules of a cell, position by position.

    Parameters
    ----------
    rules : CellRules
    length : int, positions
        Of the bar.
    is_drums : bool
    kinds : int, shape (length,)
        Which of `pitches` holds where.
    pitches : tuple of bool, shape (128,)
        Sets of pitches that may begin.
    n_pitches : int, shape (length,)
        How many pitches may begin at each position.
    is_playable : bool, shape (length,)
        Whether a note may begin: there is a pitch, and time before `end`.
    end, join_end : int, positions
        Where notes must have ended; and those that join a fixed rhythm.
    n_voices, n_group, max_onsets : int
        The rules' limits; `NO_LIMIT` where there is none.
    velocities : (int, int)
    required : tuple of (pos, duration)
        Notes of the fixed rhythm in the order of writing.
    """

    rules: CellRules
    length: int
    is_drums: bool
    kinds: npt.NDArray[np.int64]
    pitches: tuple[BoolArray, ...]
    n_pitches: npt.NDArray[np.int64]
    is_playable: BoolArray
    end: int
    join_end: int
    n_voices: int
    n_group: int
    max_onsets: int
    velocities: tuple[int, int]
    required: tuple[tuple[int, int], ...]

    def at(self, pos: int) -> BoolArray:
        """Return the pitches that may begin at a position: bool, shape (128,)."""
        return self.pitches[int(self.kinds[pos])]


@lru_cache(maxsize=512)
def lay_table(rules: CellRules, length: int, is_drums: bool) -> CellTable:
    """Return the table of rules in a bar of some length.

    Parameters
    ----------
    rules : CellRules
    length : int, positions
    is_drums : bool

    Returns
    -------
    CellTable

    Examples
    --------
    >>> from motet.engine.rules import CellRules
    >>> table = lay_table(CellRules(scale=frozenset({0, 7}), low=60, high=72, last_end=24), 96, False)
    >>> int(table.n_pitches[0]), int(table.is_playable.sum())
    (3, 24)
    """
    kinds, pitches = _lay_drums(rules, length) if is_drums else _lay_pitches(rules, length)
    counts = np.array([one.sum() for one in pitches])
    end = NO_LIMIT if is_drums or rules.last_end is None else rules.last_end
    limit = NO_LIMIT if rules.max_group is None else rules.max_group
    voices = NO_LIMIT if rules.max_polyphony is None else rules.max_polyphony
    required = sorted(rules.rhythm or (), key=lambda note: (note[0], -note[1]))
    return CellTable(
        rules=rules,
        length=length,
        is_drums=is_drums,
        kinds=kinds,
        pitches=pitches,
        n_pitches=counts[kinds],
        is_playable=(counts[kinds] > 0) & (np.arange(length) < end),
        end=end,
        join_end=end if rules.join_end is None or is_drums else min(end, rules.join_end),
        n_voices=NO_LIMIT if is_drums else voices,
        n_group=min(limit, voices),
        max_onsets=NO_LIMIT if rules.max_onsets is None else rules.max_onsets,
        velocities=rules.velocities or (0, 15),
        required=tuple((pos, 1 if is_drums else duration) for pos, duration in required),
    )


def _lay_drums(
    rules: CellRules, length: int
) -> tuple[npt.NDArray[np.int64], tuple[BoolArray, ...]]:
    """Return the sets of keys of a drum cell: one for all positions."""
    keys = np.zeros(128, dtype=np.bool_)
    keys[FIRST_DRUM_KEY : LAST_DRUM_KEY + 1] = True
    if rules.drum_keys is not None:
        allowed = np.zeros(128, dtype=np.bool_)
        allowed[[key for key in rules.drum_keys if 0 <= key < 128]] = True
        keys &= allowed
    return np.zeros(length, dtype=np.int64), (keys,)


def _lay_pitches(
    rules: CellRules, length: int
) -> tuple[npt.NDArray[np.int64], tuple[BoolArray, ...]]:
    """Return the sets of pitches of a pitched cell, and which holds where."""
    chord_at = np.full(length, -1)
    for index, (start, end, _) in enumerate(rules.chords):
        chord_at[max(start, 0) : max(end, 0)] = index
    is_strong = np.zeros(length, dtype=np.bool_)
    is_strong[[pos for pos in rules.strong if 0 <= pos < length]] = True
    forbidden = [
        tuple(pitch for start, end, pitch in rules.forbid if start <= pos < end)
        for pos in range(length if rules.forbid else 0)
    ]
    avoided = np.zeros(length, dtype=np.int64)  # a bit a pitch class
    for start, end, pcs in rules.avoid:
        avoided[max(start, 0) : max(end, 0)] |= sum(1 << pc for pc in pcs)
    low, high = np.full(length, max(rules.low, 0)), np.full(length, max(rules.high, -1))
    for start, end, lowest, highest in rules.bounds:
        here = slice(max(start, 0), max(end, 0))
        low[here], high[here] = np.maximum(low[here], lowest), np.minimum(high[here], highest)
    found: dict[_Kind, int] = {}
    kinds = np.zeros(length, dtype=np.int64)
    sets: list[BoolArray] = []
    for pos in range(length):
        key = _Kind(
            int(chord_at[pos]), bool(is_strong[pos]), forbidden[pos] if forbidden else (),
            int(avoided[pos]), int(low[pos]), int(high[pos]),
        )  # fmt: skip
        if key not in found:
            found[key] = len(sets)
            sets.append(_pitch_set(rules, key))
        kinds[pos] = found[key]
    return kinds, tuple(sets)


class _Kind(NamedTuple):
    """What decides which pitches may begin: chord (-1 for none), strong place, single bounds."""

    chord: int
    is_strong: bool
    forbidden: tuple[int, ...]
    avoided: int
    low: int
    high: int


def _pitch_set(rules: CellRules, kind: _Kind) -> BoolArray:
    """Return the pitches that may begin."""
    tones = rules.chords[kind.chord][2] if kind.chord >= 0 else frozenset()
    pcs = np.ones(12, dtype=np.bool_)
    if rules.scale is not None or (kind.is_strong and tones):
        wanted = tones if kind.is_strong and tones else (rules.scale or frozenset()) | tones
        pcs = np.array([pc in wanted for pc in range(12)])
    pcs &= np.array([not kind.avoided >> pc & 1 for pc in range(12)])
    pitches: BoolArray = np.take(pcs, _PCS)
    pitches[: kind.low] = False
    pitches[max(kind.high + 1, 0) :] = False
    pitches[list(kind.forbidden)] = False
    return pitches


def count_sounding(
    table: CellTable, notes: Iterable[tuple[int, int]], held: Iterable[tuple[int, int]]
) -> npt.NDArray[np.int64]:
    """Return how many notes sound at each position.

    Parameters
    ----------
    table : CellTable
    notes : iterable of (pos, duration)
    held : iterable of (end, pitch)
        Notes from before the bar.

    Returns
    -------
    int64, shape (length,)
        All 0 in drum cells.

    Examples
    --------
    >>> from motet.engine.rules import CellRules
    >>> count_sounding(lay_table(CellRules(), 4, False), [(1, 2)], [(2, 60)]).tolist()
    [1, 2, 1, 0]
    """
    counts = np.zeros(table.length, dtype=np.int64)
    if not table.is_drums:
        for end, _ in held:
            counts[: max(end, 0)] += 1
        for pos, duration in notes:
            counts[pos : pos + min(duration, MAX_DURATION)] += 1
    return counts
