"""A small index of tunes made at random, and what is known of it."""

from __future__ import annotations

import pytest

from motet.originality import Index
from motet.originality.build import index_grids
from motet.tokens import GridScore, score_to_grid
from tiny_corpus import random_tune


def _tunes(n: int, first: int) -> list[GridScore]:
    return [score_to_grid(random_tune(first + k)).grid for k in range(n)]


@pytest.fixture(scope="session")
def tunes() -> list[GridScore]:
    """Forty tunes of 12 bars."""
    return _tunes(40, 0)


@pytest.fixture(scope="session")
def strangers() -> list[GridScore]:
    """Ten other tunes."""
    return _tunes(10, 1000)


@pytest.fixture(scope="session")
def index(tunes: list[GridScore]) -> Index:
    """The forty tunes, indexed."""
    return index_grids(tunes, names=[f"made/{k}" for k in range(len(tunes))], window=4)
