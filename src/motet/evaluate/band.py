"""Figures of phrases of a band, as they are told of piano-roll GANs, and how well samples cover people.

Conventions: phrases are those of `motet.phrases.band`. A track counts where it is present; a bar is empty
where nothing sounds in it. Steps are sixteenths. What has no value is nan.

Offers `measure_band`, `describe_phrases`, `find_view`, `measure_cover`, `BAND_FIGURES`.

Sources: Dong, Hsiao, Yang and Yang, "MuseGAN: Multi-track Sequential Generative Adversarial Networks for
Symbolic Music Generation and Accompaniment", AAAI 2018 (empty bars, used pitch classes, qualified notes,
drum pattern, tonal distance); Harte, Sandler and Gasser, "Detecting Harmonic Change in Musical Audio",
2006 (tonal space); Kynkäänniemi et al., "Improved Precision and Recall Metric for Assessing Generative
Models", NeurIPS 2019.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.phrases.band import N_BARS, N_SLOTS, TRACKS, metre_steps, unpack_roll
from motet.tokens.harmony import chord_pcs

__all__ = ["BAND_FIGURES", "describe_phrases", "find_view", "measure_band", "measure_cover"]

Floats = npt.NDArray[np.float64]
Phrase = Mapping[str, npt.NDArray[Any]]

BAND_FIGURES: Final = (
    "empty bars", "pitch classes a bar", "notes of 3 steps", "drums on eighths", "tonal distance",
    "chord tones", "bars alike", "onsets a bar",
)  # fmt: skip
"""Names of the figures, shares from 0 to 1 but for pitch classes, tonal distance and onsets."""

_BAR: Final = N_SLOTS // N_BARS
_DRUMS: Final = TRACKS.index("drums")
_PITCHED: Final = tuple(at for at in range(len(TRACKS)) if at != _DRUMS)
_QUALIFIED: Final = 3
_ANGLES: Final = np.array([7 * np.pi / 6, 3 * np.pi / 2, 2 * np.pi / 3])
_RADII: Final = np.array([1.0, 1.0, 0.5])


def measure_band(phrases: Sequence[Phrase]) -> dict[str, float]:
    """Return the mean figures of phrases.

    Parameters
    ----------
    phrases : sequence of mapping
        Of `motet.phrases.band.extract_band`.

    Returns
    -------
    dict of str to float
        An entry for each of `BAND_FIGURES`.

    Examples
    --------
    >>> from motet.phrases.band import BandOptions, extract_band
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> score = make_score("C5:4 D5:4 E5:4 C5:4", "C4+E4:4 D4+G4:4 C4+E4:4 C4+E4:4", chords="C:16")
    >>> found = measure_band(extract_band(score_to_grid(score).grid, BandOptions(least_tracks=2)))
    >>> found["empty bars"], found["pitch classes a bar"], found["notes of 3 steps"]
    (0.0, 1.5, 1.0)
    """
    rows = [_measure_one(one) for one in phrases]
    return {
        name: float(np.nanmean([row[name] for row in rows]))
        if any(not np.isnan(row[name]) for row in rows)
        else float("nan")
        for name in BAND_FIGURES
    }


def _measure_one(phrase: Phrase) -> dict[str, float]:
    """Return the figures of one phrase."""
    steps = metre_steps(int(phrase["metre"]))
    inside = (np.arange(N_SLOTS) % _BAR) < steps
    roll = unpack_roll(np.asarray(phrase["roll"], np.uint8))[:, inside]
    attack = np.asarray(phrase["attack"], np.bool_)[:, inside]
    present = [int(at) for at in np.flatnonzero(phrase["present"])]
    pitched = [at for at in present if at != _DRUMS]
    bars = roll.reshape(len(TRACKS), N_BARS, steps, -1)
    sounds = np.asarray(bars.any(axis=(2, 3)))
    pcs = np.asarray(bars.reshape(len(TRACKS), N_BARS, steps, 4, 12).any(axis=(2, 3)))
    used = [float(pcs[at, bar].sum()) for at in pitched for bar in range(N_BARS) if sounds[at, bar]]
    hits = np.flatnonzero(attack[_DRUMS])
    begun = attack.reshape(len(TRACKS), N_BARS, steps)
    alike = [
        _jaccard(begun[at, one], begun[at, two])
        for at in present
        for one, two in combinations(range(N_BARS), 2)
    ]
    return {
        "empty bars": _mean(
            [float(not sounds[at, bar]) for at in present for bar in range(N_BARS)]
        ),
        "pitch classes a bar": _mean(used),
        "notes of 3 steps": _mean([one for at in pitched for one in _long(roll[at], attack[at])]),
        "drums on eighths": float((hits % steps % 2 == 0).mean()) if len(hits) else float("nan"),
        "tonal distance": _mean(_distances(pcs, sounds, pitched)),
        "chord tones": _mean(_chord_tones(phrase, roll, attack, pitched, steps)),
        "bars alike": _mean(alike),
        "onsets a bar": _mean([float(attack[at].sum()) / N_BARS for at in present]),
    }


def _mean(values: Sequence[float]) -> float:
    """Return the mean, nan of nothing."""
    return float(np.mean(values)) if len(values) else float("nan")


def _jaccard(one: npt.NDArray[np.bool_], two: npt.NDArray[np.bool_]) -> float:
    """Return what two sets share; 1 where both are empty."""
    either = int((one | two).sum())
    return 1.0 if not either else float((one & two).sum()) / either


def _long(roll: npt.NDArray[np.bool_], attack: npt.NDArray[np.bool_]) -> list[float]:
    """Return for each attack whether it holds three steps."""
    starts = np.flatnonzero(attack)
    ends = np.append(starts, len(attack))[1:]
    sound = np.asarray(roll.any(axis=1))
    rows = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        silent = np.flatnonzero(~sound[start:end])
        length = int(silent[0]) if len(silent) else end - start
        rows.append(float(length >= _QUALIFIED))
    return rows


def _distances(
    pcs: npt.NDArray[np.bool_], sounds: npt.NDArray[np.bool_], pitched: Sequence[int]
) -> list[float]:
    """Return the distance in tonal space of each two tracks that sound in a bar."""
    turn = np.arange(12)[:, None] * _ANGLES
    basis = np.concatenate([_RADII * np.sin(turn), _RADII * np.cos(turn)], axis=1)
    share = pcs / np.maximum(pcs.sum(axis=-1, keepdims=True), 1)
    centre = share @ basis
    return [
        float(np.linalg.norm(centre[one, bar] - centre[two, bar]))
        for one, two in combinations(pitched, 2)
        for bar in range(N_BARS)
        if sounds[one, bar] and sounds[two, bar]
    ]


def _chord_tones(
    phrase: Phrase,
    roll: npt.NDArray[np.bool_],
    attack: npt.NDArray[np.bool_],
    pitched: Sequence[int],
    steps: int,
) -> list[float]:
    """Return for each note that begins under a chord whether it is a tone of it."""
    rows = []
    for at in pitched:
        for step in np.flatnonzero(attack[at]).tolist():
            bar, inner = divmod(step, steps)
            tones = chord_pcs(int(phrase["chord"][bar * 4 + inner // 4]))
            if tones:
                rows += [float(int(p) % 12 in tones) for p in np.flatnonzero(roll[at, step])]
    return rows


def describe_phrases(phrases: Sequence[Phrase]) -> Floats:
    """Return each phrase as numbers: rhythm, tones, heights, returns.

    Parameters
    ----------
    phrases : sequence of mapping

    Returns
    -------
    float64, shape (n, f)
        By track: onsets at each slot of a bar, pitch classes, mean height, notes an onset, likeness of
        the bars; of the drums each kind at each slot.

    Examples
    --------
    >>> describe_phrases([]).shape
    (0, 0)
    """
    rows = []
    for phrase in phrases:
        roll = unpack_roll(np.asarray(phrase["roll"], np.uint8)).astype(np.float64)
        attack = np.asarray(phrase["attack"], np.float64)
        begun = roll * attack[..., None]
        bars = attack.reshape(len(TRACKS), N_BARS, _BAR)
        n = np.maximum(begun.sum(axis=(1, 2)), 1)
        tones = begun[list(_PITCHED)].reshape(len(_PITCHED), N_SLOTS, 4, 12).sum(axis=(1, 2))
        height = (begun.sum(axis=1) @ np.arange(roll.shape[-1])) / n / 24
        voices = n / np.maximum(attack.sum(axis=1), 1) / 2
        alike = [
            np.minimum(bars[:, one], bars[:, two]).sum(axis=1)
            / np.maximum(np.maximum(bars[:, one], bars[:, two]).sum(axis=1), 1)
            for one, two in combinations(range(N_BARS), 2)
        ]
        kit = begun[_DRUMS, :, :12].reshape(N_BARS, _BAR, 12).mean(axis=0)
        rows.append(
            np.concatenate(
                [bars.mean(axis=1).ravel(), (tones / n[list(_PITCHED), None]).ravel() * 2, height,
                 voices, np.ravel(alike) / 2, kit.ravel()]
            )
        )  # fmt: skip
    return np.array(rows) if rows else np.zeros((0, 0))


def find_view(points: Floats, *, n: int = 12) -> tuple[Floats, Floats]:
    """Return the middle of points and the directions in which they differ most, to unit spread.

    Parameters
    ----------
    points : float64, shape (m, f)
        Of `describe_phrases`.
    n : int, >= 1
        Directions; as many as there are, if fewer.

    Returns
    -------
    tuple of float64, shapes (f,) and (f, n)
        ``(other - middle) @ directions`` is what `measure_cover` compares.

    Examples
    --------
    >>> cloud = np.random.default_rng(0).normal(size=(50, 8))
    >>> middle, directions = find_view(cloud, n=3)
    >>> ((cloud - middle) @ directions).std(axis=0).round(1).tolist()
    [1.0, 1.0, 1.0]
    """
    middle = points.mean(axis=0)
    scale = points.std(axis=0) + 0.05
    _, sizes, axes = np.linalg.svd((points - middle) / scale, full_matrices=False)
    spread = np.maximum(sizes[:n] / np.sqrt(len(points)), 1e-9)
    directions: Floats = axes[:n].T / spread / scale[:, None]
    return middle, directions


def measure_cover(found: Floats, people: Floats, *, k: int = 3) -> dict[str, float]:
    """Return how real samples are and how much of what people do they cover.

    Parameters
    ----------
    found, people : float64, shapes (n, f) and (m, f)
        Of `describe_phrases`, best through `find_view`.
    k : int, >= 1
        A sample is real if it lies within the distance of some person's phrase to its k-th neighbour.

    Returns
    -------
    dict of str to float
        ``"precision"``, ``"recall"`` and ``"nearest"`` (mean distance to the nearest of people).

    Raises
    ------
    ParameterError
        There are not more than k of either.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> cloud = rng.normal(size=(40, 3))
    >>> measure_cover(cloud + 0.01, cloud)["precision"] > 0.9, measure_cover(cloud + 9, cloud)["recall"]
    (True, 0.0)
    """
    if min(len(found), len(people)) <= k:
        raise ParameterError(
            f"there must be more than {k} phrases of each, got {len(found)} and {len(people)}",
            zh=f"两边都须多于 {k} 个乐句,收到 {len(found)} 与 {len(people)}",
        )
    between = np.linalg.norm(found[:, None] - people[None], axis=2)
    return {
        "precision": float((between <= _reach(people, k)[None]).any(axis=1).mean()),
        "recall": float((between <= _reach(found, k)[:, None]).any(axis=0).mean()),
        "nearest": float(between.min(axis=1).mean()),
    }


def _reach(points: Floats, k: int) -> Floats:
    """Return the distance of each point to its k-th neighbour."""
    own = np.linalg.norm(points[:, None] - points[None], axis=2)
    ordered: Floats = np.sort(own, axis=1)[:, k]
    return ordered
