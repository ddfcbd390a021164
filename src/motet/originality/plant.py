"""Copies planted on purpose, to measure how many are found.

Conventions: windows of pieces on the grid; drums are taken along unchanged. Randomness is the caller's.

Offers `KINDS`, `plant`, `told_bits`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

import numpy as np

from motet.errors import ParameterError
from motet.originality.build import collect_lines
from motet.originality.gram import Surprise
from motet.originality.voices import CHANCE
from motet.tokens import shift_grid
from motet.tokens.layout import GRID_BAR, GridArray, GridScore, metre_value, sort_notes
from motet.tokens.vocab import N_SLOTS

__all__ = ["KINDS", "Kind", "plant", "told_bits"]

Kind = Literal["transposed", "rhythm", "edited", "splice"]
KINDS: Final[tuple[Kind, ...]] = ("transposed", "rhythm", "edited", "splice")
_EDITED: Final = 0.2
_RATIOS: Final = (0.5, 1.0, 1.5, 2.0)
_BAR: Final = 96


def told_bits(grid: GridScore, surprise: Surprise) -> float:
    """Return how much a passage says: its richest line, and what others say beyond chance.

    Parameters
    ----------
    grid : GridScore
    surprise : Surprise
        Of the index.

    Returns
    -------
    float, bits
        Lines that repeat another one do not count.

    Examples
    --------
    >>> from motet.originality.build import index_grids
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> tune = score_to_grid(make_score("C4:1 E4:1 D4:1 G4:1 F4:1 A4:1 C5:1 B4:1 G4:1 C5:1")).grid
    >>> flat = score_to_grid(make_score("C4:1 C4:1 C4:1 C4:1 C4:1 C4:1 C4:1 C4:1")).grid
    >>> known = index_grids([tune], names=["a"]).store.surprise
    >>> told_bits(flat, known) < told_bits(tune, known)
    True
    """
    found = sorted(
        (
            float((surprise.pitch_bits(line.pitch) + surprise.time_bits(line.time)).sum())
            for line, _ in collect_lines(grid)
        ),
        reverse=True,
    )
    return sum(found[:1]) + sum(max(0.0, bits - CHANCE) for bits in found[1:])


def plant(
    grid: GridScore, kind: Kind, *, rng: np.random.Generator, host: GridScore | None = None
) -> GridScore:
    """Return a passage as somebody would copy it who does not want to be caught.

    Parameters
    ----------
    grid : GridScore
        The passage that is copied.
    kind : {"transposed", "rhythm", "edited", "splice"}
        Moved by 1 to 6 semitones; every time between onsets halved, kept, dotted or doubled at random;
        a fifth of the notes moved, left out or doubled by another; put into a host.
    rng : Generator
    host : GridScore, optional
        For a splice: the piece whose middle bars are replaced, key and all else as they are.

    Returns
    -------
    GridScore

    Raises
    ------
    ParameterError
        There is no such kind, or a splice has no host.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:1 D4:1 E4:1 F4:1")).grid
    >>> moved = plant(grid, "transposed", rng=np.random.default_rng(1)).notes["pitch"]
    >>> len(np.unique(moved - grid.notes["pitch"]))
    1
    """
    if kind == "transposed":
        return shift_grid(grid, int(rng.choice([-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6])))
    if kind == "rhythm":
        return _change_rhythm(grid, rng)
    if kind == "edited":
        return _edit(grid, rng)
    if kind == "splice" and host is not None:
        return _splice(grid, host)
    raise ParameterError(
        f"kind must be one of {', '.join(KINDS)}, and a splice needs a host; got {kind!r}",
        zh=f"kind 应为 {'、'.join(KINDS)} 之一,且 splice 需要 host;收到 {kind!r}",
    )


def _change_rhythm(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return the notes in their order at other times, in bars of 4/4."""
    notes = grid.notes
    time = grid.bar_starts[notes["bar"]] + notes["pos"]
    onsets, place = np.unique(time, return_inverse=True)
    apart = np.maximum(3, np.round(np.diff(onsets) * rng.choice(_RATIOS, len(onsets) - 1) / 3) * 3)
    moved = np.concatenate(([0], np.cumsum(apart))).astype(np.int64)[place]
    bars = np.zeros(int(moved.max(initial=0)) // _BAR + 1, GRID_BAR)
    bars["length"], bars["metre"], bars["section"] = _BAR, metre_value(4, 4), -1
    changed = notes.copy()
    changed["bar"], changed["pos"] = moved // _BAR, moved % _BAR
    return replace(grid, notes=sort_notes(changed), bars=bars, chords=grid.chords[:0])


def _edit(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return the passage with a fifth of its notes edited: half moved, a quarter left out, a quarter new."""
    drums = [k for k, part in enumerate(grid.parts) if part.is_drums]
    notes = grid.notes.copy()
    kind = rng.random(len(notes)) / _EDITED
    kind[np.isin(notes["part"], drums)] = 9.0
    moved = kind < 0.5
    steps = rng.choice([-4, -3, -2, -1, 1, 2, 3, 4], int(moved.sum()))
    notes["pitch"][moved] = np.clip(notes["pitch"][moved] + steps, 0, 127)
    new = notes[(kind >= 0.75) & (kind < 1.0) & (notes["dur"] >= 4)].copy()
    new["dur"] //= 2
    new["pos"] += new["dur"].astype(np.int16)
    new["pitch"] = np.clip(new["pitch"] + rng.choice([-4, -2, -1, 1, 2, 3], len(new)), 0, 127)
    new = new[new["pos"] < grid.bars["length"][new["bar"]]]
    kept = notes[(kind < 0.5) | (kind >= 0.75)]
    return replace(grid, notes=sort_notes(np.concatenate((kept, new))))


def _splice(grid: GridScore, host: GridScore) -> GridScore:
    """Return the host with its middle bars replaced by the passage, parts in their order."""
    n, first = grid.n_bars, max(0, (host.n_bars - grid.n_bars) // 2)
    theirs = [k for k, part in enumerate(grid.parts) if not part.is_drums]
    parts = list(host.parts)
    own = [k for k, part in enumerate(parts) if not part.is_drums]
    while len(own) < len(theirs) and parts[-1].slot + 1 < N_SLOTS:  # a host gets the parts it lacks
        own.append(len(parts))
        parts.append(replace(grid.parts[theirs[len(own) - 1]], slot=parts[-1].slot + 1))
    kept = host.notes[(host.notes["bar"] < first) | (host.notes["bar"] >= first + n)]
    rows: list[GridArray] = [kept]
    for k, part in zip(own, theirs, strict=False):
        new = grid.notes[grid.notes["part"] == part].copy()
        new["bar"] += first
        new["part"] = k
        rows.append(new)
    bars = host.bars.copy()
    bars[first : first + n] = grid.bars
    return replace(host, parts=tuple(parts), notes=sort_notes(np.concatenate(rows)), bars=bars)
