"""Notes between a score and its grid: placing what a model wrote, spelled, in the score's own ticks.

Conventions: part k of the grid is part k of the score, bar b is bar b. A position is rounded to the
nearest tick; drums last as long as the grid says. Notes end at the end of the score.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np

from motet.score import Note, Part, Score, replace_cell
from motet.tasks.harmony import HeldHarmony
from motet.theory.pitch import spell_line, spell_pitch
from motet.theory.scale import Key
from motet.tokens import GRID_NOTE, GridScore, score_to_grid
from motet.tokens.layout import velocity_of
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = ["grid_of", "put_cells"]


def grid_of(score: Score, *, key: Key, style: int = -1, emotion: int = -1) -> GridScore:
    """Return a score on the grid, one row for each of its parts, empty ones and all.

    Parameters
    ----------
    score : Score
        At most 16 parts; it may have no note at all.
    key : Key
        What pitches are normalised by.
    style, emotion : int
        STYLE and EMOTION values, -1 for none.

    Returns
    -------
    GridScore

    Raises
    ------
    ParameterError
        A bar is longer than the grid allows.

    Examples
    --------
    >>> from motet.score import Part
    >>> empty = Score(parts=(Part(name="Flute", program=73),), length_tick=1920)
    >>> grid = grid_of(empty, key=Key("D"))
    >>> grid.n_bars, grid.n_notes, grid.shift_semi
    (1, 0, -2)
    """
    is_empty = not any(note.duration_tick for part in score.parts for note in part.notes)
    given = score
    if is_empty:
        note = Note(onset_tick=0, duration_tick=score.resolution, pitch=60)
        given = score.with_parts(replace(score.parts[0], notes=(note,)), *score.parts[1:])
    grid = score_to_grid(given, key=key, style=style, merge_keyboard=False, keep_empty=True).grid
    notes = np.zeros(0, GRID_NOTE) if is_empty else grid.notes
    return replace(grid, notes=notes, emotion=emotion)


def put_cells(
    score: Score, grid: GridScore, cells: Collection[tuple[int, int]], *, key: Key
) -> Score:
    """Return the score with the cells of a grid in place of its own; all other notes stay as they are.

    Parameters
    ----------
    score : Score
    grid : GridScore
        Of `grid_of`, with those cells written.
    cells : collection of (bar, part)
    key : Key
        Sounding; for the spelling.

    Returns
    -------
    Score

    Examples
    --------
    >>> from motet.score import Part, make_score
    >>> score = make_score("E4:1 D4:1 E4:2 | C4:4")
    >>> put_cells(score, grid_of(score, key=Key("C")), [(0, 0)], key=Key("C")).n_notes
    4
    """
    held = HeldHarmony(score)
    by_part: dict[int, list[int]] = {}
    for bar, part in cells:
        by_part.setdefault(part, []).append(bar)
    for part, bars in sorted(by_part.items()):
        fresh: dict[int, list[Note]] = {}
        for bar in sorted(bars):
            fresh[bar] = list(_cell_notes(score, grid, bar, part))
        spelled = _spelled(score, score.parts[part], fresh, held, key)
        for bar, notes in spelled.items():
            score = replace_cell(score, part=part, bar=bar, notes=notes)
    return score


def _cell_notes(score: Score, grid: GridScore, bar: int, part: int) -> Iterable[Note]:
    """Yield the notes of a cell, onsets in ticks from its bar line."""
    place = score.bars[bar]
    is_drums = grid.parts[part].is_drums
    shift = 0 if is_drums else grid.shift_semi
    end = score.bars[-1].end_tick - place.start_tick
    for row in grid.cell(bar, part):
        onset = round(int(row["pos"]) * score.resolution / POSITIONS_PER_QN)
        stop = round((int(row["pos"]) + int(row["dur"])) * score.resolution / POSITIONS_PER_QN)
        onset = min(onset, place.duration_tick - 1)
        yield Note(
            onset_tick=onset,
            duration_tick=max(1, min(stop, end) - onset),
            pitch=int(row["pitch"]) - shift,
            velocity=velocity_of(int(row["vel"])),
        )


def _spelled(
    score: Score, part: Part, fresh: dict[int, list[Note]], held: HeldHarmony, key: Key
) -> dict[int, list[Note]]:
    """Return the notes of several cells with their names: a single line by where it leads."""
    if part.is_drums:
        return fresh
    flat = [(bar, note) for bar, notes in fresh.items() for note in notes]
    starts = [score.bars[bar].start_tick + note.onset_tick for bar, note in flat]
    pitches = [note.pitch for _, note in flat]
    tones = [held.at(tick).tones() for tick in starts]
    if all(one < two for one, two in pairwise(starts)):
        names = spell_line(pitches, fifths=key.fifths, chord_tones=tones)
    else:
        names = tuple(
            spell_pitch(pitch, fifths=key.fifths, chord_tones=own)
            for pitch, own in zip(pitches, tones, strict=True)
        )
    out: dict[int, list[Note]] = {bar: [] for bar in fresh}
    for (bar, note), name in zip(flat, names, strict=True):
        out[bar].append(replace(note, spelling=name))
    return out
