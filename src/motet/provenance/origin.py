"""Records of what Motet made: compositions, arrangements, projects, and scores that carry one.

Conventions: a task that went on from a given score keeps that score's record, and who wrote its cells. Notes
that differ from the record that a score carries were changed by hand: that becomes a step of its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.errors import ParameterError
from motet.io.record_mark import put_mark
from motet.provenance.embed import embed, record_in
from motet.provenance.record import Record, Step
from motet.provenance.snapshot import digest_notes, take_snapshot
from motet.score import Score

if TYPE_CHECKING:
    from motet.project import Project

__all__ = ["record_of", "write_piece"]

_LETTERS = {"model": "m", "arranger": "a", "both": "b", "given": "g", "human": "h"}


def record_of(source: Any) -> Record:
    """Return the record of a piece: how it came to be, who wrote which cell, and its notes.

    Parameters
    ----------
    source : Composition, Arrangement, Transcription, Project or Score
        Of a score that carries no record it is only known that it was given.

    Returns
    -------
    Record

    Raises
    ------
    ParameterError
        It is none of these.
    FormatError
        The score carries a record that is damaged.

    Examples
    --------
    >>> from motet.score import make_score
    >>> record_of(make_score("C4:4 D4:4")).written
    ('gg',)
    """
    if isinstance(source, Score):
        return _of_score(source)
    if hasattr(source, "tree") and hasattr(source, "current"):
        return _of_project(source)
    score = getattr(source, "score", None)
    if not isinstance(score, Score):
        raise ParameterError(
            f"a record is made of a composition, an arrangement, a project or a score, got "
            f"{type(source).__name__}",
            zh=f"来历记录来自作品、编配、工程或乐谱,收到 {type(source).__name__}",
        )
    if hasattr(source, "piece"):
        return _of_arrangement(source, score)
    if not hasattr(source, "brief"):
        return _of_transcription(source, score)
    return _of_composition(source, score)


def write_piece(source: Any, path: str | Path) -> Path:
    """Write the notes of what Motet made, with its record inside, and return the path.

    Parameters
    ----------
    source : Composition, Arrangement or Project
    path : str or Path
        ``.mid``, ``.musicxml``, ``.mxl``, ``.abc`` or ``.json``.

    Returns
    -------
    Path

    Raises
    ------
    ParameterError
        The extension is none of these, or nothing can be said of the source.

    Examples
    --------
    >>> import motet
    >>> write_piece(motet.arrange("| C | G |", bars=2), "two.mid").name
    'two.mid'
    """
    from motet.io import write

    write(embed(source.score, record_of(source)), path)
    return Path(path)


def _finish(
    score: Score,
    steps: Sequence[Step],
    written: Sequence[str],
    originality: dict[str, Any] | None = None,
) -> Record:
    names = dict.fromkeys((one.model, one.digest) for one in steps if one.model)
    training: dict[str, dict[str, str]] = {}
    for name, digest in names:
        from motet.provenance.training import training_sources

        training |= {json.dumps(row, sort_keys=True): row for row in training_sources(name, digest)}
    bare = put_mark(score, b"")
    return Record(
        version=_version(), title=score.title, steps=tuple(steps),
        parts=tuple(part.name for part in score.parts), written=tuple(written),
        training=tuple(training.values()), originality=originality or {},
        digests=digest_notes(bare), snapshot=take_snapshot(bare),
    )  # fmt: skip


def _version() -> str:
    try:
        return version("motet")
    except PackageNotFoundError:
        return "unknown"


def _plain(value: Any) -> Any:
    """Return plain values for JSON, the same after writing and reading."""
    return json.loads(json.dumps(value, default=str))


def _asked(brief: dict[str, Any]) -> dict[str, Any]:
    """Return a brief for a record: plain values, and no folder of the user's."""
    found: dict[str, Any] = _plain(brief)
    if isinstance(found.get("style"), str):
        found["style"] = _bare_name(found["style"])
    if isinstance(found.get("references"), list):
        found["references"] = [_bare_name(str(one)) for one in found["references"]]
    return found


def _bare_name(text: str) -> str:
    return text.replace("\\", "/").rpartition("/")[2]


