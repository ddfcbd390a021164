"""Who wrote which cell, and what changed from one score to the next.

Conventions: letters are those of `motet.project.node.WRITERS`. A cell changed when its notes did: pitch,
onset, length or loudness; spelling and layout are no music. Cells are (bar, part) from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from motet.project.match import match_parts
from motet.score import Score

__all__ = ["changed_cells", "is_same_music", "mark_cells", "note_keys", "write_down"]

_LETTERS = {"model": "m", "arranger": "a", "both": "b", "given": "h", "human": "h"}


def note_keys(
    score: Score, k: int
) -> Mapping[int, tuple[tuple[int | Fraction, int | Fraction, int, int], ...]]:
    """Return the notes of a part by bar: onset in it and duration in quarter notes, pitch, velocity.

    Parameters
    ----------
    score : Score
    k : int

    Returns
    -------
    dict of int to tuple
        Bars without notes are left out.

    Examples
    --------
    >>> from motet.score import make_score
    >>> note_keys(make_score("C4:4 D4:4"), 0)[1]
    ((Fraction(0, 1), Fraction(4, 1), 62, 80),)
    """
    found: dict[int, list[tuple[int | Fraction, int | Fraction, int, int]]] = {}
    for note in score.parts[k].notes:
        bar = score.bar_at(note.onset_tick)
        place = Fraction(note.onset_tick - score.bars[bar].start_tick, score.resolution)
        length = Fraction(note.duration_tick, score.resolution)
        found.setdefault(bar, []).append((place, length, note.pitch, note.velocity))
    return {bar: tuple(sorted(notes)) for bar, notes in found.items()}


def _tick_keys(
    score: Score, k: int
) -> Mapping[int, tuple[tuple[int | Fraction, int | Fraction, int, int], ...]]:
    """Return what `note_keys` does, in ticks."""
    found: dict[int, list[tuple[int | Fraction, int | Fraction, int, int]]] = {}
    for note in score.parts[k].notes:
        bar = score.bar_at(note.onset_tick)
        place = note.onset_tick - score.bars[bar].start_tick
        found.setdefault(bar, []).append((place, note.duration_tick, note.pitch, note.velocity))
    return {bar: tuple(sorted(notes)) for bar, notes in found.items()}


def changed_cells(
    before: Score, after: Score, *, with_velocity: bool = True
) -> set[tuple[int, int]]:
    """Return the cells of a new score whose notes are not those of the old one.

    Parameters
    ----------
    before, after : Score
    with_velocity : bool
        Whether loudness counts too.

    Returns
    -------
    set of (bar, part)
        Indices in `after`; those of new bars and parts that hold notes too.

    Examples
    --------
    >>> from motet.score import make_score
    >>> changed_cells(make_score("C4:4 D4:4"), make_score("C4:4 E4:4"))
    {(1, 0)}
    """
    old_of = {new: old for old, new in match_parts(before, after).items()}
    found: set[tuple[int, int]] = set()
    keys = _tick_keys if before.resolution == after.resolution else note_keys
    is_same_grid = [(x.start_tick, x.end_tick) for x in before.bars] == [
        (x.start_tick, x.end_tick) for x in after.bars
    ]
    for j, part in enumerate(after.parts):
        if is_same_grid and j in old_of and before.parts[old_of[j]].notes == part.notes:
            continue
        now = keys(after, j)
        then = keys(before, old_of[j]) if j in old_of else {}
        bars = {bar for bar in now.keys() | then.keys() if bar < after.n_bars}
        found |= {
            (bar, j)
            for bar in bars
            if (
                now.get(bar) != then.get(bar)
                if with_velocity
                else _bare(now, bar) != _bare(then, bar)
            )
        }
    return found


def _bare(
    cells: Mapping[int, tuple[tuple[int | Fraction, int | Fraction, int, int], ...]], bar: int
) -> list[tuple[int | Fraction, int | Fraction, int]]:
    """Return the notes of a bar without their loudness."""
    return sorted(one[:3] for one in cells.get(bar, ()))


def is_same_music(one: Score, other: Score, *, with_velocity: bool = True) -> bool:
    """Return whether two scores hold the same notes, chords, bars, tempos and instruments.

    Parameters
    ----------
    one, other : Score
    with_velocity : bool
        Whether loudness counts too.

    Returns
    -------
    bool

    Examples
    --------
    >>> from motet.score import make_score
    >>> is_same_music(make_score("C4:4"), make_score("C4:4", chords="C:4"))
    False
    """
    frames = [
        (s.tempos, s.metres, [x.duration_tick / s.resolution for x in s.bars],
         [(part.name, part.program) for part in s.parts],
         [(x.tick / s.resolution, x.symbol) for x in s.chords])
        for s in (one, other)
    ]  # fmt: skip
    if frames[0] != frames[1]:
        return False
    return not changed_cells(other, one, with_velocity=with_velocity)


def write_down(score: Score, writers: Sequence[str]) -> tuple[str, ...]:
    """Return who wrote each cell of a score whose parts have one writer each.

    Parameters
    ----------
    score : Score
    writers : sequence of str
        ``"model"``, ``"arranger"``, ``"given"`` or ``"human"``, for each part.

    Returns
    -------
    tuple of str
        One text a part, one letter a bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> write_down(make_score("C4:4 D4:8"), ["model"])
    ('mm.',)
    """
    letters = {
        (bar, k): _LETTERS.get(writer, "h")
        for k, writer in enumerate(writers)
        for bar in range(score.n_bars)
    }
    return mark_cells(score, (), Score(), letters)


def mark_cells(
    score: Score,
    before_written: Sequence[str],
    before: Score,
    letters: Mapping[tuple[int, int], str],
) -> tuple[str, ...]:
    """Return who wrote each cell, after some cells got other writers.

    Parameters
    ----------
    score : Score
        The new score.
    before_written : sequence of str
        Who wrote the cells of the old one.
    before : Score
    letters : mapping of (bar, part) to str
        The writers of the cells that changed; ``h`` over ``m`` or ``a`` becomes ``e``.

    Returns
    -------
    tuple of str
        Silent cells are ``.``; a cell that nobody is known to have written is a human's.

    Examples
    --------
    >>> from motet.score import make_score
    >>> one, two = make_score("C4:4 D4:4"), make_score("C4:4 E4:4")
    >>> mark_cells(two, ["mm"], one, {(1, 0): "h"})
    ('me',)
    """
    old_of = {new: old for old, new in match_parts(before, score).items()}
    rows = []
    for k in range(len(score.parts)):
        own = before_written[old_of[k]] if old_of.get(k, -1) in range(len(before_written)) else ""
        playing = {score.bar_at(note.onset_tick) for note in score.parts[k].notes}
        row = []
        for bar in range(score.n_bars):
            old = own[bar] if bar < len(own) else "."
            new = letters.get((bar, k), old if old != "." else "h")
            if new == "h" and (bar, k) in letters and old in "mae":
                new = "e"
            row.append(new if bar in playing else ".")
        rows.append("".join(row))
    return tuple(rows)
