"""Which parts and bars a caller means: by index, from the end, or by name."""

from __future__ import annotations

from collections.abc import Iterable

from motet.errors import ParameterError
from motet.score.score import Score

__all__ = ["bar_indices", "find_part", "part_indices"]


def find_part(score: Score, part: int | str) -> int:
    """Return the index of a part given by index (negative from the end) or name.

    Parameters
    ----------
    score : Score
    part : int or str

    Returns
    -------
    int

    Raises
    ------
    ParameterError
        There is no such part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> find_part(make_score("C4:1", "drums 36:1"), "Drums")
    1
    """
    if isinstance(part, str):
        return score.parts.index(score.part(part))
    n_parts = len(score.parts)
    if not -n_parts <= part < n_parts:
        raise ParameterError(
            f"part must be an index below {n_parts} or a name, got {part}",
            zh=f"part 必须是小于 {n_parts} 的序号或声部名,收到 {part}",
        )
    return part % n_parts


def part_indices(score: Score, parts: Iterable[int | str] | None) -> tuple[int, ...]:
    """Return the indices of parts given by index or name, each once, in order; all when None.

    Parameters
    ----------
    score : Score
    parts : iterable of int or str, or None

    Returns
    -------
    tuple of int

    Raises
    ------
    ParameterError
        There is no such part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> part_indices(make_score("C4:1", "drums 36:1"), ["Drums", 0])
    (0, 1)
    """
    if parts is None:
        return tuple(range(len(score.parts)))
    if isinstance(parts, str):
        parts = (parts,)
    return tuple(sorted({find_part(score, part) for part in parts}))


def bar_indices(score: Score, bars: Iterable[int] | None) -> tuple[int, ...]:
    """Return bar indices (negative from the end), each once, in order; all when None.

    Parameters
    ----------
    score : Score
    bars : iterable of int, or None

    Returns
    -------
    tuple of int

    Raises
    ------
    ParameterError
        There is no such bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> bar_indices(make_score("C4:4 D4:4 E4:4"), (2, -3))
    (0, 2)
    """
    if bars is None:
        return tuple(range(score.n_bars))
    out = set()
    for bar in bars:
        if not -score.n_bars <= bar < score.n_bars:
            raise ParameterError(
                f"bars must be indices from 0 to {score.n_bars - 1}, got {bar}",
                zh=f"bars 必须是 0 到 {score.n_bars - 1} 的小节序号,收到 {bar}",
            )
        out.add(bar % score.n_bars)
    return tuple(sorted(out))
