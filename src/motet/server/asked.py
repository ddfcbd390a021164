"""What a worker is asked for, and how what it made is kept.

Offers `ask_candidates`, `keep_candidates`, `keep_composition`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from motet.errors import ParameterError
from motet.project import TASKS, Project
from motet.project.lock import Lock
from motet.project.node import Candidate, from_plain
from motet.project.pack import unpack
from motet.project.propose import Made, Request

if TYPE_CHECKING:
    from motet.server.schemas.project import ProposalRequest
    from motet.server.store import Store

_RESERVED = frozenset(
    {"task", "n", "bars", "seed", "bundle", "language", "on_bar", "cancel", "originality"}
)
"""Names that are no options of a task."""

__all__ = ["ask_candidates", "keep_candidates", "keep_composition"]


def ask_candidates(
    store: Store, project_id: str, wish: ProposalRequest
) -> tuple[dict[str, Any], str]:
    """Return the payload of a worker, and the step that the candidates start from.

    Raises
    ------
    ParameterError
        There is no such project, task or part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.server.schemas.project import ProposalRequest
    >>> from motet.server.store import Store
    >>> store = Store("sqlite://")
    >>> store.start()
    >>> name = store.create(Project.start(make_score("C4:4 D4:4")))
    >>> payload, base = ask_candidates(store, name, ProposalRequest(task="vary", bars="2"))
    >>> payload["request"]["task"], payload["written"], base
    ('vary', ['hh'], '1')
    >>> store.stop()
    """
    if wish.task not in TASKS:
        raise ParameterError(
            f"task must be one of {', '.join(TASKS)}, got {wish.task!r}",
            zh=f"task(任务)须为 {'、'.join(TASKS)} 之一,收到 {wish.task!r}",
        )
    project = store.open(project_id)
    options = {name: one for name, one in wish.options.items() if one not in (None, "", [])}
    # Of an accompaniment, parts are the roles that are added, not a selection.
    own = {"parts": options.pop("parts")} if "parts" in options else {}
    bars = wish.bars
    if wish.task == "continue" and "bars" in options:
        bars = bars or str(options.pop("bars"))
    if set(options) & _RESERVED:
        name = sorted(set(options) & _RESERVED)[0]
        raise ParameterError(
            f"{name} is no option of a task here; give it beside the options",
            zh=f"此处 {name} 不是任务的选项;请写在 options 之外",
        )
    parts = None if wish.task == "accompany" else wish.parts or None
    asked = project.request(wish.task, n=wish.n, bars=bars, parts=parts, seed=wish.seed, **options)
    asked = replace(asked, options={**asked.options, **own})
    payload = {
        "score": project.score_data(project.current.score),
        "written": list(project.current.written),
        "request": _plain(asked),
        "feel": dict(wish.feel),
        "emotion": wish.emotion,
        "language": wish.language,
    }
    return payload, project.current.id


def _plain(asked: Request) -> dict[str, Any]:
    return {
        "task": asked.task, "n": asked.n, "bars": asked.bars, "parts": asked.parts,
        "locks": [{"where": one.where, "layer": one.layer} for one in asked.locks],
        "seed": asked.seed, "options": asked.options,
    }  # fmt: skip


def _request(plain: dict[str, Any]) -> Request:
    locks = tuple(Lock(one["where"], one["layer"]) for one in plain["locks"])
    return Request(**{**plain, "locks": locks}, usual={})


def keep_candidates(
    store: Store, project_id: str, payload: dict[str, Any], base: str, result: dict[str, Any]
) -> dict[str, Any]:
    """Keep candidates as a proposal of a project, and return its name and the new revision.

    Examples
    --------
    >>> from motet.io import write_json
    >>> from motet.score import make_score
    >>> from motet.server.schemas.project import ProposalRequest
    >>> from motet.server.store import Store
    >>> store = Store("sqlite://")
    >>> store.start()
    >>> name = store.create(Project.start(make_score("C4:4")))
    >>> payload, base = ask_candidates(store, name, ProposalRequest())
    >>> made = {"score": write_json(make_score("D4:4")), "candidate": {"score": "-"}}
    >>> keep_candidates(store, name, payload, base, {"candidates": [made]})
    {'proposal': 'p1', 'revision': 2, 'n': 1}
    >>> store.stop()
    """
    from motet.io import read_json

    made = [
        Made(
            score=read_json(one["score"]).score,
            candidate=from_plain(Candidate, one["candidate"], place="candidate"),
        )
        for one in result["candidates"]
    ]
    asked = payload["request"]
    request = _request({**asked, "options": result.get("options", asked["options"])})
    found, proposal = store.change(
        project_id, lambda project: project.add_proposal(request, made, base=base)
    )
    told = {name: value for name, value in result.items() if name != "candidates"}
    return {**told, "proposal": proposal.id, "revision": found.revision, "n": len(made)}


def keep_composition(store: Store, result: dict[str, Any]) -> dict[str, Any]:
    """Keep a new piece as a project, and return what it is called.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.server.store import Store
    >>> store = Store("sqlite://")
    >>> store.start()
    >>> packed = Project.start(make_score("C4:4"), title="One").save("one.motet").read_bytes()
    >>> told = keep_composition(store, {"packed": packed, "remarks": []})
    >>> store.open(told["project_id"]).title, told["remarks"]
    ('One', [])
    >>> store.stop()
    """
    state, scores = unpack(result["packed"])
    name = store.create(Project(state, scores))
    return {"project_id": name, **{key: one for key, one in result.items() if key != "packed"}}
