"""Phrases as points of a space of music: ways from one to another, around one, and along a slider.

Conventions: a phrase autoencoder (a bundle ``vae-...``) hears a score phrase by phrase, of 2, 4 or 16
bars; music of any length is many phrases. It hears one note at a time of a melody, a bass, and drums, on
a grid of sixteenths; what it cannot hear is told.
"""

from motet.tasks.phrase.adjust import adjust
from motet.tasks.phrase.drift import drift
from motet.tasks.phrase.morph import Morph, morph
from motet.tasks.phrase.path import PathFigures, measure_path

__all__ = ["Morph", "PathFigures", "adjust", "drift", "measure_path", "morph"]
