"""What a learner offers before a family overrides it."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from motet.models.learner import Graph, Learner


class Two(Learner):
    """A model of two players."""

    players = ("judge", "writer")

    def __init__(self) -> None:
        super().__init__()
        self.judge, self.writer = nn.Linear(2, 1), nn.Linear(2, 2)
        self.writer.bias.requires_grad_(False)


def test_a_player_is_a_submodule_and_frozen_weights_do_not_learn() -> None:
    model = Two()
    assert [one.shape for one in model.weights_of("judge")] == [(1, 2), (1,)]
    assert [one.shape for one in model.weights_of("writer")] == [(2, 2)]
    assert len(model.weights_of("model")) == 3
    assert model.turns(7) == ("judge", "writer")


def test_what_a_family_must_say_itself_is_not_made_up() -> None:
    model = Two()
    for call in (lambda: model.loss({}), lambda: model.measure({}), model.graphs):
        with pytest.raises(NotImplementedError):
            call()
    assert model.sample_arrays(3, seed=0) == {}
    graph = Graph(name="a", module=model.judge, inputs={"x": torch.zeros(1, 2)}, outputs=("y",))
    assert graph.fixed == ()
