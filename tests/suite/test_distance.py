"""Distances are 0 from oneself, and grow with what is changed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from motet.corpus import open_shards
from motet.suite import Request
from motet.suite.distance import (
    FIGURES,
    FRECHET,
    Sample,
    compare_samples,
    measure_distance,
    write_distance,
)
from motet.suite.rows import MODEL_ROWS, PEOPLE, SHUFFLED
from motet.suite.windows import pick_windows, shuffle_bars
from motet.tokens import GridScore


@pytest.fixture
def grids(long_shards: Path, rng: np.random.Generator) -> list[GridScore]:
    return pick_windows(open_shards(long_shards, "test"), n=6, n_bars=16, rng=rng)


def test_shuffling_bars_moves_likeness_alone(
    grids: list[GridScore], rng: np.random.Generator
) -> None:
    people = Sample.read(grids)
    same = compare_samples(people, people)
    assert all(same[name] == pytest.approx(0, abs=1e-9) for name in FIGURES)
    mixed = compare_samples(Sample.read([shuffle_bars(grid, rng) for grid in grids]), people)
    for name in ("pitch_class", "duration", "onset"):
        assert mixed[name] == pytest.approx(0, abs=1e-9)
    assert mixed["self_similarity"] > 0.02


def test_weights_of_a_reference_count(grids: list[GridScore]) -> None:
    both = Sample.read(grids[:2])
    first = both.keep([True, True], [1.0, 0.0])
    assert compare_samples(Sample.read(grids[:1]), first)["pitch_class"] == pytest.approx(0)
    assert both.keep([False, True]).styles == [grids[1].style]
    assert compare_samples(both, both.keep([False, False]))["interval"] != 0


@pytest.mark.slow
def test_the_table_has_every_row_and_group(small_request: Request) -> None:
    facts = measure_distance(small_request)
    assert {PEOPLE, SHUFFLED, *MODEL_ROWS} <= set(facts["rows"])
    for row in facts["rows"].values():
        assert row[FRECHET] >= 0
        assert all(row[name] >= 0 for name in FIGURES)
    assert set(facts["groups"]) <= {"choral", "folk", "guitar"}
    assert "than the Markov chain" in write_distance(facts)
