"""Phrases as one binary roll, as textbooks of music generation have them: a pitch sounds at a step or not.

Conventions: bars of four quarter notes, 16 steps each; `pitches` pitches from `lowest` up, normalised; all
parts but drums together, pitches outside folded in by octaves. Where a note is struck again is not told:
equal pitches side by side come back as one longer note, which is a fault of the representation.

Offers `KIND`, `RollOptions`, `extract`, `vary`, `to_grid`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.phrases.kinds import Batch, PhraseKind
from motet.tokens.layout import (
    GRID_BAR,
    GRID_CHORD,
    GRID_NOTE,
    NO_KEY,
    GridPart,
    GridScore,
    metre_value,
    sort_notes,
)

__all__ = ["KIND", "RollOptions", "extract", "to_grid", "vary"]

_STEPS: Final = 16
_STEP: Final = 6
_BAR: Final = _STEPS * _STEP
_LEAST_CELLS: Final = 8
_SHIFT_SEMI: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class RollOptions:
    """The shape of a roll: 4 bars of 64 pitches are 64 × 64 = 4,096 cells.

    Parameters
    ----------
    bars : int, 1 to 8
    pitches : int, 12 to 128
    lowest : int, MIDI pitch
    per_piece : int, > 0
        At most so many windows of a piece, evenly taken.

    Examples
    --------
    >>> RollOptions().bars * 16 * RollOptions().pitches
    4096
    """

    bars: int = 4
    pitches: int = 64
    lowest: int = 32
    per_piece: int = 16

    def __post_init__(self) -> None:
        if not (1 <= self.bars <= 8 and 12 <= self.pitches <= 128 - self.lowest):
            self._refuse()
        if self.lowest < 0 or self.per_piece < 1:
            self._refuse()

    def _refuse(self) -> None:
        raise ParameterError(
            "a binary roll has 1 to 8 bars and 12 or more pitches from lowest up, all below 128, and "
            f"per_piece is above 0; got {self}",
            zh=f"二值钢琴卷须有 1 到 8 小节,从 lowest 起至少 12 个音高且都小于 128,per_piece 大于 0;收到 {self}",
        )


def extract(grid: GridScore, options: RollOptions) -> list[Batch]:
    """Return the windows of a piece: each a dict with ``roll``, bool, shape (steps, pitches).

    Parameters
    ----------
    grid : GridScore
    options : RollOptions

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:1 E4:1 G4:2 | C4:4", fifths=0)).grid
    >>> phrase, = extract(grid, RollOptions(bars=2))
    >>> phrase["roll"].shape, phrase["roll"].sum(axis=1).tolist() == [1] * 32
    ((32, 64), True)
    """
    starts = _find_windows(grid, options.bars)
    if len(starts) > options.per_piece:
        taken = np.linspace(0, len(starts) - 1, options.per_piece).round().astype(int)
        starts = [starts[at] for at in taken]
    drums = np.array([part.is_drums for part in grid.parts], np.bool_)
    notes = grid.notes[~drums[grid.notes["part"]]] if len(grid.notes) else grid.notes
    begin = grid.bar_starts[notes["bar"]] + notes["pos"]
    found = []
    for start in starts:
        origin, total = int(grid.bar_starts[start]), options.bars * _STEPS
        inside = (begin + notes["dur"] > origin) & (begin < origin + options.bars * _BAR)
        first = np.maximum((begin[inside] - origin + _STEP // 2) // _STEP, 0)
        last = (begin[inside] + notes["dur"][inside] - origin + _STEP // 2) // _STEP
        place = _fold(notes["pitch"][inside].astype(np.int64) - options.lowest, options.pitches)
        change = np.zeros((total + 1, options.pitches), np.int32)
        np.add.at(change, (np.minimum(first, total), place), 1)
        np.add.at(change, (np.clip(last, np.minimum(first + 1, total), total), place), -1)
        roll = np.cumsum(change, axis=0)[:total] > 0
        if roll.sum() >= _LEAST_CELLS:
            found.append({"roll": roll})
    return found


def _find_windows(grid: GridScore, bars: int) -> list[int]:
    """Return the first bars of windows of whole notes, end to end."""
    is_four = grid.bars["length"] == _BAR
    found, at = [], 0
    while at + bars <= grid.n_bars:
        wrong = np.flatnonzero(~is_four[at : at + bars])
        if len(wrong):
            at += int(wrong[-1]) + 1
        else:
            found.append(at)
            at += bars
    return found


def _fold(place: npt.NDArray[np.int64], n: int) -> npt.NDArray[np.int64]:
    """Return places that are inside, others moved by octaves to the nearest end."""
    low, high = place % 12, n - 12 + (place - n) % 12
    return np.where(place < 0, low, np.where(place >= n, high, place))


def vary(batch: Batch, rng: np.random.Generator) -> Batch:
    """Return the phrases moved by up to five semitones each; what leaves the roll is lost.

    Examples
    --------
    >>> batch = {"roll": np.eye(16, 64, 20, dtype=bool)[None]}
    >>> int(vary(batch, np.random.default_rng(0))["roll"].sum())
    16
    """
    roll = batch["roll"]
    moved = np.zeros_like(roll)
    n = roll.shape[2]
    for k, shift in enumerate(rng.integers(-_SHIFT_SEMI, _SHIFT_SEMI + 1, len(roll)).tolist()):
        low, high = max(0, shift), n + min(0, shift)
        moved[k, :, low:high] = roll[k, :, low - shift : high - shift]
    return {"roll": moved}


def to_grid(
    roll: npt.NDArray[Any], *, lowest: int = 32, qpm: float | None = None, program: int = 0
) -> GridScore:
    """Return a roll as a grid of one part: cells side by side are one note.

    Parameters
    ----------
    roll : bool or 0 and 1, shape (steps, pitches)
        Steps are a multiple of 16.
    lowest : int, MIDI pitch
        Of the first place.
    qpm : float or None, quarter notes a minute
    program : int, 0 to 127

    Raises
    ------
    ParameterError
        The roll has another shape.

    Examples
    --------
    >>> roll = np.zeros((16, 64), bool)
    >>> roll[4:8, 28] = True
    >>> to_grid(roll).notes[["pos", "dur", "pitch"]].tolist()
    [(24, 24, 60)]
    """
    if roll.ndim != 2 or not len(roll) or len(roll) % _STEPS:
        raise ParameterError(
            f"a roll is (steps, pitches) with a multiple of {_STEPS} steps, got shape {roll.shape}",
            zh=f"钢琴卷的形状须为(步, 音高),步数为 {_STEPS} 的倍数,收到 {roll.shape}",
        )
    sounds = np.pad(np.asarray(roll) > 0, ((1, 1), (0, 0))).astype(np.int8)
    edges = np.diff(sounds, axis=0).T  # (pitches, steps + 1)
    place, first = np.nonzero(edges == 1)
    last = np.nonzero(edges == -1)[1]
    notes = np.zeros(len(place), GRID_NOTE)
    notes["bar"], notes["pos"] = first // _STEPS, first % _STEPS * _STEP
    notes["dur"], notes["pitch"], notes["vel"] = (last - first) * _STEP, place + lowest, 9
    bars = np.zeros(len(roll) // _STEPS, GRID_BAR)
    bars["length"], bars["metre"], bars["section"] = _BAR, metre_value(4, 4), -1
    return GridScore(
        parts=(GridPart(slot=0, program=program),),
        notes=sort_notes(notes),
        bars=bars,
        chords=np.zeros(0, GRID_CHORD),
        key=NO_KEY,
        shift_semi=0,
        qpm=qpm,
        style=-1,
    )


KIND: Final = PhraseKind(name="binary-roll", options=RollOptions, extract=extract, vary=vary)
