"""A trained model beside Markov chains, on the same windows.

Conventions: nats a note; a gain is the share by which the model needs fewer than the best chain.

Offers `judge_weights`, `open_losses`, `Verdict`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch

from motet.corpus.shards import open_shards
from motet.errors import ParameterError
from motet.models import restore_model
from motet.models.registry import find_family
from motet.train.baseline import Markov, plain_documents
from motet.train.checkpoint import load_weights
from motet.train.config import RunConfig
from motet.train.gradient import Engine
from motet.train.valid import Losses, Measured, build_valid, evaluate

__all__ = ["Verdict", "judge_weights", "open_losses"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a model and the Markov chains need a note, by name; and the model's gain by style."""

    rows: dict[str, Measured]
    gain: float
    gain_by_style: dict[str, float]

    def to_dict(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "rows": {name: one.to_dict() for name, one in self.rows.items()},
            "gain": round(self.gain, 4),
            "gain_by_style": {name: round(one, 3) for name, one in self.gain_by_style.items()},
        }


def judge_weights(
    weights: str | Path | None,
    shards: str | Path,
    *,
    context: int = 768,
    n_windows: int = 192,
    split: str = "valid",
    max_tokens: int | None = None,
    threads: int = 1,
) -> Verdict:
    """Return how a model does beside unigram and Markov chains of order 2 and 3.

    Parameters
    ----------
    weights : str, Path or None
        A weights file; None judges the chains alone.
    shards : str or Path
        A built corpus: chains are counted on its ``train``, all are judged on `split`.
    context, n_windows : int
        As for `build_valid`.
    split : str
        ``"valid"`` or ``"test"``.
    max_tokens : int or None
        Most tokens to count chains on.
    threads : int

    Raises
    ------
    CorpusError, BundleError
        The corpus or the weights cannot be read.

    Examples
    --------
    >>> judge_weights(None, "nowhere")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    if weights is not None:
        _read_weights(weights)  # before the chains are counted
    valid = build_valid(open_shards(shards, split), context=context, n_windows=n_windows)
    chain = Markov(plain_documents(open_shards(shards, "train"), max_tokens=max_tokens), order=3)
    rows = {
        name: evaluate(partial(chain.losses, order=order), valid)
        for name, order in (("unigram", 0), ("markov-2", 2), ("markov-3", 3))
    }
    if weights is None:
        return Verdict(rows=rows, gain=float("nan"), gain_by_style={})
    with open_losses(weights, threads=threads) as losses:
        mine = evaluate(losses, valid)
    gains = {
        style: 1 - nats / min(one.by_style[style] for one in rows.values())
        for style, nats in mine.by_style.items()
    }
    best = min(one.nats_per_note for one in rows.values())
    return Verdict(
        rows={**rows, "model": mine}, gain=1 - mine.nats_per_note / best, gain_by_style=gains
    )


@contextmanager
def open_losses(weights: str | Path, *, threads: int = 1) -> Iterator[Losses]:
    """Yield what tells the nats of every token of rows under some weights, at full precision.

    Parameters
    ----------
    weights : str or Path
        A weights file.
    threads : int

    Raises
    ------
    BundleError
        The weights cannot be read.
    ParameterError
        They are of a family that reads no tokens.

    Examples
    --------
    >>> with open_losses("none.npz") as losses:  # doctest: +IGNORE_EXCEPTION_DETAIL
    ...     pass
    Traceback (most recent call last):
    motet.errors.BundleError: none.npz: ...
    """
    facts, arrays = _read_weights(weights)
    engine = Engine(restore_model(facts, arrays), RunConfig(threads=threads), torch.device("cpu"))
    try:
        yield engine.losses
    finally:
        engine.close()


def _read_weights(path: str | Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return facts and arrays of weights that foretell tokens."""
    facts, arrays = load_weights(path)
    family = str(facts.get("family", "transformer"))
    if find_family(family).takes != "tokens":
        raise ParameterError(
            f"a model of the family {family!r} foretells no tokens, so no Markov chain is comparable; its "
            "run's log.jsonl holds its own figures",
            zh=f"{family!r} 类模型不预测 token,无法与马尔可夫链比较;其指标见训练文件夹的 log.jsonl",
        )
    return facts, arrays
