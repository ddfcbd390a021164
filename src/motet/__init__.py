"""Motet: a composition partner. Public names load on first use, so importing is free.

Examples
--------
>>> import motet
>>> piece = motet.arrange("| Dm7 G7 | Cmaj7 |", style="bossa", seed=1)
>>> [part.name for part in piece.parts][:2]
['Melody', 'Nylon Guitar']
>>> [path.name for path in motet.save(piece, "bossa.mid")]
['bossa.mid']
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motet import errors
    from motet.api import Arrangement, StyleInfo, arrange, save, save_all, styles
    from motet.brief import Brief, PartBrief
    from motet.errors import MotetError
    from motet.io import Loaded, read, write
    from motet.project import Project
    from motet.provenance import Record, Verdict, record_of, verify
    from motet.render.daw import handoff
    from motet.render.ideas import save_sketches
    from motet.score import Note, Part, Score, make_score
    from motet.sentence import Understanding, understand
    from motet.tasks import (
        Composition,
        accompany,
        arrange_for,
        compose,
        compose_variants,
        continue_score,
        develop,
        fill_progression,
        generate,
        harmonise,
        humanise,
        infill,
        progressions,
        reduce_score,
        restyle,
        set_lyrics,
        tidy,
        variations,
        vary,
        write_melody,
    )
    from motet.tasks.judge import Ranked, rank
    from motet.tasks.phrase import Morph, adjust, morph
    from motet.tasks.sketch import Sketches, sketch
    from motet.tasks.transcribe import (
        Transcription,
        hum,
        piano_roll,
        pitch_sequence,
        score_of,
        transcribe,
    )
    from motet.why import Explanation, explain

__version__ = "0.1.0"

__all__ = [
    "Arrangement",
    "Brief",
    "Composition",
    "Explanation",
    "Loaded",
    "Morph",
    "MotetError",
    "Note",
    "Part",
    "PartBrief",
    "Project",
    "Ranked",
    "Record",
    "Score",
    "Sketches",
    "StyleInfo",
    "Transcription",
    "Understanding",
    "Verdict",
    "__version__",
    "accompany",
    "adjust",
    "arrange",
    "arrange_for",
    "compose",
    "compose_variants",
    "continue_score",
    "develop",
    "errors",
    "explain",
    "fill_progression",
    "generate",
    "handoff",
    "harmonise",
    "hum",
    "humanise",
    "infill",
    "make_score",
    "morph",
    "piano_roll",
    "pitch_sequence",
    "progressions",
    "rank",
    "read",
    "record_of",
    "reduce_score",
    "restyle",
    "save",
    "save_all",
    "save_sketches",
    "score_of",
    "set_lyrics",
    "sketch",
    "styles",
    "tidy",
    "transcribe",
    "understand",
    "variations",
    "vary",
    "verify",
    "write",
    "write_melody",
]

_HOMES = {
    "motet.api": ("Arrangement", "StyleInfo", "arrange", "save", "save_all", "styles"),
    "motet.brief": ("Brief", "PartBrief"),
    "motet.errors": ("MotetError",),
    "motet.io": ("Loaded", "read", "write"),
    "motet.project": ("Project",),
    "motet.provenance": ("Record", "Verdict", "record_of", "verify"),
    "motet.render.daw": ("handoff",),
    "motet.render.ideas": ("save_sketches",),
    "motet.score": ("Note", "Part", "Score", "make_score"),
    "motet.sentence": ("Understanding", "understand"),
    "motet.tasks": (
        "Composition",
        "compose",
        "continue_score",
        "develop",
        "generate",
        "infill",
        "restyle",
        "set_lyrics",
        "variations",
        "vary",
        "write_melody",
    ),
    "motet.tasks.ensemble": (
        "arrange_for",
        "compose_variants",
        "humanise",
        "reduce_score",
        "tidy",
    ),
    "motet.tasks.judge": ("Ranked", "rank"),
    "motet.tasks.phrase": ("Morph", "adjust", "morph"),
    "motet.tasks.harmonise": ("accompany", "fill_progression", "harmonise", "progressions"),
    "motet.tasks.transcribe": (
        "Transcription",
        "hum",
        "piano_roll",
        "pitch_sequence",
        "score_of",
        "transcribe",
    ),
    "motet.tasks.sketch": ("Sketches", "sketch"),
    "motet.why": ("Explanation", "explain"),
}


def __getattr__(name: str) -> Any:
    if name == "errors":
        return importlib.import_module("motet.errors")
    for home, names in _HOMES.items():
        if name in names:
            globals()[name] = value = getattr(importlib.import_module(home), name)
            return value
    raise AttributeError(f"module 'motet' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
