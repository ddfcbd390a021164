"""Windows are balanced, whole and apart; shuffling loses nothing but order."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

import motet
from motet.corpus import open_shards
from motet.suite.groups import group_of
from motet.suite.windows import (
    cut_window,
    empty_grid,
    pick_by_group,
    pick_windows,
    shuffle_bars,
    shuffle_whole_bars,
    to_scores,
)
from motet.tokens import GridScore, score_to_grid


@pytest.fixture(scope="module")
def grids() -> list[GridScore]:
    return [
        score_to_grid(motet.arrange(style=style, seed=seed, bars=8, humanise=0).score).grid
        for seed, style in enumerate(("classical", "jazz-waltz"))
    ]


def bars_of(grid: GridScore) -> list[list[str]]:
    return [
        sorted(
            str(row[["part", "pos", "dur", "pitch", "vel"]])
            for row in grid.notes
            if row["bar"] == b
        )
        for b in range(grid.n_bars)
    ]


def test_styles_take_turns(long_shards: Path, rng: np.random.Generator) -> None:
    shards = open_shards(long_shards, "test")
    found = pick_windows(shards, n=6, n_bars=16, rng=rng)
    assert len(found) == 6
    assert set(Counter(grid.style for grid in found).values()) == {2}
    assert all(grid.n_bars == 16 for grid in found)
    one = int(shards.styles[0])
    many = pick_windows(shards, n=99, n_bars=16, rng=rng, per_piece=4, styles=[one])
    own = shards.n_bars[shards.styles == one]
    assert len(many) == sum(min(4, int(bars) // 16) for bars in own)
    assert pick_windows(shards, n=3, n_bars=999, rng=rng) == []


def test_a_window_has_the_parts_that_play(grids: list[GridScore], rng: np.random.Generator) -> None:
    cut = cut_window(grids[0], n_bars=4, rng=rng)
    assert cut is not None
    assert set(cut.notes["part"].tolist()) == set(range(len(cut.parts)))
    assert cut_window(empty_grid(grids[0]), n_bars=4, rng=rng) is None
    assert to_scores([cut])[0].n_bars == 4


def test_shuffled_bars_keep_every_bar(grids: list[GridScore], rng: np.random.Generator) -> None:
    for grid in grids:
        for shuffle in (shuffle_bars, shuffle_whole_bars):
            other = shuffle(grid, rng)
            assert bars_of(other) != bars_of(grid)
            assert sorted(bars_of(other)) == sorted(bars_of(grid))


def test_chords_move_with_whole_bars(grids: list[GridScore], rng: np.random.Generator) -> None:
    def held(grid: GridScore) -> list[tuple[list[str], list[int]]]:
        """What each bar plays, and the chord at its start."""
        starts = grid.chords["bar"].astype(int) * 10_000 + grid.chords["pos"]
        at = [
            int(np.searchsorted(starts, b * 10_000, side="right")) - 1 for b in range(grid.n_bars)
        ]
        chords = [[int(grid.chords["chord"][k])] if k >= 0 else [] for k in at]
        return sorted(zip(bars_of(grid), chords, strict=True))

    for grid in grids:
        assert held(shuffle_whole_bars(grid, rng)) == held(grid)
        assert held(shuffle_bars(grid, rng)) != held(grid)


def test_groups_take_turns(long_shards: Path, rng: np.random.Generator) -> None:
    shards = open_shards(long_shards, "test")
    found = pick_by_group(shards, n=16, n_bars=16, rng=rng, per_piece=4)
    groups = [group_of(grid.style) for grid in found]
    assert groups[:3] == ["choral", "guitar", "folk"]
    assert set(Counter(groups).values()) == {2}
