"""Edits of a score, one after the other, with what is locked kept and moved along.

Conventions: pure; an edit that would change a locked cell is refused whole, and names the cell. Bars and
parts that move take their locks with them.

Offers `Edited`, `apply_op`, `apply_ops`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from motet.errors import ConstraintError
from motet.io.record_mark import get_mark, put_mark
from motet.project.keep import check_kept
from motet.project.lock import Lock, tell_cells
from motet.score import Score
from motet.server.ops_bars import duplicate_bars, insert_bars, remove_bars
from motet.server.ops_frame import set_chord, set_key, set_metre, set_section, set_tempo
from motet.server.ops_notes import (
    clear_cells,
    copy_cells,
    quantise_cells,
    set_notes,
    transpose_cells,
)
from motet.server.ops_parts import add_new_part, drop_part, move_part, set_part
from motet.server.schemas.op import Op

__all__ = ["Edited", "apply_op", "apply_ops"]

_DO: dict[str, Callable[[Score, Any], Score]] = {
    "set_notes": set_notes,
    "set_chord": set_chord,
    "set_section": set_section,
    "set_tempo": set_tempo,
    "set_metre": set_metre,
    "set_key": set_key,
    "set_part": set_part,
    "add_part": add_new_part,
    "remove_part": drop_part,
    "move_part": move_part,
    "insert_bars": insert_bars,
    "remove_bars": remove_bars,
    "duplicate_bars": duplicate_bars,
    "copy_cells": copy_cells,
    "clear_cells": clear_cells,
    "transpose": transpose_cells,
    "quantise": quantise_cells,
}
_Moved = tuple[Callable[[int], int | None], Callable[[int], int | None]]


@dataclass(frozen=True, slots=True)
class Edited:
    """A score after edits, and the locks, which name its cells."""

    score: Score
    locks: tuple[Lock, ...] = ()


def apply_op(score: Score, op: Op) -> Score:
    """Return a score after one edit; what is locked is not looked at.

    Raises
    ------
    ParameterError
        The edit is not possible.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.server.schemas.op import SetTempo
    >>> apply_op(make_score("C4:4"), SetTempo(op="set_tempo", tick=0, qpm=60)).tempos[0].qpm
    60.0
    """
    made = _DO[op.op](score, op)
    mark = get_mark(score)
    return put_mark(made, mark) if mark else made


def apply_ops(score: Score, ops: Sequence[Op], *, locks: Iterable[Lock] = ()) -> Edited:
    """Return a score after edits, one after the other.

    Parameters
    ----------
    score : Score
    ops : sequence of Op
    locks : iterable of Lock

    Returns
    -------
    Edited

    Raises
    ------
    ParameterError
        An edit is not possible.
    ConstraintError
        It would change what is locked.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.server.schemas.op import ClearCells, InsertBars
    >>> score = make_score("C4:4 D4:4")
    >>> made = apply_ops(score, [InsertBars(op="insert_bars", at=0, n=1)], locks=[Lock("Part 1:1")])
    >>> made.score.n_bars, made.locks
    (3, (Lock(where='Part 1:2', layer='all'),))
    >>> apply_ops(made.score, [ClearCells(op="clear_cells", start_bar=0, end_bar=3)], locks=made.locks)
    Traceback (most recent call last):
    ...
    motet.errors.ConstraintError: Part 1:2 (all) is locked; unlock it first
    """
    held = tuple(locks)
    base = now = score
    for op in ops:
        moves = _moves(now, op)
        if moves is None:
            now = _DO[op.op](now, op)
            continue
        _check(base, now, held)
        made = _DO[op.op](now, op)
        held = _carried(now, made, held, moves)
        base = now = made
    _check(base, now, held)
    mark = get_mark(score)
    return Edited(put_mark(now, mark) if mark else now, held)


def _check(before: Score, after: Score, locks: tuple[Lock, ...]) -> None:
    """Refuse what changes a locked cell."""
    broken = check_kept(before, after, locks) if locks and before is not after else ()
    if broken:
        _refuse(broken)


def _refuse(broken: Sequence[str]) -> None:
    shown = ", ".join(broken[:4]) + (" …" if len(broken) > 4 else "")
    raise ConstraintError(
        f"{shown} {'is locked; unlock it' if len(broken) == 1 else 'are locked; unlock them'} first",
        zh=f"{shown} 已锁定;请先解锁",
    )


def _moves(score: Score, op: Op) -> _Moved | None:
    """Return where bars and parts go (None: away) when an edit moves any; None where none moves."""
    name = op.op
    same: Callable[[int], int | None] = lambda k: k  # noqa: E731
    if op.op == "insert_bars":
        return (lambda bar: bar + op.n if bar >= op.at else bar), same
    if op.op == "remove_bars":
        gone, n = range(op.start, op.end), op.end - op.start
        return (lambda bar: None if bar in gone else bar - n * (bar >= op.end)), same
    if op.op == "duplicate_bars":
        at, n = op.end if op.at is None else op.at, op.end - op.start
        return (lambda bar: bar + n if bar >= at else bar), same
    if op.op == "remove_part":
        return same, (lambda k: None if k == op.part else k - (k > op.part))
    if op.op == "add_part":
        at = len(score.parts) if op.at is None else min(op.at, len(score.parts))
        return same, (lambda k: k + (k >= at))
    if op.op == "move_part":
        order = [k for k in range(len(score.parts)) if k != op.part]
        order.insert(op.to, op.part)
        return same, order.index
    if name == "set_metre":
        first = getattr(op, "bar", 0)
        return (lambda bar: bar if bar < first else None), same
    return (same, same) if name == "set_part" else None


def _carried(
    before: Score, after: Score, locks: tuple[Lock, ...], moves: _Moved
) -> tuple[Lock, ...]:
    """Return locks by the names that their cells have now; refuse to take locked cells out."""
    to_bar, to_part = moves
    found: list[Lock] = []
    for lock in locks:
        if not lock.where or lock.where in ("*", "all"):
            found.append(lock)  # everything, whatever there is
            continue
        cells = [(to_bar(bar), to_part(k), bar, k) for bar, k in sorted(lock.cells(before))]
        gone = {(bar, k) for new_bar, new_k, bar, k in cells if new_bar is None or new_k is None}
        if gone and lock.layer != "harmony":
            _refuse(tell_cells(before, gone))
        kept = {(b, k) for b, k, _, _ in cells if b is not None and k is not None}
        if lock.layer == "harmony":
            bars = sorted({after.bars[bar].number for bar, _ in kept})
            found += [Lock(str(number), "harmony") for number in bars]
        else:
            found += [Lock(told, lock.layer) for told in tell_cells(after, kept)]
    return tuple(found)
