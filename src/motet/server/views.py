"""Projects as plain values for the page.

Conventions: see `motet.server.schemas.project`. Views of scores are kept by their digest, for they never change.

Offers `project_view`, `score_of_version`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motet.project import WRITERS
from motet.project.lock import find_cells
from motet.server.pieces import find_version
from motet.server.score_view import score_view

if TYPE_CHECKING:
    from motet.project import Node, Project, Proposal
    from motet.server.store import Changed

__all__ = ["project_view", "score_of_version"]

_TASKS = {
    "start": ("begun", "新建"), "import": ("taken in", "导入"), "edit": ("edited by hand", "手动编辑"),
    "compose": ("composed", "作曲"), "infill": ("written anew", "重写"), "continue": ("went on", "续写"),
    "vary": ("varied", "变奏"), "restyle": ("restyled", "改换风格"), "harmonise": ("harmonised", "配和声"),
    "accompany": ("accompanied", "加伴奏"), "melody": ("melody written", "写旋律"),
    "humanise": ("made human", "人性化"), "arrange": ("arranged", "编配"), "reduce": ("reduced", "缩编"),
    "develop": ("developed", "发展"), "harmony": ("chords written down", "记下和弦"),
    "transcribe": ("heard", "听写"), "tidy": ("tidied", "整理"), "pick": ("cells taken", "采用部分格子"),
}  # fmt: skip
"""What a step did, in English and Chinese."""
_SHOWN_PROPOSALS = 12


def project_view(changed: Changed) -> dict[str, Any]:
    """Return a project as the page sees it.

    Parameters
    ----------
    changed : Changed
        From the store.

    Examples
    --------
    >>> from motet.project import Project
    >>> from motet.score import make_score
    >>> from motet.server.store import Changed
    >>> project = Project.start(make_score("C4:4"), title="One")
    >>> view = project_view(Changed(project, project_id="x", revision=1, updated="", view={}))
    >>> view["title"], view["writers"], view["can_undo"]
    ('One', ['h'], False)
    """
    project = changed.project
    state, current = project.state, project.current
    return {
        "id": changed.project_id, "title": project.title, "revision": changed.revision,
        "updated": changed.updated, "current": current.id, "branch": state.branch,
        "branches": state.branches, "nodes": [_node(one) for one in project.tree],
        "can_undo": bool(current.parent), "can_redo": current.id in state.redo,
        "locks": _locks(project),
        "proposals": [_proposal(project, one) for one in state.proposals[-_SHOWN_PROPOSALS:]],
        "score": score_of_version(project), "writers": _rows(project),
        "brief": next((one.brief for one in reversed(project.steps) if one.brief), {}),
        "view": changed.view,
    }  # fmt: skip


def score_of_version(project: Project, name: str | None = None) -> dict[str, Any]:
    """Return the score of a version as the page sees it; None is the current one.

    Raises
    ------
    ParameterError
        There is no such version.
    """
    found = find_version(project, name)
    return _view(f"{found.digest} {found.title}", found)


_views: dict[str, dict[str, Any]] = {}
_MOST_VIEWS = 96


def _view(known: str, found: Any) -> dict[str, Any]:
    view = _views.pop(known, None)
    if view is None:
        view = score_view(found.score, title=found.title)
    _views[known] = view
    while len(_views) > _MOST_VIEWS:
        _views.pop(next(iter(_views)), None)
    return view


def _rows(project: Project) -> list[str]:
    score, rows = project.score, project.current.written
    return [
        (rows[k] if k < len(rows) else "").ljust(score.n_bars, ".") for k in range(len(score.parts))
    ]


def _node(node: Node) -> dict[str, Any]:
    en, zh = _TASKS.get(node.task, (node.task, node.task))
    letters = [one for row in node.written for one in row if one != "."]
    who = max(sorted(set(letters)), key=letters.count) if letters else "."
    return {
        "id": node.id, "parent": node.parent, "task": node.task, "time": node.time, "note": node.note,
        "cells": list(node.cells), "who": who if who in WRITERS else ".", "en": en, "zh": zh,
    }  # fmt: skip


def _locks(project: Project) -> list[dict[str, Any]]:
    score = project.score
    return [
        {
            "where": one.where, "layer": one.layer,
            "cells": [(k, bar) for bar, k in sorted(one.cells(score))],
        }
        for one in project.locks
    ]  # fmt: skip


def _proposal(project: Project, proposal: Proposal) -> dict[str, Any]:
    rows = []
    for place, one in enumerate(proposal.candidates, start=1):
        if not one.score:
            continue
        version = f"{proposal.id}.{place}"
        cells: list[tuple[int, int]] = []
        if proposal.state == "open":
            cells = [
                (k, bar) for bar, k in sorted(find_cells(project.score_of(version), one.cells))
            ]
        rows.append(
            {
                "n": place, "version": version, "total": one.total, "is_met": one.is_met,
                "missed": list(one.missed), "remarks": list(one.remarks), "cells": cells,
                "seed": one.seed,
            }
        )  # fmt: skip
    return {
        "id": proposal.id, "base": proposal.base, "task": proposal.task, "state": proposal.state,
        "options": proposal.options, "candidates": rows,
    }  # fmt: skip
