"""The benchmarks of quality count what they say they count."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import motet
from motet.score import make_score
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


def test_a_change_outside_the_written_bars_is_seen(load: Any) -> None:
    infill = load("infill")
    score = make_score("C4:4 | " * 10, "C3:4 | " * 10)
    first, second = score.parts
    inside = [replace(n, pitch=62) if n.onset_tick == 5 * 1920 else n for n in first.notes]
    assert (
        infill.changed(score, score.with_parts(replace(first, notes=tuple(inside)), second)) == []
    )
    outside = [replace(n, pitch=62) if n.onset_tick == 8 * 1920 else n for n in first.notes]
    wrong = score.with_parts(replace(first, notes=tuple(outside)), second)
    assert infill.changed(score, wrong) == ["notes"]
    assert infill.changed(score, replace(score, title="x")) == ["title"]
    renamed = score.with_parts(replace(first, name="x"), second)
    assert infill.changed(score, renamed) == ["part Part 1"]


def test_a_copy_repeats_the_four_bars_before(load: Any) -> None:
    infill = load("infill")
    grid = score_to_grid(make_score(" | ".join(f"{name}4:4" for name in "CDEFGABCDE"))).grid
    made = infill.copy_bars(grid).notes["pitch"].tolist()
    assert made[4:8] == made[:4]
    assert made[8:] == grid.notes["pitch"].tolist()[8:]
    assert infill.match({(1,), (2,)}, {(2,), (3,)}) == 0.5
    assert infill.seam_semi(grid) == 2.0
    assert infill.seam_semi(infill.copy_bars(grid)) == (5 + 3) / 2


def test_exceptions_are_named(load: Any) -> None:
    likelihood = load("likelihood")
    verdict = load("types").SimpleNamespace(gain_by_style={"jig": 0.3, "reel": 0.1})
    assert "exceptions are reel" in likelihood.tell_exceptions(verdict, ["reel"])
    assert "all 2 styles" in likelihood.tell_exceptions(verdict, [])


def test_rules_of_a_window_are_those_of_its_music(load: Any) -> None:
    model = load("composer_model")
    score = make_score("C4:4 | E4+G4:2 D5:2", chords="C:4 A7/C#:2 Dm:2", fifths=0)
    grid = score_to_grid(score).grid
    rules = model.make_rules(grid)
    assert rules[1, 0].max_polyphony == 2
    assert (rules[0, 0].low, rules[0, 0].high) == (58, 76)
    assert rules[1, 0].strong == {0, 48}
    assert rules[1, 0].chords == ((0, 48, frozenset({9, 1, 4, 7})), (48, 96, frozenset({2, 5, 9})))
