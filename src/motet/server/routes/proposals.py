"""Music that is asked for: new pieces, and candidates for what a piece lacks."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from motet.project import Project
from motet.server.asked import ask_candidates, keep_candidates, keep_composition
from motet.server.schemas.job import JobView
from motet.server.schemas.project import (
    AcceptRequest,
    ComposeRequest,
    ProjectView,
    ProposalRequest,
)
from motet.server.store import Store
from motet.server.views import project_json

__all__ = ["router"]

router = APIRouter(tags=["proposals"])


@router.post("/api/compose", response_model=JobView, status_code=202)
async def compose_project(request: Request, wish: ComposeRequest) -> dict[str, Any]:
    """Write a new piece from a sentence or a brief; the job ends with a project."""
    store: Store = request.app.state.store

    async def keep(result: dict[str, Any]) -> dict[str, Any]:
        return await asyncio.to_thread(keep_composition, store, result)

    job = request.app.state.jobs.submit("compose", wish.model_dump(), on_result=keep)
    found: dict[str, Any] = job.view()
    return found


@router.post("/api/projects/{project_id}/proposals", response_model=JobView, status_code=202)
async def propose_candidates(
    request: Request, project_id: str, wish: ProposalRequest
) -> dict[str, Any]:
    """Ask a task for candidates; nothing changes until one is accepted."""
    store: Store = request.app.state.store
    payload, base = await asyncio.to_thread(ask_candidates, store, project_id, wish)

    async def keep(result: dict[str, Any]) -> dict[str, Any]:
        return await asyncio.to_thread(keep_candidates, store, project_id, payload, base, result)

    job = request.app.state.jobs.submit("propose", payload, project_id=project_id, on_result=keep)
    found: dict[str, Any] = job.view()
    return found


@router.post("/api/projects/{project_id}/proposals/{proposal}/accept", response_model=ProjectView)
async def accept_candidate(
    request: Request, project_id: str, proposal: str, wish: AcceptRequest
) -> Response:
    """Take a candidate, or some of its cells."""

    def do(project: Project) -> None:
        project.accept(f"{proposal}.{wish.candidate}", bars=wish.bars, parts=wish.parts)

    found, _ = await asyncio.to_thread(request.app.state.store.change, project_id, do)
    data = await asyncio.to_thread(project_json, found)
    return Response(data, media_type="application/json")


@router.post("/api/projects/{project_id}/proposals/{proposal}/discard", response_model=ProjectView)
async def discard_proposal(request: Request, project_id: str, proposal: str) -> Response:
    """Put a proposal aside."""
    found, _ = await asyncio.to_thread(
        request.app.state.store.change, project_id, lambda project: project.discard(proposal)
    )
    data = await asyncio.to_thread(project_json, found)
    return Response(data, media_type="application/json")
