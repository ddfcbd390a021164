"""The band from noise: a WGAN-GP over five tracks of four bars, whose critic also judges other music.

Conventions: see `motet.models.gan_nets` for the networks and `motet.phrases.band` for the phrases. The
generator is moved by the critic and by feature matching: the means, over a batch of equal conditions, of
what is heard.

Offers `Gan`; `GanConfig` and `GAN_SIZES` come from `motet.models.gan_nets`.

Sources: Gulrajani et al., "Improved Training of Wasserstein GANs", 2017 (penalty); Karras et al.,
"Progressive Growing of GANs", 2018 (one move of the critic for one of the generator); Salimans et al.,
"Improved Techniques for Training GANs", 2016 (feature matching).
"""

from __future__ import annotations

from typing import ClassVar, Final

import numpy as np
import torch
from torch import Tensor, nn

from motet.models.band_layers import unpack_batch
from motet.models.gan_nets import (
    DRUMS,
    GAN_SIZES,
    N_KINDS,
    N_TRACKS,
    Critic,
    GanConfig,
    Generator,
    hear,
    realise,
)
from motet.models.learner import Graph, Learner
from motet.phrases.band import N_BARS, N_PITCHES, N_SLOTS
from motet.phrases.kinds import Batch

__all__ = ["GAN_SIZES", "Gan", "GanConfig"]

_CONDITIONS: Final = ("chord", "bass", "style", "mode", "metre", "present")


class _Play(nn.Module):
    """The generator as a bundle runs it: probabilities in place of logits."""

    def __init__(self, generator: Generator) -> None:
        super().__init__()
        self.generator = generator

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        attack, sound, pitch = self.generator(*inputs)
        return torch.sigmoid(attack), torch.sigmoid(sound), torch.sigmoid(pitch)


