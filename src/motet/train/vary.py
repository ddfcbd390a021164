"""Music varied as a player might: a part an octave away, on a like instrument, a little slower or faster.

Conventions: a change keeps what the part does in the piece: a part stays inside its instrument's
comfortable range, an instrument is exchanged only for one of its group, drums and voices stay. Notes keep
their bars and durations.

Offers `LIKE_INSTRUMENTS`, `change_instrument`, `change_tempo`, `shift_octave`.

Source: groups are our own; ranges are those of `motet.theory.instrument`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

import numpy as np

from motet.theory.instrument import find_instrument
from motet.tokens.layout import GridPart, GridScore, sort_notes

__all__ = ["LIKE_INSTRUMENTS", "change_instrument", "change_tempo", "shift_octave"]

LIKE_INSTRUMENTS: Final = (
    (0, 1, 4, 5, 6, 7),  # keyboards
    (24, 25, 26, 27),  # guitars without distortion
    (29, 30),  # guitars with it
    (32, 33, 34, 35, 38, 39),  # basses
    (40, 73, 68, 71, 74),  # violin, flute, oboe, clarinet, recorder
    (41, 42, 70),  # viola, cello, bassoon
    (48, 49, 50, 51),  # strings together
    (56, 60, 65, 66),  # trumpet, horn, alto and tenor saxophone
    (16, 18, 19),  # organs
    (80, 81, 87),  # leads
    (88, 89, 90, 91),  # pads
)
"""Programs that can take over each other's lines."""
_ACROSS: Final = frozenset((0, 4, 24, 25, 26))
"""Piano and guitar that comp can take over each other's chords."""
_MAX_TEMPO: Final = 0.1


def change_tempo(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return the grid up to a tenth slower or faster; one without a tempo as it is.

    Parameters
    ----------
    grid : GridScore
    rng : numpy.random.Generator

    Returns
    -------
    GridScore

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:4", qpm=100)).grid
    >>> 90 <= change_tempo(grid, np.random.default_rng(0)).qpm <= 110
    True
    """
    ratio = 1.0 + rng.uniform(-_MAX_TEMPO, _MAX_TEMPO)
    return grid if grid.qpm is None else replace(grid, qpm=grid.qpm * ratio)


def shift_octave(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return the grid with one part an octave higher or lower, where its instrument allows one.

    Parameters
    ----------
    grid : GridScore
    rng : numpy.random.Generator

    Returns
    -------
    GridScore
        The highest and lowest of several pitched parts keep their places: a part does not move
        past a bass or above a tune.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:2 E4:2")).grid
    >>> abs(shift_octave(grid, np.random.default_rng(0)).notes["pitch"] - grid.notes["pitch"]).tolist()
    [12, 12]
    """
    spans = _spans(grid)
    choices: list[tuple[int, int]] = []
    for k, (low, high) in spans.items():
        lowest, highest = _range(grid.parts[k].program)
        others = [other for part, other in spans.items() if part != k]
        for step in (-12, 12):
            is_inside = lowest <= low + step and high + step <= highest
            was_lowest = all(low <= other[0] for other in others)
            was_highest = all(high >= other[1] for other in others)
            is_lowest = all(low + step <= other[0] for other in others)
            is_highest = all(high + step >= other[1] for other in others)
            if is_inside and (was_lowest, was_highest) == (is_lowest, is_highest):
                choices.append((k, step))
    if not choices:
        return grid
    part, step = choices[int(rng.integers(len(choices)))]
    notes = grid.notes.copy()
    notes["pitch"][notes["part"] == part] += step
    return replace(grid, notes=sort_notes(notes))


def change_instrument(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return the grid with one part on another instrument that can play its notes and its role.

    Parameters
    ----------
    grid : GridScore
    rng : numpy.random.Generator

    Returns
    -------
    GridScore
        All parts with that program change together, as a section of an orchestra does.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C5:2 E5:2")).grid
    >>> grid = replace(grid, parts=(replace(grid.parts[0], program=40),))
    >>> change_instrument(grid, np.random.default_rng(0)).parts[0].program in (68, 71, 73, 74)
    True
    """
    spans = _spans(grid)
    choices: list[tuple[int, int]] = []
    for old in sorted({grid.parts[k].program for k in spans}):
        own = [k for k in spans if grid.parts[k].program == old]
        for new in _likes(old, all(grid.parts[k].role == "comping" for k in own)):
            low, high = _range(new)
            if all(low <= spans[k][0] and spans[k][1] <= high for k in own):
                choices.append((old, new))
    if not choices:
        return grid
    old, new = choices[int(rng.integers(len(choices)))]
    parts = tuple(
        replace(part, program=new) if part.program == old else part for part in grid.parts
    )
    return replace(grid, parts=parts)


def _likes(program: int, is_comping: bool) -> list[int]:
    """Return the programs that may take over from one."""
    found = {one for group in LIKE_INSTRUMENTS if program in group for one in group}
    if is_comping and program in _ACROSS:
        found |= _ACROSS
    return sorted(found - {program})


def _spans(grid: GridScore) -> dict[int, tuple[int, int]]:
    """Return lowest and highest sounding pitch of each part that may change."""
    found = {}
    for k, part in enumerate(grid.parts):
        pitches = grid.notes["pitch"][grid.notes["part"] == k]
        if len(pitches) and not part.is_drums and not _is_voice(part):
            found[k] = (
                int(pitches.min()) - grid.shift_semi,
                int(pitches.max()) - grid.shift_semi,
            )
    return found


def _is_voice(part: GridPart) -> bool:
    """Return whether people sing a part: their range is no matter of choice."""
    return part.role == "voice" or part.program in (52, 53, 54, 85, 91)


@cache
def _range(program: int) -> tuple[int, int]:
    """Return the comfortable range of a program."""
    found = find_instrument(program)
    return found.comfortable_low, found.comfortable_high
