"""What a model must offer to be trained, looked at, exported: the base class of every family but two.

Conventions: the Transformer and the piano-roll model have loops of their own older than this. A learner's
batch is a dict of tensors, first axis phrases, in the arrays of the phrase kind that its family takes. A
model may have several players (a GAN's critic and generator), who move in turns, each with an optimiser of
its own; what one player's loss moves of another's weights is thrown away.

Offers `Graph`, `Learner`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from torch import Tensor, nn

__all__ = ["Graph", "Learner"]


@dataclass(frozen=True, kw_only=True)
class Graph:
    """A computation that a bundle carries.

    Parameters
    ----------
    name : str
        Of the file: ``step`` becomes ``step.onnx``.
    module : Module
        Takes the inputs in order, gives the outputs in order.
    inputs : mapping of name to Tensor
        An example of each; the first axis is the batch and may have any length.
    outputs : tuple of str
    fixed : tuple of str
        Inputs whose first axis is no batch.

    Examples
    --------
    >>> import torch
    >>> Graph(name="a", module=nn.Linear(2, 1), inputs={"x": torch.zeros(1, 2)}, outputs=("y",)).fixed
    ()
    """

    name: str
    module: nn.Module
    inputs: Mapping[str, Tensor]
    outputs: tuple[str, ...]
    fixed: tuple[str, ...] = ()


class Learner(nn.Module):
    """A model that the trainer can drive; families derive from it and override what differs.

    Class attributes: ``players`` (who learns), ``metrics`` (name to ``"low"`` or ``"high"``: which is
    better; the first decides which weights are kept), ``losses`` (names that a run may choose from; the
    first is the usual one; empty where there is no choice).

    Examples
    --------
    >>> Learner().turns(0)
    ('model',)
    """

    config: Any
    loss_name: str = ""
    players: ClassVar[tuple[str, ...]] = ("model",)
    metrics: ClassVar[dict[str, str]] = {"nats": "low"}
    losses: ClassVar[tuple[str, ...]] = ()

    def begin_with(self, weights: dict[str, Tensor]) -> None:
        """Take the weights of an earlier run; all of them must fit, unless a family says otherwise."""
        self.load_state_dict(weights)

    def turns(self, step: int) -> tuple[str, ...]:  # noqa: ARG002
        """Return who moves in a step, in order; each move takes fresh phrases."""
        return self.players

    def weights_of(self, player: str) -> list[nn.Parameter]:
        """Return the weights that a player moves; a player is a submodule of that name, or all."""
        home = self if player == "model" else getattr(self, player)
        return [weight for weight in home.parameters() if weight.requires_grad]

    def loss(
        self,
        batch: dict[str, Tensor],
        *,
        player: str = "model",
        step: int = 0,
        progress: float = 0.0,
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Return what a player makes smaller, and its parts to be logged apart.

        ``progress`` is the share of the run that is done, for annealing.
        """
        raise NotImplementedError

    def measure(self, batch: dict[str, Tensor]) -> dict[str, tuple[float, float]]:
        """Return name to (sum, count) on phrases held out; a metric is the quotient over all batches."""
        raise NotImplementedError

    def graphs(self) -> tuple[Graph, ...]:
        """Return what a bundle runs."""
        raise NotImplementedError

    def sample_arrays(self, n: int, *, seed: int) -> dict[str, npt.NDArray[np.generic]]:  # noqa: ARG002
        """Return phrases to look at while training, in the kind's arrays; empty where it cannot."""
        return {}
