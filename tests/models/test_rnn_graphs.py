"""The four graphs take any number of players at once, and the state of each is its own."""

import torch

from motet.models.rnn import RNN_SIZES, Rnn
from motet.models.rnn_graphs import make_graphs


def test_players_side_by_side_do_not_touch_each_other():
    torch.manual_seed(0)
    step = make_graphs(Rnn(RNN_SIZES["tiny"]).eval())[0]
    both = {name: one.clone() for name, one in step.inputs.items()}
    both["events"][1] = torch.tensor([24, 0, 60, 20, 9])
    with torch.no_grad():
        together = step.module(*both.values())
        alone = step.module(*(one[1:] for one in both.values()))
    for one, two in zip(together, alone, strict=True):
        assert torch.allclose(one[1:], two, atol=1e-6)
    assert not torch.allclose(together[2][0], together[2][1])
