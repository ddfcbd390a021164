"""Candidates for a request: a task asked several times, what is locked put back, the results ranked.

Conventions: tasks are found by name when they are asked for, so that a project knows every task that this
version of Motet has. The whole of a result obeys the locks, shown by a check of its own; a result that is
the same as another, or as the score itself, is no candidate.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from motet.errors import ConstraintError, MotetError, ParameterError
from motet.project.author import changed_cells, is_same_music, mark_cells, note_keys
from motet.project.keep import check_kept, keep_locked
from motet.project.lock import Lock, find_locked, tell_cells
from motet.project.name import give_names
from motet.project.node import Candidate
from motet.score import Score
from motet.tasks import Composition
from motet.tasks.given import choose_rows, chord_symbols, find_key, measure_part
from motet.tasks.infill import infill_candidates, select_cells
from motet.tasks.notes import grid_of
from motet.tasks.rank import Figures, judge_cells

__all__ = ["TASKS", "Made", "Request", "make_candidates"]

TASKS = {
    "infill": "infill_candidates",
    "continue": "continue_score",
    "vary": "vary",
    "restyle": "restyle",
    "harmonise": "harmonise",
    "accompany": "accompany",
    "humanise": "humanise",
    "melody": "write_melody",
    "arrange": "arrange_for",
    "reduce": "reduce_score",
}
"""Tasks that take a score, by the name that people type, and their functions in `motet.tasks`."""

_MOST_TRIES = 3
_DULL = 0.3  # how much of its total a candidate loses that changes nothing of what was asked
_ADDS = ("continue", "accompany", "melody")
_LETTER = {"model": "m", "arranger": "a", "both": "b"}


@dataclass(frozen=True, kw_only=True)
class Request:
    """What is asked of a task, and of whom.

    Parameters
    ----------
    task : str
        One of `TASKS`.
    n : int, 1 to 8
    bars, parts : str or None, sequence of str or None
        What is selected; None is everything.
    locks : tuple of Lock
    seed : int, >= 0
    options : dict
        Of the task.
    usual : dict
        What every task takes: ``bundle``, ``language``, ``on_bar``, ``cancel``, ``originality``.
    """

    task: str
    n: int
    bars: str | None = None
    parts: Sequence[str] | None = None
    locks: tuple[Lock, ...] = ()
    seed: int = 0
    options: dict[str, Any]
    usual: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Made:
    """A candidate and its score; the candidate does not name the score yet."""

    score: Score
    candidate: Candidate


def make_candidates(score: Score, written: Sequence[str], request: Request) -> list[Made]:
    """Return up to so many candidates, the best first.

    Parameters
    ----------
    score : Score
    written : sequence of str
        Who wrote its cells.
    request : Request

    Returns
    -------
    list of Made
        At least one.

    Raises
    ------
    ParameterError
        There is no such task, or an option, bar or part is unknown to it.
    ConstraintError
        Everything is locked, nothing else can be written, or a lock could not be kept.

    Examples
    --------
    >>> from motet.score import make_score
    >>> asked = Request(task="infil", n=1, options={}, usual={})
    >>> make_candidates(make_score("C4:4"), ["h"], asked)
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: task must be one of infill, ..., got 'infil'
    """
    if request.task not in TASKS:
        raise ParameterError(
            f"task must be one of {', '.join(TASKS)}, got {request.task!r}",
            zh=f"task(任务)须为 {'、'.join(TASKS)} 之一,收到 {request.task!r}",
        )
    outside = _outside(score, request)
    found: list[Made] = []
    seen = [score]
    wanted = _wanted(score, request, outside)
    is_played = request.task == "humanise"
    enough = max(request.n, 2) if request.task == "infill" else request.n
    if request.task == "infill":
        batches = _infilled(score, request)
    else:
        batches = ((one,) for one in _asked(score, request))
    for batch in batches:
        for piece in batch:
            named = give_names(piece.score)
            made = keep_locked(score, named, request.locks, outside=outside)
            _prove(score, made, request.locks, outside)
            if any(is_same_music(made, other, with_velocity=is_played) for other in seen):
                continue
            seen.append(made)
            found.append(Made(score=made, candidate=_judged(score, written, made, piece, wanted)))
        if len(found) >= enough:
            break
    if not found:
        raise ConstraintError(
            "nothing else came of it than what is there; unlock something, select more, or try "
            "another seed or a higher temperature",
            zh="没有产生不同于现状的结果;请解除部分锁定、扩大选择,或换一个种子、提高温度",
        )
    found.sort(key=lambda one: -one.candidate.total)
    return found[: request.n]


def _outside(score: Score, request: Request) -> set[tuple[int, int]]:
    """Return the cells that were not selected, and so stay whole."""
    if request.task in _ADDS:
        everything = {(bar, k) for bar in range(score.n_bars) for k in range(len(score.parts))}
        return everything if request.task != "melody" else set()
    if request.bars is None and request.parts is None:
        return set()
    numbers = request.bars or [bar.number for bar in score.bars]
    parts = request.parts if request.parts is not None else [part.name for part in score.parts]
    chosen = select_cells(score, bars=numbers, parts=parts)
    whole = {(bar, k) for bar in range(score.n_bars) for k in range(len(score.parts))}
    return whole - chosen


def _infilled(score: Score, request: Request) -> Iterator[tuple[Composition, ...]]:
    """Yield batches of ways to fill the open cells.

    Some keep the rhythm that is there, so that the ideas of the piece stay; the others are free.
    """
    layers, _ = find_locked(score, request.locks)
    pitched = [k for k, part in enumerate(score.parts) if not part.is_drums]
    playing = {(bar, k) for k in pitched for bar in note_keys(score, k) if (bar, k) not in layers}

    def held(layer: str) -> tuple[str, ...]:
        return tell_cells(score, [cell for cell, own in layers.items() if layer in own])

    def batch(n: int, seed: int, rhythm: Collection[tuple[int, int]]) -> tuple[Composition, ...]:
        usual = {"repeats": "new", "candidates": n}
        return infill_candidates(
            score, n=n, bars=request.bars or [bar.number for bar in score.bars],
            parts=request.parts, locks=held("all"), keep_pitch=held("pitch"), seed=seed,
            keep_rhythm=(*held("rhythm"), *tell_cells(score, rhythm)),
            **{**usual, **request.options}, **request.usual,
        )  # fmt: skip

    half = max(1, request.n // 2)
    if {"feel", "articulation", "avoid", "density_ratio"} & set(
        request.options
    ):  # they change rhythms
        playing = set()
    yield batch(half, request.seed, playing)
    yield batch(max(1, request.n - half), request.seed, ())
    for k in range(_MOST_TRIES):
        yield batch(request.n, request.seed + k + 1, playing if k % 2 else ())


def _asked(score: Score, request: Request) -> Iterator[Composition]:
    """Yield what a task gives for one seed after the other."""
    do = _function(request.task)
    accepted = inspect.signature(do).parameters
    takes_any = any(one.kind is one.VAR_KEYWORD for one in accepted.values())
    options = {**request.options, **_kept_parts(score, request)}
    for name, value in (("bars", request.bars), ("parts", request.parts)):
        if value is not None and name in accepted:
            is_count = name == "bars" and request.task == "continue"
            options[name] = _as_count(str(value)) if is_count else value
    options |= {name: one for name, one in request.usual.items() if name in accepted}
    unknown = [name for name in request.options if name not in accepted]
    if unknown and not takes_any:
        raise ParameterError(
            f"{request.task} has no option {unknown[0]!r}; it takes {', '.join(accepted)}",
            zh=f"{request.task} 没有选项 {unknown[0]!r};可用:{'、'.join(accepted)}",
        )
    has_seed = "seed" in accepted or takes_any
    for k in range(request.n + _MOST_TRIES - 1 if has_seed else 1):
        seed = {"seed": request.seed + k} if has_seed else {}
        yield do(score, **options, **seed)


def _kept_parts(score: Score, request: Request) -> dict[str, Any]:
    """Return what a restyled piece keeps: of its usual, and the parts that have locked cells.

    A part that is locked here and there would else come back under another instrument, twice.
    """
    layers, _ = find_locked(score, request.locks)
    names = [score.parts[k].name for k in sorted({k for _, k in layers})]
    if request.task != "restyle" or not names:
        return {}
    usual = request.options.get("keep", "melody,form")
    told = usual.split(",") if isinstance(usual, str) else list(usual)
    return {"keep": [*(one.strip() for one in told if one.strip() != "nothing"), *names]}


def _as_count(text: str) -> int:
    if not text.isdigit():
        raise ParameterError(
            f"bars must be how many to add, got {text!r}; try 8",
            zh=f"小节数 bars 应为要续写的数目,收到 {text!r};可试 8",
        )
    return int(text)


def _function(task: str) -> Callable[..., Composition]:
    """Return the function of a task, if this version of Motet has it."""
    name = TASKS[task]
    found = getattr(import_module("motet.tasks"), name, None)
    if inspect.ismodule(found):
        found = getattr(found, name, None)
    if not callable(found):
        raise ParameterError(
            f"this version of Motet has no task {task!r}; update it",
            zh=f"本版 Motet 没有任务 {task!r};请升级",
        )
    return found  # type: ignore[no-any-return]


def _prove(
    score: Score, made: Score, locks: tuple[Lock, ...], outside: Collection[tuple[int, int]]
) -> None:
    """Raise where a result breaks a lock, which would be a fault of ours."""
    broken = check_kept(score, made, locks, outside=outside)
    if broken:
        raise ConstraintError(
            f"what is locked would not have been kept ({', '.join(broken[:4])}); nothing was changed; "
            "please report this",
            zh=f"锁定的内容未能保持({'、'.join(broken[:4])});未作任何改动;请向我们报告",
        )


def _wanted(
    score: Score, request: Request, outside: Collection[tuple[int, int]]
) -> frozenset[tuple[int, int]]:
    """Return the cells with notes that were to be written anew; empty where a task only adds."""
    if request.task in _ADDS:
        return frozenset()
    layers, _ = find_locked(score, request.locks)
    held = {cell for cell, own in layers.items() if "all" in own}
    playing = {(bar, k) for k in range(len(score.parts)) for bar in note_keys(score, k)}
    return frozenset(playing - held - set(outside))


def _judged(
    score: Score,
    written: Sequence[str],
    made: Score,
    piece: Composition,
    wanted: frozenset[tuple[int, int]],
) -> Candidate:
    """Return a candidate with its figures, and who wrote what.

    Beside the figures of its music it has how much of what was asked for is new; what leaves most as
    it is comes after the others.
    """
    cells = changed_cells(score, made)
    new = changed_cells(score, made, with_velocity=piece.task == "humanise")
    fresh = len(wanted & new) / len(wanted) if wanted else 1.0
    letters = {}
    for bar, k in cells:
        who = piece.writers[k] if k < len(piece.writers) else "given"
        if who in _LETTER:
            letters[bar, k] = _LETTER[who]
    figures = _figures(made, cells)
    own = [figure for stretch in piece.stretches for figure in stretch.figures[:1]]
    if own:
        likelihood = sum(one.likelihood for one in own) / len(own)
        figures = replace(figures, likelihood=likelihood)
    return Candidate(
        score="",
        total=round(figures.total * (1 - _DULL * (1 - fresh)), 4),
        figures={**figures.facts(), "fresh": round(fresh, 3)},
        written=mark_cells(made, written, score, letters),
        cells=tell_cells(made, cells),
        brief=piece.brief.to_dict(),
        seed=piece.brief.seed,
        bundle=piece.bundle,
        bundle_digest=piece.bundle_digest,
        is_met=piece.adherence.is_met,
        missed=tuple(one.what[0] for one in piece.adherence.missed),
        remarks=tuple(en for en, _ in piece.remarks),
    )


def _figures(score: Score, cells: Collection[tuple[int, int]]) -> Figures:
    """Return the musical figures of some cells; the best where the grid cannot hold them."""
    if not cells:
        return Figures()
    try:
        rows = choose_rows(score, sorted({k for _, k in cells})[:16])
        key = find_key(score)
        seen = replace(
            score, parts=tuple(score.parts[k] for k in rows), chords=chord_symbols(score, key=key),
            length_tick=score.end_tick,
        )  # fmt: skip
        place = {k: row for row, k in enumerate(rows)}
        plans = [measure_part(score, k, range(score.n_bars)) for k in rows]
        chosen = {(bar, place[k]) for bar, k in cells if k in place}
        return judge_cells(grid_of(seen, key=key), chosen, plans)
    except MotetError:
        return Figures()
