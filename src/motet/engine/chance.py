"""Open cells written by chance: every choice of the engine drawn at random, with no model at all.

Conventions: the same candidates, grammar and guards as with a model, so that whatever rules allow may come
up, the unlikeliest first: a family of tokens is drawn, then one of it, and now and then the last one
(the longest duration, the latest place, the highest pitch). Made to find dead ends, not music.

Offers `write_by_chance`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from motet.engine.ask import Ask
from motet.engine.candidate import Candidate
from motet.engine.rules import CellRules
from motet.engine.write import prepare_task
from motet.tokens.layout import GridScore
from motet.tokens.vocab import FAMILY_OF

__all__ = ["write_by_chance"]

Cell = tuple[int, int]


def write_by_chance(
    grid: GridScore,
    open_cells: Collection[Cell],
    *,
    rules: Mapping[Cell, CellRules] | None = None,
    rng: np.random.Generator,
    p_end: float = 0.15,
    p_last: float = 0.1,
) -> GridScore:
    """Return a grid with its open cells filled by chance under rules.

    Parameters
    ----------
    grid : GridScore
    open_cells : collection of (bar, part)
    rules : mapping of (bar, part) to CellRules, optional
    rng : numpy.random.Generator
    p_end : float, 0 to 1
        How likely a cell ends where it may.
    p_last : float, 0 to 1
        How likely the last of what is allowed is taken.

    Returns
    -------
    GridScore

    Raises
    ------
    ConstraintError
        The rules cannot be met; or, which must never be, writing ran into a dead end.

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> cells = {(0, 0): CellRules(min_onsets=3, max_onsets=3, low=60, high=72)}
    >>> found = write_by_chance(practice_grid(0, 1), cells, rules=cells, rng=np.random.default_rng(0))
    >>> len(np.unique(found.cell(0, 0)["pos"]))
    3
    """
    task = prepare_task(grid, open_cells, rules=rules, seed=int(rng.integers(2**31)))
    candidate = Candidate(task, 0)
    script = candidate.write()
    ask = next(script, None)
    while ask is not None:
        try:
            ask = script.send(_draw(ask, rng, p_end, p_last))
        except StopIteration:
            break
    return candidate.grid()


def _draw(ask: Ask, rng: np.random.Generator, p_end: float, p_last: float) -> int:
    """Return one of the allowed tokens."""
    allowed = ask.allowed
    if ask.ends and rng.random() < p_end:
        ends = [token for token in ask.ends if token in allowed]
        if ends:
            return int(ends[int(rng.integers(len(ends)))])
    notes = allowed[~np.isin(allowed, ask.ends)] if ask.ends else allowed
    if not len(notes):
        return int(allowed[int(rng.integers(len(allowed)))])
    if rng.random() < p_last:
        return int(notes[-1])
    families = np.unique(FAMILY_OF[notes])
    own = notes[FAMILY_OF[notes] == families[int(rng.integers(len(families)))]]
    return int(own[int(rng.integers(len(own)))])
