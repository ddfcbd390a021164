"""Five things a person can turn up or down in a phrase: density, syncopation, range, brightness, tension.

Conventions: a value is a number of standard deviations from the mean of phrases that people wrote
(`MEANS`, `SPREADS`, measured on the training split), so that +1 means the same on every slider. Where a
phrase has a melody the last four are the melody's. Of drums, range is how many kinds are struck,
brightness the share of hats and cymbals, tension the share of toms and crashes. nan never occurs:
a phrase without notes has the mean.

Offers `SLIDERS`, `measure_sliders`.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.phrases.step_codec import BAR_STEPS, DRUM_KINDS, HOLD, VOICES

__all__ = ["MEANS", "SLIDERS", "SPREADS", "measure_sliders"]

SLIDERS: Final = ("density", "syncopation", "range", "brightness", "tension")

MEANS: Final = {
    "melody": (1.33, 0.10, 7.7, 69.5, 0.52),
    "drums": (2.5, 0.08, 3.6, 0.51, 0.09),
    "trio": (1.66, 0.50, 9.2, 71.0, 0.44),
}
"""Mean of each slider before it is scaled: onsets a quarter, weight a quarter, semitones, MIDI pitch,
weight."""
SPREADS: Final = {
    "melody": (0.76, 0.24, 4.4, 7.4, 0.40),
    "drums": (0.86, 0.25, 1.2, 0.20, 0.18),
    "trio": (0.46, 0.45, 3.0, 6.6, 0.27),
}
"""Standard deviation of each."""

_STABLE: Final = np.array((0, 2.5, 1, 2.5, 0, 1, 2.5, 0, 2.5, 0, 2.5, 1))
"""Weight of each pitch class of normalised music: tonic chord of C and A minor 0, scale 1, others 2.5."""
_BRIGHT: Final = (2, 3, 7, 8)
_TENSE: Final = (4, 5, 6, 7)

Floats = npt.NDArray[np.float64]


def measure_sliders(
    tokens: npt.NDArray[Any], n_steps: npt.NDArray[Any], content: str
) -> npt.NDArray[np.float32]:
    """Return the five figures of each phrase.

    Parameters
    ----------
    tokens : integers, shape (b, bars, 16, voices)
    n_steps : integers, shape (b,)
    content : str
        A key of `motet.phrases.step_codec.VOICES`.

    Returns
    -------
    float32, shape (b, 5)
        In the order of `SLIDERS`, in standard deviations.

    Examples
    --------
    >>> quarters = np.array([14, 1, 1, 1] * 4).reshape(1, 1, 16, 1)
    >>> eighths = np.array([14, 1] * 8).reshape(1, 1, 16, 1)
    >>> sparse, dense = (measure_sliders(t, np.array([16]), "melody")[0, 0] for t in (quarters, eighths))
    >>> bool(dense > sparse)
    True
    """
    said: npt.NDArray[np.int64] = np.asarray(tokens).astype(np.int64)
    b, bars = said.shape[:2]
    real = np.arange(BAR_STEPS)[None, None] < np.asarray(n_steps)[:, None, None]
    real = np.broadcast_to(real, (b, bars, BAR_STEPS))
    voices = VOICES[content]
    n_quarters = real.sum((1, 2)) / 4
    struck = [
        (said[..., k] > (0 if voice.is_drums else HOLD)) & real for k, voice in enumerate(voices)
    ]
    density = np.mean([one.sum((1, 2)) / n_quarters for one in struck], axis=0)
    syncopation = _syncopation(struck[0], np.asarray(n_steps, np.int64)) / n_quarters
    if voices[0].is_drums:
        rest = _drum_figures(said[..., 0] * real)
    else:
        rest = _line_figures(said[..., 0], struck[0], real, voices[0].low, MEANS[content])
    raw = np.stack((density, syncopation, *rest), axis=1)
    scaled = (raw - np.array(MEANS[content])) / np.array(SPREADS[content])
    found: npt.NDArray[np.float32] = np.clip(scaled, -6, 6).astype(np.float32)
    return found


def _levels(n_steps: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return how weak each step of a bar is, shape (b, 16): 0 the downbeat, 4 a sixteenth."""
    step = np.arange(BAR_STEPS)
    level = np.where(step % 4 == 0, 2, np.where(step % 2 == 0, 3, 4))
    level[0] = 0
    rows = np.tile(level, (len(n_steps), 1))
    rows[n_steps == BAR_STEPS, BAR_STEPS // 2] = 1
    return rows


def _syncopation(struck: npt.NDArray[np.bool_], n_steps: npt.NDArray[np.int64]) -> Floats:
    """Return how many levels weaker onsets are than the strongest step that they sound across."""
    b, bars, _ = struck.shape
    level = np.repeat(_levels(n_steps)[:, None], bars, axis=1).reshape(b, -1)
    real = np.tile(np.arange(BAR_STEPS)[None] < n_steps[:, None], (1, bars))
    level = np.where(real, level, 9)
    flat = struck.reshape(b, -1)
    size = flat.shape[1]
    where = np.where(flat, np.arange(size), size)
    following = np.minimum.accumulate(where[:, ::-1], axis=1)[:, ::-1]
    after = np.concatenate((following[:, 1:], np.full((b, 1), size)), axis=1)
    strongest = np.full(flat.shape, 9)
    for weak in range(4, -1, -1):
        count = np.concatenate((np.zeros((b, 1), int), np.cumsum(level <= weak, axis=1)), axis=1)
        between = np.take_along_axis(count, after, 1) - count[:, 1:]
        strongest = np.where(between > 0, weak, strongest)
    lag = np.where(flat, np.maximum(level - strongest, 0), 0)
    total: Floats = lag.sum(1).astype(np.float64)
    return total


def _line_figures(
    tokens: npt.NDArray[np.int64],
    struck: npt.NDArray[np.bool_],
    real: npt.NDArray[np.bool_],
    low: int,
    means: tuple[float, ...],
) -> tuple[Floats, Floats, Floats]:
    """Return range, mean pitch and tension of lines."""
    b = len(tokens)
    flat, begins = tokens.reshape(b, -1), struck.reshape(b, -1)
    pitch = flat - 2 + low
    event = np.where((flat != HOLD) & real.reshape(b, -1), np.arange(flat.shape[1]), -1)
    last = np.maximum.accumulate(event, axis=1)
    held = np.take_along_axis(pitch, np.maximum(last, 0), 1)
    sounds = np.take_along_axis(begins, np.maximum(last, 0), 1) & (last >= 0) & real.reshape(b, -1)
    n = sounds.sum(1)
    some = np.maximum(n, 1)
    top = np.where(begins, pitch, -1).max(1)
    bottom = np.where(begins, pitch, 999).min(1)
    weight = _STABLE[held % 12]
    return (
        np.where(n > 0, top - bottom, means[2]).astype(np.float64),
        np.where(n > 0, (held * sounds).sum(1) / some, means[3]),
        np.where(n > 0, (weight * sounds).sum(1) / some, means[4]),
    )


def _drum_figures(tokens: npt.NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
    """Return kinds struck, share of hats and cymbals, share of toms and crashes."""
    bits = (tokens.reshape(len(tokens), -1)[..., None] >> np.arange(len(DRUM_KINDS))) & 1
    count = bits.sum(1)
    total = np.maximum(count.sum(1), 1)
    return (
        (count > 0).sum(1).astype(np.float64),
        count[:, _BRIGHT].sum(1) / total,
        count[:, _TENSE].sum(1) / total,
    )
