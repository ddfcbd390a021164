"""Edits of a score's time: later or earlier, longer or shorter values, faster or slower.

Conventions: everything that stands in a score moves along; factors are fractions until the last step.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from motet.errors import ParameterError
from motet.score.event import BarLength, Tempo
from motet.score.retime import PART_STATES, map_part, map_score
from motet.score.score import Score
from motet.score.selection import part_indices

__all__ = ["scale_tempo", "shift_time", "stretch"]


def shift_time(
    score: Score, *, shift_tick: int, parts: tuple[int | str, ...] | None = None
) -> Score:
    """Return the score, or some of its parts, later or earlier.

    Parameters
    ----------
    score : Score
    shift_tick : int, ticks
        Later when positive.
    parts : tuple of int or str, or None
        None moves everything; empty bars of the first metre, and a shorter one for what is left
        over, stand before. Otherwise only the notes and marks of these parts move over the bars.

    Returns
    -------
    Score
        Clefs and controllers at tick 0 stay there; others stop at tick 0 when moved earlier.

    Raises
    ------
    ParameterError
        A note would start before tick 0, or `parts` is None and `shift_tick` negative: use `trim`.

    Examples
    --------
    >>> from motet.score import make_score
    >>> later = shift_time(make_score("C4:4"), shift_tick=2400)
    >>> [(bar.start_tick, bar.duration_tick) for bar in later.bars]
    [(0, 1920), (1920, 480), (2400, 1920)]
    """
    chosen = part_indices(score, parts)
    if parts is None and shift_tick < 0:
        raise ParameterError(
            f"shift_tick must be >= 0 for a whole score, got {shift_tick}; use trim to drop bars",
            zh=f"移动整个乐谱时 shift_tick 必须不小于 0,收到 {shift_tick};去掉小节请用 trim",
        )
    first = min((n.onset_tick for k in chosen for n in score.parts[k].notes), default=-shift_tick)
    if first + shift_tick < 0:
        raise ParameterError(
            f"shift_tick must be >= {-first}, got {shift_tick}; a note would start before 0",
            zh=f"shift_tick 必须不小于 {-first},收到 {shift_tick};否则音符会早于 0",
        )

    def move(tick: int) -> int:
        return max(0, tick + shift_tick)

    out = list(score.parts)
    for k in chosen:
        moved = map_part(out[k], move)
        still: dict[str, Any] = {
            name: tuple(
                replace(new, tick=0) if old.tick == 0 else new
                for old, new in zip(getattr(out[k], name), getattr(moved, name), strict=True)
            )
            for name in PART_STATES
        }
        out[k] = replace(moved, **still)
    if parts is not None or shift_tick == 0:
        return replace(score, parts=tuple(out), length_tick=max(score.length_tick, score.end_tick))
    whole = map_score(replace(score, parts=()), move)
    opening: dict[str, Any] = {
        name: tuple(
            replace(new, tick=0) if old.tick == 0 else new
            for old, new in zip(getattr(score, name), getattr(whole, name), strict=True)
        )
        for name in ("tempos", "metres", "keys", "raw")
    }
    full = max(1, round(score.bars[0].metre.bar_qn * score.resolution))
    left = shift_tick % full
    lengths = whole.bar_lengths
    if left:
        lengths = (BarLength(tick=shift_tick - left, duration_tick=left), *lengths)
    return replace(
        whole,
        parts=tuple(out),
        bar_lengths=lengths,
        length_tick=score.end_tick + shift_tick,
        **opening,
    )


def stretch(score: Score, *, factor: float | Fraction) -> Score:
    """Return the score with all note values longer or shorter, in the same metre and tempo.

    Parameters
    ----------
    score : Score
    factor : float or Fraction, 1/64 to 64
        2 is augmentation: a quarter note becomes a half note, and a bar two.

    Returns
    -------
    Score
        Every event moves along; to change the speed alone use `scale_tempo`. Ticks are rounded
        where the factor does not divide them.

    Raises
    ------
    ParameterError
        `factor` is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> longer = stretch(make_score("C4:1 D4:1"), factor=2)
    >>> [(note.onset_tick, note.duration_tick) for note in longer.parts[0].notes]
    [(0, 960), (960, 960)]
    """
    if not 1 / 64 <= factor <= 64:
        raise ParameterError(
            f"factor must be 1/64 to 64, got {factor}; 2 doubles all note values",
            zh=f"factor 必须在 1/64 到 64 之间,收到 {factor};2 表示时值加倍",
        )
    exact = Fraction(factor).limit_denominator(100_000)
    return map_score(score, lambda tick: round(tick * exact))


def scale_tempo(score: Score, *, factor: float) -> Score:
    """Return the score faster or slower, all note values as they were.

    Parameters
    ----------
    score : Score
    factor : float, 1/16 to 16
        2 is twice as fast.

    Returns
    -------
    Score

    Raises
    ------
    ParameterError
        `factor` is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> scale_tempo(make_score("C4:1", qpm=120), factor=0.5).tempos[0].qpm
    60.0
    """
    if not 1 / 16 <= factor <= 16:
        raise ParameterError(
            f"factor must be 1/16 to 16, got {factor}; 2 is twice as fast",
            zh=f"factor 必须在 1/16 到 16 之间,收到 {factor};2 表示快一倍",
        )
    tempos = score.tempos
    if not tempos or tempos[0].tick > 0:
        tempos = (Tempo(tick=0, quarter_us=500_000), *tempos)
    return replace(
        score,
        tempos=tuple(
            replace(one, quarter_us=min(16_777_215, max(1, round(one.quarter_us / factor))))
            for one in tempos
        ),
    )
