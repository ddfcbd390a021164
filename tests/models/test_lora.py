"""Adapters begin as nothing, learn what they are shown, and end in the weights."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from motet.errors import ParameterError
from motet.models import add_adapters, build_model, merge_adapters
from motet.models.lora import Adapted, adapter_state, load_adapter_state

torch.set_num_threads(1)
IDS = torch.arange(1, 40)[None]


def tiny() -> nn.Module:
    torch.manual_seed(3)
    return build_model("transformer", "tiny").eval()


def drift(model: nn.Module) -> None:
    """Give the adapters something to say."""
    torch.manual_seed(5)
    with torch.no_grad():
        for weight in model.parameters():
            if weight.requires_grad:
                weight += 0.1 * torch.randn_like(weight)


def test_fresh_adapters_change_nothing() -> None:
    plain, model = tiny(), tiny()
    add_adapters(model, rank=4)
    assert torch.equal(plain(IDS), model(IDS))


def test_only_adapters_learn_and_the_tied_embedding_does_not() -> None:
    model = tiny()
    n_learnt = add_adapters(model, rank=3)
    learning = {name for name, one in model.named_parameters() if one.requires_grad}
    assert n_learnt == 3 * 2 * (128 + 96 + 96 + 128 + 3 * 256)  # rank, layers, n + k of each matrix
    assert {name.rpartition(".")[2] for name in learning} == {"a", "b"}
    assert {name.split(".")[-2] for name in learning} == {"q", "k", "v", "o", "gate", "up", "down"}


def test_merged_weights_give_what_the_adapters_gave() -> None:
    plain, model = tiny(), tiny()
    add_adapters(model, rank=2)
    drift(model)
    adapted = model(IDS)
    merged = merge_adapters(model)
    assert not [one for one in merged.modules() if isinstance(one, Adapted)]
    assert merged.state_dict().keys() == plain.state_dict().keys()
    torch.testing.assert_close(merged(IDS), adapted, atol=1e-4, rtol=1e-4)
    assert (adapted - plain(IDS)).abs().max() > 1e-3
    assert torch.equal(merged.embed.weight, plain.embed.weight)  # type: ignore[union-attr,arg-type]


def test_a_share_of_nothing_leaves_the_model_as_it_was() -> None:
    plain, model = tiny(), tiny()
    add_adapters(model, rank=2)
    drift(model)
    assert torch.equal(merge_adapters(model, share=0.0)(IDS), plain(IDS))


def test_a_kept_state_comes_back() -> None:
    model = tiny()
    add_adapters(model, rank=2)
    kept, before = adapter_state(model), model(IDS)
    drift(model)
    assert not torch.equal(model(IDS), before)
    load_adapter_state(model, kept)
    assert torch.equal(model(IDS), before)


@pytest.mark.parametrize("rank", [0, 257, -1])
def test_a_rank_out_of_range_is_refused(rank: int) -> None:
    with pytest.raises(ParameterError, match="rank must be"):
        add_adapters(tiny(), rank=rank)


def test_a_model_without_such_layers_is_refused() -> None:
    with pytest.raises(ParameterError, match="no layers"):
        add_adapters(nn.Sequential(nn.Linear(2, 2)))
