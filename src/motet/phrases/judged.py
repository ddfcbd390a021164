"""Phrases to be judged: every four bars of any piece, its parts folded into the tracks of a band.

Conventions: the arrays of `motet.phrases.band`. Melody, bass and drums are found by role; all other parts
are heard together: those that play several notes at once as chords, those of one voice as strings, so that
no part goes unheard. A piece shorter than four bars is repeated; bars of a metre that the band does not
know, and unmetred ones, are left out. No chord symbol or style is needed; training leaves them out for half
of the phrases.

Offers `KIND`, `JudgedOptions`, `extract_judged`, `find_spans`, `fold_parts`,
`hide_symbols`, `vary_judged`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.phrases.band import (
    N_BARS,
    TRACKS,
    _cut,
    find_metre,
    metre_steps,
    unpack_roll,
    vary_band,
)
from motet.phrases.kinds import Batch, PhraseKind
from motet.phrases.roles import find_roles
from motet.phrases.spoil import spoil_rolls
from motet.tokens.grid import find_groups
from motet.tokens.layout import GridArray, GridScore, sort_notes

__all__ = [
    "KIND",
    "JudgedOptions",
    "extract_judged",
    "find_spans",
    "fold_parts",
    "hide_symbols",
    "vary_judged",
]

_STEP: Final = 6
_CHORDS, _STRINGS = TRACKS.index("chords"), TRACKS.index("strings")
_SEVERAL: Final = 1.35
"""Notes an onset from which a part plays chords."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedOptions:
    """Which windows a piece gives.

    Parameters
    ----------
    per_piece : int, > 0
        At most so many, evenly taken.
    least_notes : int, > 0
        Onsets that a window must have, all tracks together.

    Examples
    --------
    >>> JudgedOptions().per_piece
    6
    """

    per_piece: int = 6
    least_notes: int = 6

    def __post_init__(self) -> None:
        if self.per_piece < 1 or self.least_notes < 1:
            raise ParameterError(
                f"per_piece and least_notes must be above 0, got {self.per_piece} and "
                f"{self.least_notes}",
                zh=f"per_piece 与 least_notes 须大于 0,收到 {self.per_piece} 与 {self.least_notes}",
            )


def fold_parts(grid: GridScore) -> dict[str, tuple[int, ...]]:
    """Return the parts that each track of the band takes in; every part that plays is in one.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    dict of str to tuple of int
        An entry for every track of `motet.phrases.band.TRACKS`.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> voices = ("C5:1 D5:1 E5:1 D5:1", "G4:2 G4:2", "E4:2 F4:2", "C3:1 B2:1 C3:1 G2:1")
    >>> {name: found for name, found in fold_parts(score_to_grid(make_score(*voices)).grid).items() if found}
    {'melody': (0,), 'bass': (3,), 'strings': (1, 2)}
    """
    roles = find_roles(grid)
    tracks = {name: list(roles[name]) for name in TRACKS}
    _, new_group = find_groups(grid.notes)
    k = len(grid.parts)
    n_notes = np.bincount(grid.notes["part"], minlength=k)
    n_onsets = np.bincount(grid.notes["part"][new_group], minlength=k)
    taken = {part for parts in tracks.values() for part in parts}
    for part in range(k):
        if part in taken or not n_notes[part]:
            continue
        if grid.parts[part].is_drums:
            tracks["drums"].append(part)
        elif n_notes[part] >= _SEVERAL * n_onsets[part]:
            tracks["chords"].append(part)
        elif not tracks["melody"] and not tracks["chords"] and k == 1:
            tracks["melody"].append(part)
        else:
            tracks["strings"].append(part)
    return {name: tuple(sorted(parts)) for name, parts in tracks.items()}


def find_spans(grid: GridScore) -> list[tuple[int, int]]:
    """Return first bar and metre of every four bars of one metre; the last may overlap the one before.

    Parameters
    ----------
    grid : GridScore
        Of four bars at least.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> find_spans(score_to_grid(make_score("C4:4 " * 10)).grid)
    [(0, 0), (4, 0), (6, 0)]
    """
    metres = [
        found
        if (found := find_metre(int(bar["metre"]))) >= 0
        and int(bar["length"]) == metre_steps(found) * _STEP
        else -1
        for bar in grid.bars
    ]
    spans: list[tuple[int, int]] = []
    first = 0
    while first < len(metres):
        end = first + 1
        while end < len(metres) and metres[end] == metres[first]:
            end += 1
        if metres[first] >= 0 and end - first >= N_BARS:
            starts = list(range(first, end - N_BARS + 1, N_BARS))
            if (end - first) % N_BARS:
                starts.append(end - N_BARS)
            spans += [(start, metres[first]) for start in starts]
        first = end
    return spans


