"""Chords of a recording from its chroma, with how sure each is.

Conventions: spans follow each other without a gap from 0 to the end of the chroma; ``"N"`` stands where
nothing sounds. Symbols are those of `motet.theory` and are spelled as the key spells them. A confidence
is the probability that root and triad are right, fitted on rendered pieces of the valid split.

Offers `chords_from_chroma`, and `match_templates`, the plain way that it is measured against.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.chord_cells import Cells, lay_cells
from motet.audio.chord_decode import (
    KINDS,
    TRIAD_OF,
    Decoding,
    decode,
    emission,
    harmony_weights,
    key_prior,
)
from motet.audio.chroma import Chroma
from motet.audio.heard import HeardBeats, HeardChord, HeardKey
from motet.audio.key import key_from_chroma, key_probabilities, signature_of
from motet.theory.chord import make_chord
from motet.theory.chord_table import QUALITIES
from motet.theory.pitch import spell_pitch

__all__ = ["chords_from_chroma", "match_templates"]

Float64 = NDArray[np.float64]

_NONE: Final = "N"
_BASS_LEAD: Final = 2.0
_GIVEN_KEY: Final = 0.97


def chords_from_chroma(
    chroma: Chroma, *, beats: HeardBeats | None = None, key: HeardKey | None = None
) -> tuple[HeardChord, ...]:
    """Return the chords of a recording.

    Parameters
    ----------
    chroma : Chroma
    beats : HeardBeats or None
        Chords change on beats; None looks every half second.
    key : HeardKey or None
        How sure it is counts; None finds it from the chroma.

    Returns
    -------
    tuple of HeardChord
        Empty for an empty chroma.

    Source
    ------
    See `motet.audio.chord_decode`. Measured: ``docs/audio.md``.

    Examples
    --------
    >>> values = np.zeros((64, 12), np.float32)
    >>> values[:32, [0, 4, 7]], values[32:, [5, 9, 0]] = 1.0, 1.0
    >>> bass = np.zeros((64, 12), np.float32)
    >>> bass[:32, 0], bass[32:, 5] = 1.0, 1.0
    >>> [one.symbol for one in chords_from_chroma(Chroma(values, 0.0625, 0.0, bass))]
    ['C', 'F']
    """
    if not len(chroma.values):
        return ()
    cells = lay_cells(chroma, beats)
    p_key = key_probabilities(chroma) if key is None else _spread(key)
    known = key or key_from_chroma(chroma)
    scores = emission(cells)
    decoding = decode(scores, key_prior(p_key), cells.level)
    return _name_spans(cells, decoding, signature_of(known))


def _spread(key: HeardKey) -> Float64:
    """Return the probability of each key, where one is known with some confidence."""
    sure = min(max(key.confidence, 0.05), _GIVEN_KEY)
    p_key = np.full(24, (1.0 - sure) / 23.0)
    p_key[key.tonic % 12 + (12 if key.mode == "minor" else 0)] = sure
    return p_key


def _name_spans(cells: Cells, decoding: Decoding, fifths: int) -> tuple[HeardChord, ...]:
    """Return one chord for each run of cells with one state."""
    states = decoding.states
    p_class = _class_probabilities(decoding.posterior)
    edges = np.flatnonzero(np.diff(states)) + 1
    found = []
    for first, last in zip([0, *edges.tolist()], [*edges.tolist(), len(states)], strict=True):
        state = int(states[first])
        start_s, end_s = float(cells.edge_s[first]), float(cells.edge_s[last])
        if state == 12 * len(KINDS):
            found.append(HeardChord(start_s, end_s, _NONE, 0.95))
            continue
        kind, root = divmod(state, 12)
        p = float(p_class[first:last, 12 * TRIAD_OF[kind] + root].mean())
        sure = _calibrate(p, last - first, cells.treble[first:last], kind, root)
        symbol = _symbol(root, kind, fifths, cells.bass[first:last].sum(axis=0))
        found.append(HeardChord(start_s, end_s, symbol, round(sure, 4)))
    return tuple(found)


def _class_probabilities(posterior: Float64) -> Float64:
    """Return the probability of each root and triad, shape (t, 12 * triads)."""
    out = np.zeros((len(posterior), 12 * (max(TRIAD_OF) + 1)))
    for kind, triad in enumerate(TRIAD_OF):
        out[:, 12 * triad : 12 * triad + 12] += posterior[:, 12 * kind : 12 * kind + 12]
    return out


def _confidence_row(p: float, n_cells: int, treble: Float64, kind: int, root: int) -> Float64:
    """Return what the confidence of a span is computed from, float64, shape (5,)."""
    p = min(max(p, 0.01), 0.995)
    heard = treble.sum(axis=0)
    tones = [(root + semi) % 12 for semi in QUALITIES[KINDS[kind]].intervals]
    inside = float(heard[tones].sum()) / max(float(heard.sum()), 1e-9)
    flat = heard / max(float(heard.sum()), 1e-9)
    spread = float(-(flat * np.log(flat + 1e-9)).sum()) / np.log(12.0)
    return np.array([1.0, np.log(p / (1.0 - p)), np.log(n_cells), inside, spread])


def _calibrate(p: float, n_cells: int, treble: Float64, kind: int, root: int) -> float:
    """Return the probability that root and triad are right."""
    z = float(harmony_weights()["sure_chord"] @ _confidence_row(p, n_cells, treble, kind, root))
    return float(1.0 / (1.0 + np.exp(-z)))


def _symbol(root: int, kind: int, fifths: int, bass: Float64) -> str:
    """Return the symbol, with a slash where another tone of the chord is clearly lowest."""
    name = spell_pitch(root, fifths=fifths)
    chord = make_chord(name, KINDS[kind])
    lowest = int(bass.argmax())
    is_other = lowest != root and lowest in chord.pcs
    if not is_other or bass[lowest] < _BASS_LEAD * max(float(bass[root]), 1e-9):
        return chord.symbol
    under = spell_pitch(lowest, fifths=fifths, chord_tones=chord.tones())
    return make_chord(name, KINDS[kind], under).symbol


def match_templates(chroma: Chroma, *, beats: HeardBeats | None = None) -> tuple[HeardChord, ...]:
    """Return what a bare template matcher hears: the baseline, for measuring.

    Parameters
    ----------
    chroma : Chroma
    beats : HeardBeats or None

    Returns
    -------
    tuple of HeardChord
        In each cell the major or minor triad whose tones, as a template of ones, point most nearly in
        the direction of the chroma; its confidence is that cosine.

    Source
    ------
    Fujishima, "Realtime Chord Recognition of Musical Sound", ICMC 1999.

    Examples
    --------
    >>> values = np.zeros((32, 12), np.float32)
    >>> values[:, [9, 0, 4]] = 1.0
    >>> [one.symbol for one in match_templates(Chroma(values, 0.0625, 0.0, values))]
    ['Am']
    """
    if not len(chroma.values):
        return ()
    cells = lay_cells(chroma, beats)
    templates = np.zeros((24, 12))
    for root in range(12):
        templates[root, [root, (root + 4) % 12, (root + 7) % 12]] = 3**-0.5
        templates[12 + root, [root, (root + 3) % 12, (root + 7) % 12]] = 3**-0.5
    size = np.sqrt(np.square(cells.treble).sum(axis=1, keepdims=True))
    fits = cells.treble @ templates.T / np.maximum(size, 1e-9)
    best = np.where(cells.is_silent, 24, fits.argmax(axis=1))
    edges = np.flatnonzero(np.diff(best)) + 1
    found = []
    for first, last in zip([0, *edges.tolist()], [*edges.tolist(), len(best)], strict=True):
        state = int(best[first])
        symbol = _NONE
        if state < 24:
            symbol = make_chord(spell_pitch(state % 12), ("maj", "min")[state // 12]).symbol
        sure = float(fits[first:last].max(axis=1).mean())
        span = (float(cells.edge_s[first]), float(cells.edge_s[last]))
        found.append(HeardChord(*span, symbol, round(min(sure, 1.0), 4)))
    return tuple(found)
