"""Motet: a composition partner. Public names load on first use, so importing is free.

Examples
--------
>>> import motet
>>> score = motet.arrange("| Dm7 G7 | Cmaj7 |", style="bossa", seed=1)
>>> [part.name for part in score.parts][:2]
['Melody', 'Nylon Guitar']
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Loaded": "motet.io",
    "Note": "motet.score",
    "Part": "motet.score",
    "Score": "motet.score",
    "make_score": "motet.score",
    "arrange": "motet.api",
    "read": "motet.io",
    "write": "motet.io",
    "styles": "motet.api",
    "errors": "motet.errors",
}

__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'motet' has no attribute {name!r}")
    module = importlib.import_module(home)
    value = module if home == f"motet.{name}" else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
