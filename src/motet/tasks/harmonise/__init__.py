"""Harmony: chords for a melody, progressions from nothing, parts under given notes.

Conventions: given notes are never touched; surprise is told in bits under counted habits
(`motet.tasks.harmonise.habits`).
"""

from motet.tasks.harmonise.idea import ProgressionIdea
from motet.tasks.harmonise.open_place import OpenPlace, fill_progression
from motet.tasks.harmonise.progression import progressions
from motet.tasks.harmonise.story import Harmonisation
from motet.tasks.harmonise.under_melody import harmonise
from motet.tasks.harmonise.under_notes import accompany

__all__ = [
    "Harmonisation",
    "OpenPlace",
    "ProgressionIdea",
    "accompany",
    "fill_progression",
    "harmonise",
    "progressions",
]
