"""A sentence, understood before anything is written."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from motet.server.schemas.understand import Sentence, Understood

__all__ = ["router"]

router = APIRouter(tags=["understand"])
_TIME_LIMIT_S = 20.0


@router.post("/api/understand", response_model=Understood)
async def understand_sentence(request: Request, sentence: Sentence) -> dict[str, Any]:
    """Return what a sentence in English or Chinese asks for."""
    found: dict[str, Any] = await request.app.state.jobs.quick(
        "understand", sentence.model_dump(), timeout_s=_TIME_LIMIT_S
    )
    return found
