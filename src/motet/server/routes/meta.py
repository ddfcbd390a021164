"""What menus hold."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter

from motet.server.meta import make_meta
from motet.server.schemas.meta import Meta

__all__ = ["router"]

router = APIRouter(tags=["meta"])


@router.get("/api/meta", response_model=Meta)
async def get_meta() -> dict[str, Any]:
    """Return styles, moods, roles, instruments, ensembles, tasks and limits, in both languages."""
    return await asyncio.to_thread(make_meta)
