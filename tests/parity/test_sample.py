"""Choosing an id against a twin that sorts everything."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.engine.sample import choose


def _twin(
    logits: np.ndarray, mask: np.ndarray, temperature: float, top_p: float, min_p: float, u: float
) -> int:
    """Sort all ids, walk down."""
    warm = np.where(mask, logits.astype(np.float64) / temperature, -np.inf)
    share = np.exp(warm - warm.max())
    share /= share.sum()
    order = sorted(range(len(share)), key=lambda i: (-share[i], i))
    kept, total = [], 0.0
    for i in order:
        if not mask[i] or total >= top_p or share[i] < min_p * share[order[0]]:
            break
        kept.append(i)
        total += share[i]
    point = u * total
    for i in kept:
        if point < share[i]:
            return i
        point -= share[i]
    return kept[-1]


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 10_000),
    st.floats(0.3, 2.0),
    st.floats(0.05, 1.0),
    st.sampled_from([0.0, 0.02, 0.3]),
    st.floats(0, 0.999),
)
def test_it_agrees_with_a_walk_down(
    seed: int, temperature: float, top_p: float, min_p: float, u: float
) -> None:
    rng = np.random.default_rng(seed)
    logits = (rng.standard_normal((3, 40)) * 3).astype(np.float32)
    masks = rng.random((3, 40)) < 0.3
    masks[:, 5] = True
    got, _ = choose(
        logits, masks, temperature=temperature, top_p=top_p, min_p=min_p, uniforms=np.full(3, u)
    )
    expected = [
        _twin(row, mask, temperature, top_p, min_p, u)
        for row, mask in zip(logits, masks, strict=True)
    ]
    assert got.tolist() == expected
