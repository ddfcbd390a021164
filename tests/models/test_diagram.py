"""Drawings of models: every family, flow as computed, weights as counted."""

from __future__ import annotations

import re

import pytest
import torch
from torch import Tensor, nn

from motet.models import MODEL_FAMILIES, build_model, count_weights
from motet.models.diagram import draw_model, trace_model


class _Forked(nn.Module):
    """Two ways that meet, a layer that is called twice, and one that is never called."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.right = nn.Linear(4, 4), nn.Linear(4, 4)
        self.meet, self.idle = nn.Linear(8, 2), nn.Linear(2, 2)

    def forward(self, x: Tensor) -> Tensor:
        both = torch.cat((self.left(torch.relu(x)), self.right(x).tanh()), dim=-1)
        result: Tensor = self.meet(both)
        return result


def test_arrows_follow_the_results() -> None:
    from motet.models.learner import Graph, Learner

    class One(Learner):
        def __init__(self) -> None:
            super().__init__()
            self.net = _Forked()

        def graphs(self) -> tuple[Graph, ...]:
            x = {"x": torch.zeros(3, 4)}
            return (Graph(name="go", module=self.net, inputs=x, outputs=("y",)),)

    (drawing,) = trace_model(One())
    names = {key: box.path for key, box in drawing.boxes.items()}
    assert set(names.values()) == {"left", "right", "meet"}
    arrows = {
        (names.get(a, a), names.get(b, b)) for (a, b), solid in drawing.arrows.items() if solid
    }
    assert arrows == {
        ("in_x", "left"), ("in_x", "right"), ("left", "meet"), ("right", "meet"), ("meet", "out_y"),
    }  # fmt: skip
    assert drawing.inputs == {"in_x": "x (b, 4)"}
    assert drawing.outputs == {"out_y": "y (b, 2)"}


@pytest.mark.parametrize("family", list(MODEL_FAMILIES))
def test_every_family_can_be_drawn(family: str) -> None:
    torch.set_num_threads(1)
    size = next(iter(MODEL_FAMILIES[family].sizes))
    text = draw_model(family, size)
    n = count_weights(build_model(family, size))
    assert text.startswith(f"%% {family} {size}: {n:,} weights\nflowchart TD\n")
    boxes = set(re.findall(r"^ +(\w+)[\[(]", text, re.MULTILINE))
    ends = {end for pair in re.findall(r"(\w+) -\.?->? (\w+)", text) for end in pair}
    assert ends
    assert ends <= boxes
    assert text.count("subgraph") == text.count("\n  end")


def test_depth_opens_layers() -> None:
    shallow, deep = (draw_model("roll", "tiny", depth=n) for n in (1, 3))
    assert "<b>near</b>" in shallow
    assert "<b>near.wide</b>" in deep


def test_equal_layers_are_one_box() -> None:
    row = nn.Sequential(nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 3), nn.Linear(3, 1))
    (drawing,) = trace_model(row)
    assert [(box.times, box.weights) for box in drawing.boxes.values()] == [(2, 24), (1, 4)]


class _Written(nn.Module):
    """A recurrent cell whose weights are used without calling it, as loops for export do."""

    def __init__(self) -> None:
        super().__init__()
        self.embed, self.cell, self.head = nn.Embedding(5, 3), nn.GRU(3, 4), nn.Linear(4, 2)

    def forward(self, ids: Tensor, state: Tensor) -> Tensor:
        x = self.embed(ids)
        both = x @ self.cell.weight_ih_l0.T + state @ self.cell.weight_hh_l0.T[:, :12]
        result: Tensor = self.head(torch.tanh(both[:, :4] + self.cell.bias_ih_l0[:4]))
        return result


def test_weights_used_without_their_module_still_count_as_it() -> None:
    from motet.models.learner import Graph, Learner

    class One(Learner):
        def __init__(self) -> None:
            super().__init__()
            self.net = _Written()

        def graphs(self) -> tuple[Graph, ...]:
            inputs = {"ids": torch.zeros(2, dtype=torch.long), "state": torch.zeros(2, 4)}
            return (Graph(name="go", module=self.net, inputs=inputs, outputs=("y",)),)

    (drawing,) = trace_model(One())
    names = {key: box.path for key, box in drawing.boxes.items()}
    arrows = {(names.get(a, a), names.get(b, b)) for a, b in drawing.arrows}
    assert arrows == {
        ("in_ids", "embed"), ("embed", "cell"), ("in_state", "cell"), ("cell", "head"), ("head", "out_y"),
    }  # fmt: skip
    assert all(drawing.arrows.values())
