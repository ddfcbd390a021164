"""The key of a recording from its chroma, with how sure it is.

Conventions: 24 keys, C major to B major, then C minor to B minor. A confidence is the probability that
tonic and mode are right, fitted on rendered pieces of the valid split.

How: a small network looks from each tonic at the mean chroma of the recording and at how it begins and
ends; how well the chords go with each key counts beside it. The numbers
lie in ``data/harmony.npz`` with those of the chords (see `motet.audio.chord_decode`).
`match_key_profile` is the plain way that it is measured against.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.chord_cells import lay_cells
from motet.audio.chord_decode import emission, harmony_weights, key_prior
from motet.audio.chroma import Chroma
from motet.audio.heard import HeardKey
from motet.theory.scale import key_from_signature, parse_key

__all__ = [
    "describe_key",
    "from_chords",
    "from_profile",
    "heard_key",
    "key_from_chroma",
    "key_probabilities",
    "match_key_profile",
    "signature_of",
]

Float64 = NDArray[np.float64]

_ENDS_S: Final = 6.0
_MAJOR: Final = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR: Final = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)


def key_from_chroma(chroma: Chroma) -> HeardKey:
    """Return the most likely key of a recording.

    Parameters
    ----------
    chroma : Chroma

    Returns
    -------
    HeardKey
        C major with confidence 0 where nothing sounds.

    Source
    ------
    See the module. Measured: ``docs/audio.md``.

    Examples
    --------
    >>> values = np.zeros((64, 12), np.float32)
    >>> values[:, [2, 6, 9]], values[:, [4, 7, 11, 1]] = 1.0, 0.4
    >>> key_from_chroma(Chroma(values, 0.0625, 0.0, values)).name
    'D major'
    """
    if not chroma.values.any():
        return heard_key(0, 0.0)
    p_key = key_probabilities(chroma)
    best = int(p_key.argmax())
    return heard_key(best, round(float(p_key[best]), 4))


def heard_key(index: int, confidence: float) -> HeardKey:
    """Return one of the 24 keys, spelled with the fewer accidentals.

    Parameters
    ----------
    index : int, 0 to 23
    confidence : float, 0 to 1

    Returns
    -------
    HeardKey

    Examples
    --------
    >>> heard_key(15, 0.5)
    HeardKey(tonic=3, mode='minor', name='Eb minor', confidence=0.5)
    """
    tonic, is_minor = index % 12, index >= 12
    fifths = (7 * (tonic + (3 if is_minor else 0)) + 6) % 12 - 6
    key = key_from_signature(fifths, "minor" if is_minor else "major")
    return HeardKey(tonic, "minor" if is_minor else "major", key.name(), confidence)


def signature_of(key: HeardKey) -> int:
    """Return the key signature of a key, -7 (flats) to 7 (sharps).

    Parameters
    ----------
    key : HeardKey

    Returns
    -------
    int

    Examples
    --------
    >>> signature_of(heard_key(9, 1.0))
    3
    """
    return parse_key(key.name).fifths


def key_probabilities(chroma: Chroma) -> Float64:
    """Return how probable each key is.

    Parameters
    ----------
    chroma : Chroma

    Returns
    -------
    float64, shape (24,)
        Sum 1; all alike where nothing sounds.

    Examples
    --------
    >>> zeros = np.zeros((4, 12), np.float32)
    >>> bool(np.allclose(key_probabilities(Chroma(zeros, 0.05, 0.0, zeros)), 1 / 24))
    True
    """
    if not chroma.values.any():
        return np.full(24, 1.0 / 24.0)
    share, chord_share = harmony_weights()["key_sure"]
    logits = share * from_profile(chroma) + chord_share * from_chords(chroma)
    p_key = np.exp(logits - logits.max())
    return np.asarray(p_key / p_key.sum(), dtype=np.float64)


def from_profile(chroma: Chroma) -> Float64:
    """Return what the mean chroma says for each key.

    Parameters
    ----------
    chroma : Chroma
        With some sound.

    Returns
    -------
    float64, shape (24,)
        Logarithms, the best 0.

    Examples
    --------
    >>> ones = np.ones((20, 12), np.float32)
    >>> from_profile(Chroma(ones, 0.05, 0.0, ones)).shape
    (24,)
    """
    weights = harmony_weights()
    hidden = np.maximum(describe_key(chroma) @ weights["key_w1"] + weights["key_b1"], 0.0)
    logits = (hidden @ weights["key_w2"] + weights["key_b2"]).T.reshape(-1)
    return np.asarray(logits - logits.max(), dtype=np.float64)


def from_chords(chroma: Chroma) -> Float64:
    """Return how well the chords that may sound go with each key.

    Parameters
    ----------
    chroma : Chroma
        With some sound.

    Returns
    -------
    float64, shape (24,)
        Mean logarithm a cell, the best 0.

    Examples
    --------
    >>> values = np.zeros((64, 12), np.float32)
    >>> values[:, [7, 11, 2, 5]] = 1.0  # G7
    >>> int(from_chords(Chroma(values, 0.0625, 0.0, values)).argmax()) % 12
    0
    """
    cells = lay_cells(chroma, None)
    scores = emission(cells)[~cells.is_silent, :-1]
    p_state = np.exp(scores - scores.max(axis=1, keepdims=True))
    p_state /= p_state.sum(axis=1, keepdims=True)
    prior = np.exp([key_prior(one)[:-1] for one in np.eye(24)])  # (24, s)
    usual = prior.mean(axis=0)
    found = np.log(p_state @ (prior / usual).T + 1e-6).mean(axis=0)
    return np.asarray(found - found.max(), dtype=np.float64)


def describe_key(chroma: Chroma) -> Float64:
    """Return what the key model is told, seen from each tonic.

    Parameters
    ----------
    chroma : Chroma
        With some sound.

    Returns
    -------
    float64, shape (12, 72)
        Treble and bass of the whole, of the first and of the last six seconds of sound, from the tonic
        up, each relative to its strongest.

    Examples
    --------
    >>> ones = np.ones((4, 12), np.float32)
    >>> describe_key(Chroma(ones, 0.05, 0.0, ones)).shape
    (12, 72)
    """
    loud = np.flatnonzero(chroma.values.any(axis=1))
    n = max(1, round(_ENDS_S / chroma.frame_s))
    begin, end = int(loud[0]), int(loud[-1]) + 1
    rows = []
    for stretch in (slice(begin, end), slice(begin, begin + n), slice(max(begin, end - n), end)):
        for one in (chroma.values, chroma.bass):
            mean = one[stretch].mean(axis=0, dtype=np.float64)
            rows.append(mean / max(float(mean.max()), 1e-9))
    table = np.array(rows)  # (6, 12)
    return np.array([np.roll(table, -tonic, axis=1).reshape(-1) for tonic in range(12)])


def match_key_profile(chroma: Chroma) -> HeardKey:
    """Return the key whose profile goes best with the mean chroma: the baseline, for measuring.

    Parameters
    ----------
    chroma : Chroma

    Returns
    -------
    HeardKey
        Its confidence is the correlation.

    Source
    ------
    Profiles of Krumhansl and Kessler, in Krumhansl, Cognitive Foundations of Musical Pitch (1990),
    chapter 2.

    Examples
    --------
    >>> values = np.zeros((64, 12), np.float32)
    >>> values[:, [9, 0, 4]], values[:, [11, 2, 5, 7]] = 1.0, 0.4
    >>> match_key_profile(Chroma(values, 0.0625, 0.0, values)).name
    'A minor'
    """
    mean = chroma.values.mean(axis=0, dtype=np.float64) if len(chroma.values) else np.zeros(12)
    if not mean.any():
        return heard_key(0, 0.0)
    fits = [
        float(np.corrcoef(np.roll(profile, tonic), mean)[0, 1])
        for profile in (_MAJOR, _MINOR)
        for tonic in range(12)
    ]
    best = int(np.nanargmax(fits)) if not np.isnan(fits).all() else 0
    return heard_key(best, round(max(0.0, fits[best]), 4))
