"""Infill: some cells of a score written anew, all others identical, in their own ticks.

Conventions: bars are numbered as people do (`Bar.number`; a pickup is bar 0). Locks name what stays within
the selection. Harmony belongs to no cell: the chords of the score, written or read off its notes, stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.brief import read_bars
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ConstraintError, ParameterError
from motet.language import Language
from motet.score import Note, Score, part_indices, replace_cell
from motet.tasks.avoidance import refuse_clashes
from motet.tasks.check import Adherence
from motet.tasks.composition import Composition
from motet.tasks.extend import OPTIONS, need_bundle, tell_written
from motet.tasks.given import choose_rows, chord_symbols, find_key, measure_part, thin_out
from motet.tasks.job import Written, write_given
from motet.tasks.layer import lay_pitches, lay_rhythm, pitches_of
from motet.tasks.wishes import read_wishes, refuse_layers, tame_symbols
from motet.theory.scale import parse_key

__all__ = ["infill", "infill_candidates", "lock_cells", "select_cells"]

_AROUND_BARS = 8
_OF_PITCH = ("key", "strong beats")


def infill(
    score: Score,
    *,
    bars: str | int | Iterable[int],
    parts: Iterable[int | str] | None = None,
    locks: str | Iterable[str] = (),
    keep_rhythm: bool | str | Iterable[str] = False,
    keep_pitch: bool | str | Iterable[str] = False,
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
    keep_rhythm : bool, str or iterable of str
        Whether the rhythm stays, tick for tick, and only pitches are new; or where, written as locks.
    keep_pitch : bool, str or iterable of str
        Whether the same pitches come in the same order in a new rhythm; or where, written as locks.
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
        Of `motet.tasks.extend.OPTIONS`, ``chords`` and ``surprise`` apart; and ``repeats``: ``"new"``
        takes up no other bar; ``density_ratio`` of `infill_candidates`. Bars of a curve of emotion are
        those of the score.

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
    return infill_candidates(
        score, n=1, bars=bars, parts=parts, locks=locks, keep_rhythm=keep_rhythm,
        keep_pitch=keep_pitch, bundle=bundle, language=language, on_bar=on_bar, cancel=cancel,
        originality=originality, **options,
    )[0]  # fmt: skip


def infill_candidates(
    score: Score,
    *,
    n: int,
    bars: str | int | Iterable[int],
    parts: Iterable[int | str] | None = None,
    locks: str | Iterable[str] = (),
    keep_rhythm: bool | str | Iterable[str] = False,
    keep_pitch: bool | str | Iterable[str] = False,
    bundle: str | Path | Bundle | None = None,
    language: Language = "en",
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
    density_ratio: float = 1.0,
    **options: Any,
) -> tuple[Composition, ...]:
    """Return up to so many ways to write some cells of a score anew, the best first.

    Parameters
    ----------
    score : Score
    n : int, 1 to 16
        At most so many; written side by side.
    bars, parts, locks, keep_rhythm, keep_pitch, bundle, language, on_bar, cancel, originality
        As for `infill`.
    density_ratio : float, 0.25 to 4
        How many times as many notes as around the selection begin; where a rhythm is kept it stays.
    **options
        As for `infill`; ``candidates`` is at least `n`.

    Returns
    -------
    tuple of Composition
        The first is what `infill` returns; some may be alike.

    Raises
    ------
    ParameterError, BundleError, ConstraintError
        As for `infill`.

    Examples
    --------
    >>> from motet.score import make_score
    >>> infill_candidates(make_score("C4:4 D4:4"), n=2, bars="1", locks="1")
    Traceback (most recent call last):
    ...
    motet.errors.ConstraintError: nothing is left to write: ...
    """
    known = (*(name for name in OPTIONS if name not in ("chords", "surprise")), "repeats")
    usual = {"harmony": "strict" if score.chords else "scale"}
    brief = read_wishes({**usual, **options}, known, what="infill", what_zh="填补")
    cells = select_cells(score, bars=bars, parts=parts, locks=locks)
    rhythm, pitch = (_layer_cells(score, cells, one) for one in (keep_rhythm, keep_pitch))
    cells = _without_kept(score, cells, rhythm, pitch)
    counts = {cell: len(pitches_of(_notes(score, *cell), resolution=score.resolution))
              for cell in cells & pitch}  # fmt: skip
    brief = brief.with_(candidates=max(n, brief.candidates))
    refuse_layers(brief, cells & rhythm, cells & pitch)
    open_parts = sorted({k for _, k in cells})
    rows = choose_rows(score, open_parts)
    key = parse_key(brief.key) if brief.key else find_key(score, tick=_first_tick(score, cells))
    near = _bars_around(score, cells)
    plans = {}
    for k in rows:
        n_silent = sum(not _has_onset(score, k, bar) for bar in near)
        plan = measure_part(score, k, near)
        plan = thin_out(plan, density_ratio) if k in open_parts else plan
        plans[k] = replace(plan, may_rest=n_silent * 4 > len(near))
    model = need_bundle(bundle)
    bars_open = {bar for bar, _ in cells}
    refuse_clashes(brief, key, score, bars=bars_open if score.chords else None)
    chords = chord_symbols(score, key=key)
    chords = chords if score.chords else tuple(tame_symbols(chords, key, brief))
    written = write_given(
        score, cells, plans, rows=rows, brief=brief, key=key, chords=chords, bundle=model,
        keep_rhythm=cells & rhythm, n_onsets=counts, n_best=n, on_bar=on_bar, cancel=cancel,
        originality=originality,
    )  # fmt: skip
    asked = brief.with_(key=key.name())
    ranked = (replace(written, others=()), *written.others)
    laid = [_laid(one, score, cells & rhythm, cells & pitch) for one in ranked]
    told = [tell_written("infill", one, score, cells, asked, model, language) for one in laid]
    return tuple(_excused(one) if cells & pitch else one for one in told)


def _layer_cells(
    score: Score, cells: set[tuple[int, int]], wish: bool | str | Iterable[str]
) -> set[tuple[int, int]]:
    """Return which cells keep a layer."""
    if isinstance(wish, bool):
        return cells if wish else set()
    return set().union(*(lock_cells(score, one) for one in _as_list(wish)))


def _as_list(texts: str | Iterable[str]) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _without_kept(
    score: Score,
    cells: set[tuple[int, int]],
    rhythm: set[tuple[int, int]],
    pitch: set[tuple[int, int]],
) -> set[tuple[int, int]]:
    """Return the open cells without those of which nothing may change.

    Both layers kept are all; and the layer of an empty cell is that it is empty.
    """
    left = {
        cell
        for cell in cells - (rhythm & pitch)
        if cell not in rhythm | pitch or any(not n.grace for n in _notes(score, *cell))
    }
    if not left:
        raise _nothing_left()
    return left


def _notes(score: Score, bar: int, k: int) -> tuple[Note, ...]:
    """Return the notes that begin in a cell."""
    place = score.bars[bar]
    return tuple(
        note
        for note in score.parts[k].notes
        if place.start_tick <= note.onset_tick < place.end_tick
    )


def _laid(
    written: Written, old: Score, rhythm: set[tuple[int, int]], pitch: set[tuple[int, int]]
) -> Written:
    """Return what was written with the kept layers of cells exactly as they were."""
    score = written.score
    for bar, k in sorted(rhythm | pitch):
        kept, fresh = _notes(old, bar, k), _notes(score, bar, k)
        notes = (
            lay_pitches(kept, fresh)
            if (bar, k) in rhythm
            else lay_rhythm(kept, fresh, resolution=score.resolution)
        )
        start = score.bars[bar].start_tick
        placed = [replace(note, onset_tick=note.onset_tick - start) for note in notes]
        score = replace_cell(score, part=k, bar=bar, notes=placed)
    return replace(written, score=score, judged=replace(score, chords=written.judged.chords))


def _excused(made: Composition) -> Composition:
    """Return a composition whose pitches were given: what they do in key and chords is only measured."""
    checks = tuple(
        replace(one, ok=None) if one.name in _OF_PITCH else one for one in made.adherence.checks
    )
    return replace(made, adherence=Adherence(checks=checks))


def _nothing_left() -> ConstraintError:
    return ConstraintError(
        "nothing is left to write: every bar of the selection is locked or its parts are "
        "silent; unlock something or name parts",
        zh="没有可写的内容:所选各声部的小节均已锁定,或声部为空;请解除部分锁定或指明声部",
    )


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
    for lock in _as_list(locks):
        cells -= lock_cells(score, lock)
    if not cells:
        raise _nothing_left()
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


def lock_cells(score: Score, lock: str) -> set[tuple[int, int]]:
    """Return the cells that one lock holds.

    Parameters
    ----------
    score : Score
    lock : str
        ``"Bass"`` (a part), ``"Bass:5-6"`` (its cells), ``"6"`` (bars).

    Returns
    -------
    set of (bar, part)
        Indices from 0.

    Raises
    ------
    ParameterError
        There is no such bar or part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> sorted(lock_cells(make_score("C4:4 D4:4", "E3:4 F3:4"), "Part 2:1-2"))
    [(0, 1), (1, 1)]
    """
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
