"""What a request leaves open: groove, metre, key, tempo and swing."""

from __future__ import annotations

import pytest

from motet.arranger import ArrangeRequest, Style, find_style, list_styles
from motet.arranger.choice import choose_groove, choose_key, choose_metre, choose_qpm, choose_swing
from motet.score import Metre

FOUR = Metre(tick=0, numerator=4, denominator=4)


def test_a_groove_of_the_section_is_taken() -> None:
    bossa = find_style("bossa")
    assert choose_groove(bossa, FOUR, "intro").name == "bossa-light"
    assert choose_groove(bossa, FOUR, "verse").name == "bossa"


def test_a_groove_asked_for_by_name_wins() -> None:
    for style in list_styles():
        free = [g for g in style.grooves if not g.sections]
        for groove in free:
            metre = Metre(tick=0, numerator=groove.numerator, denominator=groove.denominator)
            assert choose_groove(style, metre, "verse", name=groove.name) == groove


def test_some_groove_is_found_for_every_metre() -> None:
    for numerator, denominator in [(1, 4), (5, 8), (7, 16), (15, 8), (3, 2)]:
        metre = Metre(tick=0, numerator=numerator, denominator=denominator)
        for style in list_styles():
            assert choose_groove(style, metre, "chorus") in style.grooves


def test_the_metre_is_asked_for_or_the_groove_s_or_the_style_s(tiny: Style) -> None:
    assert choose_metre(ArrangeRequest(metre="6/8"), tiny).numerator == 6
    assert choose_metre(ArrangeRequest(style="tiny-beat"), tiny).numerator == 4


def test_tempo_is_asked_for_or_near_the_usual_one(tiny: Style) -> None:
    assert choose_qpm(ArrangeRequest(qpm=77), tiny, FOUR) == 77
    for seed in range(20):
        assert 95 <= choose_qpm(ArrangeRequest(seed=seed), tiny, FOUR) <= 105


def test_beats_keep_their_pace_in_a_compound_metre(tiny: Style) -> None:
    compound = Metre(tick=0, numerator=12, denominator=8)
    assert choose_qpm(ArrangeRequest(), tiny, compound) == pytest.approx(
        1.5 * choose_qpm(ArrangeRequest(), tiny, FOUR), abs=1.5
    )


def test_the_key_is_asked_for_or_one_of_the_style_s() -> None:
    bossa = find_style("bossa")
    assert choose_key(ArrangeRequest(key="E minor"), bossa).name() == "E minor"
    found = {choose_key(ArrangeRequest(seed=seed), bossa).name() for seed in range(30)}
    assert len(found) > 2
    assert found <= {"F major", "C major", "D minor", "A minor", "Bb major", "B♭ major"}


def test_swing_is_a_share_of_the_beat() -> None:
    assert choose_swing(ArrangeRequest()) is None
    assert choose_swing(ArrangeRequest(swing=0)) == 0.5
    assert choose_swing(ArrangeRequest(swing=1)) == pytest.approx(2 / 3)
