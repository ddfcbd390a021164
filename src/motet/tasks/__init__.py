"""What a user asks for: compose, continue, infill; each plans, checks, writes, and proves what it kept.

Conventions: no task has a generator of its own: all fill open cells through `motet.engine`, with the
arranger's ground where that is better.
"""

from typing import TYPE_CHECKING

from motet.lazy import load_on_use

if TYPE_CHECKING:
    from motet.tasks.adherence import check_adherence
    from motet.tasks.check import Adherence, Check
    from motet.tasks.compose import compose
    from motet.tasks.composition import Composition
    from motet.tasks.ensemble import (
        arrange_for,
        compose_variants,
        humanise,
        reduce_score,
        tidy,
    )
    from motet.tasks.extend import continue_score
    from motet.tasks.generate import generate
    from motet.tasks.harmonise import (
        Harmonisation,
        ProgressionIdea,
        accompany,
        fill_progression,
        harmonise,
        progressions,
    )
    from motet.tasks.infill import infill
    from motet.tasks.melody import set_lyrics, write_melody
    from motet.tasks.melody.develop import develop
    from motet.tasks.melody.vary import variations, vary
    from motet.tasks.restyle import restyle
    from motet.tasks.transcribe.result import Transcription
    from motet.tasks.transcribe.whole import transcribe

__all__ = [
    "Adherence",
    "Check",
    "Composition",
    "Harmonisation",
    "ProgressionIdea",
    "Transcription",
    "accompany",
    "arrange_for",
    "check_adherence",
    "compose",
    "compose_variants",
    "continue_score",
    "develop",
    "fill_progression",
    "generate",
    "harmonise",
    "humanise",
    "infill",
    "progressions",
    "reduce_score",
    "restyle",
    "set_lyrics",
    "tidy",
    "transcribe",
    "variations",
    "vary",
    "write_melody",
]

load_on_use(
    __name__,
    {
        "motet.tasks.adherence": ("check_adherence",),
        "motet.tasks.check": ("Adherence", "Check"),
        "motet.tasks.compose": ("compose",),
        "motet.tasks.composition": ("Composition",),
        "motet.tasks.ensemble": (
            "arrange_for",
            "compose_variants",
            "humanise",
            "reduce_score",
            "tidy",
        ),
        "motet.tasks.extend": ("continue_score",),
        "motet.tasks.generate": ("generate",),
        "motet.tasks.harmonise": (
            "Harmonisation",
            "ProgressionIdea",
            "accompany",
            "fill_progression",
            "harmonise",
            "progressions",
        ),
        "motet.tasks.infill": ("infill",),
        "motet.tasks.melody": ("develop", "set_lyrics", "variations", "vary", "write_melody"),
        "motet.tasks.restyle": ("restyle",),
        "motet.tasks.transcribe.result": ("Transcription",),
        "motet.tasks.transcribe.whole": ("transcribe",),
    },
)
