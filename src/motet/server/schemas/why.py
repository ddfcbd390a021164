"""Why a piece is as it is, how new it is, and who made it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from motet.server.schemas.told import Text, TextRow

__all__ = ["OriginalityRequest", "ProvenanceView", "WhyRequest", "WriterRow"]


class WhyRequest(BaseModel):
    """What to explain."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"bars": "5-8", "part": "Violin", "what_if": {"qpm": 90}}]},
    )

    bars: str | None = Field(default=None, max_length=40)
    part: Annotated[str, Field(max_length=200)] | int | None = None
    version: str | None = Field(default=None, max_length=80)
    alternatives: int = Field(default=3, ge=0, le=8)
    what_if: dict[str, str | float | int] = Field(default_factory=dict, max_length=3)
    model: bool = True
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    language: Literal["en", "zh"] = "en"


class OriginalityRequest(BaseModel):
    """Which version to compare with the training music."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"version": "3"}]})

    version: str | None = Field(default=None, max_length=80)


class WriterRow(TextRow):
    """Who wrote how many bars, counted part by part."""

    letter: str
    n_bars: int


class ProvenanceView(BaseModel):
    """How the piece came to be."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "paragraphs": [{"en": "Steps: 1: composed.", "zh": "共 1 步:作曲。"}],
                    "writers": [{"letter": "m", "en": "model", "zh": "模型", "n_bars": 16}],
                    "parts": [{"name": "Violin", "written": "mmmm", "counts": {"m": 4}}],
                    "steps": [{"task": "compose", "en": "composed", "zh": "作曲"}],
                    "models": [{"name": "small", "digest": "ab12"}],
                    "training": [],
                    "version": "0.1.0",
                }
            ]
        }
    )

    paragraphs: list[Text]
    writers: list[WriterRow]
    parts: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    models: list[dict[str, str]]
    training: list[dict[str, Any]]
    version: str
