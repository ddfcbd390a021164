"""Progressions: constraints hold, surprise rises, seeds repeat."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from motet.errors import ConstraintError, ParameterError
from motet.tasks.harmonise.progression import CADENCES, progressions


@pytest.mark.parametrize("style", ["", "pop", "swing"])
@pytest.mark.parametrize("key", ["C", "F# minor"])
def test_surprise_rises(style: str, key: str) -> None:
    means = [
        np.mean([one.surprise_bits for one in progressions(style=style, key=key, surprise=s, n=3)])
        for s in (0.0, 0.35, 0.7, 1.0)
    ]
    assert means == sorted(means)
    assert means[-1] - means[0] > 1.5


def test_ideas_come_the_safest_first_and_differ() -> None:
    ideas = progressions(n=6, bars=8, surprise=0.5, seed=4)
    bits = [one.surprise_bits for one in ideas]
    assert bits == sorted(bits)
    assert len({one.symbols for one in ideas}) == 6
    assert [one.text() for one in ideas] == [
        one.text() for one in progressions(n=6, bars=8, surprise=0.5, seed=4)
    ]


@pytest.mark.parametrize("cadence", CADENCES)
def test_cadences(cadence: str) -> None:
    for idea in progressions(key="C", bars=4, cadence=cadence, n=2, surprise=0.3):
        before, last = idea.chords[-2:]
        if cadence in ("authentic", "plagal"):
            assert last.root_pc == 0
        if cadence == "authentic":
            assert before.root_pc in (7, 1, 10)
        if cadence == "half":
            assert last.root_pc == 7
        if cadence == "deceptive":
            assert (before.root_pc, last.root_pc) == (7, 9)


def test_beginning_start_and_end_are_kept() -> None:
    for idea in progressions(chords="F#m Bm", key="A", bars=6, n=3):
        assert idea.symbols[:2] == ("F#m", "Bm")
        assert idea.progression.n_bars == 6
    for idea in progressions(key="D", start="vi", end="IV", bars=4, n=2):
        assert (idea.symbols[0], idea.symbols[-1]) == ("Bm", "G")


def test_open_places_are_filled() -> None:
    for idea in progressions(chords="C ? F ?", bars=4, n=3):
        assert (idea.symbols[0], idea.symbols[2]) == ("C", "F")
        assert idea.progression.n_bars == 4


def test_two_chords_a_bar_in_three_four() -> None:
    idea = progressions(bars=4, chords_per_bar=2, metre="3/4", n=1)[0]
    assert idea.progression.n_bars == 4
    assert len(idea.chords) == 8
    assert idea.progression.bar_qn == 3.0


@pytest.mark.parametrize(
    "options",
    [{"bars": 0}, {"surprise": 1.5}, {"n": 0}, {"metre": "4"}, {"cadence": "sudden"}, {"key": "H"},
     {"chords": "Cxyz"}, {"style": "nobody"}, {"chords_per_bar": 9}, {"seed": -1}],
)  # fmt: skip
def test_mistakes(options: dict[str, Any]) -> None:
    with pytest.raises(ParameterError):
        progressions(**options)


def test_what_contradicts_itself_is_refused() -> None:
    with pytest.raises(ConstraintError):
        progressions(chords="C C", bars=2, n=1, key="C", style="", start="C", end="C")
