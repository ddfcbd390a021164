"""Infill: some cells of a score written anew, all others identical, in their own ticks.

Conventions: bars are numbered as people do (`Bar.number`; a pickup is bar 0). Locks name what stays within
the selection. Harmony belongs to no cell: the chords of the score, written or read off its notes, stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.brief import Brief, read_bars
from motet.brief.text import check_keys
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ConstraintError, ParameterError
from motet.language import Language
from motet.score import Score, part_indices
from motet.tasks.composition import Composition
from motet.tasks.extend import OPTIONS, need_bundle, tell_written
from motet.tasks.given import choose_rows, chord_symbols, find_key, measure_part
from motet.tasks.job import write_given
from motet.theory.scale import parse_key

__all__ = ["infill", "select_cells"]

_AROUND_BARS = 8


def infill(
    score: Score,
    *,
    bars: str | int | Iterable[int],
    parts: Iterable[int | str] | None = None,
    locks: str | Iterable[str] = (),
    keep_rhythm: bool = False,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    **options: Any,
) -> Composition:
    """Return a score with some of its cells written anew.

    Parameters
    ----------
    score : Score
    bars : str, int or iterable of int
        Numbers of the bars, ``"5-8"``.
    parts : iterable of int or str, or None
        Whose cells; None is every part that has a note.
    locks : str or iterable of str
        What stays: ``"Bass"`` (a part), ``"Bass:5-6"`` (its cells), ``"6"`` (bars).
    keep_rhythm : bool
        Whether the rhythm stays and only pitches are new.
    bundle : str, Path, Bundle or None
        The model; None is the usual one.
    language : Language
        Of what is said about the result.
    on_bar : callable or None
        Called with (bars done, bars in all).
    cancel : Cancel or None
    originality : bool
        Whether long runs of training music are stopped, and the new notes looked up.
    **options
        Of `motet.tasks.extend.OPTIONS`, ``chords`` apart.

    Returns
    -------
    Composition

    Raises
    ------
    ParameterError
        There is no such bar or part, or an option is unknown or not allowed.
    BundleError
        There is no model.
    ConstraintError
        Everything is locked, or the rules of a cell cannot be met; nothing was written.

    Examples
    --------
    >>> from motet.score import make_score
    >>> infill(make_score("C4:4 D4:4"), bars="9")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there is no bar 9; the bars are 1 to 2
    """
    known = tuple(name for name in OPTIONS if name != "chords")
    check_keys(options, known, what="infill", what_zh="填补")
    cells = select_cells(score, bars=bars, parts=parts, locks=locks)
    brief = Brief(**{"harmony": "strict" if score.chords else "scale", **options})
    open_parts = sorted({k for _, k in cells})
    rows = choose_rows(score, open_parts)
    key = parse_key(brief.key) if brief.key else find_key(score, tick=_first_tick(score, cells))
    near = _bars_around(score, cells)
    plans = {}
    for k in rows:
        n_silent = sum(not _has_onset(score, k, bar) for bar in near)
        plan = measure_part(score, k, near)
        plans[k] = replace(plan, may_rest=n_silent * 4 > len(near))
    model = need_bundle(bundle)
    written = write_given(
        score, cells, plans, rows=rows, brief=brief, key=key,
        chords=chord_symbols(score, key=key), bundle=model, keep_rhythm=keep_rhythm,
        on_bar=on_bar, cancel=cancel, originality=originality,
    )  # fmt: skip
    asked = brief.with_(key=key.name())
    return tell_written("infill", written, score, cells, asked, model, language)


def select_cells(
    score: Score,
    *,
    bars: str | int | Iterable[int],
    parts: Iterable[int | str] | None = None,
    locks: str | Iterable[str] = (),
) -> set[tuple[int, int]]:
    """Return the cells that a selection means, without what is locked.

    Parameters
    ----------
    score : Score
    bars : str, int or iterable of int
        Numbers of bars, as people count them.
    parts : iterable of int or str, or None
    locks : str or iterable of str

    Returns
    -------
    set of (bar, part)
        Indices from 0.

    Raises
    ------
    ParameterError
        There is no such bar or part.
    ConstraintError
        Nothing is left to write.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 D4:4", "E3:4 F3:4")
    >>> sorted(select_cells(score, bars="1-2", locks=["Part 1:2"]))
    [(0, 0), (0, 1), (1, 1)]
    """
    columns = _bar_indices(score, bars)
    if parts is None:
        rows = tuple(k for k, part in enumerate(score.parts) if part.notes)
    else:
        rows = part_indices(score, parts)
    cells = {(bar, k) for bar in columns for k in rows}
    for lock in (locks,) if isinstance(locks, str) else locks:
        cells -= _locked(score, lock)
    if not cells:
        raise ConstraintError(
            "nothing is left to write: every cell of the selection is locked or its parts are "
            "silent; unlock something or name parts",
            zh="没有可写的内容:所选单元格均已锁定,或声部为空;请解除部分锁定或指明声部",
        )
    return cells


def _bar_indices(score: Score, bars: str | int | Iterable[int]) -> list[int]:
    """Return the indices of bars given by their numbers."""
    by_number = {bar.number: bar.index for bar in reversed(score.bars)}
    found = []
    for number in read_bars(bars):
        if number not in by_number:
            first, last = score.bars[0].number, score.bars[-1].number
            raise ParameterError(
                f"there is no bar {number}; the bars are {first} to {last}",
                zh=f"没有第 {number} 小节;小节为 {first} 到 {last}",
            )
        found.append(by_number[number])
    return found


def _locked(score: Score, lock: str) -> set[tuple[int, int]]:
    """Return the cells that one lock holds."""
    text = lock.strip().replace("\uff1a", ":")
    names = {part.name for part in score.parts}
    name, colon, span = text.rpartition(":")
    if text in names or (not colon and not text[:1].isdigit()):
        name, span = text, ""
    elif not colon:
        name, span = "", text
    rows = part_indices(score, [name.strip()]) if name else range(len(score.parts))
    columns = _bar_indices(score, span) if span else range(score.n_bars)
    return {(bar, k) for bar in columns for k in rows}


def _first_tick(score: Score, cells: set[tuple[int, int]]) -> int:
    return score.bars[min(bar for bar, _ in cells)].start_tick


def _bars_around(score: Score, cells: set[tuple[int, int]]) -> list[int]:
    """Return the bars around a selection; the whole score where it is all selected."""
    first, last = min(bar for bar, _ in cells), max(bar for bar, _ in cells)
    near = range(max(0, first - _AROUND_BARS), min(score.n_bars, last + 1 + _AROUND_BARS))
    outside = [bar for bar in near if not first <= bar <= last]
    return outside or list(near)


def _has_onset(score: Score, k: int, bar: int) -> bool:
    place = score.bars[bar]
    return any(
        place.start_tick <= note.onset_tick < place.end_tick for note in score.parts[k].notes
    )
