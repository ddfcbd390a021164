"""Bars by how probable the model found them: the planted bar leads, words and figures agree."""

from __future__ import annotations

import math

import pytest

from motet.engine import load_bundle
from motet.score import make_score
from motet.why.piece import open_piece
from motet.why.surprise import Surprise, explain_surprise, mean_nats

BARS = ["C5:1 D5:1 E5:2", "G5:1 F5:1 D5:2"] * 4


def found_in(bars: list[str], told: range) -> Surprise:
    score = make_score("|".join(bars), "|".join(["C3+E3+G3:4", "G2+B2+D3:4"] * 4), chords="C:4 G:4 " * 4,
                       fifths=0)  # fmt: skip
    return explain_surprise(open_piece(score), bundle=load_bundle("small"), bars=told, parts=[0, 1])


def test_the_planted_bar_is_the_most_surprising_and_its_note_comes_first() -> None:
    found = found_in([*BARS[:6], "C5:1 Bb3:1 E5:2", BARS[7]], range(8))
    assert found.most is not None
    assert (found.most.bar, found.most.percentile) == (7, 1.0)
    first = found.notes[0]
    assert (first.bar, first.place_qn, first.part) == (6, 1.0, 0)
    assert any("bar 7, beat 2, Part 1: Bb3 had" in line for line in found.tell())
    assert any("第 7 小节" in line for line in found.tell("zh"))


def test_the_mean_of_the_bars_is_that_of_the_piece() -> None:
    found = found_in(BARS, range(8))
    total = sum(one.nats * one.n_notes for one in found.bars)
    assert total / sum(one.n_notes for one in found.bars) == pytest.approx(found.nats)
    assert all(set(one.parts) == {"Part 1", "Part 2"} for one in found.bars)


def test_an_excerpt_is_measured_against_the_whole() -> None:
    whole, part = found_in(BARS, range(8)), found_in(BARS, range(4, 6))
    assert part.bars == whole.bars[4:6]
    assert part.nats == whole.nats


def test_nothing_is_nothing() -> None:
    assert math.isnan(mean_nats([]))
    assert Surprise(reason=("no", "没有")).tell("zh") == ["没有"]
