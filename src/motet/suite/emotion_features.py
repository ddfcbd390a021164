"""What a classifier of emotion hears in a score: numbers of pitch, time and harmony.

Conventions: drums count only where rhythm is meant. What is undefined is nan; a classifier puts the mean
in its place. Loudness is left out: in the labelled files it tells who typed them; so are repetition and
likeness of bars, which grow with the length of a piece. Nothing here weighs or
signs a feature: that is learnt from labels, apart from `motet.analysis.emotion`, which has weights of its
own and sees no label.

Source: the groups of features (tempo, articulation, register, harmony, rhythm) are those of
Gabrielsson and Lindström (2010); the key profiles those of `motet.analysis.key`.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.analysis.features import find_features
from motet.analysis.key import MAJOR_PROFILE, MINOR_PROFILE
from motet.evaluate import measure_score
from motet.score import Score, note_table

__all__ = ["EMOTION_FEATURES", "find_emotion_features"]

FloatArray = npt.NDArray[np.float64]
_MEASURES: Final = (
    "scale_fit", "chromatic_share", "consonance", "pitch_class_entropy_bits", "onset_entropy_bits",
    "mean_interval_semi", "mean_duration_qn", "note_density",
)  # fmt: skip
_OWN: Final = (
    "log_qpm", "log_notes_s", "log_onsets_s", "log_gap_s", "gap_spread", "log_duration_s", "held_share",
    "short_share", "mean_pitch", "low_pitch", "high_pitch", "pitch_spread", "top_pitch", "bass_pitch",
    "polyphony", "syncopation", "major_fit", "minor_fit", "mode_gap",
    "minor_third_share", "bass_minor_share", "roughness", "tritone_share", "octave_share",
    "top_up_share", "top_leap_share",
)  # fmt: skip
EMOTION_FEATURES: Final = (*_OWN, *_MEASURES)
"""Names of the features, in order."""


def find_emotion_features(score: Score) -> FloatArray:
    """Return the features of a score.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float64, shape (34,)
        In the order of `EMOTION_FEATURES`; all nan for fewer than four pitched notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C5:.5 E5:.5 G5:.5 E5:.5 " * 4, qpm=120)
    >>> found = dict(zip(EMOTION_FEATURES, find_emotion_features(score).tolist()))
    >>> round(2 ** found["log_onsets_s"], 2), found["mode_gap"] > 0
    (4.0, True)
    """
    table = note_table(score)
    table = table[~table["is_drum"] & (table["duration_tick"] > 0)]
    if len(table) < 4:
        return np.full(len(EMOTION_FEATURES), np.nan)
    measured = measure_score(score)
    own = {**_times(score, table), **_heights(table), **_harmonies(table)}
    cells = find_features(score)
    played = [k for k, part in enumerate(score.parts) if not part.is_drums]
    filled = cells.n_notes[played] > 0
    own["polyphony"] = float(np.sum(cells.polyphony[played]) / max(1, score.n_bars))
    own["syncopation"] = float(cells.syncopation[played][filled].mean())
    return np.array([own[name] for name in _OWN] + [measured[name] for name in _MEASURES])


def _times(score: Score, table: npt.NDArray[Any]) -> dict[str, float]:
    """Return tempo, rates, gaps, and how far notes are held."""
    clock = score.time
    ticks = np.unique(table["onset_tick"])
    onset_s = np.array([clock.tick_to_s(int(tick)) for tick in ticks])
    first, last = (
        int(table["onset_tick"].min()),
        int((table["onset_tick"] + table["duration_tick"]).max()),
    )
    span_s = max(0.1, clock.tick_to_s(last) - clock.tick_to_s(first))
    quarter_s = span_s / ((last - first) / score.resolution)
    gaps = np.diff(onset_s)
    gaps = gaps[gaps > 0.03] if (gaps > 0.03).any() else np.array([span_s])
    duration_s = table["duration_qn"] * quarter_s
    held = _held(table)
    return {
        "log_qpm": float(np.log2(60.0 / quarter_s)),
        "log_notes_s": float(np.log2(len(table) / span_s)),
        "log_onsets_s": float(np.log2(len(onset_s) / span_s)),
        "log_gap_s": float(np.log2(np.median(gaps))),
        "gap_spread": float(np.std(np.log2(gaps))),
        "log_duration_s": float(np.mean(np.log2(np.maximum(duration_s, 0.02)))),
        "held_share": float(np.minimum(held, 1.5).mean()),
        "short_share": float(np.mean(held < 0.7)),
    }


def _held(table: npt.NDArray[Any]) -> FloatArray:
    """Return the share of the time to the next onset of its part that each onset's notes last."""
    found: list[FloatArray] = []
    for part in np.unique(table["part"]):
        rows = table[table["part"] == part]
        ticks, where = np.unique(rows["onset_tick"], return_inverse=True)
        longest = np.zeros(len(ticks))
        np.maximum.at(longest, where, rows["duration_tick"].astype(np.float64))
        if len(ticks) > 1:
            found.append(longest[:-1] / np.diff(ticks))
    return np.concatenate(found) if found else np.ones(1)


