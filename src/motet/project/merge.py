"""Some cells of one score put into another: how the good bars of several candidates come together.

Conventions: cells are (bar, part) of the source. The two scores share their bar lines as far as both go;
where the source is longer, or has more parts, so does the result as far as is needed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from motet.errors import ParameterError
from motet.project.match import chords_from, match_parts
from motet.score import Score, change_resolution, put
from motet.score.retime import PART_EVENTS

__all__ = ["take_cells"]

_FRAME = ("tempos", "metres", "keys", "bar_lengths", "chords", "sections")


def take_cells(
    score: Score,
    source: Score,
    cells: Collection[tuple[int, int]],
    *,
    chords: Collection[int] = (),
) -> Score:
    """Return a score with some cells as another score has them.

    Parameters
    ----------
    score, source : Score
    cells : collection of (bar, part)
        Of `source`.
    chords : collection of int
        Bars whose chord symbols are taken too.

    Returns
    -------
    Score
        All other cells as they were.

    Raises
    ------
    ParameterError
        A bar has another length in the two scores.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score, source = make_score("C4:4 D4:4"), make_score("E4:4 F4:4 G4:4")
    >>> [note.pitch for note in take_cells(score, source, [(0, 0), (2, 0)]).parts[0].notes]
    [64, 62, 67]
    """
    if source.resolution != score.resolution:
        source = change_resolution(source, resolution=score.resolution).score
    last = max((bar for bar, _ in cells), default=0)
    if last >= score.n_bars:
        score = _lengthened(score, source, last + 1)
    pairs = {new: old for old, new in match_parts(score, source).items()}
    by_part: dict[int, list[int]] = {}
    for bar, j in cells:
        by_part.setdefault(j, []).append(bar)
    for j, bars in sorted(by_part.items()):
        if j not in pairs:
            gone: dict[str, Any] = dict.fromkeys(PART_EVENTS, ())
            empty = replace(source.parts[j], notes=(), **gone)
            score = replace(score, parts=(*score.parts, empty))
            pairs[j] = len(score.parts) - 1
        _check_bars(score, source, bars)
        score = put(score, source, parts=[pairs[j]], bars=bars, source_parts=[j], source_bars=bars)
    return replace(score, chords=chords_from(source, score, chords)) if chords else score


def _lengthened(score: Score, source: Score, n_bars: int) -> Score:
    """Return a score with bars added as another score has them."""
    end = score.bars[-1].end_tick
    fields: dict[str, Any] = {
        name: (
            *getattr(score, name),
            *(one for one in getattr(source, name) if one.tick >= end),
        )
        for name in _FRAME
    }
    return replace(score, **fields, length_tick=source.bars[n_bars - 1].end_tick)


def _check_bars(score: Score, source: Score, bars: Collection[int]) -> None:
    """Refuse bars that lie elsewhere in the two scores."""
    for bar in bars:
        one, two = score.bars[bar], source.bars[bar]
        if (one.start_tick, one.end_tick) != (two.start_tick, two.end_tick):
            raise ParameterError(
                f"bar {two.number} has other bar lines in the two versions; take the whole candidate, "
                "or go to the step that it was made from",
                zh=f"第 {two.number} 小节在两个版本中小节线不同;请采用整个候选,或回到其所依据的步骤",
            )
