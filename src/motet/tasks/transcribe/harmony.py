"""Key and chords of a recording: from its sound and from its notes, the surer of the two.

Conventions: both readings come with probabilities, so that they can be compared: those of the sound were
fitted on 54 rendered pieces of the valid split (``benchmarks/quality/audio_harmony_fit.py``), those of
the notes are `motet.analysis.confidence` with a shift set on six that were transcribed. Spans are in
seconds of the recording.

Offers `Harmony`, `choose_harmony`, `chords_of_notes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motet.analysis import ChordEstimate, estimate_chords, estimate_key
from motet.audio.chord_decode import harmony_weights
from motet.audio.chords import chords_from_chroma
from motet.audio.chroma import Chroma, find_chroma
from motet.audio.heard import HeardBeats, HeardChord, HeardKey, HeardNote
from motet.audio.key import heard_key, key_probabilities
from motet.audio.recording import Audio
from motet.audio.stream import AudioStream
from motet.score import Score
from motet.theory import Key, parse_key

__all__ = ["Harmony", "choose_harmony", "chords_of_notes"]

_NONE = "N"


@dataclass(frozen=True, slots=True)
class Harmony:
    """What the harmony of a recording is, and what should be known of that.

    Parameters
    ----------
    key : HeardKey
    chords : tuple of HeardChord
    remarks : tuple of (str, str)
        English and Chinese.
    chords_from : ``"sound"``, ``"notes"`` or ``""``
        Which reading was taken.
    """

    key: HeardKey
    chords: tuple[HeardChord, ...]
    remarks: tuple[tuple[str, str], ...] = ()
    chords_from: str = ""


def choose_harmony(
    source: Path | str | Audio | AudioStream | Chroma,
    notes: Sequence[HeardNote],
    score: Score,
    beats: HeardBeats,
    *,
    key: str | Key | None = None,
    chords: bool = True,
) -> Harmony:
    """Return key and chords of a recording.

    Parameters
    ----------
    source : path, Audio, AudioStream or Chroma
    notes : sequence of HeardNote
        What was transcribed of it; none takes the sound alone.
    score : Score
        Those notes in bars that lie on `beats`, so that its seconds are the recording's.
    beats : HeardBeats
    key : str, Key or None
        Taken as given; None finds it.
    chords : bool
        Whether chords are wanted.

    Returns
    -------
    Harmony

    Raises
    ------
    ParameterError
        The key cannot be understood.
    FormatError
        The recording cannot be read.

    Examples
    --------
    >>> from motet.score import make_score
    >>> zeros = np.zeros((20, 12), np.float32)
    >>> beats = HeardBeats(np.arange(4.0), np.arange(4), 4, 1.0, (4, 4), 60.0, 0.5, 1.0)
    >>> score = make_score("C4+E4+G4:4 F4+A4+C5:4 G4+B4+D5:4 C4+E4+G4:4")
    >>> found = choose_harmony(Chroma(zeros, 0.4, 0.0, zeros), (), score, beats, key="A minor")
    >>> found.key.name, found.key.confidence
    ('A minor', 1.0)
    """
    chroma = source if isinstance(source, Chroma) else find_chroma(source)
    given = parse_key(key) if isinstance(key, str) else key
    heard = _given_key(given) if given else _find_key(chroma, score, has_notes=bool(notes))
    if not chords:
        return Harmony(heard, ())
    of_sound = chords_from_chroma(chroma, beats=beats, key=heard)
    of_notes = chords_of_notes(score, key=given) if notes else ()
    sure_sound, sure_notes = _mean_confidence(of_sound), _mean_confidence(of_notes)
    if not of_sound and not of_notes:
        return Harmony(heard, ())
    is_sound = sure_sound >= sure_notes
    told = (sure_sound, sure_notes) if is_sound else (sure_notes, sure_sound)
    names = (("the sound", "声音"), ("the notes", "音符"))
    (one, one_zh), (other, other_zh) = names if is_sound else names[::-1]
    remark = (
        f"chords are those of {one} ({told[0]:.0%} sure; from {other}: {told[1]:.0%})",
        f"和弦取自{one_zh}(把握 {told[0]:.0%};取自{other_zh}为 {told[1]:.0%})",
    )
    taken = of_sound if is_sound else of_notes
    return Harmony(heard, taken, (remark,) if notes else (), "sound" if is_sound else "notes")


def _given_key(key: Key) -> HeardKey:
    """Return a key that the caller knows."""
    found = heard_key(key.tonic_pc + (12 if key.is_minor else 0), 1.0)
    return replace(found, name=key.name())


def _find_key(chroma: Chroma, score: Score, *, has_notes: bool) -> HeardKey:
    """Return the key that sound and notes together make most probable."""
    p_key = key_probabilities(chroma)
    estimate = estimate_key(score) if has_notes else None
    if estimate is not None:
        share, slope = harmony_weights()["key_notes"]
        logits = share * np.log(p_key + 1e-6) + slope * np.array(estimate.scores)
        p_key = np.exp(logits - logits.max())
        p_key /= p_key.sum()
    best = int(p_key.argmax())
    if not chroma.values.any() and estimate is None:
        return heard_key(0, 0.0)
    return heard_key(best, round(float(p_key[best]), 4))


def chords_of_notes(score: Score, *, key: Key | None = None) -> tuple[HeardChord, ...]:
    """Return the chords of transcribed notes, in seconds.

    Parameters
    ----------
    score : Score
        Chord symbols in it are not looked at.
    key : Key or None
        None finds the keys from the notes.

    Returns
    -------
    tuple of HeardChord
        Their confidence is lower than that of written notes, as transcription errs.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("E4+G4:4 | F4+A4:4", "C3:4 | F3+C4:4", qpm=60)
    >>> [(one.start_s, one.symbol) for one in chords_of_notes(score)]
    [(0.0, 'C'), (4.0, 'F')]
    """
    found = estimate_chords(score, key=key, use_symbols=False)
    return tuple(
        HeardChord(
            score.time.tick_to_s(one.start_tick),
            score.time.tick_to_s(one.end_tick),
            one.chord.symbol if one.chord.root else _NONE,
            round(_calibrate(one), 4),
        )
        for one in found
    )


def _note_row(confidence: float) -> NDArray[np.float64]:
    """Return what the confidence of a chord read off transcribed notes is computed from."""
    p = min(max(confidence, 0.02), 0.99)
    return np.array([1.0, np.log(p / (1.0 - p))])


def _calibrate(estimate: ChordEstimate) -> float:
    """Return the probability that root and triad are right, for notes that were transcribed."""
    if not estimate.chord.root:
        return estimate.confidence
    z = float(harmony_weights()["sure_notes"] @ _note_row(estimate.confidence))
    return float(1.0 / (1.0 + np.exp(-z)))


def _mean_confidence(chords: Sequence[HeardChord]) -> float:
    """Return the mean confidence, each chord weighed by how long it lasts; silences do not count."""
    spans = [(one.end_s - one.start_s, one.confidence) for one in chords if one.symbol != _NONE]
    total = sum(length for length, _ in spans)
    return sum(length * sure for length, sure in spans) / total if total > 0 else 0.0