def _top_line(table: npt.NDArray[Any]) -> FloatArray:
    """Return the highest pitch of every moment at which something begins."""
    ticks, where = np.unique(table["onset_tick"], return_inverse=True)
    top = np.zeros(len(ticks))
    np.maximum.at(top, where, table["pitch"].astype(np.float64))
    return top


def _heights(table: npt.NDArray[Any]) -> dict[str, float]:
    """Return where the notes lie and how the top line moves."""
    pitch = table["pitch"].astype(np.float64)
    top = _top_line(table)
    ticks, where = np.unique(table["onset_tick"], return_inverse=True)
    bass = np.full(len(ticks), 127.0)
    np.minimum.at(bass, where, pitch)
    moves = np.diff(top)
    moves = moves[moves != 0] if (moves != 0).any() else np.ones(1)
    return {
        "mean_pitch": float(np.average(pitch, weights=np.minimum(table["duration_qn"], 4.0))),
        "low_pitch": float(np.quantile(pitch, 0.1)),
        "high_pitch": float(np.quantile(pitch, 0.9)),
        "pitch_spread": float(pitch.std()),
        "top_pitch": float(top.mean()),
        "bass_pitch": float(bass.mean()),
        "top_up_share": float(np.mean(moves > 0)),
        "top_leap_share": float(np.mean(np.abs(moves) > 4)),
    }


def _harmonies(table: npt.NDArray[Any]) -> dict[str, float]:
    """Return how the pitches fit keys, what thirds stand on the bass, and how rough intervals are."""
    weight = np.minimum(table["duration_qn"], 4.0)
    shares = np.bincount(table["pitch"].astype(np.int64) % 12, weights=weight, minlength=12).astype(
        np.float64
    )
    fits = np.array([_fits(shares, profile) for profile in (MAJOR_PROFILE, MINOR_PROFILE)])
    tonic = int(fits.max(axis=0).argmax())
    thirds = shares[(tonic + 3) % 12], shares[(tonic + 4) % 12]
    bass, classes = _sounding(table)
    minor, major = bass[3], bass[4]
    total = max(1e-9, float(classes.sum()))
    return {
        "major_fit": float(fits[0].max()),
        "minor_fit": float(fits[1].max()),
        "mode_gap": float(fits[0].max() - fits[1].max()),
        "minor_third_share": float((thirds[0] + 0.01) / (sum(thirds) + 0.02)),
        "bass_minor_share": float((minor + 0.5) / (minor + major + 1.0)),
        "roughness": float((classes[1] + 0.5 * classes[2]) / total),
        "tritone_share": float(classes[6] / total),
        "octave_share": float(classes[0] / total),
    }


def _fits(shares: FloatArray, profile: tuple[float, ...]) -> FloatArray:
    """Return the correlation of pitch-class shares with a profile on each of the 12 tonics."""
    if np.ptp(shares) == 0:
        return np.zeros(12)
    return np.array([np.corrcoef(shares, np.roll(profile, tonic))[0, 1] for tonic in range(12)])


def _sounding(table: npt.NDArray[Any]) -> tuple[FloatArray, FloatArray]:
    """Return how often each interval stands over the bass, and each interval class sounds, by moments."""
    over_bass, classes = np.zeros(12), np.zeros(7)
    starts = table["onset_tick"].astype(np.int64)
    ends = starts + table["duration_tick"]
    pitch = table["pitch"].astype(np.int64)
    for tick in np.unique(starts):
        held = np.unique(pitch[(starts <= tick) & (ends > tick)])
        if len(held) < 2:
            continue
        over_bass[(held[1:] - held[0]) % 12] += 1.0
        apart = (held[:, None] - held[None, :])[np.tril_indices(len(held), -1)] % 12
        classes += np.bincount(np.minimum(apart, 12 - apart), minlength=7)
    return over_bass, classes
