"""What is explained, packed for a worker: a project with its steps and locks, or a score with its record."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from motet.io import write_json
from motet.provenance import embed
from motet.server.pieces import find_version

if TYPE_CHECKING:
    from motet.project import Project

__all__ = ["pack_piece"]


def pack_piece(project: Project, version: str | None, folder: Path | None) -> dict[str, Any]:
    """Return a version of a project for a worker.

    Parameters
    ----------
    project : Project
    version : str or None
    folder : Path or None
        Where a project is packed, for the worker to take away; None sends the score alone. A candidate
        is always sent as a score, with its record inside.

    Returns
    -------
    dict
        ``project`` (a path) or ``score`` (Motet JSON, bytes).

    Raises
    ------
    ParameterError
        There is no such version.

    Examples
    --------
    >>> from motet.project import Project
    >>> from motet.score import make_score
    >>> list(pack_piece(Project.start(make_score("C4:4"), title="One"), None, None))
    ['score']
    """
    found = find_version(project, version)
    if folder is None:
        return {"score": write_json(found.score)}
    if found.is_candidate:
        return {"score": write_json(embed(found.score, found.record()))}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{secrets.token_urlsafe(12)}.motet"
    found.project.save(path)
    return {"project": str(path)}
