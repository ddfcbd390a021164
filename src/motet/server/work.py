"""The kinds of work that worker processes know, and where each is done.

Conventions: a work function takes a payload of plain values and a `motet.server.telling.Tell`, and returns
plain values. Quick ones answer while a request waits; the others are jobs.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, Final

__all__ = ["QUICK", "WORK", "find_work"]

WORK: Final[dict[str, str]] = {
    "compose": "motet.server.compose_worker:compose_piece",
    "propose": "motet.server.propose_worker:write_candidates",
    "import": "motet.server.import_worker:take_in",
    "export": "motet.server.export_worker:write_export",
    "why": "motet.server.why_worker:explain_piece",
    "originality": "motet.server.why_worker:judge_originality",
}
"""Jobs, by kind."""
QUICK: Final[dict[str, str]] = {
    "parse": "motet.server.parse_worker:parse_upload",
    "sheet": "motet.server.sheet_worker:engrave_sheet",
    "understand": "motet.server.understand_worker:read_sentence",
}
"""Short calls, by kind."""


def find_work(kind: str) -> Callable[[dict[str, Any], Any], dict[str, Any]]:
    """Return the function that does a kind of work.

    Examples
    --------
    >>> find_work("sheet").__name__
    'engrave_sheet'
    """
    place, name = {**WORK, **QUICK}[kind].split(":")
    found: Callable[[dict[str, Any], Any], dict[str, Any]] = getattr(
        importlib.import_module(place), name
    )
    return found
