"""Written files, fetched by their ids."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse

from motet.server.exports import find_file

__all__ = ["router"]

router = APIRouter(tags=["exports"])


@router.get(
    "/api/files/{file_id}",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "The file."}},
)
async def get_file(request: Request, file_id: str) -> FileResponse:
    """Return a written file under its own name."""
    found = await asyncio.to_thread(
        find_file, request.app.state.settings.folder / "exports", file_id
    )
    return FileResponse(
        found.path, media_type=found.media_type, filename=found.name,
        headers={"Cache-Control": "private, no-store"},
    )  # fmt: skip