def _of_score(score: Score) -> Record:
    steps, written, carried = _before(score)
    if carried is not None and len(steps) == len(carried.steps):
        return carried
    return _finish(score, steps, written, carried.originality if carried else None)


def _before(score: Score) -> tuple[tuple[Step, ...], tuple[str, ...], Record | None]:
    """Return the steps that led to a score, who wrote it, and the record that it carries."""
    from motet.project.author import changed_cells, mark_cells
    from motet.project.lock import tell_cells

    carried = record_in(score)
    if carried is None:
        return (Step(task="import"),), _rows(score, ["given"] * len(score.parts)), None
    then = carried.score
    cells = changed_cells(then, score)
    if not cells and digest_notes(then) == digest_notes(score):
        return carried.steps, carried.written, carried
    written = mark_cells(score, carried.written, then, dict.fromkeys(cells, "h"))
    step = Step(task="edit", cells=tell_cells(score, cells))
    return (*carried.steps, step), written, carried


def _rows(score: Score, writers: Sequence[str]) -> tuple[str, ...]:
    """Return who wrote each cell where each part has one writer."""
    rows = []
    for part, writer in zip(score.parts, writers, strict=True):
        playing = {score.bar_at(note.onset_tick) for note in part.notes}
        letter = _LETTERS.get(writer, "g")
        rows.append("".join(letter if bar in playing else "." for bar in range(score.n_bars)))
    return tuple(rows)


def _of_composition(source: Any, score: Score) -> Record:
    brief = source.brief
    given = source.given
    if given is None and (earlier := record_in(score)) is not None:
        given = embed(earlier.score, earlier)  # a task that kept the record of what it was given
    steps: tuple[Step, ...] = ()
    cells: tuple[str, ...] = ()
    if given is None:
        written = _rows(score, source.writers)
    else:
        from motet.project.author import changed_cells, mark_cells
        from motet.project.lock import tell_cells

        steps, before, _ = _before(given)
        changed = changed_cells(given, score)
        letters = {(bar, k): _letter(source.writers, k) for bar, k in changed}
        written = mark_cells(score, before, given, letters)
        cells = tell_cells(score, changed)
        steps = () if steps[-1:] == (Step(task="import"),) else steps
    step = Step(
        task=source.task, model=source.bundle, digest=source.bundle_digest, seed=brief.seed,
        brief=_asked(brief.to_dict()), cells=cells,
    )  # fmt: skip
    near = source.originality
    return _finish(score, (*steps, step), written, _plain(near.to_dict()) if near else None)


def _letter(writers: Sequence[str], k: int) -> str:
    """Return who wrote a changed cell: a part that was given and changed was the arranger's work."""
    who = writers[k] if k < len(writers) else "arranger"
    return "a" if who == "given" else _LETTERS.get(who, "a")


def _of_arrangement(source: Any, score: Score) -> Record:
    request = source.piece.request
    asked = {one.name: getattr(request, one.name) for one in fields(request)}
    brief = {name: value for name, value in asked.items() if value not in (None, "", ())}
    has_given = source.given is not None and source.given.n_notes > 0
    writers = [  # the melody of a lead sheet is always kept
        "given" if has_given and part.role == "melody" else "arranger" for part in score.parts
    ]
    step = Step(task="arrange", seed=request.seed, brief=_asked(brief))
    return _finish(score, (step,), _rows(score, writers))


def _of_transcription(source: Any, score: Score) -> Record:
    """Return the record of what was heard in a recording: all of it was given."""
    step = Step(task=source.task, brief={"confidence": round(float(source.confidence), 3)})
    return _finish(score, (step,), _rows(score, ["given"] * len(score.parts)))


def _of_project(project: Project) -> Record:
    steps = tuple(
        Step(
            task="edit" if node.edits else node.task, model=node.bundle, digest=node.bundle_digest,
            seed=node.seed, brief=_asked(node.brief), cells=node.cells, edits=node.edits[:50],
            time=node.time, note=node.note,
        )
        for node in project.steps
    )  # fmt: skip
    carried = record_in(project.score)
    if carried is not None:
        steps = (*carried.steps, *steps[1:])
    record = _finish(project.score, steps, project.current.written)
    return replace(record, title=project.title)
