"""What sounds in each stretch of a beat grid, as weights of pitch classes.

Conventions: a grid is a run of cells that follow each other without a gap; weights are in beats of
sound (one note held through a whole cell of one beat weighs about 1). Drums do not count. A note
struck up to an eighth of a quarter note before a line and held over it belongs after the line, for
players anticipate.

Source: own definition. The constants were set by hand on chords that Motet's own arranger played.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.score.score import Score
from motet.score.table import note_table
from motet.score.time import Bar

__all__ = ["Grid", "Window", "gather_evidence", "lay_grid"]

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Window = Literal["auto", "half-beat", "beat", "half-bar", "bar"]

_WINDOWS = ("auto", "half-beat", "beat", "half-bar", "bar")
_ANTICIPATION_QN = 0.13
_MAX_CELLS = 40_000
_SHORT_POWER = 0.6
_DECAY_SEMI = 36.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells of time and what sounds in them.

    Parameters
    ----------
    start_tick, end_tick : int64, shape (t,), ticks
    level : int64, shape (t,)
        Weight of each cell's start: 3 a bar line, 2 a strong beat, 1 a beat, 0 within a beat.
    weights : float64, shape (t, 12)
        How much each pitch class sounds.
    bass : float64, shape (t, 12)
        How long each pitch class is the lowest of at least two that sound, as a share of the cell.
    n_voices : float64, shape (t,)
        How many different pitch classes sound at once, on average over the cell's sound.
    """

    start_tick: IntArray
    end_tick: IntArray
    level: IntArray
    weights: FloatArray
    bass: FloatArray
    n_voices: FloatArray


