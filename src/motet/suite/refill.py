"""Bars 5 to 8 of a window filled in other ways than by the model, and measured beside the true ones.

Conventions: bars are indices from 0, `FIRST` to `LAST` half-open; all grids have the parts and the key
of the window.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.arranger.piece import write_piece
from motet.arranger.request import ArrangeRequest
from motet.evaluate import (
    bar_likeness,
    chord_tone_share,
    consonance,
    jensen_shannon_bits,
    pitched_notes,
)
from motet.score import Score
from motet.suite.groups import style_name
from motet.suite.windows import empty_grid
from motet.tasks.kin import kin_style
from motet.tokens import GridScore, grid_to_score, score_to_grid, sort_notes
from motet.tokens.layout import GridArray

__all__ = [
    "FIGURES",
    "FIRST",
    "LAST",
    "arrange_bars",
    "copy_bars",
    "find_changes",
    "fit_grid",
    "match_share",
    "measure_bars",
    "seam_semi",
]

FIRST: Final = 4
LAST: Final = 8
FIGURES: Final = (
    "rhythm_match", "pitch_match", "pitch_class_jsd_bits", "onset_jsd_bits", "likeness", "seam_semi",
    "consonance", "chord_tone_share", "notes",
)  # fmt: skip


def find_changes(before: Score, after: Score) -> list[str]:
    """Return the names of what differs outside the written bars; empty as it should be.

    Parameters
    ----------
    before, after : Score
        Of eight bars or more.

    Returns
    -------
    list of str

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 | " * 10)
    >>> find_changes(score, replace(score, title="x"))
    ['title']
    """
    wrong = [
        one.name
        for one in fields(Score)
        if one.name != "parts" and getattr(before, one.name) != getattr(after, one.name)
    ]
    if _other_notes(before) != _other_notes(after):
        wrong.append("notes")
    for one, two in zip(before.parts, after.parts, strict=True):
        if replace(one, notes=()) != replace(two, notes=()):
            wrong.append(f"part {one.name}")
    return wrong


def _other_notes(score: Score) -> list[tuple[object, ...]]:
    """Return all notes that begin outside the written bars, with their parts."""
    start, end = score.bars[FIRST].start_tick, score.bars[LAST - 1].end_tick
    return [
        (k, note)
        for k, part in enumerate(score.parts)
        for note in part.notes
        if not start <= note.onset_tick < end
    ]


def _inside(notes: GridArray) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = (notes["bar"] >= FIRST) & (notes["bar"] < LAST)
    return found


def fit_grid(score: Score, like: GridScore) -> GridScore:
    """Return a window with the written bars of a score that was made from it.

    Parameters
    ----------
    score : Score
        Its part k is part k of the window.
    like : GridScore

    Returns
    -------
    GridScore

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 | " * 9)
    >>> grid = score_to_grid(score).grid
    >>> fit_grid(score, grid).equals(grid)
    True
    """
    made = score_to_grid(score, merge_keyboard=False).grid
    place = np.array([part.slot for part in made.parts])  # index in the score, as in `like`
    notes = made.notes.copy()
    drums = np.array([part.is_drums for part in made.parts])[notes["part"]]
    notes["pitch"] += np.where(drums, 0, like.shift_semi - made.shift_semi).astype(np.int16)
    notes["part"] = place[notes["part"]]
    return replace(like, notes=sort_notes(notes))


def copy_bars(grid: GridScore) -> GridScore:
    """Return a grid whose bars 5 to 8 are those before, where they fit in length.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    GridScore

    Examples
    --------
    >>> from motet.score import make_score
    >>> grid = score_to_grid(make_score(" | ".join(f"{name}4:4" for name in "CDEFGABC"))).grid
    >>> copy_bars(grid).notes["pitch"].tolist()
    [60, 62, 64, 65, 60, 62, 64, 65]
    """
    kept = grid.notes[~_inside(grid.notes)]
    copied = grid.notes[grid.notes["bar"] < FIRST].copy()
    copied["bar"] += FIRST
    copied = copied[copied["pos"] < grid.bars["length"][copied["bar"]]]
    return replace(grid, notes=sort_notes(np.concatenate((kept, copied))))


def arrange_bars(grid: GridScore, *, seed: int) -> GridScore:
    """Return a grid whose bars 5 to 8 are what the arranger plays over its chords.

    Every part of the window takes the arranged part of the nearest place from high to low.

    Parameters
    ----------
    grid : GridScore
    seed : int

    Returns
    -------
    GridScore

    Raises
    ------
    ParameterError
        The arranger cannot play over these chords.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 | " * 9, "C3:4 | " * 9, chords="C:36")
    >>> made = arrange_bars(score_to_grid(score).grid, seed=0)
    >>> bool((made.notes["bar"] == 5).any())
    True
    """
    frame = grid_to_score(empty_grid(grid))
    name = style_name(grid.style)
    style = kin_style("" if name == "unknown" else name).name
    request = ArrangeRequest(style=style, seed=seed, humanise=0)
    made = score_to_grid(write_piece(frame, request).score, merge_keyboard=False).grid
    shift = grid.shift_semi - made.shift_semi
    rows = [grid.notes[~_inside(grid.notes)]]
    for is_drums in (False, True):
        mine, theirs = (_by_height(one, is_drums=is_drums) for one in (grid, made))
        for place, part in enumerate(mine if theirs else ()):
            share = place / max(1, len(mine) - 1)
            source = theirs[round(share * (len(theirs) - 1))]
            notes = made.notes[(made.notes["part"] == source) & _inside(made.notes)].copy()
            notes = notes[notes["pos"] < grid.bars["length"][notes["bar"]]]
            notes["part"] = part
            if not is_drums:
                notes["pitch"] = np.clip(notes["pitch"] + shift, 0, 127)
            rows.append(notes)
    return replace(grid, notes=sort_notes(np.concatenate(rows)))


def _by_height(grid: GridScore, *, is_drums: bool) -> list[int]:
    """Return the drum parts, or the pitched ones from high to low."""
    found = []
    for k, part in enumerate(grid.parts):
        own = grid.notes["pitch"][grid.notes["part"] == k]
        if part.is_drums == is_drums and len(own):
            found.append((-float(own.mean()), k))
    return [k for _, k in sorted(found)]


def match_share(one: set[tuple[int, ...]], other: set[tuple[int, ...]]) -> float:
    """Return F1 of two sets of events; nan when both are empty.

    Examples
    --------
    >>> match_share({(1,), (2,)}, {(2,), (3,)})
    0.5
    """
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else float("nan")


def _events(grid: GridScore, *, has_pitch: bool) -> set[tuple[int, ...]]:
    """Return the onsets of the written bars, with or without their pitch."""
    rows = grid.notes[_inside(grid.notes)]
    names = ["bar", "part", "pos", "pitch"] if has_pitch else ["bar", "part", "pos"]
    return set(rows[names].tolist())


def _counts(grid: GridScore) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return how often each pitch class and each place in the bar occurs in the written bars."""
    rows = grid.notes[_inside(grid.notes)]
    drums = np.array([part.is_drums for part in grid.parts], np.bool_)
    pitch = rows["pitch"][~drums[rows["part"]]].astype(np.int64)
    place = np.minimum(rows["pos"].astype(np.int64) // 2, 255)
    return np.bincount(pitch % 12, minlength=12), np.bincount(place, minlength=256)


def seam_semi(grid: GridScore) -> float:
    """Return the mean step of the parts' highest lines over the two seams.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    float, semitones
        nan where no line crosses a seam.

    Examples
    --------
    >>> from motet.score import make_score
    >>> seam_semi(score_to_grid(make_score(" | ".join(f"{n}4:4" for n in "CDEFGABCDE"))).grid)
    2.0
    """
    table = pitched_notes(grid_to_score(grid))
    steps = []
    for k in np.unique(table["part"]):
        rows = table[table["part"] == k]
        for seam in (FIRST, LAST):
            before, after = rows[rows["bar"] < seam], rows[rows["bar"] >= seam]
            if len(before) and len(after):
                last = before["pitch"][before["onset_tick"] == before["onset_tick"].max()].max()
                first = after["pitch"][after["onset_tick"] == after["onset_tick"].min()].max()
                steps.append(abs(int(first) - int(last)))
    return float(np.mean(steps)) if steps else float("nan")


def measure_bars(grid: GridScore, true: GridScore) -> dict[str, float]:
    """Return the figures of the written bars of one window.

    Parameters
    ----------
    grid, true : GridScore
        As filled in, and as composed.

    Returns
    -------
    dict of str to float
        By the names of `FIGURES`; nan where undefined.

    Examples
    --------
    >>> from motet.score import make_score
    >>> grid = score_to_grid(make_score("C4:4 | " * 9)).grid
    >>> measure_bars(grid, grid)["pitch_match"]
    1.0
    """
    inside = grid_to_score(replace(grid, notes=grid.notes[_inside(grid.notes)]))
    alike = bar_likeness(grid_to_score(grid))[FIRST:LAST, :FIRST]
    best = np.where(np.isnan(alike), -1.0, alike).max(axis=1)
    (pitch, place), (true_pitch, true_place) = _counts(grid), _counts(true)
    events, true_events = (
        [_events(one, has_pitch=has_pitch) for has_pitch in (False, True)] for one in (grid, true)
    )
    return {
        "rhythm_match": match_share(events[0], true_events[0]),
        "pitch_match": match_share(events[1], true_events[1]),
        "pitch_class_jsd_bits": jensen_shannon_bits(pitch, true_pitch),
        "onset_jsd_bits": jensen_shannon_bits(place, true_place),
        "likeness": float(best[best >= 0].mean()) if (best >= 0).any() else float("nan"),
        "seam_semi": seam_semi(grid),
        "consonance": consonance(inside),
        "chord_tone_share": chord_tone_share(inside),
        "notes": float(inside.n_notes),
    }
