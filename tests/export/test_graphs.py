"""Graphs of families that say their own: the same numbers by ONNX Runtime, few bits, the same bytes."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
import torch
from torch import Tensor, nn

from motet.errors import BundleError, ParameterError
from motet.export.graphs import build_graphs, measure_graphs, tell_graphs
from motet.models.learner import Graph, Learner

torch.set_num_threads(1)


class _Step(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(64, 48)
        self.cell = nn.GRUCell(48, 96)
        self.out = nn.Linear(96, 64)

    def forward(self, event: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        state = self.cell(self.embed(event), state)
        return self.out(state), state


class _Roll(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.lay = nn.Linear(24, 512)
        self.up = nn.ConvTranspose2d(32, 16, (2, 3), stride=(2, 3))
        self.norm = nn.BatchNorm2d(16)
        self.last = nn.Conv2d(16, 8, 3, padding=1)

    def forward(self, noise: Tensor) -> Tensor:
        field = self.lay(noise).view(-1, 32, 4, 4)
        return torch.sigmoid(self.last(torch.relu(self.norm(self.up(field)))))


class _Both(Learner):
    def __init__(self, *names: str) -> None:
        super().__init__()
        torch.manual_seed(3)
        self.step, self.roll = _Step(), _Roll()
        self.names = names or ("step", "generate")

    def graphs(self) -> tuple[Graph, ...]:
        one = {"event": torch.tensor([3, 5]), "state": torch.randn(2, 96)}
        return (
            Graph(name=self.names[0], module=self.step, inputs=one, outputs=("logits", "next")),
            Graph(name=self.names[1], module=self.roll, inputs={"noise": torch.randn(2, 24)},
                  outputs=("roll",)),
        )  # fmt: skip


def test_onnx_gives_the_models_own_numbers() -> None:
    graphs = build_graphs(_Both(), bits=32)
    assert all(value < 1e-5 for value in measure_graphs(graphs).values())
    stated = tell_graphs(graphs)
    assert stated["step"]["inputs"] == [
        {"name": "event", "dtype": "int64", "shape": ["b"]},
        {"name": "state", "dtype": "float32", "shape": ["b", 96]},
    ]
    assert [one["name"] for one in stated["step"]["outputs"]] == ["logits", "next"]


def test_eight_bits_are_near_and_a_quarter_as_large() -> None:
    whole, packed = (build_graphs(_Both(), bits=bits) for bits in (32, 8))
    measured = measure_graphs(packed)
    assert all(1e-5 < value < 0.03 for value in measured.values())
    for large, small in zip(whole, packed, strict=True):
        n_constant = sum(
            len(one.SerializeToString()) for one in onnx.load_from_string(small.blob).graph.node
        )
        assert len(small.blob) - n_constant < 0.4 * len(large.blob)


def test_the_same_weights_give_the_same_bytes_that_tell_no_place() -> None:
    one, two = build_graphs(_Both()), build_graphs(_Both())
    assert [graph.blob for graph in one] == [graph.blob for graph in two]
    assert not any(word in graph.blob for graph in one for word in (b".py", b"torch", b"/site-"))


def test_any_batch_runs() -> None:
    import onnxruntime

    blob = build_graphs(_Both())[1].blob
    session = onnxruntime.InferenceSession(blob, providers=["CPUExecutionProvider"])
    for b in (1, 5):
        assert session.run(None, {"noise": np.zeros((b, 24), np.float32)})[0].shape == (b, 8, 8, 12)


def test_what_cannot_be_built_is_refused() -> None:
    with pytest.raises(ParameterError, match="8 or 32"):
        build_graphs(_Both(), bits=4)
    with pytest.raises(BundleError, match="a name of its own"):
        build_graphs(_Both("step", "step"))

    class Odd(_Both):
        def graphs(self) -> tuple[Graph, ...]:
            inputs = {
                "event": torch.tensor([1]),
                "state": torch.zeros(1, 96),
                "idle": torch.zeros(1),
            }

            class Idle(nn.Module):
                def forward(self, event: Tensor, state: Tensor, idle: Tensor) -> Tensor:
                    del event, idle
                    return state + 1

            return (Graph(name="odd", module=Idle(), inputs=inputs, outputs=("next",)),)

    with pytest.raises(BundleError, match="must use all its inputs"):
        build_graphs(Odd())