class Gan(Learner):
    """Generator and critic of a band, trained in turns.

    Parameters
    ----------
    config : GanConfig
    """

    players: ClassVar[tuple[str, ...]] = ("critic", "generator")
    metrics: ClassVar[dict[str, str]] = {"match": "low"}

    def __init__(self, config: GanConfig) -> None:
        super().__init__()
        self.config = config
        self.generator = Generator(config)
        self.critic = Critic(config)

    def turns(self, step: int) -> tuple[str, ...]:
        """Return who moves in a step: the critic more often, most of all at the start."""
        more = 5 if step < 20 else 0
        moves: tuple[str, ...] = ("critic",) * (self.config.critic_steps + more)
        return (*moves, "generator")

    def weights_of(self, player: str) -> list[nn.Parameter]:
        """Return the weights that a player moves."""
        return list(getattr(self, player).parameters())

    def loss(
        self,
        batch: dict[str, Tensor],
        *,
        player: str = "model",
        step: int = 0,  # noqa: ARG002
        progress: float = 0.0,
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Return the loss of a player, and its parts."""
        slope = 1.0 + 4.0 * progress
        roll, attack = unpack_batch(batch["roll"]), batch["attack"].float()
        given = self._given(batch)
        noise = torch.randn(roll.shape[0], self.config.noise_width, device=roll.device)
        if player == "generator":
            return self._move_generator(roll, attack, given, noise, slope)
        with torch.no_grad():
            made = self._make(noise, given, slope)
        return self._move_critic((roll, attack), made, given)

    def _given(self, batch: dict[str, Tensor]) -> tuple[Tensor, ...]:
        """Return the conditions in the order of the graphs' inputs."""
        return tuple(
            batch[name].float() if name == "present" else batch[name].long() for name in _CONDITIONS
        )

    def _make(
        self, noise: Tensor, given: tuple[Tensor, ...], slope: float = 1.0
    ) -> tuple[Tensor, Tensor]:
        """Return roll and attacks from noise."""
        condition = self.generator.conditions(*given)
        attack, sound, pitch = self.generator(noise, *given)
        return realise(attack, sound, pitch, condition, slope=slope)

    def _move_critic(
        self,
        real: tuple[Tensor, Tensor],
        made: tuple[Tensor, Tensor],
        given: tuple[Tensor, ...],
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Return the Wasserstein loss with gradient penalty."""
        share = torch.rand(real[0].shape[0], 1, 1, device=real[0].device)
        roll = (share[..., None] * real[0] + (1 - share[..., None]) * made[0]).requires_grad_()
        attack = (share * real[1] + (1 - share) * made[1]).requires_grad_()
        between = self.critic(roll, attack, *given)
        slopes = torch.autograd.grad(between.sum(), (roll, attack), create_graph=True)
        length = torch.sqrt(
            torch.stack([one.square().flatten(1).sum(1) for one in slopes]).sum(0) + 1e-12
        )
        penalty = (length - 1).square().mean()
        both = [torch.cat(pair) for pair in zip(real, made, strict=True)]
        twice = [torch.cat([one, one]) for one in given]
        of_real, of_made = self.critic(*both, *twice).chunk(2)
        gap = of_real.mean() - of_made.mean()
        loss = -gap + self.config.penalty * penalty
        return loss, {"gap": gap.detach(), "penalty": penalty.detach()}

    def _move_generator(
        self,
        roll: Tensor,
        attack: Tensor,
        given: tuple[Tensor, ...],
        noise: Tensor,
        slope: float,
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Return what the critic says against it, and how far its statistics are from the batch's."""
        made = self._make(noise, given, slope)
        condition = self.generator.conditions(*given)
        heard = hear(*made, condition)
        with torch.no_grad():
            seen = self.critic.conditions(*given)
            aim = _statistics(roll, attack, hear(roll, attack, condition))
        judged = -self.critic.judge(made[0], seen, heard).mean()
        match = _distance(_statistics(*made, heard), aim)
        loss = judged + self.config.match * match
        return loss, {"judged": judged.detach(), "match": match.detach()}

    @torch.no_grad()
    def measure(self, batch: dict[str, Tensor]) -> dict[str, tuple[float, float]]:
        """Return sums and counts of ``match`` (distance of statistics) and ``gap`` (of the critic)."""
        roll, attack = unpack_batch(batch["roll"]), batch["attack"].float()
        given = self._given(batch)
        drawn = torch.Generator().manual_seed(7)
        noise = torch.randn(roll.shape[0], self.config.noise_width, generator=drawn)
        made = self._make(noise.to(roll.device), given)
        condition = self.generator.conditions(*given)
        n = float(roll.shape[0])
        heard = [hear(*one, condition) for one in (made, (roll, attack))]
        match = float(_distance(_statistics(*made, heard[0]), _statistics(roll, attack, heard[1])))
        gap = float((self.critic(roll, attack, *given) - self.critic(*made, *given)).mean())
        return {"match": (match * n, n), "gap": (gap * n, n)}

    def graphs(self) -> tuple[Graph, ...]:
        """Return "generate" and "critic", as a bundle runs them."""
        given = {
            "chord": torch.zeros(2, 16, dtype=torch.long),
            "bass": torch.full((2, 16), -1, dtype=torch.long),
            "style": torch.zeros(2, dtype=torch.long),
            "mode": torch.zeros(2, dtype=torch.long),
            "metre": torch.zeros(2, dtype=torch.long),
            "present": torch.ones(2, N_TRACKS),
        }
        roll, attack = (
            torch.zeros(2, N_TRACKS, N_SLOTS, N_PITCHES),
            torch.zeros(2, N_TRACKS, N_SLOTS),
        )
        roll[:, 0, ::8, 24], attack[:, 0, ::8] = 1, 1
        noise = torch.zeros(2, self.config.noise_width)
        return (
            Graph(
                name="generate", module=_Play(self.generator), inputs={"noise": noise, **given},
                outputs=("attack", "sound", "pitch"),
            ),
            Graph(
                name="critic", module=self.critic,
                inputs={"roll": roll, "attack": attack, **given}, outputs=("score",),
            ),
        )  # fmt: skip

    @torch.no_grad()
    def sample_arrays(self, n: int, *, seed: int) -> Batch:
        """Return phrases over I V vi IV in C, as `motet.phrases.band` holds them."""
        from motet.phrases.band import pack_roll

        drawn = torch.Generator().manual_seed(seed)
        noise = torch.randn(n, self.config.noise_width, generator=drawn)
        chord = torch.tensor([0, 140, 181, 100]).repeat_interleave(4).expand(n, -1)
        given = (
            chord, torch.full((n, 16), -1), torch.full((n,), 25), torch.zeros(n, dtype=torch.long),
            torch.zeros(n, dtype=torch.long), torch.ones(n, N_TRACKS),
        )  # fmt: skip
        roll, attack = self._make(noise, given)
        arrays: Batch = {name: one.numpy() for name, one in zip(_CONDITIONS, given, strict=True)}
        arrays["roll"], arrays["attack"] = pack_roll(roll.numpy() > 0.5), attack.numpy() > 0.5
        arrays["present"] = np.asarray(arrays["attack"].any(axis=2))
        return arrays


def _distance(found: list[Tensor], aim: list[Tensor]) -> Tensor:
    """Return the mean squared difference of statistics, each against its own size."""
    rows = [
        (one - two).square().sum() / (two.square().sum() + 0.05)
        for one, two in zip(found, aim, strict=True)
    ]
    return torch.stack(rows).mean()


def _statistics(roll: Tensor, attack: Tensor, heard: tuple[Tensor, Tensor]) -> list[Tensor]:
    """Return means over a batch: rhythm by place in the bar, tones, heights, motion, returns, spread."""
    steps, returns = heard
    by_bar = steps.reshape(-1, N_BARS, N_SLOTS // N_BARS, steps.shape[-1]).mean(
        (0, 1)
    )  # (16, features)
    begun = roll * attack.unsqueeze(-1)
    kit = begun[:, DRUMS, :, :N_KINDS].reshape(-1, N_BARS, N_SLOTS // N_BARS, N_KINDS).mean((0, 1))
    height = begun.mean((0, 2))  # (k, 48)
    density = attack.mean(-1)  # (b, k)
    voices = begun.sum((-1, -2)) / (attack.sum(-1) + 1)
    spread = torch.stack([density.square().mean(0), density.var(0)])
    rows = [by_bar[:, :96].mean(0), by_bar[:, 96:121].mean(0), by_bar[:, 121:], kit]
    rows += [height, returns.mean(0), returns.square().mean(0), spread, voices.mean(0)]
    return rows
