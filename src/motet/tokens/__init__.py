"""Scores as token ids and back: the vocabulary, the grid of cells, the codec, the grammar.

Conventions: times are grid positions, 24 a quarter note; pitches are key-normalised (see `GridScore`).
"""
