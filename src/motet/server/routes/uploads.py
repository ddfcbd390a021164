"""Files that are sent: a raw body, read in a process of its own."""

from __future__ import annotations

import asyncio
import shutil
from typing import Any

from fastapi import APIRouter, Query, Request

from motet.errors import BusyError, FormatError, MotetError
from motet.server.schemas.upload import UploadView
from motet.server.upload_limits import PARSE_S
from motet.server.uploads import keep_facts, receive, sweep

__all__ = ["router"]

router = APIRouter(tags=["uploads"])


@router.post(
    "/api/uploads",
    response_model=UploadView,
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
            },
        }
    },
)
async def create_upload(
    request: Request, name: str = Query(default="file", max_length=400)
) -> dict[str, Any]:
    """Receive a score, a project or a recording, and tell what it is; it waits an hour."""
    root = request.app.state.settings.folder / "uploads"
    await asyncio.to_thread(sweep, root)
    upload = await receive(request.stream(), root, name=name)
    told = {"folder": str(upload.folder), "kind": upload.kind, "name": upload.name}
    try:
        facts = await request.app.state.jobs.quick("parse", told, timeout_s=PARSE_S)
    except BusyError as error:  # the reader was ended: for time, for memory, or it broke
        await asyncio.to_thread(shutil.rmtree, upload.folder, True)
        raise FormatError(
            "reading this file took too long or too much memory, so it was ended; the file is damaged "
            "or no music",
            zh="读取此文件耗时过长或占用内存过多,已终止;文件已损坏或不是音乐",
            path=upload.name,
        ) from error
    except MotetError:
        await asyncio.to_thread(shutil.rmtree, upload.folder, True)
        raise
    upload = await asyncio.to_thread(keep_facts, upload, facts)
    return {
        "upload_id": upload.upload_id, "kind": upload.kind, "name": upload.name,
        "n_bytes": upload.n_bytes, "facts": upload.facts,
    }  # fmt: skip
