"""An empty grid: parts and bars without a note.

Offers `empty_project`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motet.project import Project
    from motet.server.schemas.project import NewProject

__all__ = ["empty_project"]

_US = 60_000_000


def empty_project(wish: NewProject) -> Project:
    """Return a new project of silent bars.

    Raises
    ------
    ParameterError
        The metre or the key cannot be read.

    Examples
    --------
    >>> from motet.server.schemas.project import NewProject
    >>> empty_project(NewProject(bars=3, metre="3/4")).score.n_bars
    3
    """
    from motet.project import Project
    from motet.score import KeySignature, Metre, Part, Score, Section, Tempo, extend
    from motet.server.ops_frame import read_metre
    from motet.theory import parse_key

    numerator, denominator = read_metre(wish.metre)
    keys: tuple[KeySignature, ...] = ()
    if wish.key:
        key = parse_key(wish.key)
        mode = "minor" if key.is_minor else "major"
        keys = (KeySignature(tick=0, fifths=key.fifths, mode=mode),)
    score = Score(
        parts=tuple(
            Part(name=one.name, program=one.program, is_drums=one.is_drums, role=one.role)
            for one in wish.parts
        ),
        tempos=(Tempo(tick=0, quarter_us=round(_US / wish.qpm)),),
        metres=(Metre(tick=0, numerator=numerator, denominator=denominator),),
        keys=keys,
        sections=(Section(tick=0, label="A"),),
        title=wish.title,
    )
    return Project.start(extend(score, n_bars=wish.bars), title=wish.title, may_be_empty=True)
