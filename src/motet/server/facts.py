"""What a list of projects shows of each: its size, its style, a small picture.

Offers `tell_facts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motet.project import Project

__all__ = ["tell_facts"]

_PLACES, _MOST_PARTS, _MOST_NOTES = 64, 4, 48


def tell_facts(project: Project) -> dict[str, Any]:
    """Return bars, parts, style, and for up to four parts (place 0 to 63, pitch) of some notes.

    Examples
    --------
    >>> from motet.project import Project
    >>> from motet.score import make_score
    >>> tell_facts(Project.start(make_score("C4:2 G4:2")))
    {'n_bars': 1, 'n_parts': 1, 'style': '', 'thumbnail': [[[0, 60], [32, 67]]]}
    """
    score = project.score
    end = max(1, score.end_tick)
    rows = []
    for part in [one for one in score.parts if one.notes][:_MOST_PARTS]:
        step = max(1, len(part.notes) // _MOST_NOTES)
        rows.append([[one.onset_tick * _PLACES // end, one.pitch] for one in part.notes[::step]])
    style = next(
        (str(one.brief["style"]) for one in reversed(project.steps) if one.brief.get("style")), ""
    )
    return {"n_bars": score.n_bars, "n_parts": len(score.parts), "style": style, "thumbnail": rows}
