"""Bytes to scores and back: MIDI, Motet JSON, MusicXML, Humdrum kern (read).

Conventions: reading gives `Loaded` (the score and each repair); writing is whole or not at all and
tells what a format cannot say (`Loss`). Limits of size are in `motet.io.limits`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from motet.io.json_file import read_json, write_json
from motet.io.loaded import Loaded, Loss, Repair
from motet.io.midi_loss import midi_losses
from motet.io.midi_read import read_midi
from motet.io.midi_write import write_midi
from motet.io.sniff import read, sniff, write

if TYPE_CHECKING:
    from motet.io.kern.read import read_kern
    from motet.io.musicxml_loss import musicxml_losses
    from motet.io.musicxml_read import read_musicxml
    from motet.io.musicxml_write import write_musicxml

__all__ = [
    "Loaded",
    "Loss",
    "Repair",
    "midi_losses",
    "musicxml_losses",
    "read",
    "read_json",
    "read_kern",
    "read_midi",
    "read_musicxml",
    "sniff",
    "write",
    "write_json",
    "write_midi",
    "write_musicxml",
]

_LAZY = {
    "musicxml_losses": "motet.io.musicxml_loss",
    "read_kern": "motet.io.kern.read",
    "read_musicxml": "motet.io.musicxml_read",
    "write_musicxml": "motet.io.musicxml_write",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'motet.io' has no attribute {name!r}")
