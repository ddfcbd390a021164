"""Files that go out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from motet.server.schemas.told import Text

__all__ = ["ExportRequest", "ExportResult"]

Format = Literal[
    "mid", "musicxml", "mxl", "abc", "pdf", "svg", "png", "wav", "mp3", "ogg", "flac", "stems", "loop",
    "motet", "json", "all",
]  # fmt: skip


class ExportRequest(BaseModel):
    """What to write, and of what."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"format": "mid", "bars": "5-8", "parts": ["Bass"]}]},
    )

    format: Format
    bars: (
        Annotated[str, Field(max_length=40)]
        | Annotated[list[int], Field(min_length=2, max_length=2)]
        | None
    ) = Field(default=None, description='Numbers ("5-8") or two indexes from 0, half-open.')
    parts: list[Annotated[str, Field(max_length=200)] | int] | None = Field(
        default=None, max_length=64
    )
    version: str | None = Field(default=None, max_length=80)
    layout: Literal["full", "lead"] = "full"
    language: Literal["en", "zh"] = "en"


class ExportResult(BaseModel):
    """What was written; the file can be fetched for a day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "name": "Waltz.mid",
                    "url": "/api/files/0f3nU9c1tqWQmYw5o3e0zQxG1l7Jr2kA",
                    "n_bytes": 5120,
                    "losses": [{"en": "3 × slurs are not written", "zh": "3 × 未写入连线"}],
                    "remarks": [],
                }
            ]
        }
    )

    name: str
    url: str
    n_bytes: int
    losses: list[Text]
    remarks: list[Text]
