"""The key that a score is normalised by: its signature becomes that of C major and A minor.

Conventions: the signature that holds longest decides, the first of equals; a score without one is
estimated. A mode that is not written is major or minor, whichever profile fits the notes better, with a bonus
where the last bass note is its tonic: right for 98 of 106 Polish pieces, 83 of 92 Chopin pieces.
Drums alone have no key, whatever is written.

Sources: profiles of `motet.analysis.key`.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.score import KeySignature, Score
from motet.theory import Key, key_from_signature
from motet.tokens.layout import MODE_TONICS, NO_KEY
from motet.tokens.vocab import MODES

__all__ = ["KeyChoice", "choose_key", "key_shift"]

KeyChoice = Key | Literal["estimate", "none"] | None
"""A key, ``"estimate"`` (whatever is written), ``"none"``, or None: as written, else estimated."""

_LAST_BONUS = 0.2  # tuned on 240 Polish, Chopin and OpenEWLD pieces
_SIGNATURE_MODES = {"ionian": "major", "aeolian": "minor"} | {name: name for name in MODES}


def key_shift(key: Key) -> tuple[int, int]:
    """Return the KEY value of a key's normalised music, and the shift that normalises.

    Parameters
    ----------
    key : Key
        A mode outside `motet.tokens.vocab.MODES` counts as minor or major by its third.

    Returns
    -------
    tuple of int
        KEY value, and semitones -5 to 6.

    Examples
    --------
    >>> key_shift(Key("Eb", "major")), key_shift(Key("F#", "minor")), key_shift(Key("G", "dorian"))
    ((0, -3), (64, 3), (16, -5))
    """
    name = _SIGNATURE_MODES.get(key.mode, "minor" if key.is_minor else "major")
    mode = MODES.index(name)
    tonic = MODE_TONICS[mode]
    shift = (tonic - key.tonic_pc) % 12
    return tonic * 7 + mode, shift - 12 if shift > 6 else shift


def choose_key(
    score: Score,
    weights: npt.NDArray[np.float64],
    *,
    last_bass: int = -1,
    key: KeyChoice = None,
) -> tuple[int, int]:
    """Return the KEY value and the shift for a score.

    Parameters
    ----------
    score : Score
    weights : float64, shape (12,)
        How long each sounding pitch class lasts, drums apart.
    last_bass : int, -1 to 127
        Lowest of the pitches that end last; -1 when not known.
    key : KeyChoice
        What to go by.

    Returns
    -------
    tuple of int
        KEY value (84 when nothing pitched sounds, or ``"none"`` is asked), and semitones -5 to 6.

    Raises
    ------
    ParameterError
        `key` is none of these.

    Examples
    --------
    >>> from motet.score import make_score
    >>> choose_key(make_score("D4:4", fifths=2), np.ones(12))
    (0, -2)
    """
    if isinstance(key, Key):
        return key_shift(key)
    if key not in (None, "estimate", "none"):
        raise ParameterError(
            f"key must be a Key, 'estimate', 'none' or None, got {key!r}",
            zh=f"key 必须是 Key、'estimate'、'none' 或 None,收到 {key!r}",
        )
    if key == "none" or not (weights.any() or score.chords):
        return NO_KEY, 0
    signature = _longest(score) if key is None else None
    if signature is not None:
        mode = _SIGNATURE_MODES.get(signature.mode)
        if mode is None:
            mode = _guess_mode(weights, signature.fifths, last_bass)
        return key_shift(key_from_signature(signature.fifths, mode))
    from motet.analysis import estimate_key

    found = estimate_key(score)
    return (NO_KEY, 0) if found is None else key_shift(found.key)


def _longest(score: Score) -> KeySignature | None:
    """Return the key signature that holds longest."""
    best: KeySignature | None = None
    held: dict[tuple[int, str], int] = {}
    for k, one in enumerate(score.keys):
        end = score.keys[k + 1].tick if k + 1 < len(score.keys) else max(score.end_tick, one.tick)
        name = (one.fifths, one.mode)
        held[name] = held.get(name, 0) + end - one.tick
    for one in score.keys:
        if best is None or held[one.fifths, one.mode] > held[best.fifths, best.mode]:
            best = one
    return best


def _guess_mode(weights: npt.NDArray[np.float64], fifths: int, last_bass: int) -> str:
    """Return major or minor, whichever fits pitch classes under a signature better."""
    from motet.analysis.key import MAJOR_PROFILE, MINOR_PROFILE

    home = np.roll(weights, -(7 * fifths) % 12)
    margin = 0.0
    if home.std() > 0:
        profiles = (MAJOR_PROFILE, np.roll(MINOR_PROFILE, 9))
        major, minor = (float(np.corrcoef(home, one)[0, 1]) for one in profiles)
        margin = major - minor
    if last_bass >= 0:
        margin += {0: _LAST_BONUS, 9: -_LAST_BONUS}.get((last_bass - 7 * fifths) % 12, 0.0)
    return "minor" if margin < 0 else "major"
