"""Sheet music for the page, and chords for its lane."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

from fastapi import APIRouter, Query, Request

from motet.io import write_json
from motet.server.chord_suggest import suggest_chords
from motet.server.pieces import find_version
from motet.server.schemas.sheet import ChordRequest, ChordSuggestions, SheetView
from motet.server.sheet_worker import find_sheet, read_pages, sheet_folder
from motet.server.uploads import sweep

__all__ = ["router"]

router = APIRouter(tags=["sheet"])
_KEPT_S = 24 * 3600.0
_TIME_LIMIT_S = 60.0


@router.get("/api/projects/{project_id}/sheet", response_model=SheetView)
async def get_sheet(
    request: Request,
    project_id: str,
    version: str | None = Query(default=None, max_length=80),
    layout: Literal["full", "lead"] = "full",
    language: Literal["en", "zh"] = "en",
    page: int | None = Query(default=None, ge=1, le=10_000, description="From 1; else all."),
    scale: float = Query(default=1.0, ge=0.5, le=2.5, description="Size of the notes; 1 is usual."),
) -> dict[str, Any]:
    """Return pages of music as SVG, in which each note says which it is."""
    state = request.app.state
    project = await asyncio.to_thread(state.store.open, project_id)
    found = await asyncio.to_thread(find_version, project, version)
    root = state.settings.folder / "sheets"
    scale = round(scale, 1)
    folder = sheet_folder(root, found.digest, layout, language, scale=scale)
    known = await asyncio.to_thread(find_sheet, folder)
    if known is None:
        await asyncio.to_thread(sweep, root, kept_s=_KEPT_S)
        data = await asyncio.to_thread(lambda: write_json(found.score))
        told = {
            "score": data,
            "folder": str(folder),
            "layout": layout,
            "language": language,
            "scale": scale,
        }
        known = await state.jobs.quick("sheet", told, timeout_s=_TIME_LIMIT_S)
    pages = await asyncio.to_thread(read_pages, folder, known, page)
    return {**known, "pages": pages, "page": page, "version": found.name, "layout": layout}


@router.post("/api/projects/{project_id}/chords/suggest", response_model=ChordSuggestions)
async def suggest_project_chords(
    request: Request, project_id: str, wish: ChordRequest
) -> dict[str, Any]:
    """Return chords that could stand at a place, from safe to surprising."""
    project = await asyncio.to_thread(request.app.state.store.open, project_id)
    found = await asyncio.to_thread(find_version, project, wish.version)
    options = wish.model_dump(exclude={"version"})
    return await asyncio.to_thread(lambda: suggest_chords(found.score, **options))
