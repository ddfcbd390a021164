"""A sentence and what is understood of it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from motet.server.schemas.told import Text, TextRow

__all__ = ["FoundRow", "Sentence", "Understood"]


class Sentence(BaseModel):
    """What a person wants, in their own words."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"text": "a sad waltz in A minor, 16 bars", "language": "en"}]
        },
    )

    text: str = Field(max_length=4000)
    language: Literal["en", "zh"] = "en"


class FoundRow(TextRow):
    """One field that the sentence speaks of, by its name in both languages."""

    field: str
    value: Any
    words: str
    start: int
    end: int
    confidence: float
    told: Text


class Understood(BaseModel):
    """What the sentence says, what is assumed beside it, and what contradicts itself."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "text": "a waltz",
                    "language": "en",
                    "brief": {"style": "waltz"},
                    "full": {"style": "waltz"},
                    "found": [],
                    "assumed": [{"en": "16 bars", "zh": "16 小节"}],
                    "contradictions": [],
                    "remarks": [],
                    "unused": [],
                    "feel": {"energy": -0.5},
                }
            ]
        }
    )

    text: str
    language: Literal["en", "zh"]
    brief: dict[str, Any]
    full: dict[str, Any]
    found: list[FoundRow]
    assumed: list[Text]
    contradictions: list[Text]
    remarks: list[Text]
    unused: list[str]
    feel: dict[str, float] = Field(description="Moves of the sliders, -1 to 1.")
