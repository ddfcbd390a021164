"""Texts in both languages, and names with them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

__all__ = ["Named", "Text"]


class Text(BaseModel):
    """A text in both languages."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"en": "bar 3", "zh": "第 3 小节"}]})

    en: str
    zh: str


class Named(Text):
    """A name of the API with its words."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "swing", "en": "swing", "zh": "摇摆"}]}
    )

    name: str
