"""Provenance: how a piece came to be, kept in its files, signed beside them, and checked note by note.

Conventions: a `Record` tells models, briefs, seeds, edits, who wrote which cell, and holds the notes. It is
embedded in MIDI, MusicXML, Motet JSON and projects; a signed sidecar lies beside saved folders. A signature
shows that nothing was changed since a key signed; not who holds the key. See docs/guides/provenance.md.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from motet.provenance.embed import embed, record_in, tell_shortly
from motet.provenance.licence import LICENCE_FILE, licence_text, write_licence
from motet.provenance.record import Record, Step
from motet.provenance.sidecar import SIDECAR_ENDING, read_sidecar, write_sidecar

if TYPE_CHECKING:
    from motet.provenance.origin import record_of
    from motet.provenance.verdict import Finding, Verdict
    from motet.provenance.verification import verify

__all__ = [
    "LICENCE_FILE",
    "SIDECAR_ENDING",
    "Finding",
    "Record",
    "Step",
    "Verdict",
    "embed",
    "licence_text",
    "read_sidecar",
    "record_in",
    "record_of",
    "tell_shortly",
    "verify",
    "write_licence",
    "write_sidecar",
]

_LAZY = {
    "Finding": "motet.provenance.verdict",
    "Verdict": "motet.provenance.verdict",
    "record_of": "motet.provenance.origin",
    "verify": "motet.provenance.verification",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'motet.provenance' has no attribute {name!r}")
