"""The benchmarks of quality count what they say they count."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import motet
from motet.tokens import GridScore, decode, encode, score_to_grid

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "quality"


@pytest.fixture(scope="module")
def load() -> Iterator[Any]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module
    sys.path.remove(str(FOLDER))


@pytest.fixture(scope="module")
def grids() -> list[GridScore]:
    return [
        score_to_grid(motet.arrange(style=style, seed=seed, bars=8, humanise=0).score).grid
        for seed, style in enumerate(("classical", "bossa", "jazz-waltz"))
    ]


def test_counted_tokens_are_those_of_the_codec(load: Any, grids: list[GridScore]) -> None:
    tokens = load("tokens")
    for grid in grids:
        tokens.check_shipped(grid)
        shipped = tokens.count_tokens(grid, tokens.Layout()).sum()
        assert shipped < tokens.count_tokens(grid, tokens.Layout(cursor="none")).sum()
        assert shipped > tokens.count_tokens(grid, tokens.Layout(velocity=False)).sum()


def test_shuffled_bars_keep_every_note(
    load: Any, grids: list[GridScore], rng: np.random.Generator
) -> None:
    shuffle = load("composer_rows").shuffle_bars
    for grid in grids:
        other = shuffle(grid, rng)
        assert not np.array_equal(other.notes, grid.notes)
        assert sorted(other.notes["pitch"].tolist()) == sorted(grid.notes["pitch"].tolist())
        bars = [sorted(map(str, grid.notes[grid.notes["bar"] == b])) for b in range(grid.n_bars)]
        assert len(bars) == other.n_bars


def test_the_chain_writes_what_can_be_read(
    load: Any, grids: list[GridScore], rng: np.random.Generator
) -> None:
    chain = load("composer_rows").Chain()
    for grid in grids:
        chain.learn(grid)
    for grid in grids:
        made = chain.write(grid, rng)
        assert made.n_notes > 0
        assert decode(encode(made)).equals(made)


def test_windows_have_the_bars_asked_for(
    load: Any, grids: list[GridScore], rng: np.random.Generator
) -> None:
    rows = load("composer_rows")
    cut = rows.cut_window(grids[0], n_bars=4, rng=rng)
    assert cut.n_bars == 4
    assert set(cut.notes["part"].tolist()) == set(range(len(cut.parts)))


def test_a_section_of_the_page_is_replaced(load: Any) -> None:
    page = load("quality_page")
    text = "a\n<!-- x -->\nold\n<!-- end x -->\nb\n"
    made = page.put_section(text, "x", page.make_table(("h", "i"), [("1", "2")]))
    assert made == "a\n<!-- x -->\n| h | i |\n| --- | --- |\n| 1 | 2 |\n<!-- end x -->\nb\n"
    assert page.put_section(made, "x", "old") == text
    with pytest.raises(SystemExit, match="no section"):
        page.put_section(text, "y", "")
