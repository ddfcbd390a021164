"""What is explained: a score, and as much of its story as its source knows.

Conventions: bars and parts count from 0 inside, bars are told by their numbers. A file's story is the record
that it carries, a project's is its steps; a bare score has none.

Offers `Piece`, `open_piece`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motet.analysis import estimate_melody
from motet.brief import Brief
from motet.brief.read import brief_from_dict
from motet.errors import ParameterError
from motet.io import read
from motet.project import Project
from motet.provenance import Record, record_in, record_of
from motet.score import Score
from motet.tasks import Composition
from motet.tasks.given import find_key
from motet.theory.scale import Key

__all__ = ["Piece", "open_piece"]

_PARTS_OF_QN = 24


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A score to explain.

    Parameters
    ----------
    score : Score
    key : Key
    melody : int
        Index of the part that most probably carries the melody; -1 for none.
    brief : Brief or None
        What was last asked for.
    record : Record or None
        How the piece came to be.
    made : Composition or None
    project : Project or None
    bundle : str
        The model that wrote it; empty where none is known.
    is_whole_task : bool
        Whether one compose of `brief` made all of it.
    """

    score: Score
    key: Key
    melody: int
    brief: Brief | None = None
    record: Record | None = None
    made: Composition | None = None
    project: Project | None = None
    bundle: str = ""
    is_whole_task: bool = False


def open_piece(source: Any) -> Piece:
    """Return what is to be explained of a composition, a project, a score or a file.

    Parameters
    ----------
    source : Composition, Arrangement, Project, Score, str or Path
        A file is a project, or a score with or without a record.

    Returns
    -------
    Piece

    Raises
    ------
    ParameterError
        It is none of these, there is no such file, or it has no note.
    FormatError
        The file, or the record in it, is damaged.

    Examples
    --------
    >>> from motet.score import make_score
    >>> open_piece(make_score("D4:1 F#4:1 A4:1 D5:1")).key.name()
    'D major'
    """
    if isinstance(source, str | Path):
        source = _open_file(Path(source))
    score = source if isinstance(source, Score) else getattr(source, "score", None)
    if not isinstance(score, Score):
        raise ParameterError(
            f"a composition, a project, a score or a file can be explained, got "
            f"{type(source).__name__}",
            zh=f"可解释作品、工程、乐谱或文件,收到 {type(source).__name__}",
        )
    if not score.n_notes:
        raise ParameterError(
            "there is no note to explain; give a score with music in it",
            zh="没有可解释的音符;请给出有内容的乐谱",
        )
    record = _record(source, score)
    if isinstance(source, Score) and record is not None and record.steps[-1].task != "edit":
        score = record.score  # as it was written: a file may lack chords, spelling, sections
    steps = record.steps if record is not None else ()
    asked = [step for step in steps if step.brief and step.task not in ("arrange", "edit")]
    brief = getattr(source, "brief", None)
    if not isinstance(brief, Brief):
        brief = brief_from_dict(asked[-1].brief) if asked else None
    found = estimate_melody(score)
    return Piece(
        score=score,
        key=find_key(score, tick=0),
        melody=found.part if found is not None else -1,
        brief=brief,
        record=record,
        made=source if isinstance(source, Composition) else None,
        project=source if isinstance(source, Project) else None,
        bundle=record.models[-1][0] if record is not None and record.models else "",
        is_whole_task=len(steps) == 1 and steps[0].task == "compose",
    )


def _open_file(path: Path) -> Project | Score:
    if not path.is_file():
        raise ParameterError(
            f"there is no file {str(path)!r}; see its name and folder",
            zh=f"没有文件 {str(path)!r};请检查文件名与所在文件夹",
        )
    if path.suffix.lower() == ".motet":
        return Project.open(path)
    return read(path).score


def _record(source: Any, score: Score) -> Record | None:
    """Return the record of a source; None for a score of which nothing is known."""
    if not isinstance(source, Score):
        return record_of(source)
    carried = record_in(score)
    if carried is None or _plays_alike(carried.score, score):
        return carried
    return record_of(source)


def _plays_alike(one: Score, other: Score) -> bool:
    """Whether two scores play the same notes; formats round times, and may say less than a record."""
    return [_played(one, k) for k in range(len(one.parts))] == [
        _played(other, k) for k in range(len(other.parts))
    ]


def _played(score: Score, k: int) -> set[tuple[int, int]]:
    """Return onset (in 24ths of a quarter note) and pitch of each note of a part."""
    return {
        (round(note.onset_tick * _PARTS_OF_QN / score.resolution), note.pitch)
        for note in score.parts[k].notes
        if not note.grace
    }
