"""Recordings, humming and whistling become scores; any input becomes a score, a roll or a sequence.

Conventions: what is heard comes with its confidence; the notes as played stay beside the score.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motet.tasks.transcribe.forms import PITCH_DTYPE, piano_roll, pitch_sequence, score_of
    from motet.tasks.transcribe.harmony import Harmony, choose_harmony, chords_of_notes
    from motet.tasks.transcribe.humming import hum
    from motet.tasks.transcribe.result import Transcription
    from motet.tasks.transcribe.whole import transcribe

__all__ = [
    "PITCH_DTYPE",
    "Harmony",
    "Transcription",
    "choose_harmony",
    "chords_of_notes",
    "hum",
    "piano_roll",
    "pitch_sequence",
    "score_of",
    "transcribe",
]

_HOMES = {
    "motet.tasks.transcribe.forms": ("PITCH_DTYPE", "piano_roll", "pitch_sequence", "score_of"),
    "motet.tasks.transcribe.harmony": ("Harmony", "choose_harmony", "chords_of_notes"),
    "motet.tasks.transcribe.humming": ("hum",),
    "motet.tasks.transcribe.result": ("Transcription",),
    "motet.tasks.transcribe.whole": ("transcribe",),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            globals()[name] = value = getattr(importlib.import_module(home), name)
            return value
    raise AttributeError(f"module 'motet.tasks.transcribe' has no attribute {name!r}")
