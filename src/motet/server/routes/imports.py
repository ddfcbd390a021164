"""What was sent becomes a project."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Request

from motet.project import Project
from motet.server.import_worker import RESULT
from motet.server.schemas.job import JobView
from motet.server.schemas.upload import ImportRequest
from motet.server.uploads import find_upload

__all__ = ["router"]

router = APIRouter(tags=["imports"])


@router.post("/api/imports", response_model=JobView, status_code=202)
async def create_import(request: Request, wish: ImportRequest) -> Any:
    """Take an upload in: scores and projects as they are, recordings heard, hummed tunes with a band."""
    state = request.app.state
    upload = await asyncio.to_thread(find_upload, state.settings.folder / "uploads", wish.upload_id)
    payload = {
        **wish.model_dump(), "folder": str(upload.folder), "kind": upload.kind,
        "name": upload.name, "facts": upload.facts,
    }  # fmt: skip

    async def keep(result: dict[str, Any]) -> dict[str, Any]:
        project = await asyncio.to_thread(Project.open, upload.folder / RESULT)
        project_id = await asyncio.to_thread(state.store.create, project)
        return {"project_id": project_id, **result}

    return state.jobs.submit("import", payload, on_result=keep).view()
