"""One id chosen from logits: under a mask, by temperature, top-p and min-p.

Conventions: logits are float32, masks bool, both of shape (b, v). Only ids that a mask allows are looked
at, so the cost goes with how many those are. A choice is by inverting the cumulative distribution at a
given number in [0, 1), ids in order of falling probability (ties: lower id first).

Offers `Sampling`, `choose`, `choose_one`.

Source: top-p: Holtzman et al., "The curious case of neural text degeneration", ICLR 2020; min-p: Nguyen
et al., "Turning up the heat: min-p sampling", 2024.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError

__all__ = ["Sampling", "choose", "choose_one"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How an id is drawn from the model's distribution.

    Parameters
    ----------
    temperature : float, 0 to 10
        0 takes the likeliest.
    top_p : float, above 0 to 1
        The likeliest ids that together have this probability are kept.
    min_p : float, 0 to 1
        Ids less likely than this share of the likeliest are dropped.

    Raises
    ------
    ParameterError
        A number is out of its range.

    Examples
    --------
    >>> Sampling(temperature=0.9).top_p
    0.95
    """

    temperature: float = 1.0
    top_p: float = 0.95
    min_p: float = 0.02

    def __post_init__(self) -> None:
        for name, value, is_allowed, en, zh in (
            ("temperature", self.temperature, 0 <= self.temperature <= 10, "0 to 10", "0 到 10"),
            ("top_p", self.top_p, 0 < self.top_p <= 1, "above 0, at most 1", "大于 0 且不超过 1"),
            ("min_p", self.min_p, 0 <= self.min_p <= 1, "0 to 1", "0 到 1"),
        ):
            if not is_allowed:
                raise ParameterError(
                    f"{name} must be {en}, got {value}", zh=f"{name} 须为 {zh},收到 {value}"
                )


def choose_one(
    logits: npt.NDArray[np.float32],
    allowed: npt.NDArray[np.intp],
    *,
    sampling: Sampling,
    point: float,
) -> tuple[int, float]:
    """Return one id of those allowed, and its log probability among them at temperature 1.

    Parameters
    ----------
    logits : float32, shape (v,)
    allowed : integers, shape (n,)
        Ids in ascending order, at least one.
    sampling : Sampling
    point : float, [0, 1)
        Where the cumulative distribution is inverted.

    Returns
    -------
    int, float
        Id; natural logarithm of its probability under the mask, before temperature, top-p and min-p.

    Raises
    ------
    ParameterError
        No id is allowed.

    Examples
    --------
    >>> choose_one(np.zeros(4, np.float32), np.array([1, 3]), sampling=Sampling(top_p=1), point=0.7)
    (3, -0.6931471805599453)
    """
    if len(allowed) == 0:
        raise ParameterError("no id is allowed: the mask is empty", zh="没有可选的 id:掩码为空")
    if len(allowed) == 1:
        return int(allowed[0]), 0.0
    scores = logits[allowed].astype(np.float64)
    scores -= scores.max()
    share = np.exp(scores)
    total = float(share.sum())
    log_total = math.log(total)
    if sampling.temperature == 0:
        best = int(scores.argmax())
        return int(allowed[best]), float(scores[best]) - log_total
    if sampling.temperature != 1:
        share = np.exp(scores / sampling.temperature)
        total = float(share.sum())
    enough = sampling.top_p * total
    kept = (share >= sampling.min_p).nonzero()[0]
    share = share[kept]
    order = (-share).argsort(kind="stable")
    running = share[order].cumsum()
    if sampling.top_p < 1:
        running = running[: int(running.searchsorted(enough)) + 1]
    place = int(running.searchsorted(point * float(running[-1]), side="right"))
    picked = int(kept[order[min(place, len(running) - 1)]])
    return int(allowed[picked]), float(scores[picked]) - log_total


def choose(
    logits: npt.NDArray[np.float32],
    masks: npt.NDArray[np.bool_],
    *,
    temperature: float = 1.0,
    top_p: float = 0.95,
    min_p: float = 0.02,
    uniforms: npt.NDArray[np.float64],
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    """Return one id for each row, and its log probability under the mask at temperature 1.

    Parameters
    ----------
    logits : float32, shape (b, v)
    masks : bool, shape (b, v)
        At least one id allowed in each row.
    temperature : float, 0 to 10
        0 takes the likeliest.
    top_p : float, above 0 to 1
    min_p : float, 0 to 1
    uniforms : float64, shape (b,), [0, 1)
        From `motet.engine.random.uniform`.

    Returns
    -------
    int32, shape (b,), and float64, shape (b,)

    Raises
    ------
    ParameterError
        A number is out of range, or a row allows no id.

    Source
    ------
    Slow twin: tests/parity/test_sample.py.

    Examples
    --------
    >>> logits = np.array([[0.0, 5.0, 1.0]], dtype=np.float32)
    >>> masks = np.array([[True, False, True]])
    >>> choose(logits, masks, temperature=0, uniforms=np.zeros(1))[0]
    array([2], dtype=int32)
    """
    sampling = Sampling(temperature=temperature, top_p=top_p, min_p=min_p)
    chosen = [
        choose_one(row, np.flatnonzero(mask), sampling=sampling, point=float(point))
        for row, mask, point in zip(logits, masks, uniforms, strict=True)
    ]
    ids = np.array([one for one, _ in chosen], dtype=np.int32)
    return ids, np.array([logp for _, logp in chosen], dtype=np.float64)
