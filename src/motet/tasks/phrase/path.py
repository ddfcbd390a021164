"""Figures of a way from one phrase to another: is each step near the last, and is each one music?

Conventions: distances are shares of the steps at which two phrases sound differently, 0 to 1.

Offers `PathFigures`, `measure_path`, `step_distance`, `blend_notes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from motet.phrases.step_codec import BAR_STEPS, HOLD, VOICES

__all__ = ["PathFigures", "blend_notes", "measure_path", "sounding", "step_distance"]

Tokens = npt.NDArray[np.int64]
_WHITE = (0, 2, 4, 5, 7, 9, 11)


@dataclass(frozen=True, kw_only=True)
class PathFigures:
    """A way, in figures.

    Parameters
    ----------
    to_first, to_last : tuple of float
        Distance of each step to both ends.
    leaps : tuple of float
        Distance of each step to the one before; the way is smooth where none is large.
    scale_fit : tuple of float
        Share of the onsets of each step in the key; nan for drums.
    entropy_bits : tuple of float
        Of the pitch classes (drums: of the tokens) of each step.
    density : tuple of float
        Onsets a quarter note.

    Examples
    --------
    >>> measure_path([np.full((1, 1, 16, 1), 14)], np.array([16]), "melody").scale_fit
    (1.0,)
    """

    to_first: tuple[float, ...]
    to_last: tuple[float, ...]
    leaps: tuple[float, ...]
    scale_fit: tuple[float, ...]
    entropy_bits: tuple[float, ...]
    density: tuple[float, ...]

    @property
    def smoothness(self) -> float:
        """How even the way is: distance between its ends over the sum of its leaps, 0 to 1."""
        total = sum(self.leaps)
        return self.to_last[0] / total if total else 1.0

    @property
    def largest_leap(self) -> float:
        """The largest distance between neighbours."""
        return max(self.leaps, default=0.0)

    def to_dict(self) -> dict[str, object]:
        """Return the figures as plain values."""
        return {**asdict(self), "smoothness": self.smoothness, "largest_leap": self.largest_leap}


def sounding(tokens: Tokens, n_steps: npt.NDArray[np.int64], content: str) -> Tokens:
    """Return what each voice sounds at each real step, -1 for rests, shape (steps, voices).

    A new note counts apart from one held.

    Examples
    --------
    >>> sounding(np.array([14, 1, 0, 0]).reshape(1, 1, 4, 1), np.array([4]), "melody")[:, 0].tolist()
    [28, 29, -1, -1]
    """
    rows = []
    for one, n in zip(tokens, n_steps, strict=True):
        flat = one[:, : int(n)].reshape(-1, one.shape[-1])
        columns = []
        for k, voice in enumerate(VOICES[content]):
            said = flat[:, k]
            if voice.is_drums:
                columns.append(said)
                continue
            last = np.maximum.accumulate(np.where(said != HOLD, np.arange(len(said)), 0))
            held = said[last]
            columns.append(np.where(held > HOLD, 2 * held + (said == HOLD), -1))
        rows.append(np.stack(columns, axis=-1))
    return np.concatenate(rows)


def step_distance(a: Tokens, b: Tokens, n_steps: npt.NDArray[np.int64], content: str) -> float:
    """Return the share of the steps at which two pieces sound differently.

    Parameters
    ----------
    a, b : int64, shape (n, bars, 16, voices)
    n_steps : int64, shape (n,)
    content : str

    Returns
    -------
    float, 0 to 1

    Examples
    --------
    >>> a = np.full((1, 1, 16, 1), 14)
    >>> b = a.copy(); b[0, 0, :4] = 16
    >>> step_distance(a, b, np.array([16]), "melody")
    0.25
    """
    first, second = sounding(a, n_steps, content), sounding(b, n_steps, content)
    return float((first != second).mean()) if first.size else 0.0


def measure_path(
    steps: Sequence[Tokens], n_steps: npt.NDArray[np.int64], content: str
) -> PathFigures:
    """Return the figures of a way whose steps have the same bars.

    Parameters
    ----------
    steps : sequence of int64, shape (n, bars, 16, voices)
    n_steps : int64, shape (n,)
    content : str

    Returns
    -------
    PathFigures

    Examples
    --------
    >>> way = [np.full((1, 1, 16, 1), token) for token in (14, 15, 16)]
    >>> figures = measure_path(way, np.array([16]), "melody")
    >>> figures.to_last, figures.scale_fit, figures.smoothness
    ((1.0, 1.0, 0.0), (1.0, 0.0, 1.0), 0.5)
    """
    voice = VOICES[content][0]
    real = np.arange(BAR_STEPS)[None, None] < n_steps[:, None, None]
    quarters = float(n_steps.sum()) * steps[0].shape[1] / 4
    fits, entropies, densities = [], [], []
    for one in steps:
        lead = one[..., 0]
        struck = real & (lead > (0 if voice.is_drums else HOLD))
        said = lead[struck]
        kinds = said if voice.is_drums else (said - 2 + voice.low) % 12
        fits.append(float("nan") if voice.is_drums or not said.size else
                    float(np.isin(kinds, _WHITE).mean()))  # fmt: skip
        _, count = np.unique(kinds, return_counts=True)
        p = count / max(1, count.sum())
        entropies.append(float(-(p * np.log2(p)).sum()))
        densities.append(float(struck.sum()) / quarters)
    return PathFigures(
        to_first=tuple(step_distance(one, steps[0], n_steps, content) for one in steps),
        to_last=tuple(step_distance(one, steps[-1], n_steps, content) for one in steps),
        leaps=tuple(step_distance(a, b, n_steps, content) for a, b in pairwise(steps)),
        scale_fit=tuple(fits),
        entropy_bits=tuple(entropies),
        density=tuple(densities),
    )


def blend_notes(a: Tokens, b: Tokens, share: float, rng: np.random.Generator) -> Tokens:
    """Return a mixture of two pieces step by step: each step is of one of them, by chance.

    The plain way to go from one to the other, to compare with.

    Parameters
    ----------
    a, b : int64, shape (n, bars, 16, voices)
    share : float, 0 to 1
        Chance of `b`.
    rng : numpy.random.Generator

    Returns
    -------
    int64, shape (n, bars, 16, voices)

    Source
    ------
    Roberts et al., MusicVAE, ICML 2018, section 5.3: interpolation of data by a Bernoulli choice.

    Examples
    --------
    >>> a, b = np.zeros((1, 1, 16, 1), int), np.ones((1, 1, 16, 1), int)
    >>> int(blend_notes(a, b, 1.0, np.random.default_rng(0)).sum())
    16
    """
    chosen = rng.random(a.shape[:-1]) < share
    found: Tokens = np.where(chosen[..., None], b, a)
    return found
