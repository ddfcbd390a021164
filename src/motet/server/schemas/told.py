"""Texts in both languages, and names with them."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

__all__ = ["Named", "NamedRow", "Text", "TextRow"]


class TextRow(BaseModel):
    """Whatever is told in both languages."""

    en: str
    zh: str


class NamedRow(TextRow):
    """Whatever has a name of the API, with its words."""

    name: str


class Text(TextRow):
    """A text in both languages."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"en": "bar 3", "zh": "第 3 小节"}]})


class Named(NamedRow):
    """A name of the API with its words."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "swing", "en": "swing", "zh": "摇摆"}]}
    )
