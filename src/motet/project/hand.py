"""An edit by hand: who wrote what after it, and whether it touched what is locked.

Offers `judge_edit`.
"""

from __future__ import annotations

from collections.abc import Sequence

from motet.errors import ConstraintError, ParameterError
from motet.project.author import changed_cells, mark_cells
from motet.project.keep import check_kept
from motet.project.lock import Lock, tell_cells
from motet.project.name import give_names
from motet.score import Score

__all__ = ["judge_edit"]


def judge_edit(
    score: Score,
    made: Score,
    written: Sequence[str],
    *,
    base: Score | None = None,
    locks: tuple[Lock, ...] = (),
) -> tuple[Score, tuple[str, ...], tuple[str, ...]]:
    """Return an edited score with names for its parts, who wrote its cells, and the cells that changed.

    Parameters
    ----------
    score, made : Score
        Before and after.
    written : sequence of str
        Who wrote the cells of `base`.
    base : Score or None
        The score before with its bars and parts where they are after, so that bars which only moved
        are not taken for new ones; None is `score`.
    locks : tuple of Lock

    Returns
    -------
    Score, tuple of str, tuple of str

    Raises
    ------
    ParameterError
        Nothing would change.
    ConstraintError
        What would change is locked.

    Examples
    --------
    >>> from motet.score import make_score
    >>> before, after = make_score("C4:4 D4:4"), make_score("E4:4 D4:4")
    >>> judge_edit(before, after, ["mm"])[1:]
    (('em',), ('Part 1:1',))
    """
    named, near = give_names(made), give_names(score if base is None else base)
    if named == score:
        raise ParameterError(
            "nothing would change; it is so already", zh="不会有任何改变;现状已是如此"
        )
    broken = check_kept(score, named, locks)
    if broken:
        raise ConstraintError(
            f"{', '.join(broken[:4])}: locked; unlock it first",
            zh=f"{'、'.join(broken[:4])}:已锁定;请先解锁",
        )
    cells = changed_cells(near, named)
    rows = mark_cells(named, written, near, dict.fromkeys(cells, "h"))
    return named, rows, tell_cells(named, cells)
