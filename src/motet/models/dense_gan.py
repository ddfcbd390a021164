"""The music GAN of the textbooks: dense layers from noise to a binary roll, and a dense judge of it.

Conventions: a roll is (b, steps, pitches), flattened to steps × pitches cells. The judge gives one logit a
roll. While training, the writer gives chances between 0 and 1, as the textbook has it; when it writes, a
cell sounds where the chance is over one half.

Offers `DenseGan`, `DenseGanConfig`, `DENSE_GAN_SIZES`.

Sources: Goodfellow et al., "Generative Adversarial Nets", 2014; Ioffe and Szegedy, "Batch Normalization",
2015. For teaching: dense layers do not know that music moved by a step is the same music; `motet.models.gan`
is what is used.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, ClassVar, Final

import torch
from torch import Tensor, nn

from motet.errors import ParameterError
from motet.models.learner import Graph, Learner
from motet.models.losses import GAN_LOSSES, gan_loss, gradient_penalty
from motet.phrases.kinds import Batch

__all__ = ["DENSE_GAN_SIZES", "DenseGan", "DenseGanConfig"]

_STEPS_A_BAR: Final = 16
_MEASURE_SEED: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class DenseGanConfig:
    """The shape of a `DenseGan`.

    Parameters
    ----------
    bars, pitches : int
        Of the roll: 4 bars of 16 steps and 64 pitches are 4,096 cells.
    noise : int
        Numbers that the writer begins with.
    widths : sequence of int
        Of the writer's inner layers; the last layer has a place for each cell.
    judge_widths : sequence of int
        Of the judge's inner layers.
    smooth : float, [0, 0.5)
        Real rolls count as 1 minus so much: a judge that is never sure goes on teaching.
    penalty : float, >= 0
        Weight of the gradient penalty with the loss "wasserstein".
    dropout : float, [0, 1)
        Of the judge.

    Raises
    ------
    ParameterError
        A field is out of range.

    Examples
    --------
    >>> DenseGanConfig().n_cells
    4096
    """

    bars: int = 4
    pitches: int = 64
    noise: int = 100
    widths: tuple[int, ...] = (128, 256, 512, 1024, 2048)
    judge_widths: tuple[int, ...] = (512, 256)
    smooth: float = 0.1
    penalty: float = 10.0
    dropout: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "widths", tuple(self.widths))
        object.__setattr__(self, "judge_widths", tuple(self.judge_widths))
        sizes = (self.bars, self.pitches, self.noise, *self.widths, *self.judge_widths)
        if (
            min(sizes) < 1
            or not (self.widths and self.judge_widths)
            or not 0 <= self.smooth < 0.5
            or not 0 <= self.dropout < 1
            or self.penalty < 0
        ):
            raise ParameterError(
                "a DenseGan needs sizes above 0, smooth in [0, 0.5), dropout in [0, 1) and a penalty "
                f"of 0 or more; got {asdict(self)}",
                zh="DenseGan 的尺寸须大于 0,smooth 在 [0, 0.5) 内,dropout 在 [0, 1) 内,penalty 不小于 0;"
                f"收到 {asdict(self)}",
            )

    @property
    def n_steps(self) -> int:
        """Steps of the roll."""
        return self.bars * _STEPS_A_BAR

    @property
    def n_cells(self) -> int:
        """Cells of the roll: what the writer's last layer is wide."""
        return self.n_steps * self.pitches

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain values, as weight files store them."""
        values = asdict(self)
        return {**values, "widths": list(self.widths), "judge_widths": list(self.judge_widths)}


DENSE_GAN_SIZES: Final[dict[str, DenseGanConfig]] = {
    "tiny": DenseGanConfig(bars=1, noise=8, widths=(16, 32), judge_widths=(16,)),
    "textbook": DenseGanConfig(),
}
"""Named sizes: 0.05 and 13.5 million weights."""


class DenseGan(Learner):
    """A writer from noise and a judge, both of dense layers.

    Parameters
    ----------
    config : DenseGanConfig

    Examples
    --------
    >>> model = DenseGan(DENSE_GAN_SIZES["tiny"]).eval()
    >>> tuple(model.write(torch.zeros(3, 8)).shape)
    (3, 16, 64)
    """

    players: ClassVar[tuple[str, ...]] = ("discriminator", "generator")
    metrics: ClassVar[dict[str, str]] = {"match": "low", "density": "low"}
    losses: ClassVar[tuple[str, ...]] = GAN_LOSSES

    def __init__(self, config: DenseGanConfig) -> None:
        super().__init__()
        self.config = config
        layers: list[nn.Module] = []
        for before, after in pairwise((config.noise, *config.widths)):
            layers += [nn.Linear(before, after), nn.BatchNorm1d(after), nn.LeakyReLU(0.2)]
        self.generator = nn.Sequential(*layers, nn.Linear(config.widths[-1], config.n_cells))
        judge: list[nn.Module] = []
        for before, after in pairwise((config.n_cells, *config.judge_widths)):
            judge += [nn.Linear(before, after), nn.LeakyReLU(0.2), nn.Dropout(config.dropout)]
        self.discriminator = nn.Sequential(*judge, nn.Linear(config.judge_widths[-1], 1))

    def write(self, noise: Tensor) -> Tensor:
        """Return the chance of each cell to sound, shape (b, steps, pitches)."""
        logits = self.generator(noise)  # (b, steps * pitches)
        return torch.sigmoid(logits).reshape(-1, self.config.n_steps, self.config.pitches)

    def judge(self, roll: Tensor) -> Tensor:
        """Return one logit a roll, above 0 where it takes it as real; shape (b,)."""
        logits: Tensor = self.discriminator(roll.flatten(1))  # (b, 1)
        return logits[:, 0]

    def loss(
        self,
        batch: dict[str, Tensor],
        *,
        player: str = "model",
        step: int = 0,  # noqa: ARG002
        progress: float = 0.0,  # noqa: ARG002
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Return the loss of a player: the judge's has real music in it, the writer's none."""
        name = self.loss_name or self.losses[0]
        real = batch["roll"].float()
        noise = torch.randn(len(real), self.config.noise, device=real.device)
        if player == "generator":
            judged = self.judge(self.write(noise))
            return gan_loss(name, judged), {"fooled": (judged > 0).float().mean()}
        with torch.no_grad():
            made = self.write(noise)
        of_real, of_made = self.judge(real), self.judge(made)
        loss = gan_loss(name, of_made, of_real)
        if name in ("minimax", "non_saturating"):
            loss = loss + self.config.smooth * of_real.mean()  # real rolls count as 1 - smooth
        if name == "wasserstein":
            loss = loss + self.config.penalty * gradient_penalty(self.judge, real, made)
        right = torch.cat((of_real > 0, of_made <= 0)).float().mean()
        return loss, {"right": right}

    @torch.no_grad()
    def measure(self, batch: dict[str, Tensor]) -> dict[str, tuple[float, float]]:
        """Return how far rolls written are from rolls held out, in distribution, not cell by cell.

        ``match`` is the total variation between their shares of pitches and steps; ``density`` the
        difference of cells that sound, as a share of people's.
        """
        real = batch["roll"].float()
        drawn = torch.Generator().manual_seed(_MEASURE_SEED)
        noise = torch.randn(max(64, len(real)), self.config.noise, generator=drawn)
        made = (self.write(noise.to(real.device)) > 0.5).float()
        total = torch.zeros((), device=real.device)
        for axes in ((0, 1), (0, 2)):
            one, two = real.sum(axes), made.sum(axes)
            total += 0.5 * (one / one.sum().clamp(min=1) - two / two.sum().clamp(min=1)).abs().sum()
        density = (made.mean() - real.mean()).abs() / real.mean().clamp(min=1e-6)
        n = float(len(real))
        return {"match": (float(total) / 2 * n, n), "density": (float(density) * n, n)}

    def graphs(self) -> tuple[Graph, ...]:
        """Return "generate": noise to the chance of each cell to sound."""
        noise = torch.randn(2, self.config.noise)
        return (
            Graph(name="generate", module=_Write(self), inputs={"noise": noise}, outputs=("roll",)),
        )

    @torch.no_grad()
    def sample_arrays(self, n: int, *, seed: int) -> Batch:
        """Return rolls from noise."""
        was_training = self.training
        drawn = torch.Generator().manual_seed(seed)
        noise = torch.randn(n, self.config.noise, generator=drawn)
        roll = self.eval().write(noise.to(next(self.parameters()).device)) > 0.5
        self.train(was_training)
        return {"roll": roll.cpu().numpy()}


class _Write(nn.Module):
    """The writer as a bundle runs it."""

    def __init__(self, model: DenseGan) -> None:
        super().__init__()
        self.generator = model.generator
        self.shape = (model.config.n_steps, model.config.pitches)

    def forward(self, noise: Tensor) -> Tensor:
        return torch.sigmoid(self.generator(noise)).reshape(-1, *self.shape)
