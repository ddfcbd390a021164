"""Files of a piece, in every form."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request

from motet.server.exports import finish_export, prepare_export
from motet.server.schemas.export import ExportRequest
from motet.server.schemas.job import JobView
from motet.server.upload_limits import EXPORT_KEPT_S
from motet.server.uploads import sweep

__all__ = ["router"]

router = APIRouter(tags=["exports"])


@router.post("/api/projects/{project_id}/exports", response_model=JobView, status_code=202)
async def create_export(request: Request, project_id: str, wish: ExportRequest) -> Any:
    """Write a version of a piece, whole or some bars and parts, in one of the formats."""
    state = request.app.state
    root = state.settings.folder / "exports"
    await asyncio.to_thread(sweep, root, kept_s=EXPORT_KEPT_S)
    project = await asyncio.to_thread(state.store.open, project_id)
    payload = await asyncio.to_thread(prepare_export, project, wish, root)

    async def keep(result: dict[str, Any]) -> dict[str, Any]:
        return await asyncio.to_thread(finish_export, payload, result)

    return state.jobs.submit("export", payload, project_id=project_id, on_result=keep).view()
