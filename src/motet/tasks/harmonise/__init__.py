"""Harmony: chords for a melody, progressions from nothing, parts under given notes.

Conventions: given notes are never touched; surprise is told in bits under counted habits
(`motet.tasks.harmonise.habits`).
"""

from motet.tasks.harmonise.harmonise import harmonise
from motet.tasks.harmonise.idea import ProgressionIdea
from motet.tasks.harmonise.progression import fill_progression, progressions
from motet.tasks.harmonise.story import Harmonisation

__all__ = ["Harmonisation", "ProgressionIdea", "fill_progression", "harmonise", "progressions"]
