"""Music of any length as phrases of steps, and the bars of those phrases as music again.

Conventions: as `motet.phrases.steps`. Phrases follow each other bar by bar; where bars are left over the
last phrase begins earlier and gives only its end, and music shorter than a phrase is repeated to fill it.

Offers `StepCover`, `cover_steps`, `find_cast`, `write_cover`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from motet.phrases.roles import find_roles
from motet.phrases.step_codec import write_voice
from motet.phrases.step_lines import equal_runs, fit_octave, place_line, read_voice
from motet.phrases.steps import StepOptions
from motet.tokens.layout import GridArray, GridScore, sort_notes

__all__ = ["StepCover", "cover_steps", "find_cast", "write_cover"]


@dataclass(frozen=True, eq=False, kw_only=True)
class StepCover:
    """The phrases of a piece and where they come from.

    Parameters
    ----------
    tokens : uint16, shape (n, bars, 16, voices)
    n_steps : int64, shape (n,)
    starts : int64, shape (n,)
        Bar of the piece at which each phrase begins.
    keeps : int64, shape (n, 2)
        Which of its own bars each phrase is asked for: first and end, half-open.
    octaves : int64, shape (n, voices), semitones
        How far each line was moved to lie in its voice's range.
    outside : tuple of int
        Bars that steps cannot say (a metre of more than 16 sixteenths, or of no whole number).
    n_off, n_left_out : int
        Notes moved to the nearest sixteenth from far, and notes left out (of chords, all but the top).
    n_notes : int
        Notes of the voices in all.
    """

    tokens: npt.NDArray[np.uint16]
    n_steps: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    keeps: npt.NDArray[np.int64]
    octaves: npt.NDArray[np.int64]
    outside: tuple[int, ...]
    n_off: int
    n_left_out: int
    n_notes: int

    def __len__(self) -> int:
        return len(self.tokens)


def find_cast(grid: GridScore, options: StepOptions) -> tuple[int, ...] | None:
    """Return the part that each voice of a phrase is read from.

    Parameters
    ----------
    grid : GridScore
    options : StepOptions

    Returns
    -------
    tuple of int, or None
        None where a voice has no part. A melody may be a part of chords: its highest notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C5:1 E5:1 G5:2", "drums 36:2 38:2")).grid
    >>> find_cast(grid, StepOptions()), find_cast(grid, StepOptions(content="trio"))
    ((0,), None)
    """
    roles = find_roles(grid)
    found = []
    for voice in options.voices:
        parts = roles[voice.role]
        if not parts and voice.role == "melody":
            parts = roles["strings"] or roles["chords"]
        if not parts and voice.role == "melody" and options.content == "melody":
            parts = roles["bass"]
        if not parts:
            return None
        found.append(parts[0])
    return tuple(found)


def cover_steps(grid: GridScore, cast: Sequence[int], options: StepOptions) -> StepCover:
    """Return the phrases that make up a piece, in order.

    Parameters
    ----------
    grid : GridScore
    cast : sequence of int
        Part of each voice (`find_cast`).
    options : StepOptions

    Returns
    -------
    StepCover

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C5:4 D5:4 E5:4")).grid
    >>> cover = cover_steps(grid, (0,), StepOptions(bars=2))
    >>> cover.starts.tolist(), cover.keeps.tolist()
    ([0, 1], [[0, 2], [1, 2]])
    """
    bars = options.bars
    tokens, n_steps, starts, keeps, octaves = [], [], [], [], []
    said = np.zeros(grid.n_bars, np.bool_)
    n_off = n_left_out = 0
    for run in equal_runs(grid):
        begin, end, steps = run
        lines = [read_voice(grid, k, v, run) for k, v in zip(cast, options.voices, strict=True)]
        n_off += sum(int(line.off.sum()) for line in lines)
        n_left_out += sum(int(line.left_out.sum()) for line in lines)
        said[begin:end] = True
        length = end - begin
        for at in range(0, length, bars):
            first = max(0, min(at, length - bars))
            index = (first + np.arange(bars)) % length
            rows, moves = [], []
            for line, voice in zip(lines, options.voices, strict=True):
                window = line.tokens[index]
                move = fit_octave(window, voice)
                rows.append(place_line(window, voice, move))
                moves.append(0 if move is None else move)
            tokens.append(np.stack(rows, axis=-1))
            n_steps.append(steps)
            starts.append(begin + first)
            keeps.append((at - first, min(bars, length - first)))
            octaves.append(moves)
    n_voices = len(options.voices)
    return StepCover(
        tokens=np.array(tokens, np.uint16).reshape(-1, bars, 16, n_voices),
        n_steps=np.array(n_steps, np.int64),
        starts=np.array(starts, np.int64),
        keeps=np.array(keeps, np.int64).reshape(-1, 2),
        octaves=np.array(octaves, np.int64).reshape(-1, n_voices),
        outside=tuple(int(bar) for bar in np.flatnonzero(~said)),
        n_off=n_off,
        n_left_out=n_left_out,
        n_notes=int(np.isin(grid.notes["part"], list(cast)).sum()),
    )


def write_cover(
    grid: GridScore,
    cast: Sequence[int],
    cover: StepCover,
    tokens: npt.NDArray[Any],
    options: StepOptions,
) -> GridScore:
    """Return the piece with the voices of its phrases written anew; what no phrase says stays.

    Parameters
    ----------
    grid : GridScore
    cast : sequence of int
    cover : StepCover
    tokens : integers, shape (n, bars, 16, voices)
        Phrase by phrase, as in the cover.
    options : StepOptions

    Returns
    -------
    GridScore
        Velocities of a bar are those of the old bar, on average; lines lie in the octave of the old.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C5:4 D5:4 E5:4")).grid
    >>> cover = cover_steps(grid, (0,), StepOptions(bars=2))
    >>> write_cover(grid, (0,), cover, cover.tokens, StepOptions(bars=2)).notes["pitch"].tolist()
    [72, 74, 76]
    """
    notes = grid.notes
    written = np.isin(notes["part"], list(cast))
    written &= ~np.isin(notes["bar"], cover.outside)
    kept = [notes[~written].astype(notes.dtype)]
    for k, voice in enumerate(options.voices):
        was = notes[notes["part"] == cast[k]]
        for n in range(len(cover)):
            first, end = cover.keeps[n]
            rows = tokens[n, first:end, :, k]
            fresh = write_voice(rows, voice, n_steps=int(cover.n_steps[n]), part=int(cast[k]))
            fresh["pitch"] -= cover.octaves[n, k]
            fresh["bar"] += cover.starts[n] + first
            kept.append(_with_loudness(fresh, was))
    fresh = np.concatenate(kept)
    return replace(grid, notes=sort_notes(fresh))


def _with_loudness(fresh: GridArray, was: GridArray) -> GridArray:
    """Return notes about as loud as those that they replace."""
    if len(fresh) and len(was):
        near = was[np.isin(was["bar"], fresh["bar"])]
        shift = round(float((near if len(near) else was)["vel"].mean() - fresh["vel"].mean()))
        fresh["vel"] = np.clip(fresh["vel"] + shift, 0, 15)
    return fresh
