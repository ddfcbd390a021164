"""Jobs as a page sees them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from motet.server.schemas.told import Text

__all__ = ["ErrorReply", "ErrorView", "JobView"]


class ErrorView(BaseModel):
    """What went wrong, in both languages."""

    kind: str
    en: str
    zh: str
    place: str = ""


class ErrorReply(BaseModel):
    """The shape of every error."""

    error: ErrorView


class JobView(BaseModel):
    """One piece of long work."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "j3k9", "kind": "compose", "state": "running", "progress": 0.4,
                    "label": {"en": "writing bar 4 of 8", "zh": "正在写第 4/8 小节"},
                    "project_id": None, "result": None, "error": None,
                    "created": "2026-11-23T10:00:00Z", "position": 0, "seq": 7,
                }
            ]
        }
    )  # fmt: skip

    id: str
    kind: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    progress: float = Field(ge=0, le=1)
    label: Text
    project_id: str | None = None
    result: dict[str, Any] | None = None
    error: ErrorView | None = None
    created: str
    position: int = Field(ge=0, description="How many wait before it.")
    seq: int = Field(ge=0, description="Number of its newest event.")
