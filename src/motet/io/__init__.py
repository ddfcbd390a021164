"""Bytes to scores and back: MIDI, Motet JSON, MusicXML, ABC, Humdrum kern (read).

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
    from motet.io.abc.loss import abc_losses
    from motet.io.abc.read import read_abc
    from motet.io.abc.write import write_abc
    from motet.io.kern.read import read_kern
    from motet.io.musicxml_loss import musicxml_losses
    from motet.io.musicxml_read import read_musicxml
    from motet.io.musicxml_write import write_musicxml

__all__ = [
    "Loaded",
    "Loss",
    "Repair",
    "abc_losses",
    "midi_losses",
    "musicxml_losses",
    "read",
    "read_abc",
    "read_json",
    "read_kern",
    "read_midi",
    "read_musicxml",
    "sniff",
    "write",
    "write_abc",
    "write_json",
    "write_midi",
    "write_musicxml",
]

_LAZY = {
    "musicxml_losses": "motet.io.musicxml_loss",
    "abc_losses": "motet.io.abc.loss",
    "read_abc": "motet.io.abc.read",
    "read_kern": "motet.io.kern.read",
    "read_musicxml": "motet.io.musicxml_read",
    "write_abc": "motet.io.abc.write",
    "write_musicxml": "motet.io.musicxml_write",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(importlib.import_module(_LAZY[name]), name)
    raise AttributeError(f"module 'motet.io' has no attribute {name!r}")
