"""Files that come in."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ImportRequest", "UploadView"]


class UploadView(BaseModel):
    """A file that was received and read; it waits an hour to be taken in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "upload_id": "0f3nU9c1tqWQmYw5o3e0zQxG1l7Jr2kA",
                    "kind": "score",
                    "name": "song.mid",
                    "n_bytes": 5120,
                    "facts": {"format": "midi", "n_bars": 32, "n_parts": 4, "repairs": []},
                }
            ]
        }
    )

    upload_id: str
    kind: Literal["score", "audio", "project"]
    name: str
    n_bytes: int
    facts: dict[str, Any]


class ImportRequest(BaseModel):
    """What to take in, and for sound, how to listen."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "upload_id": "0f3nU9c1tqWQmYw5o3e0zQxG1l7Jr2kA",
                    "title": "My tune",
                    "hum": True,
                    "accompany": True,
                    "style": "bossa",
                }
            ]
        },
    )

    upload_id: str = Field(max_length=64)
    title: str = Field(default="", max_length=200)
    hum: bool = Field(default=False, description="One voice that hums, sings or whistles.")
    accompany: bool = Field(default=False, description="Let a band play under what was taken in.")
    style: str = Field(default="", max_length=60)
    metre: str = Field(default="", max_length=12, description="Where it is known: 3/4.")
    qpm: float | None = Field(default=None, ge=20, le=400)
    key: str = Field(default="", max_length=24)
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    language: Literal["en", "zh"] = "en"
