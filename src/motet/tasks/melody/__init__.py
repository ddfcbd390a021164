"""Melodies: over chords, varied, developed from a motif, and set to words."""

from motet.tasks.melody.write import write_melody

__all__ = ["write_melody"]
