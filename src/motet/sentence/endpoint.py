"""A language model of the user's own, asked by way of an OpenAI-compatible endpoint.

Conventions: off unless the user names one; only the sentence is sent, never a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motet.brief import Brief
from motet.sentence.understanding import Found

__all__ = ["Endpoint", "ask_endpoint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where to ask."""

    url: str
    model: str = ""
    key: str = ""
    timeout_s: float = 20.0


def ask_endpoint(
    text: str, brief: Brief, found: tuple[Found, ...], endpoint: Endpoint | Mapping[str, str]
) -> tuple[Brief, tuple[Found, ...], list[tuple[str, str]]]:
    """Return."""
    del text, endpoint
    return brief, found, []
