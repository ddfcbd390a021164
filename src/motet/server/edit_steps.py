"""Edits of the page as a step of a project: the score after them, and who wrote what before them.

Offers `edit_project`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from motet.server.ops import apply_op, apply_ops

if TYPE_CHECKING:
    from motet.project import Node, Project
    from motet.score import Score

__all__ = ["edit_project"]

_FRAME = (
    "insert_bars", "remove_bars", "duplicate_bars", "add_part", "remove_part", "move_part",
    "set_metre", "set_part",
)  # fmt: skip
"""Operations after which bars or parts stand elsewhere, or are called otherwise."""


def edit_project(project: Project, ops: Sequence[Any], *, note: str = "") -> Node:
    """Return the new step that operations make of a project.

    Parameters
    ----------
    project : Project
        It is changed.
    ops : sequence of `motet.server.schemas.op.Op`
    note : str

    Raises
    ------
    ParameterError
        A value is not allowed, or nothing would change.
    ConstraintError
        What would change is locked.

    Examples
    --------
    >>> from motet.project import Project
    >>> from motet.score import make_score
    >>> from motet.server.schemas.op import DuplicateBars
    >>> project = Project.start(make_score("C4:4 D4:4"))
    >>> edit_project(project, [DuplicateBars(op="duplicate_bars", start=0, end=1)]).written
    ('hhh',)
    """
    done = apply_ops(project.score, ops, locks=project.locks)
    base = project.score
    rows = [row.ljust(base.n_bars, ".") for row in project.current.written]
    bars, parts = [*range(base.n_bars)], [*range(len(base.parts))]
    is_framed = False
    for op in ops:
        if op.op in _FRAME:
            base = apply_op(base, op)
            rows = _moved(rows, op, base)
            bars, parts = _origins(bars, parts, op, base)
            is_framed = is_framed or op.op != "set_part" or op.name is not None
    return project.edit(
        done.score, base=base, written=rows, locks=done.locks, note=note,
        moved={"bars": bars, "parts": parts} if is_framed else None,
    )  # fmt: skip


def _origins(
    bars: list[int], parts: list[int], op: Any, base: Score
) -> tuple[list[int], list[int]]:
    """Return where bars and parts came from, -1 for new ones, after one more operation."""
    if op.op == "insert_bars":
        bars = [*bars[: op.at], *[-1] * op.n, *bars[op.at :]]
    elif op.op == "remove_bars":
        bars = bars[: op.start] + bars[op.end :]
    elif op.op == "duplicate_bars":
        at = op.end if op.at is None else op.at
        bars = [*bars[:at], *[-1] * (op.end - op.start), *bars[at:]]
    elif op.op == "set_metre":
        bars = bars[: op.bar]
    elif op.op == "add_part":
        parts = [*parts]
        parts.insert(len(parts) if op.at is None else op.at, -1)
    elif op.op == "remove_part":
        parts = [old for k, old in enumerate(parts) if k != op.part]
    elif op.op == "move_part":
        parts = [*parts]
        parts.insert(op.to, parts.pop(op.part))
    return (bars + [-1] * base.n_bars)[: base.n_bars], parts


def _moved(rows: list[str], op: Any, base: Score) -> list[str]:
    """Return who wrote the cells after bars or parts were moved."""
    if op.op == "insert_bars":
        rows = [row[: op.at] + "." * op.n + row[op.at :] for row in rows]
    elif op.op == "remove_bars":
        rows = [row[: op.start] + row[op.end :] for row in rows]
    elif op.op == "duplicate_bars":
        at = op.end if op.at is None else op.at
        rows = [row[:at] + row[op.start : op.end] + row[at:] for row in rows]
    elif op.op == "add_part":
        rows = [*rows]
        rows.insert(len(rows) if op.at is None else op.at, "")
    elif op.op == "remove_part":
        rows = [row for k, row in enumerate(rows) if k != op.part]
    elif op.op == "move_part":
        rows = [*rows]
        rows.insert(op.to, rows.pop(op.part))
    return [row.ljust(base.n_bars, ".")[: base.n_bars] for row in rows]
