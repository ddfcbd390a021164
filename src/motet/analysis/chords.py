"""Chords of a score, with how sure each is.

Conventions: spans are half-open, in order, without gaps from the first to the last cell of the grid;
``NO_CHORD`` stands where nothing pitched sounds for a bar. A confidence is the probability that root
and triad are right, measured on music with known chords (see `motet.analysis.confidence`): a bare
melody leaves many chords possible, and its confidences say so.

Sources: see `motet.analysis.chord_model`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.analysis.chord_model import (
    STATE_QUALITIES,
    Decoding,
    decode_chords,
    score_cells,
    score_keys,
)
from motet.analysis.confidence import calibrate, measure_span
from motet.analysis.evidence import Grid, Window, gather_evidence
from motet.analysis.modulation import keys_of_grid
from motet.errors import ParameterError
from motet.score.score import Score
from motet.theory.chord import NO_CHORD, Chord, make_chord, parse_chord
from motet.theory.chord_table import QUALITIES
from motet.theory.pitch import spell_pitch
from motet.theory.scale import Key

__all__ = ["ChordEstimate", "estimate_chords"]

FloatArray = npt.NDArray[np.float64]

_BASS_SHARE = 0.5
_EXTENSIONS = {
    "maj": ("add9",), "min": ("madd9",), "7": ("9", "7b9", "7#9", "13", "7#11", "7b13"),
    "maj7": ("maj9", "maj7#11"), "m7": ("m9", "m11"), "m7b5": ("m9b5",), "6": ("69",),
    "m6": ("m69",), "7sus4": ("9sus4",), "mMaj7": ("mMaj9",),
}  # fmt: skip
_EXTENSION_SHARE = 0.09


@dataclass(frozen=True, slots=True, kw_only=True)
class ChordEstimate:
    """A chord and where it holds.

    Parameters
    ----------
    start_tick, end_tick : int, ticks
        Half-open.
    chord : Chord
    confidence : float, 0 to 1
        Probability that root and triad are right.
    source : ``"symbols"`` or ``"notes"``
        Whether it was written in the score or read off its notes.
    """

    start_tick: int
    end_tick: int
    chord: Chord
    confidence: float
    source: str = "notes"


def estimate_chords(
    score: Score, *, key: Key | None = None, window: Window = "auto", use_symbols: bool = True
) -> tuple[ChordEstimate, ...]:
    """Return the chords of a score.

    Parameters
    ----------
    score : Score
    key : Key or None
        Taken as given throughout; None finds the keys (`estimate_key_spans`).
    window : "auto", "half-beat", "beat", "half-bar" or "bar"
        The shortest stretch that may have a chord of its own.
    use_symbols : bool
        Whether chord symbols of the score are given back in place of a reading of its notes.

    Returns
    -------
    tuple of ChordEstimate
        Empty when the score has neither pitched notes nor chord symbols.

    Raises
    ------
    ParameterError
        The window is unknown.

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = estimate_chords(make_score("E4+G4:4 | D4+F4:2 E4:2", "C3:4 | G2+B2:2 C3+G3:2"))
    >>> [(one.start_tick, one.chord.symbol) for one in found]
    [(0, 'C'), (1920, 'G7'), (2880, 'C')]
    """
    if use_symbols and score.chords:
        return _read_symbols(score)
    grid = gather_evidence(score, window=window)
    if not grid.weights.any():
        return ()
    keys = [key] * len(grid.level) if key else list(keys_of_grid(score, grid)[0])
    prior, foreign = score_keys(list(keys))
    decoding = decode_chords(score_cells(grid, foreign), prior, grid.level)
    return _name_spans(grid, decoding, [one for one in keys if one is not None])


def _read_symbols(score: Score) -> tuple[ChordEstimate, ...]:
    """Return the written chords; a symbol that cannot be read stands as no chord, confidence 0."""
    found: list[ChordEstimate] = []
    end = max(score.bars[-1].end_tick, score.chords[-1].tick + 1)
    for k, symbol in enumerate(score.chords):
        until = score.chords[k + 1].tick if k + 1 < len(score.chords) else end
        if until <= symbol.tick:
            continue
        try:
            chord, confidence = parse_chord(symbol.symbol), 1.0
        except ParameterError:
            chord, confidence = NO_CHORD, 0.0
        found.append(
            ChordEstimate(
                start_tick=symbol.tick,
                end_tick=until,
                chord=chord,
                confidence=confidence,
                source="symbols",
            )
        )
    return tuple(found)


def _silences(grid: Grid) -> npt.NDArray[np.bool_]:
    """Return which cells belong to a silence of a bar or more (or of the whole beginning or end)."""
    silent = grid.weights.sum(axis=1) <= 0
    out = np.zeros(len(silent), dtype=bool)
    t = 0
    while t < len(silent):
        if not silent[t]:
            t += 1
            continue
        stop = t
        while stop < len(silent) and silent[stop]:
            stop += 1
        n_lines = int((grid.level[t:stop] == 3).sum())
        is_bar = n_lines >= 2 or (n_lines == 1 and grid.level[t] == 3 and _ends_bar(grid, stop))
        if t == 0 or stop == len(silent) or is_bar:
            out[t:stop] = True
        t = stop
    return out


def _ends_bar(grid: Grid, stop: int) -> bool:
    return stop >= len(grid.level) or int(grid.level[stop]) == 3


def _name_spans(grid: Grid, decoding: Decoding, keys: list[Key]) -> tuple[ChordEstimate, ...]:
    """Return one estimate for each run of cells with one state."""
    states = np.where(_silences(grid), -1, decoding.states)
    sounding = grid.n_voices[grid.n_voices > 0]
    # Where a melody rests, the chords that nobody wrote down go on.
    silence = 0.95 if float(sounding.mean()) >= 2.0 else 0.1
    found: list[ChordEstimate] = []
    first = 0
    for t in range(1, len(states) + 1):
        if t < len(states) and states[t] == states[first]:
            continue
        cells = slice(first, t)
        if states[first] < 0:
            chord, confidence = NO_CHORD, silence
        else:
            chord = _name_chord(grid, cells, int(states[first]), keys[first])
            confidence = calibrate(measure_span(grid, decoding, cells))
        found.append(
            ChordEstimate(
                start_tick=int(grid.start_tick[first]),
                end_tick=int(grid.end_tick[t - 1]),
                chord=chord,
                confidence=round(confidence, 4),
            )
        )
        first = t
    return tuple(found)


def _name_chord(grid: Grid, cells: slice, state: int, key: Key) -> Chord:
    """Return the chord of a run of cells, with extension and slash bass where they are heard."""
    quality, root = STATE_QUALITIES[state // 12], state % 12
    weights = grid.weights[cells].sum(axis=0)
    share = weights / max(float(weights.sum()), 1e-12)
    n_voices = float(grid.n_voices[cells].mean())
    if n_voices >= 2.5:
        quality = _extended(quality, root, share)
    name = spell_pitch(root, fifths=key.fifths)
    chord = make_chord(name, quality)
    bass = grid.bass[cells].sum(axis=0)
    lowest = int(bass.argmax())
    is_clear = bass[lowest] >= _BASS_SHARE * bass.sum() and bass[lowest] > 0
    if not is_clear or lowest == root or lowest not in chord.pcs:
        return chord
    return make_chord(
        name, quality, spell_pitch(lowest, fifths=key.fifths, chord_tones=chord.tones())
    )


def _extended(quality: str, root: int, share: FloatArray) -> str:
    """Return the quality with the extension that is heard most, if any is."""
    own = set(QUALITIES[quality].intervals)
    best, best_share = quality, _EXTENSION_SHARE
    for name in _EXTENSIONS.get(quality, ()):
        extra = {semi % 12 for semi in QUALITIES[name].intervals} - {semi % 12 for semi in own}
        heard = min(float(share[(root + semi) % 12]) for semi in extra)
        if heard > best_share:
            best, best_share = name, heard
    return best
