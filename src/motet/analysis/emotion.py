"""How music is likely to feel: valence (sad to glad) and arousal (calm to excited), from its notes.

Conventions: both are -1 to 1 and stand for the place among pieces of the corpus: -0.5, 0 and 0.5 are its
quartiles. Each is a weighted sum of cues, every cue being 0 where it is usual or unknown (no tempo, no
key). Nothing here was fitted to listeners' ratings: which cues count, their signs and their order of
weight are as the literature reports them, the sizes are our own, the quartiles are those of windows drawn
from the corpus. It tells how the notes are built, not what a listener feels.

Offers `estimate_emotion` for a score; `find_cues` and `weigh_cues` for whoever has notes as arrays.

Source: Hevner, "The Affective Value of Pitch and Tempo in Music", American Journal of Psychology 49
(1937), 621-630; Gabrielsson and Lindström, "The Role of Structure in the Musical Expression of Emotions",
in Juslin and Sloboda (eds), Handbook of Music and Emotion (2010), 367-400; Eerola, Friberg and Bresin,
"Emotional Expression in Music: Contribution, Linearity, and Additivity of Primary Musical Cues",
Frontiers in Psychology 4 (2013), 487: cues add up, mode and tempo count most.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.analysis.key import MAJOR_PROFILE, MINOR_PROFILE, estimate_key
from motet.score import Score, note_table

__all__ = ["MODE_VALENCE", "EmotionEstimate", "estimate_emotion", "find_cues", "weigh_cues"]

MODE_VALENCE: Final = {
    "major": 1.0, "lydian": 0.8, "mixolydian": 0.5, "dorian": -0.3, "minor": -1.0, "phrygian": -1.0,
    "locrian": -1.0,
}  # fmt: skip
"""How bright each mode counts, -1 to 1."""

_USUAL_QPM: Final = 108.0
_USUAL_RATE: Final = 4.5  # moments a second at which something begins
_STEP_QN: Final = 0.5
# Weight of each cue in arousal and in valence.
_WEIGHTS: Final[dict[str, tuple[float, float]]] = {
    "tempo": (0.8, 0.5),
    "rate": (1.0, 0.15),
    "loudness": (0.6, 0.0),
    "detachment": (0.3, 0.25),
    "register": (0.3, 0.15),
    "dissonance": (0.25, -0.4),
    "drums": (0.4, 0.0),
    "mode": (0.0, 1.0),
}
_MIN_NOTES: Final = 4


def _standardise(profile: tuple[float, ...]) -> npt.NDArray[np.float64]:
    """Return the profile on each of the 12 tonics, mean 0 and length 1, shape (12, 12)."""
    row = np.array(profile) - np.mean(profile)
    row /= np.linalg.norm(row)
    return np.stack([np.roll(row, tonic) for tonic in range(12)])


_PROFILES: Final = np.concatenate((_standardise(MAJOR_PROFILE), _standardise(MINOR_PROFILE)))


@dataclass(frozen=True, slots=True, kw_only=True)
class EmotionEstimate:
    """Where music lies between sad and glad, calm and excited.

    Parameters
    ----------
    valence, arousal : float, -1 to 1
        nan where nothing tells (valence of drums alone).
    parts : dict of str to (float, float, float)
        Each cue: its size (0 is usual), what it adds to valence, what it adds to arousal.
    """

    valence: float
    arousal: float
    parts: dict[str, tuple[float, float, float]]

    def to_dict(self) -> dict[str, Any]:
        """Return the estimate for JSON, None for nan."""
        told = asdict(self)
        for name in ("valence", "arousal"):
            told[name] = None if math.isnan(told[name]) else round(told[name], 3)
        told["parts"] = {
            name: dict(zip(("cue", "valence", "arousal"), (round(x, 3) for x in row), strict=True))
            for name, row in self.parts.items()
        }
        return told


def estimate_emotion(score: Score) -> EmotionEstimate | None:
    """Return how a score is likely to feel, and which cues say so.

    Parameters
    ----------
    score : Score
        Its tempo is known where it has tempo marks.

    Returns
    -------
    EmotionEstimate or None
        None for fewer than four notes.

    Source
    ------
    Cues and signs: see above. Weights and quartiles: own.

    Examples
    --------
    >>> from motet.score import make_score
    >>> glad = estimate_emotion(make_score("C5:.5 E5:.5 G5:.5 E5:.5 " * 4, qpm=160))
    >>> sad = estimate_emotion(make_score("A3:2 C4:1 B3:1 A3:2 G#3:2 A3:4", qpm=50))
    >>> glad.valence > 0 > sad.valence, glad.arousal > 0 > sad.arousal
    (True, True)
    """
    table = note_table(score)
    table = table[table["duration_tick"] > 0]
    if len(table) < _MIN_NOTES:
        return None
    found = estimate_key(score)
    qpm = None
    if score.tempos:
        span_s = score.time.tick_to_s(score.end_tick)
        qpm = 60.0 * score.end_tick / score.resolution / span_s if span_s > 0 else None
    cues = find_cues(
        onset_qn=table["onset_qn"],
        duration_qn=table["duration_qn"],
        pitch=table["pitch"],
        velocity=table["velocity"],
        part=table["part"],
        is_drum=table["is_drum"],
        length_qn=score.end_tick / score.resolution,
        qpm=qpm,
        mode_valence=0.0 if found is None else MODE_VALENCE[found.mode],
    )
    return weigh_cues(cues)


def find_cues(
    *,
    onset_qn: npt.NDArray[Any],
    duration_qn: npt.NDArray[Any],
    pitch: npt.NDArray[Any],
    velocity: npt.NDArray[Any],
    part: npt.NDArray[Any],
    is_drum: npt.NDArray[np.bool_],
    length_qn: float,
    qpm: float | None,
    mode_valence: float,
) -> dict[str, float]:
    """Return the cues of some notes, each 0 where it is usual or unknown.

    Parameters
    ----------
    onset_qn, duration_qn : shape (n,), quarter notes, n > 0
        In any order.
    pitch, velocity, part : shape (n,)
    is_drum : bool, shape (n,)
    length_qn : float, quarter notes, > 0
    qpm : float or None, quarter notes a minute
    mode_valence : float, -1 to 1
        Of the key that the music is known to be in (`MODE_VALENCE`), 0 unknown.

    Returns
    -------
    dict of str to float
        Roughly -1 to 1 each. ``mode`` is nan without pitches.

    Examples
    --------
    >>> one = np.zeros(1)
    >>> found = find_cues(onset_qn=one, duration_qn=one + 1, pitch=one + 60, velocity=one + 80,
    ...     part=one, is_drum=one > 0, length_qn=1.0, qpm=None, mode_valence=1.0)
    >>> found["tempo"], found["loudness"]
    (0.0, 0.0)
    """
    onset_qn = np.asarray(onset_qn, np.float64)
    tones = ~is_drum
    beats = (qpm or _USUAL_QPM) / 60.0
    n_moments = len(np.unique(np.rint(onset_qn * 24)))
    cues = {
        "tempo": 0.0 if qpm is None else math.log2(qpm / _USUAL_QPM) * 1.5,
        "rate": math.log2(max(n_moments / length_qn * beats, 0.1) / _USUAL_RATE) * 0.8,
        "loudness": (float(velocity.mean()) - 80.0) / 24.0,
        "drums": float(is_drum.any()),
        "detachment": 0.0, "register": 0.0, "dissonance": 0.0, "mode": math.nan,
    }  # fmt: skip
    if tones.any():
        onset, duration = onset_qn[tones], np.asarray(duration_qn, np.float64)[tones]
        height = pitch[tones].astype(np.int64)
        cues["detachment"] = 3.0 * _detachment(onset, duration, part[tones])
        weight = np.minimum(duration, 4.0)
        cues["register"] = (float((height * weight).sum() / weight.sum()) - 62.0) / 12.0
        shares = _sounding(onset, duration, height % 12, length_qn)
        cues["dissonance"] = _dissonance(shares)
        classes = np.bincount(height % 12, weights=weight, minlength=12).astype(np.float64)
        cues["mode"] = _brightness(classes)
        if mode_valence:
            cues["mode"] = 0.5 * (mode_valence + cues["mode"])
    return cues


def weigh_cues(cues: dict[str, float]) -> EmotionEstimate:
    """Return the estimate that cues add up to.

    Parameters
    ----------
    cues : dict of str to float
        As `find_cues` gives them.

    Returns
    -------
    EmotionEstimate

    Examples
    --------
    >>> usual = dict.fromkeys(_WEIGHTS, 0.0)
    >>> weigh_cues(usual | {"mode": 1.0}).valence > weigh_cues(usual | {"mode": -1.0}).valence
    True
    """
    parts = {
        name: (cues[name], cues[name] * for_valence, cues[name] * for_arousal)
        for name, (for_arousal, for_valence) in _WEIGHTS.items()
    }
    valence = sum(row[1] for row in parts.values())
    arousal = sum(row[2] for row in parts.values() if not math.isnan(row[2]))
    return EmotionEstimate(
        valence=_place(valence, _VALENCE_QUARTILES),
        arousal=_place(arousal, _AROUSAL_QUARTILES),
        parts=parts,
    )


_VALENCE_QUARTILES: Final = (-0.01, 0.71, 1.04)  # of windows drawn from the corpus, 2026-11
_AROUSAL_QUARTILES: Final = (-0.58, 0.13, 0.91)


def _place(total: float, quartiles: tuple[float, float, float]) -> float:
    """Return where a sum lies: -0.5, 0, 0.5 at the quartiles, bounded by -1 and 1."""
    low, middle, high = quartiles
    reach = 2.0 * (total - middle) / (high - middle if total > middle else middle - low)
    # Straight to the quartiles, then bending, so that nothing reaches the ends.
    half = abs(reach) / 4.0
    bent = half if half <= 0.5 else 1.0 - 0.25 / half
    return math.nan if math.isnan(total) else math.copysign(bent, reach)


def _detachment(onset: Any, duration: Any, part: Any) -> float:
    """Return how short notes are against the time to the next of their part: 0 legato, 1 staccato."""
    moments = np.rint(onset * 24).astype(np.int64) + part.astype(np.int64) * 10_000_000
    order = np.argsort(moments)
    moments = moments[order]
    first = np.flatnonzero(np.diff(moments, prepend=-1))
    starts, held = moments[first], np.maximum.reduceat(duration[order], first)
    gap = np.diff(starts) / 24.0
    known = (gap > 0) & (gap <= 4.0)
    if not known.any():
        return 0.0
    return float(1.0 - np.minimum(held[:-1][known] / gap[known], 1.0).mean())


def _sounding(onset: Any, duration: Any, pc: Any, length_qn: float) -> npt.NDArray[np.bool_]:
    """Return which pitch classes sound at even steps, bool, shape (steps, 12)."""
    n_steps = max(1, math.ceil(length_qn / _STEP_QN))
    first = np.clip(np.ceil(onset / _STEP_QN - 1e-6), 0, n_steps).astype(np.int64)
    last = np.clip(np.ceil((onset + duration) / _STEP_QN - 1e-6), 0, n_steps).astype(np.int64)
    change = np.bincount(first * 12 + pc, minlength=(n_steps + 1) * 12)
    change -= np.bincount(last * 12 + pc, minlength=(n_steps + 1) * 12)
    sounds: npt.NDArray[np.bool_] = np.cumsum(change.reshape(-1, 12), axis=0)[:-1] > 0
    return sounds


def _dissonance(sounds: npt.NDArray[np.bool_]) -> float:
    """Return the weight of seconds and tritones among the intervals that sound, 0 where usual."""
    rows = sounds[sounds.sum(axis=1) > 1]
    if not len(rows):
        return 0.0
    classes = [
        int((rows & np.roll(rows, shift, axis=1)).sum()) / (2 if shift == 6 else 1)
        for shift in range(1, 7)
    ]
    rough = classes[0] + 0.4 * classes[1] + 0.6 * classes[5]
    return 6.0 * (rough / max(sum(classes), 1.0) - 0.1)


def _brightness(weights: npt.NDArray[np.float64]) -> float:
    """Return how much better the best major key fits than the best minor one, -1 to 1."""
    centred = weights - weights.mean()
    size = float(np.linalg.norm(centred))
    if size == 0:
        return 0.0
    fit = _PROFILES @ (centred / size)
    return math.tanh(4.0 * float(fit[:12].max() - fit[12:].max()))
