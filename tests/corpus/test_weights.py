"""Draw weights: styles by the root of their notes, sources under their cap."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.corpus.weights import balance_weights

ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 5), st.integers(1, 500), st.integers(1, 40)),
    min_size=1,
    max_size=30,
)


@settings(max_examples=50)
@given(ROWS, st.floats(0.05, 1.0))
def test_shares(rows, cap) -> None:
    table = np.array(rows, np.int64)
    weights = balance_weights(*table.T, cap=cap)
    assert np.isclose(weights.sum(), 1.0)
    assert (weights > 0).all()
    sources = np.unique(table[:, 1])
    limit = max(cap, 1 / len(sources))
    for source in sources:
        assert weights[table[:, 1] == source].sum() <= limit + 1e-6


def test_a_style_is_drawn_by_the_root_of_its_notes() -> None:
    styles = np.array([0, 0, 1])
    weights = balance_weights(
        styles, styles, np.array([450, 450, 100]), np.array([3, 1, 5]), cap=1.0
    )
    assert np.allclose(weights, [0.75 * 0.75, 0.25 * 0.75, 0.25])


def test_what_is_cut_goes_to_the_others() -> None:
    sources = np.array([0, 1, 2])
    weights = balance_weights(
        sources, sources, np.array([10_000, 100, 100]), np.array([1, 1, 1]), cap=0.4
    )
    assert np.allclose(weights, [0.4, 0.3, 0.3])


def test_a_source_with_its_own_cap_never_has_more() -> None:
    sources = np.arange(9)
    notes = np.array([100] * 8 + [10_000_000])
    weights = balance_weights(sources, sources, notes, notes, cap=0.15, own_caps={8: 0.11})
    assert np.isclose(weights[8], 0.11)
    assert np.allclose(weights[:8], 0.89 / 8)
    few = balance_weights(sources[7:], sources[7:], notes[7:], notes[7:], own_caps={8: 0.11})
    assert np.allclose(few, [0.89, 0.11])
    alone = balance_weights(sources[8:], sources[8:], notes[8:], notes[8:], own_caps={8: 0.11})
    assert np.allclose(alone, [1.0])


def test_nothing() -> None:
    none = np.zeros(0, np.int64)
    assert len(balance_weights(none, none, none, none)) == 0
