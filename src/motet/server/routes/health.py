"""Whether the server is well."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict

import motet

__all__ = ["HealthView", "router"]

router = APIRouter(tags=["health"])


class HealthView(BaseModel):
    """The server's state."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"status": "ok", "version": "0.1.0", "waiting": 0}]}
    )

    status: str
    version: str
    waiting: int


@router.get("/api/health", response_model=HealthView)
async def get_health(request: Request) -> dict[str, object]:
    """Return whether the server is well, and how many jobs have not ended."""
    return {
        "status": "ok",
        "version": motet.__version__,
        "waiting": request.app.state.jobs.waiting,
    }
