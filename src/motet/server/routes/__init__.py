"""Routes, a file for each kind of thing; `ROUTERS` names them all."""

from __future__ import annotations

from typing import Final

__all__ = ["ROUTERS"]

ROUTERS: Final[tuple[str, ...]] = (
    "health", "jobs", "meta", "understand", "uploads", "imports", "projects", "edits", "versions",
    "proposals", "sheet", "why", "exports", "files", "soundfont", "page",
)  # fmt: skip
"""Modules of this package that have a ``router``; the page, which takes every other address, is last."""
