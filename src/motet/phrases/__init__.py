"""Phrases: short stretches of a piece as small arrays of one shape, for models that take no tokens.

Each kind of phrase is a module of its own (`motet.phrases.kinds.KINDS`), imported when it is asked for.
"""

from __future__ import annotations

from motet.phrases.kinds import KINDS, Batch, PhraseKind, find_kind

__all__ = ["KINDS", "Batch", "PhraseKind", "find_kind"]
