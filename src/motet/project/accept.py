"""Accepting a candidate: all of it, or the cells of it that a songwriter likes.

Conventions: what was taken from another candidate of the same proposal since stays, unless it is named
again. Cells that are locked now stay as they are, even if they were open when the candidate was made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from motet.errors import ConstraintError, ParameterError
from motet.project.author import changed_cells, is_same_music, mark_cells
from motet.project.keep import check_kept, keep_locked
from motet.project.lock import Lock
from motet.project.match import match_parts
from motet.project.merge import take_cells
from motet.project.node import Candidate
from motet.score import Score
from motet.tasks.infill import select_cells

__all__ = ["Picked", "choose_cells", "pick"]

Cell = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Picked:
    """The score with what was accepted, who wrote its cells, and which cells came in."""

    score: Score
    written: tuple[str, ...]
    cells: frozenset[Cell]


def choose_cells(
    score: Score,
    *,
    bars: str | int | Iterable[int] | None,
    parts: Iterable[int | str] | None,
) -> frozenset[Cell] | None:
    """Return the cells that a selection names; None where it names nothing in particular.

    Parameters
    ----------
    score : Score
    bars : str, int, iterable of int or None
    parts : iterable of int or str, or None

    Returns
    -------
    frozenset of (bar, part) or None

    Raises
    ------
    ParameterError
        There is no such bar or part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> sorted(choose_cells(make_score("C4:4 D4:4", "E3:8"), bars="2", parts=None))
    [(1, 0), (1, 1)]
    """
    if bars is None and parts is None:
        return None
    numbers = [bar.number for bar in score.bars] if bars is None else bars
    names = range(len(score.parts)) if parts is None else parts
    return frozenset(select_cells(score, bars=numbers, parts=names))


def pick(
    current: Score,
    written: Sequence[str],
    candidate: Score,
    told: Candidate,
    *,
    base: Score,
    chosen: frozenset[Cell] | None,
    taken: Collection[Cell],
    locks: tuple[Lock, ...],
) -> Picked:
    """Return the current score with what is accepted of a candidate.

    Parameters
    ----------
    current : Score
    written : sequence of str
        Who wrote its cells.
    candidate : Score
    told : Candidate
        What is known of it.
    base : Score
        What the candidate was made from.
    chosen : frozenset of (bar, part) or None
        Cells of `candidate` that are wanted; None is all that it changed.
    taken : collection of (bar, part)
        Cells that came from the same proposal already.
    locks : tuple of Lock

    Returns
    -------
    Picked

    Raises
    ------
    ParameterError
        The candidate changed none of these cells, or its bar lines are others.
    ConstraintError
        What it would change is locked.

    Examples
    --------
    >>> from motet.score import make_score
    >>> base, made = make_score("C4:4 D4:4"), make_score("E4:4 F4:4")
    >>> found = pick(base, ["hh"], made, Candidate(score="", written=("mm",)), base=base,
    ...     chosen=frozenset({(1, 0)}), taken=(), locks=())
    >>> [note.pitch for note in found.score.parts[0].notes], found.written
    ([60, 65], ('hm',))
    """
    changed = changed_cells(base, candidate)
    if chosen is None and not taken and current == base:
        made, cells = candidate, set(changed)
    else:
        cells = set(changed) & chosen if chosen is not None else set(changed) - set(taken)
        bars = _chord_bars(base, candidate, chosen)
        if not cells and not bars:
            raise ParameterError(
                "the candidate changes nothing there; look at it with: motet project compare",
                zh="该候选在此处没有改动;可用 motet project compare 查看",
            )
        made = take_cells(current, candidate, cells, chords=bars)
    made = keep_locked(current, made, locks)
    broken = check_kept(current, made, locks)
    if broken or is_same_music(made, current):
        raise ConstraintError(
            f"what it would change is locked ({', '.join(broken[:4]) or '-'}), or is there already; "
            "unlock it first",
            zh=f"它要改动的内容已锁定({'、'.join(broken[:4]) or '-'})或已是如此;请先解除锁定",
        )
    letters = {
        (bar, k): told.written[j][bar]
        for k, j in match_parts(made, candidate).items()
        for bar in range(made.n_bars)
        if (bar, j) in cells and j < len(told.written) and bar < len(told.written[j])
    }
    real = changed_cells(current, made)
    letters = {cell: one for cell, one in letters.items() if cell in real}
    return Picked(
        score=made,
        written=mark_cells(made, written, current, letters),
        cells=frozenset(real),
    )


def _chord_bars(base: Score, candidate: Score, chosen: frozenset[Cell] | None) -> set[int]:
    """Return the bars whose chords come too: those that differ, where whole bars are wanted."""
    n_parts = len(candidate.parts)
    found = set()
    for bar in range(min(base.n_bars, candidate.n_bars)):
        whole = chosen is None or all((bar, k) in chosen for k in range(n_parts))
        if whole and _chords(base, bar) != _chords(candidate, bar):
            found.add(bar)
    return found


def _chords(score: Score, bar: int) -> list[tuple[int, str]]:
    low, high = score.bars[bar].start_tick, score.bars[bar].end_tick
    held = score.chord_at(low)
    found = [(0, held.symbol)] if held is not None else []
    return found + [(one.tick - low, one.symbol) for one in score.chords if low < one.tick < high]
