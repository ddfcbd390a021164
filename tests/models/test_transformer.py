"""The Transformer sees only what it may, and its fast ways agree with the plain one."""

from __future__ import annotations

import pytest
import torch

from motet.errors import ParameterError
from motet.models.transformer import SIZES, Cache, Reach, Transformer, TransformerConfig, attend

torch.set_num_threads(1)


@pytest.fixture
def model() -> Transformer:
    torch.manual_seed(1)
    model = Transformer(SIZES["tiny"]).eval()
    with torch.no_grad():
        for weight in model.parameters():
            weight.add_(torch.randn_like(weight) * 0.1)
    return model


def ids_of(seed: int, rows: int, length: int) -> torch.Tensor:
    return torch.randint(3, 1400, (rows, length), generator=torch.Generator().manual_seed(seed))


def test_later_tokens_do_not_change_earlier_logits(model: Transformer) -> None:
    ids = ids_of(0, 1, 20)
    other = ids.clone()
    other[:, 12:] = ids_of(5, 1, 8)
    one, two = model(ids), model(other)
    assert torch.allclose(one[:, :12], two[:, :12], atol=1e-5)
    assert not torch.allclose(one[:, 12:], two[:, 12:], atol=1e-2)


def test_packed_documents_are_as_if_alone(model: Transformer) -> None:
    first, second = ids_of(1, 1, 9), ids_of(2, 1, 14)
    packed = torch.cat((first, second), dim=1)
    segments = torch.tensor([[1] * 9 + [2] * 14])
    together = model(packed, segments=segments)
    assert torch.allclose(together[:, :9], model(first), atol=1e-5)
    assert torch.allclose(together[:, 9:], model(second), atol=1e-5)


def test_runs_agree_with_a_mask() -> None:
    torch.manual_seed(0)
    q, k, v = torch.randn(2, 4, 12, 8), torch.randn(2, 2, 12, 8), torch.randn(2, 2, 12, 8)
    segments = torch.tensor([[1] * 5 + [2] * 7, [1] * 12])
    mask = (segments[:, None, :, None] == segments[:, None, None, :]).tril()
    by_mask = attend(q, k, v, Reach(mask=mask))
    by_runs = attend(q, k, v, Reach(runs=[[(0, 5), (5, 12)], [(0, 12)]]))
    assert torch.allclose(by_mask, by_runs, atol=1e-6)


def test_a_cache_gives_the_same_logits(model: Transformer) -> None:
    ids = ids_of(3, 2, 15)
    whole = model(ids)
    cache = Cache.empty()
    parts = [model(ids[:, a:b], cache=cache) for a, b in ((0, 6), (6, 7), (7, 15))]
    assert cache.length == 15
    assert torch.allclose(torch.cat(parts, dim=1), whole, atol=1e-5)


def test_position_matters_and_only_relative_distance_counts(model: Transformer) -> None:
    ids = ids_of(4, 1, 6)
    swapped = ids[:, [1, 0, 2, 3, 4, 5]]
    assert not torch.allclose(model(ids)[:, -1], model(swapped)[:, -1], atol=1e-3)


def test_weight_names_are_the_contract_with_export(model: Transformer) -> None:
    names = set(model.state_dict())
    inner = ("norm1", "attn.q", "attn.k", "attn.v", "attn.o", "norm2", "mlp.gate", "mlp.up")
    expected = {f"blocks.{i}.{one}.weight" for i in range(2) for one in (*inner, "mlp.down")}
    assert names == expected | {"embed.weight", "norm.weight"}


def test_sizes_have_the_weights_that_the_plan_says() -> None:
    counts = {
        name: sum(w.numel() for w in Transformer(SIZES[name]).parameters())
        for name in ("tiny", "small", "medium")
    }
    assert (
        counts["small"]
        == 1536 * 256 + 5 * (2 * 256 * 256 + 2 * 256 * 64 + 3 * 256 * 704 + 512) + 256
    )
    assert counts["tiny"] < counts["small"] < counts["medium"]


@pytest.mark.parametrize(
    "change", [{"width": 63}, {"n_kv_heads": 3}, {"dropout": 1.0}, {"n_layers": 0}]
)
def test_shapes_that_do_not_fit_are_refused(change: dict[str, int]) -> None:
    with pytest.raises(ParameterError, match=r"Transformer|n_kv_heads"):
        TransformerConfig(**{**SIZES["tiny"].to_dict(), **change})