def extract_judged(grid: GridScore, options: JudgedOptions | None = None) -> list[Batch]:
    """Return the four-bar windows of a piece, whatever its parts.

    Parameters
    ----------
    grid : GridScore
    options : JudgedOptions or None

    Returns
    -------
    list of dict
        Arrays as `motet.phrases.band.extract_band` gives them, and ``start`` int16: the first bar,
        ``human`` bool: true (who adds phrases of other writers to a file says false).

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> phrases = extract_judged(score_to_grid(make_score("C4:1 E4:1 G4:2 | " * 6)).grid)
    >>> [int(one["start"]) for one in phrases], phrases[0]["present"].tolist()
    ([0, 2], [True, False, False, False, False])
    """
    options = options or JudgedOptions()
    if not grid.n_notes:
        return []
    if grid.n_bars < N_BARS:
        grid = _repeat(grid)
    spans = find_spans(grid)
    if len(spans) > options.per_piece:
        taken = np.linspace(0, len(spans) - 1, options.per_piece).round().astype(int)
        spans = [spans[at] for at in taken]
    folded = fold_parts(grid)
    tracks: list[GridArray | None] = [
        grid.notes[np.isin(grid.notes["part"], folded[name])] if folded[name] else None
        for name in TRACKS
    ]
    phrases = []
    for start, metre in spans:
        phrase = _cut(grid, tracks, start, metre)
        if phrase["attack"].sum() >= options.least_notes:
            told = {"start": np.array(start, np.int16), "human": np.array(True)}
            phrases.append({**phrase, **told})
    return phrases


def _repeat(grid: GridScore) -> GridScore:
    """Return a piece of fewer than four bars again and again, until there are four."""
    times = -(-N_BARS // grid.n_bars)
    again: dict[str, Any] = {"bars": np.concatenate([grid.bars] * times)}
    for name in ("notes", "chords"):
        copies = []
        for turn in range(times):
            rows = getattr(grid, name).copy()
            rows["bar"] += turn * grid.n_bars
            copies.append(rows)
        again[name] = np.concatenate(copies)
    return replace(grid, **{**again, "notes": sort_notes(again["notes"])})


def hide_symbols(batch: Batch) -> Batch:
    """Return phrases, or one phrase, without chord symbols and style.

    Parameters
    ----------
    batch : Batch

    Examples
    --------
    >>> phrase = dict.fromkeys(("chord", "bass", "style"), np.array([5, 7], np.int16))
    >>> hide_symbols(phrase)["style"].tolist()
    [-1, -1]
    """
    hidden = {name: np.full_like(batch[name], -1) for name in ("chord", "bass", "style")}
    return {**batch, **hidden}


def vary_judged(batch: Batch, rng: np.random.Generator) -> Batch:
    """Return the phrases without symbols, a track left out now and then, and beside each a spoilt one.

    Parameters
    ----------
    batch : Batch
    rng : Generator

    Returns
    -------
    Batch
        ``bad_roll``, ``bad_attack`` and ``way`` are added; the roll is packed as before.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> one, = extract_judged(score_to_grid(make_score("C4:1 E4:1 G4:2 | " * 4)).grid)
    >>> varied = vary_judged({name: value[None] for name, value in one.items()}, np.random.default_rng(1))
    >>> bool((varied["bad_roll"] == varied["roll"]).all()), varied["way"].shape
    (False, (1,))
    """
    kept = {name: batch[name] for name in ("roll", "attack", "present")}
    batch = hide_symbols({**batch, **vary_band(kept, rng)})
    roll: npt.NDArray[np.bool_] = unpack_roll(batch["roll"])
    spoilt, begun, ways = spoil_rolls(roll, batch["attack"].astype(np.bool_), batch["metre"], rng)
    return {**batch, "bad_roll": np.packbits(spoilt, axis=-1), "bad_attack": begun, "way": ways}


KIND: Final = PhraseKind(
    name="judged", options=JudgedOptions, extract=extract_judged, vary=vary_judged
)
