"""Sheet music and chords for the page."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from motet.server.schemas.told import Text

__all__ = ["ChordRequest", "ChordRow", "ChordSuggestions", "SheetView"]


class SheetView(BaseModel):
    """Pages as SVG; a note's group has the id n-PART-ONSET-PITCH, a bar's b-INDEX."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "pages": ["<svg/>"],
                    "n_pages": 1,
                    "page": None,
                    "width_mm": 210.0,
                    "height_mm": 297.0,
                    "version": "3",
                    "layout": "full",
                }
            ]
        }
    )

    pages: list[str]
    n_pages: int
    page: int | None
    width_mm: float
    height_mm: float
    version: str
    layout: Literal["full", "lead"]


class ChordRequest(BaseModel):
    """A place of the harmony, and how far from safe."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"tick": 1920, "safe_to_surprising": 0.3, "n": 8}]},
    )

    tick: int = Field(ge=0, le=2**31 - 1)
    safe_to_surprising: float = Field(default=0.3, ge=0, le=1)
    n: int = Field(default=8, ge=1, le=24)
    style: str = Field(default="", max_length=60)
    version: str | None = Field(default=None, max_length=80)


class ChordRow(BaseModel):
    """A chord that could stand there."""

    symbol: str
    roman: str
    function: Text
    bits: float
    surprise: float


class ChordSuggestions(BaseModel):
    """What could stand at a place, the safest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "key": "C major",
                    "replaces": "F",
                    "tick": 1920,
                    "suggestions": [
                        {
                            "symbol": "Dm7",
                            "roman": "ii7",
                            "function": {"en": "subdominant", "zh": "下属功能"},
                            "bits": 2.2,
                            "surprise": 0.03,
                        }
                    ],
                }
            ]
        }
    )

    key: str
    replaces: str
    tick: int
    suggestions: list[ChordRow]
