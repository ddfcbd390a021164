"""Projects as plain values for the page, and as the JSON that is sent.

Conventions: see `motet.server.schemas.project`. The JSON of scores is kept by their digest, for they never
change; it is put together in the thread that asks, so that the event loop only sends it.

Offers `project_json`, `project_view`, `score_json`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from motet.project import WRITERS
from motet.project.lock import find_cells
from motet.server.kept import Kept
from motet.server.pieces import find_version
from motet.server.score_view import score_view

if TYPE_CHECKING:
    from motet.project import Candidate, Node, Project, Proposal
    from motet.server.store import Changed

__all__ = ["project_json", "project_view", "score_json"]

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
    return {**_around(changed), "score": json.loads(score_json(changed.project))}


def project_json(changed: Changed) -> bytes:
    """Return a project as the JSON of `project_view`.

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
    >>> found = Changed(project, project_id="x", revision=1, updated="", view={})
    >>> json.loads(project_json(found)) == project_view(found)
    True
    """
    return b'%b,"score":%b}' % (_dump(_around(changed))[:-1], score_json(changed.project))


def score_json(project: Project, name: str | None = None) -> bytes:
    """Return the score of a version as the JSON of `motet.server.score_view`; None is the current one.

    Raises
    ------
    ParameterError
        There is no such version.

    Examples
    --------
    >>> from motet.project import Project
    >>> from motet.score import make_score
    >>> json.loads(score_json(Project.start(make_score("C4:4")), "1"))["end_tick"]
    1920
    """
    found = find_version(project, name)
    known = f"{found.digest} {found.title}"
    data = _scores.get(known)
    if data is None:
        data = _scores.put(known, _dump(score_view(found.score, title=found.title)))
    return data


_scores: Kept[bytes] = Kept(96_000_000, size=len)
_cells: Kept[list[tuple[int, int]]] = Kept(100_000, size=lambda cells: len(cells) + 1)


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _around(changed: Changed) -> dict[str, Any]:
    """Return all of a project's view but its score."""
    project = changed.project
    state, current = project.state, project.current
    return {
        "id": changed.project_id, "title": project.title, "revision": changed.revision,
        "updated": changed.updated, "current": current.id, "branch": state.branch,
        "branches": state.branches, "nodes": [_node(one) for one in project.tree],
        "can_undo": bool(current.parent), "can_redo": current.id in state.redo,
        "locks": _locks(project),
        "proposals": [_proposal(project, one) for one in state.proposals[-_SHOWN_PROPOSALS:]],
        "writers": _rows(project),
        "brief": next((one.brief for one in reversed(project.steps) if one.brief), {}),
        "view": changed.view,
    }  # fmt: skip


def _rows(project: Project) -> list[str]:
    score, rows = project.score, project.current.written
    return [
        (rows[k] if k < len(rows) else "").ljust(score.n_bars, ".") for k in range(len(score.parts))
    ]


def _node(node: Node) -> dict[str, Any]:
    en, zh = _TASKS.get(node.task, (node.task, node.task))
    letters = "".join(node.written)
    who = max(sorted(WRITERS), key=lambda one: letters.count(one) * (one != "."))
    who = who if who in letters else "."
    return {
        "id": node.id, "parent": node.parent, "task": node.task, "time": node.time, "note": node.note,
        "cells": list(node.cells), "who": who, "en": en, "zh": zh,
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


def _cells_of(project: Project, version: str, candidate: Candidate) -> list[tuple[int, int]]:
    """Return the cells (part, bar) that a candidate changes."""
    name = f"{candidate.score} {candidate.cells}"
    found = _cells.get(name)
    if found is None:
        cells = find_cells(project.score_of(version), candidate.cells)
        found = _cells.put(name, [(k, bar) for bar, k in sorted(cells)])
    return found


def _proposal(project: Project, proposal: Proposal) -> dict[str, Any]:
    rows = []
    for place, one in enumerate(proposal.candidates, start=1):
        if not one.score:
            continue
        version = f"{proposal.id}.{place}"
        cells = _cells_of(project, version, one) if proposal.state == "open" else []
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