def _bar_cells(bar: Bar, window: Window, resolution: int) -> list[tuple[int, int]]:
    """Return start ticks of a bar's cells with their metric levels."""
    beats = [float(beat) * resolution for beat in bar.metre.beats_qn]
    if window == "bar" or not beats:
        return [(bar.start_tick, 3)]
    if all(beat >= 2 * resolution for beat in beats) and window in ("auto", "half-beat"):
        beats = [beat / 2 for beat in beats for _ in range(2)]
    full = sum(beats)
    strong = {0, len(beats) // 2} if len(beats) % 2 == 0 and len(beats) > 2 else {0}
    # A pickup ends with the metre's last beats; other irregular bars begin with its first ones.
    shift = bar.duration_tick - full if bar.index == 0 and bar.is_irregular else 0.0
    cells: list[tuple[int, int]] = [(bar.start_tick, 3)]
    at = bar.start_tick + shift
    count = 0
    while at < bar.end_tick - 1:
        beat = beats[count % len(beats)]
        level = 2 if count % len(beats) in strong else 1
        if window != "half-bar" or level == 2:
            cells.append((round(at), level))
        if window == "half-beat":
            cells.append((round(at + beat / 2), 0))
        at += beat
        count += 1
    inside = [cell for cell in cells[1:] if bar.start_tick < cell[0] < bar.end_tick]
    return [cells[0], *inside]


def lay_grid(score: Score, *, window: Window = "auto") -> tuple[IntArray, IntArray, IntArray]:
    """Return start, end and metric level of each cell of a score.

    Parameters
    ----------
    score : Score
    window : "auto", "half-beat", "beat", "half-bar" or "bar"
        ``"auto"`` is the beat, halved where a beat lasts two quarter notes or more.

    Returns
    -------
    three int64 arrays, shape (t,)
        Start and end in ticks; level 3 at bar lines, 2 at strong beats, 1 at beats, 0 between.

    Raises
    ------
    ParameterError
        The window is unknown.

    Examples
    --------
    >>> from motet.score import make_score
    >>> start, end, level = lay_grid(make_score("C4:4 | C4:4"))
    >>> level.tolist(), int(start[1])
    ([3, 1, 2, 1, 3, 1, 2, 1], 480)
    """
    if window not in _WINDOWS:
        raise ParameterError(
            f"window must be one of {', '.join(_WINDOWS)}, got {window!r}; use 'auto'",
            zh=f"window 必须是 {'、'.join(_WINDOWS)} 之一,收到 {window!r};可用 'auto'",
        )
    last = score.end_tick
    cells: list[tuple[int, int]] = []
    for bar in score.bars:
        if bar.start_tick >= last:
            break
        cells += [one for one in _bar_cells(bar, window, score.resolution) if one[0] < last]
        if len(cells) > _MAX_CELLS and window != "bar":
            return lay_grid(score, window="bar")
    start = np.array([tick for tick, _ in cells], dtype=np.int64)
    level = np.array([one for _, one in cells], dtype=np.int64)
    end = np.append(start[1:], last).astype(np.int64) if len(cells) else start.copy()
    return start, end, level


def gather_evidence(score: Score, *, window: Window = "auto") -> Grid:
    """Return the grid of a score with what sounds in each cell.

    Parameters
    ----------
    score : Score
    window : see `lay_grid`

    Returns
    -------
    Grid
        No cells when the score is empty.

    Raises
    ------
    ParameterError
        The window is unknown.

    Examples
    --------
    >>> from motet.score import make_score
    >>> grid = gather_evidence(make_score("E4+G4:2 r:2 C4:4", "C3:2 r:2 C3:4"), window="half-bar")
    >>> grid.weights[0].nonzero()[0].tolist(), int(grid.bass[0].argmax())
    ([0, 4, 7], 0)
    """
    start, end, level = lay_grid(score, window=window)
    n_cells = len(start)
    weights, bass = np.zeros((n_cells, 12)), np.zeros((n_cells, 12))
    n_voices = np.zeros(n_cells)
    table = note_table(score)
    table = table[~table["is_drum"] & (table["duration_tick"] > 0)]
    if n_cells == 0 or len(table) == 0:
        return Grid(start, end, level, weights, bass, n_voices)
    cell, note, overlap = _overlaps(table, start, end, score.resolution)
    beat_tick = np.minimum(float(score.resolution), end[cell] - start[cell])
    pitch = table["pitch"][note].astype(np.int64)
    share = np.minimum(overlap / beat_tick, 2.0)
    decay = 2.0 ** (-np.clip(pitch - 48, 0, 36) / _DECAY_SEMI)
    np.add.at(weights, (cell, pitch % 12), share**_SHORT_POWER * decay)
    _add_bass(bass, n_voices, cell, pitch, table["onset_tick"][note], overlap, start, end)
    return Grid(start, end, level, weights, bass, n_voices)


def _overlaps(
    table: npt.NDArray[np.void], start: IntArray, end: IntArray, resolution: int
) -> tuple[IntArray, IntArray, FloatArray]:
    """Return (cell, note, overlap in ticks) of each note in each cell that it sounds in."""
    onset = table["onset_tick"].astype(np.int64)
    until = onset + table["duration_tick"]
    first = np.searchsorted(start, onset, side="right") - 1
    to_line = end[first] - onset
    is_early = (to_line < _ANTICIPATION_QN * resolution) & (until - end[first] > to_line)
    onset = np.where(is_early, end[first], onset)
    first = np.minimum(first + is_early, len(start) - 1)
    last = np.searchsorted(start, np.maximum(until - 1, onset), side="right") - 1
    count = np.maximum(last - first + 1, 1)
    note = np.repeat(np.arange(len(table)), count)
    offset = np.arange(len(note)) - np.repeat(np.cumsum(count) - count, count)
    cell = first[note] + offset
    overlap = np.minimum(until[note], end[cell]) - np.maximum(onset[note], start[cell])
    keep = overlap > 0
    return cell[keep], note[keep], overlap[keep].astype(np.float64)


def _add_bass(
    bass: FloatArray,
    n_voices: FloatArray,
    cell: IntArray,
    pitch: IntArray,
    onset: IntArray,
    overlap: FloatArray,
    start: IntArray,
    end: IntArray,
) -> None:
    """Fill in what lies lowest in each cell and how many pitch classes sound together."""
    order = np.argsort(cell, kind="stable")
    cell, pitch, onset, overlap = cell[order], pitch[order], onset[order], overlap[order]
    edges = np.searchsorted(cell, np.arange(len(start) + 1))
    for k in range(len(start)):
        low, high = edges[k], edges[k + 1]
        if high == low:
            continue
        length = float(end[k] - start[k])
        pitches, ticks = pitch[low:high], overlap[low:high]
        begins = np.maximum(onset[low:high], start[k])
        sound = float(ticks.sum())
        first = begins == begins.min()
        together = np.unique(pitches % 12).size
        n_voices[k] = min(sound / max(1.0, min(length, _covered(begins, ticks))), together)
        if pitches.max() - pitches.min() < 3 or together < 2:
            continue
        floor = pitches.min()
        near = pitches <= floor + 12
        gain = ticks / length * 2.0 ** (-(pitches - floor) / 4.0) * np.where(first, 1.5, 1.0)
        np.add.at(bass[k], pitches[near] % 12, gain[near])
        bass[k] /= max(1.0, bass[k].sum())


def _covered(begins: IntArray, ticks: FloatArray) -> float:
    """Return how many ticks at least one note sounds."""
    order = np.argsort(begins, kind="stable")
    total, reach = 0.0, -1.0
    for begin, length in zip(begins[order].tolist(), ticks[order].tolist(), strict=True):
        stop = begin + length
        total += max(0.0, stop - max(begin, reach))
        reach = max(reach, stop)
    return total
