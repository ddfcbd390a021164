"""Notes of the source found again in the result, one by one, whatever resolution each has.

Conventions: places and lengths are compared as exact fractions of a quarter note.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from motet.score import Note, Score

__all__ = ["count_kept", "count_order", "same_form"]


def _keys(
    notes: Iterable[Note], resolution: int, *, pitch: bool, duration: bool
) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            Fraction(note.onset_tick, resolution),
            note.pitch if pitch else None,
            Fraction(note.duration_tick, resolution) if duration else None,
        )
        for note in notes
    )


def count_kept(
    before: Sequence[Note],
    after: Sequence[Note],
    *,
    resolutions: tuple[int, int],
    pitch: bool = True,
    duration: bool = True,
) -> int:
    """Return how many notes are found again at their place.

    Parameters
    ----------
    before, after : sequence of Note
    resolutions : (int, int), ticks a quarter note
        Of the notes before and after.
    pitch, duration : bool
        Whether these must agree too.

    Returns
    -------
    int

    Examples
    --------
    >>> from motet.score import make_score
    >>> one, two = (make_score(text).parts[0].notes for text in ("C4:1 D4:1", "C4:1 E4:1"))
    >>> count_kept(one, two, resolutions=(480, 480)), count_kept(one, two, resolutions=(480, 480), pitch=False)
    (1, 2)
    """
    old = _keys(before, resolutions[0], pitch=pitch, duration=duration)
    new = _keys(after, resolutions[1], pitch=pitch, duration=duration)
    return sum((old & new).values())


def count_order(before: Sequence[Note], after: Sequence[Note], *, shift_semi: int = 0) -> int:
    """Return how many pitches come again in their order (the longest common run, gaps allowed).

    Parameters
    ----------
    before, after : sequence of Note
    shift_semi : int, semitones
        By how much the tune was moved.

    Returns
    -------
    int

    Examples
    --------
    >>> from motet.score import make_score
    >>> one, two = (make_score(text).parts[0].notes for text in ("C4:1 D4:1 E4:2", "C4:1 E4:1"))
    >>> count_order(one, two)
    2
    """
    old = [note.pitch + shift_semi for note in before]
    new = [note.pitch for note in after]
    if old == new:
        return len(old)
    row = [0] * (len(new) + 1)
    for one in old:
        left = 0
        for k, two in enumerate(new, start=1):
            above = row[k]
            row[k] = left + 1 if one == two else max(row[k], row[k - 1])
            left = above
    return row[-1]


def same_form(before: Score, after: Score) -> bool:
    """Whether two scores have the same bars, repeats and endings.

    Parameters
    ----------
    before, after : Score

    Returns
    -------
    bool

    Examples
    --------
    >>> from motet.score import make_score
    >>> same_form(make_score("C4:4 D4:4"), make_score("E4:2 F4:2 G4:4"))
    True
    """
    return _shape(before) == _shape(after)


def _shape(score: Score) -> tuple[object, ...]:
    unit = score.resolution
    bars = [
        (bar.metre.numerator, bar.metre.denominator, Fraction(bar.duration_tick, unit))
        for bar in score.bars
    ]
    repeats = [Fraction(one.tick, unit) for one in score.repeats]
    endings = [Fraction(one.start_tick, unit) for one in score.endings]
    return bars, repeats, endings
