"""A family of its own in one file, as small as can be: two players, a kind of phrase, dropout, a buffer."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from motet.models.learner import Graph, Learner
from motet.models.registry import ModelFamily, register_family
from motet.phrases.kinds import Batch, PhraseKind, register_kind
from motet.tokens.layout import GridScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How many pitches a phrase has."""

    length: int = 8


def extract(grid: GridScore, options: Options) -> list[Batch]:
    """Return stretches of pitches, end to end."""
    pitches = np.sort(grid.notes, order=["bar", "pos"])["pitch"].astype(np.uint16)
    n = len(pitches) // options.length
    return [{"pitch": one} for one in pitches[: n * options.length].reshape(n, options.length)]


def vary(batch: Batch, rng: np.random.Generator) -> Batch:
    """Return the phrases moved by up to three semitones."""
    shifts = rng.integers(-3, 4, (len(batch["pitch"]), 1))
    return {"pitch": (batch["pitch"] + shifts).astype(np.uint16)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PairConfig:
    """Its shape."""

    width: int = 16
    dropout: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the fields."""
        return asdict(self)


class Pair(Learner):
    """One player foretells the next pitch class, the other how sure the first is."""

    players: ClassVar[tuple[str, ...]] = ("guesser", "doubter")
    metrics: ClassVar[dict[str, str]] = {"nats": "low", "hits": "high"}
    losses: ClassVar[tuple[str, ...]] = ("nats", "squares")

    def __init__(self, config: PairConfig) -> None:
        super().__init__()
        self.config = config
        shape = (nn.Linear(12, config.width), nn.BatchNorm1d(config.width), nn.Tanh())
        self.guesser = nn.Sequential(
            *shape, nn.Dropout(config.dropout), nn.Linear(config.width, 12)
        )
        self.doubter = nn.Linear(12, 1)

    def turns(self, step: int) -> tuple[str, ...]:
        """Return who moves: the guesser twice in even steps."""
        return ("guesser", "guesser", "doubter") if step % 2 == 0 else ("guesser", "doubter")

    def _each(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
        classes = batch["pitch"].long() % 12  # (b, t)
        before = nn.functional.one_hot(classes[:, :-1], 12).float().flatten(0, 1)  # (b * t, 12)
        after = classes[:, 1:].flatten()
        logits = self.guesser(before)
        return nn.functional.cross_entropy(logits, after, reduction="none"), logits, after

    def loss(
        self,
        batch: dict[str, Tensor],
        *,
        player: str = "model",
        **_: float,
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Return a player's loss."""
        nats, logits, after = self._each(batch)
        if player == "doubter":
            guess = self.doubter(logits)[:, 0]
            return (guess - nats.detach()).square().mean(), {"doubt": guess.mean()}
        if self.loss_name == "squares":
            wanted = nn.functional.one_hot(after, 12).float()
            return (logits.softmax(-1) - wanted).square().mean(), {"nats": nats.mean()}
        return nats.mean(), {"nats": nats.mean()}

    def measure(self, batch: dict[str, Tensor]) -> dict[str, tuple[float, float]]:
        """Return nats and hits."""
        nats, logits, after = self._each(batch)
        hits = (logits.argmax(-1) == after).sum()
        return {"nats": (float(nats.sum()), len(nats)), "hits": (float(hits), len(nats))}

    def graphs(self) -> tuple[Graph, ...]:
        """Return the guesser."""
        example = {"before": torch.zeros(2, 12)}
        return (Graph(name="guess", module=self.guesser, inputs=example, outputs=("logits",)),)


register_kind(PhraseKind(name="pitches", options=Options, extract=extract, vary=vary))
SIZES = {"tiny": PairConfig(), "wide": PairConfig(width=32)}
register_family("pair", ModelFamily(module=Pair, config=PairConfig, sizes=SIZES, takes="pitches"))
