"""A judge of phrases: the band GAN's critic, taught to tell people's music from the same music spoilt.

Conventions: the network is `motet.models.gan_nets.Critic`, on `motet.phrases.judged`. A GAN's own critic
knows only what its generator does wrong; this one is shown faults of many kinds (`motet.phrases.spoil`)
and, where a file of phrases has them, phrases of other writers (``human`` false). Its score is the log odds
that people wrote a phrase, as many being real as not.

Offers `Judge`, `JudgeConfig`, `JUDGE_SIZES`.

Source: own definition; the ranking loss is that of Burges et al., "Learning to Rank using Gradient Descent",
ICML 2005.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from motet.models.band_layers import unpack_batch
from motet.models.gan_nets import N_TRACKS, Critic, GanConfig
from motet.models.learner import Graph, Learner
from motet.phrases.band import N_PITCHES, N_SLOTS
from motet.phrases.judged import vary_judged

__all__ = ["JUDGE_SIZES", "Judge", "JudgeConfig"]

_CONDITIONS: Final = ("chord", "bass", "style", "mode", "metre", "present")
_PAIRS: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeConfig:
    """Sizes of a judge.

    Parameters
    ----------
    width : int
        Channels.
    style_width : int
    dropout : float
        Not used; every family has it.

    Examples
    --------
    >>> JudgeConfig().to_dict()["width"]
    64
    """

    width: int = 64
    style_width: int = 8
    dropout: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return the fields."""
        return asdict(self)


JUDGE_SIZES: Final = {"tiny": JudgeConfig(width=12, style_width=4), "small": JudgeConfig()}


class Judge(Learner):
    """How likely it is that people wrote a phrase.

    Parameters
    ----------
    config : JudgeConfig
    """

    metrics: ClassVar[dict[str, str]] = {"auc": "high"}

    def __init__(self, config: JudgeConfig) -> None:
        super().__init__()
        self.config = config
        self.critic = Critic(GanConfig(width=config.width, style_width=config.style_width))

    def loss(
        self,
        batch: dict[str, Tensor],
        *,
        player: str = "model",  # noqa: ARG002
        step: int = 0,  # noqa: ARG002
        progress: float = 0.0,  # noqa: ARG002
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Return cross entropy, with that of every pair of a real and a spoilt phrase."""
        good, bad = self._score(batch)
        human = batch.get("human", torch.ones_like(good)).float()  # (b,)
        others = torch.cat([bad, good])  # (2b,)
        counts = torch.cat([human, 1 - human])
        counts, human = counts / counts.sum(), human / human.sum().clamp(min=1)
        apart = good[:, None] - others  # (b, 2b)
        shares = human[:, None] * counts
        plain = (functional.softplus(-good) * human).sum()
        plain = 0.5 * (plain + (functional.softplus(others) * counts).sum())
        pairs = (functional.softplus(-apart) * shares).sum()
        right = ((apart > 0).float() * shares).sum()
        told = {"odds": plain.detach(), "right": right.detach()}
        return (1 - _PAIRS) * plain + _PAIRS * pairs, told

    def _score(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Return the scores of the real phrases, and of the spoilt ones."""
        given = [
            batch[name].float() if name == "present" else batch[name].long() for name in _CONDITIONS
        ]
        roll = torch.cat([unpack_batch(batch["roll"]), unpack_batch(batch["bad_roll"])])
        attack = torch.cat([batch["attack"], batch["bad_attack"]]).float()
        good, bad = self.critic(roll, attack, *[torch.cat([one, one]) for one in given]).chunk(2)
        return good, bad

    @torch.no_grad()
    def measure(self, batch: dict[str, Tensor]) -> dict[str, tuple[float, float]]:
        """Return sums and counts of ``auc`` (pairs of a real and a spoilt phrase told right)."""
        if "bad_roll" not in batch:
            plain = {name: one.cpu().numpy() for name, one in batch.items()}
            varied = vary_judged(plain, np.random.default_rng(7))
            device = batch["roll"].device
            batch = {name: torch.from_numpy(one).to(device) for name, one in varied.items()}
        good, bad = self._score(batch)
        if "human" in batch:
            people = batch["human"].bool()
            good, bad = good[people], torch.cat([bad[people], good[~people]])
        right = float((good[:, None] > bad).float().sum())
        return {"auc": (right, float(len(good) * len(bad)))}

    def graphs(self) -> tuple[Graph, ...]:
        """Return "critic", as a bundle runs it."""
        given = {
            "chord": torch.zeros(2, 16, dtype=torch.long),
            "bass": torch.full((2, 16), -1, dtype=torch.long),
            "style": torch.zeros(2, dtype=torch.long),
            "mode": torch.zeros(2, dtype=torch.long),
            "metre": torch.zeros(2, dtype=torch.long),
            "present": torch.ones(2, N_TRACKS),
        }
        roll = torch.zeros(2, N_TRACKS, N_SLOTS, N_PITCHES)
        attack = torch.zeros(2, N_TRACKS, N_SLOTS)
        roll[:, 0, ::8, 24], attack[:, 0, ::8] = 1, 1
        inputs = {"roll": roll, "attack": attack, **given}
        return (Graph(name="critic", module=self.critic, inputs=inputs, outputs=("score",)),)
