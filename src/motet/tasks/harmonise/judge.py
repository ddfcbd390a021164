"""What the model makes of a melody under given chords: nats a note.

Conventions: fewer nats say that the melody is more at home under the chords.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from motet.engine.bundle import Bundle
from motet.engine.foretell import logits
from motet.score import ChordSymbol, Part, Score
from motet.tasks.harmony import HeldChord
from motet.theory.scale import Key
from motet.tokens import encode, score_to_grid
from motet.tokens.vocab import FAMILIES

__all__ = ["judge_chords"]

_MOST_TOKENS = 720


def judge_chords(
    score: Score, melody: Part, spans: Sequence[HeldChord], key: Key, bundle: Bundle
) -> float:
    """Return how many nats a note of the melody costs a model under some chords.

    Parameters
    ----------
    score : Score
    melody : Part
    spans : sequence of HeldChord
    key : Key
    bundle : Bundle

    Returns
    -------
    float, nats a note
        Over as much of the piece as the model's context holds; nan without notes.

    Examples
    --------
    >>> judge_chords.__name__
    'judge_chords'
    """
    chords = tuple(ChordSymbol(tick=one.start_tick, symbol=one.chord.symbol) for one in spans)
    alone = replace(score, parts=(melody,), chords=chords)
    grid = score_to_grid(alone, key=key).grid
    ids = np.asarray(encode(grid, min_confidence=0.0), np.int64)[:_MOST_TOKENS]
    begins = int(np.flatnonzero(ids == FAMILIES["NOTES"].start)[:1].sum())
    found = logits(ids, bundle=bundle).astype(np.float64)
    found -= found.max(axis=1, keepdims=True)
    logps = found - np.log(np.exp(found).sum(axis=1, keepdims=True))
    pitch = FAMILIES["PITCH"]
    places = np.flatnonzero((ids >= pitch.start) & (ids < pitch.end))
    places = places[places > begins]
    if not len(places):
        return float("nan")
    return float(-logps[places - 1, ids[places]].mean())
