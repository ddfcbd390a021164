"""Bar lines from notes: known pickups and metres, written bar lines only compared with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.analysis.accent import find_accents
from motet.analysis.metre import CANDIDATES, estimate_metre, hypotheses, set_pickup
from motet.errors import ParameterError
from motet.score import BarLength, make_score

WALTZ = "C3:1 E4+G4:1 E4+G4:1 G2:1 D4+F4:1 D4+F4:1 "
MARCH = "C3+C5:2 G3+E4:1 E4:1 F3+A4:2 C4:1 A4:1 "


@pytest.mark.parametrize("pickup", [0, 1])
def test_a_waltz_shows_its_pickup(pickup: int) -> None:
    close = f"C3+E4:{3 - pickup}"
    score = make_score("G4:1 " * pickup + WALTZ * 8 + close, metre="3/4")
    found = estimate_metre(score, metre="3/4")
    assert found is not None
    assert found.pickup_qn == pickup


def test_a_waltz_is_in_three() -> None:
    found = estimate_metre(make_score(WALTZ * 8, metre="4/4"))
    assert found is not None
    assert found.metre == "3/4"
    assert found.p_metre > 0.8


def test_probabilities_add_up() -> None:
    found = estimate_metre(make_score(MARCH * 4))
    assert found is not None
    assert 0 < found.p_pickup <= 1
    assert sum(guess.p for guess in found.guesses) <= 1 + 1e-9
    assert list(found.guesses) == sorted(found.guesses, key=lambda guess: -guess.p)


def test_written_bar_lines_change_only_the_comparison() -> None:
    score = make_score("G4:1 " + MARCH * 6)
    marked = replace(score, bar_lengths=(BarLength(tick=0, duration_tick=480),))
    one, two = estimate_metre(score, metre="4/4"), estimate_metre(marked, metre="4/4")
    assert one is not None
    assert two is not None
    assert one.guesses == two.guesses
    assert one.pickup_qn == 1.0
    assert two.p_written > 0.5 > one.p_written


def test_nothing_sounds_nothing_is_said() -> None:
    assert estimate_metre(make_score()) is None


@pytest.mark.parametrize("metre", ["x", "0/4", "4/3", "7/32"])
def test_unreadable_metres_are_refused(metre: str) -> None:
    with pytest.raises(ParameterError, match="metre"):
        estimate_metre(make_score("C4:4"), metre=metre)


def test_every_candidate_is_weighed() -> None:
    accents = find_accents(make_score(MARCH))
    assert accents is not None
    names, pickups, features = hypotheses(accents)
    assert set(names) == set(CANDIDATES)
    assert len(names) == len(pickups) == len(features)


def test_a_pickup_is_set_and_taken_away() -> None:
    score = set_pickup(make_score("G4:1 C4:4"), pickup_qn=1)
    assert [bar.number for bar in score.bars] == [0, 1]
    assert set_pickup(score, pickup_qn=0).bars[0].duration_tick == 1920
    with pytest.raises(ParameterError, match="pickup_qn"):
        set_pickup(score, pickup_qn=4)
