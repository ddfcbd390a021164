"""Locks taken along when a project goes back or forth over steps that moved bars or parts.

Conventions: an edit that moves any keeps, among the options of its step, where each bar and part came from:
``{"moved": {"bars": [0, -1, 1], "parts": [0, 1]}}``; -1 is new. Cells are (bar, part) from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from motet.project.lock import Lock, tell_cells
from motet.project.node import Node
from motet.project.state import State
from motet.score import Score

__all__ = ["carry_locks"]

Cell = tuple[int, int]


def carry_locks(
    state: State, start: str, end: str, *, score_of: Callable[[str], Score]
) -> tuple[Lock, ...]:
    """Return the locks of a project by the names that their cells have at another step.

    Parameters
    ----------
    state : State
    start, end : str
        Identifiers of steps: where the locks hold, and where the project goes.
    score_of : callable
        Step to its score.

    Returns
    -------
    tuple of Lock
        A lock all of whose cells are not there yet, or no longer, is gone.

    Examples
    --------
    >>> from motet.score import make_score
    >>> moved = {"moved": {"bars": [-1, 0], "parts": [0]}}
    >>> nodes = {"1": Node(id="1", score="a"), "2": Node(id="2", parent="1", score="b", options=moved)}
    >>> state = State(nodes=nodes, current="2", locks=(Lock("Part 1:2"),))
    >>> carry_locks(state, "2", "1", score_of=lambda name: make_score("C4:4 D4:4"))
    (Lock(where='Part 1:1', layer='all'),)
    """
    path = _path(state, start, end)
    if not state.locks or not any("moved" in node.options for node, _ in path):
        return state.locks
    before, after = score_of(start), score_of(end)
    found: list[Lock] = []
    for lock in state.locks:
        held = lock.cells(before) if lock.where else set()
        if not held:
            found.append(lock)
            continue
        cells = held
        for node, is_back in path:
            cells = _moved(cells, node, is_back=is_back)
        cells = {(b, k) for b, k in cells if b < after.n_bars and k < len(after.parts)}
        if cells == held and [x.name for x in before.parts] == [x.name for x in after.parts]:
            found.append(lock)
        elif lock.layer == "harmony":
            bars = sorted({after.bars[bar].number for bar, _ in cells})
            found += [Lock(str(number), "harmony") for number in bars]
        else:
            found += [Lock(told, lock.layer) for told in tell_cells(after, cells)]
    return tuple(dict.fromkeys(found))


def _path(state: State, start: str, end: str) -> list[tuple[Node, bool]]:
    """Return the steps that are left backwards, then those that are entered."""
    left, entered = state.line(start), state.line(end)
    same = 0
    while same < min(len(left), len(entered)) and left[same].id == entered[same].id:
        same += 1
    back = [(node, True) for node in reversed(left[same:])]
    return back + [(node, False) for node in entered[same:]]


def _moved(cells: Iterable[Cell], node: Node, *, is_back: bool) -> set[Cell]:
    """Return where cells are before a step, or after it."""
    told = node.options.get("moved")
    if not isinstance(told, dict):
        return set(cells)
    bars, parts = (_table(told.get(name), is_back=is_back) for name in ("bars", "parts"))
    return {(bars[b], parts[k]) for b, k in cells if b in bars and k in parts}


def _table(origins: object, *, is_back: bool) -> dict[int, int]:
    """Return new places to old ones, or the other way round."""
    rows: Sequence[object] = origins if isinstance(origins, list | tuple) else ()
    pairs = [(new, old) for new, old in enumerate(rows) if isinstance(old, int) and old >= 0]
    return dict(pairs) if is_back else {old: new for new, old in reversed(pairs)}
