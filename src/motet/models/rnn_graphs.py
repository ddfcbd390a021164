"""What a bundle of the recurrent network runs: the four steps of an event, each a graph.

Conventions: as `motet.models.rnn`; each graph takes one event of b players, and their whole look-back.

Offers `make_graphs`.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from motet.models.learner import Graph
from motet.models.vae_steps import gru_step
from motet.phrases.event_memory import LAGS

__all__ = ["make_graphs"]


def make_graphs(rnn: Any) -> tuple[Graph, ...]:
    """Return the graphs of a network: state and time shift, part, pitch, duration with velocity.

    Parameters
    ----------
    rnn : Rnn

    Returns
    -------
    tuple of Graph
        ``step``, ``onset``, ``pitch``, ``shape``.

    Examples
    --------
    >>> from motet.models.rnn import RNN_SIZES, Rnn
    >>> [graph.outputs[0] for graph in make_graphs(Rnn(RNN_SIZES["tiny"]))]
    ['shift_logits', 'u', 'w', 'dur_logits']
    """
    k, d, head = len(LAGS), rnn.config.width, rnn.config.head

    def ints(*shape: int) -> Tensor:
        return torch.zeros(2, *shape, dtype=torch.int64)

    floats = {
        "state": torch.randn(2, rnn.config.n_layers, d) / 2,
        "hidden": torch.randn(2, d) / 2,
        "sound": torch.zeros(2, 12),
        "u": torch.randn(2, head) / 2,
        "w": torch.randn(2, head) / 2,
    }
    under = {"place": ints(5), "chords": ints(2)}
    return (
        Graph(
            name="step",
            module=_Step(rnn),
            inputs={
                "events": ints(5), **under, "style": ints(), "mode": ints(), "lags": ints(k, 6),
                "state": floats["state"],
            },
            outputs=("shift_logits", "hidden", "next_state"),
        ),
        Graph(
            name="onset",
            module=_Onset(rnn),
            inputs={
                "hidden": floats["hidden"], "shift": ints(), **under, "sound": floats["sound"],
                "lags": ints(k, 6),
            },
            outputs=("u", "part_logits"),
        ),
        Graph(
            name="pitch",
            module=_Pitch(rnn),
            inputs={"u": floats["u"], "part": ints(), "last": ints(), "lags": ints(k, 6)},
            outputs=("w", "pitch_logits"),
        ),
        Graph(
            name="shape",
            module=_Shape(rnn),
            inputs={"w": floats["w"], "pitch": ints(), "lags": ints(k, 6)},
            outputs=("dur_logits", "vel_logits"),
        ),
    )  # fmt: skip


class _Step(nn.Module):
    """One event goes in; out come the next state and the logits of the time shift."""

    def __init__(self, rnn: Any) -> None:
        super().__init__()
        self.rnn = rnn

    def forward(
        self, events: Tensor, place: Tensor, chords: Tensor, style: Tensor, mode: Tensor, lags: Tensor,
        state: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:  # fmt: skip
        rnn = self.rnn
        lags = lags * 1
        time = rnn.tell_time(lags)
        x = torch.cat((rnn.tell_event(events, place, chords, style, mode), time), dim=-1)
        states = []
        for i, layer in enumerate(rnn.layers):
            assert isinstance(layer, nn.GRU)
            x = gru_step(layer, x, state[:, i])  # (b, d)
            states.append(x)
        return rnn.foretell_time(x, time, lags[..., 0]), x * 1, torch.stack(states, dim=1)


class _Onset(nn.Module):
    """Where the note begins is known; out come the logits of its part."""

    def __init__(self, rnn: Any) -> None:
        super().__init__()
        self.rnn = rnn

    def forward(
        self,
        hidden: Tensor,
        shift: Tensor,
        place: Tensor,
        chords: Tensor,
        sound: Tensor,
        lags: Tensor,
    ) -> tuple[Tensor, Tensor]:
        found: tuple[Tensor, Tensor] = self.rnn.foretell_part(
            hidden, shift, place, chords, sound, lags[..., 1]
        )
        return found


class _Pitch(nn.Module):
    """The part is known; out come the logits of the pitch."""

    def __init__(self, rnn: Any) -> None:
        super().__init__()
        self.rnn = rnn

    def forward(self, u: Tensor, part: Tensor, last: Tensor, lags: Tensor) -> tuple[Tensor, Tensor]:
        found: tuple[Tensor, Tensor] = self.rnn.foretell_pitch(u, part, last, lags[..., 2:])
        return found


class _Shape(nn.Module):
    """The pitch is known; out come the logits of duration and velocity."""

    def __init__(self, rnn: Any) -> None:
        super().__init__()
        self.rnn = rnn

    def forward(self, w: Tensor, pitch: Tensor, lags: Tensor) -> tuple[Tensor, Tensor]:
        found: tuple[Tensor, Tensor] = self.rnn.foretell_shape(w, pitch, lags[..., 4])
        return found
