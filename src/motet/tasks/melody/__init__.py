"""Melodies: over chords, varied, developed from a motif, and set to words."""

from motet.tasks.melody.develop import develop
from motet.tasks.melody.lyrics import set_lyrics
from motet.tasks.melody.vary import variations, vary
from motet.tasks.melody.write import write_melody

__all__ = ["develop", "set_lyrics", "variations", "vary", "write_melody"]
