"""Versions: any step, branch or candidate, alone or beside another."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Query, Request, Response

from motet.server.compared import compare_versions
from motet.server.schemas.project import ComparisonView
from motet.server.schemas.score import ScoreView
from motet.server.views import score_json

__all__ = ["router"]

router = APIRouter(tags=["versions"])


@router.get("/api/projects/{project_id}/score", response_model=ScoreView)
async def get_score(
    request: Request, project_id: str, version: str | None = Query(default=None, max_length=80)
) -> Response:
    """Return the score of a step ("3"), a branch or a candidate ("p1.2")."""
    store = request.app.state.store
    data = await asyncio.to_thread(lambda: score_json(store.open(project_id), version))
    return Response(data, media_type="application/json")


@router.get("/api/projects/{project_id}/compare", response_model=ComparisonView)
async def compare_two(
    request: Request,
    project_id: str,
    before: str = Query(max_length=80),
    after: str | None = Query(default=None, max_length=80),
) -> dict[str, Any]:
    """Return two versions beside each other, bar by bar."""
    store = request.app.state.store
    return await asyncio.to_thread(lambda: compare_versions(store.open(project_id), before, after))
