"""Syllables in time: stress on beats, order, room to breathe."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.score import Metre
from motet.tasks.melody.setting import bars_of_line, set_line, slot_strength
from motet.tasks.melody.words import Syllable, read_words


def metre(text: str) -> Metre:
    top, bottom = text.split("/")
    return Metre(tick=0, numerator=int(top), denominator=int(bottom))


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 2), min_size=1, max_size=24),
    st.sampled_from(["2/4", "3/4", "4/4", "5/4", "6/8", "7/8", "12/8"]),
    st.data(),
)
def test_every_syllable_follows_the_one_before(
    weights: list[int], name: str, data: st.DataObject
) -> None:
    breaths = data.draw(st.lists(st.booleans(), min_size=len(weights), max_size=len(weights)))
    words = [Syllable(text="la", weight=w, breath=b) for w, b in zip(weights, breaths, strict=True)]
    own = metre(name)
    n_bars = bars_of_line(len(words), own)
    found = set_line(words, own, n_bars)
    assert len(found) == len(words)
    for one, two in pairwise(found):
        assert one.tick < two.tick
        assert one.tick + one.duration_tick <= two.tick
    end = round(float(own.bar_qn) * 480) * n_bars
    assert found[-1].tick + found[-1].duration_tick <= end
    assert found[0].tick >= -3 * 240


def test_stressed_syllables_fall_on_beats() -> None:
    (section,) = read_words("The river runs beneath the silver moon")
    line = section.lines[0].syllables
    found = set_line(line, metre("4/4"), 2)
    for one, word in zip(found, line, strict=True):
        if word.weight == 2:
            assert slot_strength(metre("4/4"), one.tick % 1920 / 480) >= 1


def test_a_weak_start_is_an_upbeat_and_the_end_is_long() -> None:
    (section,) = read_words("And nothing here will ever be the same")
    found = set_line(section.lines[0].syllables, metre("4/4"), 2)
    assert found[0].tick < 0
    assert found[-1].duration_tick >= 480


def test_the_last_line_may_be_held() -> None:
    words = [Syllable(text="la", weight=2)] * 4
    held = set_line(words, metre("4/4"), 2, holds=True)
    assert held[-1].tick + held[-1].duration_tick == 2 * 1920


def test_a_line_leans_on_the_one_before() -> None:
    words = [Syllable(text="la", weight=1)] * 6
    model = {0, 240, 720, 960, 1200, 1920}
    found = {one.tick for one in set_line(words, metre("4/4"), 2, models=[model] * 3)}
    assert len(found & model) >= 5


@pytest.mark.parametrize(("name", "places"), [("4/4", [3, 1, 2, 1]), ("3/4", [3, 1, 1])])
def test_beats_have_their_strength(name: str, places: list[int]) -> None:
    assert [slot_strength(metre(name), k) for k in range(len(places))] == places
