"""Why a piece is as it is, how new it is, who made it."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Query, Request

from motet.server.pieces import find_version
from motet.server.provenance_view import tell_record
from motet.server.schemas.job import JobView
from motet.server.schemas.why import OriginalityRequest, ProvenanceView, WhyRequest
from motet.server.why_source import pack_piece

__all__ = ["router"]

router = APIRouter(tags=["why"])


@router.post("/api/projects/{project_id}/why", response_model=JobView, status_code=202)
async def explain_project(request: Request, project_id: str, wish: WhyRequest) -> Any:
    """Explain a piece or some cells: kept, harmony, returns, surprise, other versions, what-ifs."""
    state = request.app.state
    project = await asyncio.to_thread(state.store.open, project_id)
    source = await asyncio.to_thread(
        pack_piece, project, wish.version, state.settings.folder / "why"
    )
    payload = {**wish.model_dump(exclude={"version"}), **source}
    return state.jobs.submit("why", payload, project_id=project_id).view()


@router.post("/api/projects/{project_id}/originality", response_model=JobView, status_code=202)
async def compare_project(request: Request, project_id: str, wish: OriginalityRequest) -> Any:
    """Find the passage of the training music that is nearest to a piece."""
    state = request.app.state
    project = await asyncio.to_thread(state.store.open, project_id)
    source = await asyncio.to_thread(pack_piece, project, wish.version, None)
    return state.jobs.submit("originality", source, project_id=project_id).view()


@router.get("/api/projects/{project_id}/provenance", response_model=ProvenanceView)
async def get_provenance(
    request: Request,
    project_id: str,
    version: str | None = Query(default=None, max_length=80),
) -> dict[str, Any]:
    """Return who wrote what, in which steps, with which models, in plain words."""
    project = await asyncio.to_thread(request.app.state.store.open, project_id)
    found = await asyncio.to_thread(find_version, project, version)
    return await asyncio.to_thread(lambda: tell_record(found.record()))
