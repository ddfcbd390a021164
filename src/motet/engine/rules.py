"""Hard rules for the notes of one cell, and whether they can be met.

Conventions: pitches and pitch classes are key-normalised (the task shifts them), times are grid
positions (24 a quarter note) from the start of the bar; a velocity is a VEL value; an onset is a group
of notes that begin together. `motet.engine.guard` keeps the rules while a cell is being written.

Offers `CellRules`, `check_rules`, `link_rules`.

Source: own definition.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from motet.engine.cell_table import lay_table
from motet.engine.clash import (
    find_bad_bounds,
    find_pitch_clash,
    find_voice_clash,
    free_positions,
)
from motet.errors import ConstraintError

__all__ = ["CellRules", "check_rules", "link_rules"]

_NOTHING_HELD: Final[tuple[tuple[int, int], ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRules:
    """What one cell must obey; None and empty ask for nothing.

    Parameters
    ----------
    scale : frozenset of int, 0 to 11, or None
        Pitch classes that may be used.
    chords : tuple of (start, end, pitch classes)
        While one sounds, its tones may be used too; of overlapping ones the later in the list counts.
    strong : frozenset of int, positions
        Where notes may begin only on tones of the chord that sounds, if one sounds.
    low, high : int, 0 to 127
        Lowest and highest pitch; not for drums.
    max_polyphony : int or None
        How many notes may sound at once, those held from earlier bars included.
    max_group : int or None
        How many notes may begin at once.
    min_onsets, max_onsets : int, int or None
        How many onsets the cell has. ``max_onsets=0`` is a rest.
    rhythm : tuple of (pos, duration) or None
        A fixed rhythm: onsets lie exactly here, with these durations; pitches are free. A pair that
        stands n times asks for n notes at least; more of the same duration may join them up to
        `max_group` and `max_polyphony`. Durations do not count for drums.
    n_positions : int
        Length of the bar; 0 takes it from the plan.
    last_end : int or None
        Where all notes must have ended, which may lie after the bar; not for drums.
    drum_keys : frozenset of int, 27 to 87, or None
        Percussion keys that may be used.
    velocities : (int, int) or None, VEL values 0 to 15
        Lowest and highest.
    forbid : tuple of (start, end, pitch)
        Pitches that may not begin from a position on, up to another.
    avoid : tuple of (start, end, pitch classes)
        Pitch classes that may not begin while a chord sounds.
    bounds : tuple of (start, end, low, high)
        Ranges of single stretches, within `low` and `high`; not for drums.
    join_end : int or None
        Where notes that join a fixed rhythm must have ended; `link_rules` sets it.

    Examples
    --------
    >>> CellRules(scale=frozenset({0, 2, 4, 5, 7, 9, 11}), low=60, high=79, max_polyphony=1).high
    79
    """

    scale: frozenset[int] | None = None
    chords: tuple[tuple[int, int, frozenset[int]], ...] = ()
    strong: frozenset[int] = frozenset()
    low: int = 0
    high: int = 127
    max_polyphony: int | None = None
    max_group: int | None = None
    min_onsets: int = 0
    max_onsets: int | None = None
    rhythm: tuple[tuple[int, int], ...] | None = None
    n_positions: int = 0
    last_end: int | None = None
    drum_keys: frozenset[int] | None = None
    velocities: tuple[int, int] | None = None
    forbid: tuple[tuple[int, int, int], ...] = ()
    avoid: tuple[tuple[int, int, frozenset[int]], ...] = ()
    bounds: tuple[tuple[int, int, int, int], ...] = ()
    join_end: int | None = None


def check_rules(
    rules: CellRules,
    *,
    sounding: Sequence[tuple[int, int]] = _NOTHING_HELD,
    is_drums: bool | None = None,
    place: str = "",
) -> None:
    """Return if the rules of a cell can be met, else say what clashes with what.

    Parameters
    ----------
    rules : CellRules
        With ``n_positions``.
    sounding : sequence of (end, pitch)
        Notes held in from earlier bars: where they end, in positions of this bar.
    is_drums : bool or None
        None takes the cell for drums if it has ``drum_keys``.
    place : str
        What the message names: ``"bar 3, part 'Flute'"``.

    Raises
    ------
    ConstraintError
        No notes satisfy the rules.

    Examples
    --------
    >>> check_rules(CellRules(n_positions=96, scale=frozenset({1}), low=60, high=60))
    Traceback (most recent call last):
    ...
    motet.errors.ConstraintError: no pitch of the scale lies from 60 to 60; ...
    """
    drums = rules.drum_keys is not None if is_drums is None else is_drums
    clash = find_bad_bounds(rules, drums)
    if clash is None and rules.max_onsets != 0:
        table = lay_table(rules, rules.n_positions, drums)
        clash = find_pitch_clash(table) or find_voice_clash(table, sounding)
    if clash is not None:
        raise ConstraintError(clash[0], zh=clash[1], place=place)


def link_rules(
    rules: Mapping[tuple[int, int], CellRules],
    *,
    bar_lengths: Sequence[int],
    drum_parts: Collection[int] = (),
    sounding: Mapping[tuple[int, int], Sequence[tuple[int, int]]] | None = None,
) -> dict[tuple[int, int], CellRules]:
    """Return the rules of all open cells, each checked, and such that no cell spoils a later one.

    Where polyphony is bounded, a note that is held too long takes the voice that a later bar needs for
    the onsets it must have: ``last_end`` (``join_end`` under a fixed rhythm) becomes earlier where
    needed. Linking linked rules changes nothing.

    Parameters
    ----------
    rules : mapping of (bar, part) to CellRules
        ``n_positions`` 0 becomes the length of the bar.
    bar_lengths : sequence of int, positions
    drum_parts : collection of int
        Parts that are drums.
    sounding : mapping of (bar, part) to sequence of (end, pitch), or None
        Notes of given cells that are held into open ones.

    Returns
    -------
    dict of (bar, part) to CellRules

    Raises
    ------
    ConstraintError
        The rules of a cell cannot be met; the message names bar and part, counted from 1.

    Examples
    --------
    >>> solo = CellRules(max_polyphony=1, min_onsets=90)
    >>> linked = link_rules({(0, 0): solo, (1, 0): solo}, bar_lengths=[96, 96])
    >>> linked[0, 0].last_end, linked[1, 0].last_end
    (102, None)
    """
    starts = np.concatenate([[0], np.cumsum(bar_lengths)]).tolist()
    whole = {
        (bar, part): one if one.n_positions else replace(one, n_positions=int(bar_lengths[bar]))
        for (bar, part), one in sorted(rules.items(), reverse=True)
    }
    held = {cell: list((sounding or {}).get(cell, ())) for cell in rules}
    for (bar, part), one in whole.items():
        if part not in drum_parts:
            _hold_rhythm(bar, part, one, starts, held)
    linked: dict[tuple[int, int], CellRules] = {}
    deadline: dict[int, int] = {}  # part to where free notes of earlier bars must have ended
    for (bar, part), one in whole.items():
        kept, is_drums = held[bar, part], part in drum_parts
        place = f"bar {bar + 1}, part {part + 1}"
        check_rules(one, sounding=kept, is_drums=is_drums, place=place)
        linked[bar, part] = one
        if is_drums:
            continue
        if part in deadline:
            end = deadline[part] - starts[bar]
            if one.rhythm:  # its own notes are known: they were counted above
                linked[bar, part] = replace(one, join_end=_earlier(end, one.join_end))
            else:
                linked[bar, part] = replace(one, last_end=_earlier(end, one.last_end))
        if one.max_polyphony is not None and (one.min_onsets or one.rhythm):
            deadline[part] = starts[bar] + _find_deadline(one, kept)
    return {cell: linked[cell] for cell in rules}


def _earlier(end: int, other: int | None) -> int:
    """Return the earlier of two ends, of which the second may be open."""
    return end if other is None else min(end, other)


def _hold_rhythm(
    bar: int,
    part: int,
    rules: CellRules,
    starts: Sequence[int],
    held: Mapping[tuple[int, int], list[tuple[int, int]]],
) -> None:
    """Add the notes of a fixed rhythm that last into later open cells to what is held there."""
    for pos, duration in rules.rhythm or ():
        end = starts[bar] + pos + duration
        for later in range(bar + 1, len(starts) - 1):
            if starts[later] >= end:
                break
            if (later, part) in held:
                held[later, part].append((end - starts[later], -1))


def _find_deadline(rules: CellRules, sounding: Sequence[tuple[int, int]]) -> int:
    """Return the last position by which notes of earlier bars may end."""
    if rules.rhythm:
        return min(pos for pos, _ in rules.rhythm)
    free = free_positions(lay_table(rules, rules.n_positions, False), sounding)
    return int(np.flatnonzero(free)[-rules.min_onsets])
