"""Cadences."""

import pytest

from motet.analysis import CADENCES, find_cadences
from motet.score import Score, make_score


def kinds(*texts, **options):
    return [one.kind for one in find_cadences(make_score(*texts), **options)]


OPENING = ("G4+E5:2 A4+F5:2 | ", "C3+C4:2 F3+C4:2 | ")


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ("G4+D5:2 F4+B4:2 | E4+C5:4", "G2+B3:2 G2+D4:2 | C3+G3:4", "perfect authentic"),
        ("G4+D5:2 F4+B4:2 | C5+E5:4", "G2+B3:2 G2+D4:2 | C3+G3:4", "imperfect authentic"),
        ("G4+D5:2 F4+B4:2 | E4+C5:4", "B2+G3:2 B2+D4:2 | C3+G3:4", "imperfect authentic"),
        ("G4+D5:2 F4+B4:2 | E4+C5:4", "G2+B3:2 G2+D4:2 | A2+A3:4", "deceptive"),
        ("A4+C5:2 F4+C5:2 | E4+C5:4", "F2+A3:2 F2+A3:2 | C3+G3:4", "plagal"),
        ("A4+D5:2 F4+D5:2 | D4+B4:4", "F3+D4:2 D3+A3:2 | G2+G3:4", "half"),
    ],
)
def test_each_kind_at_the_end_of_a_phrase(upper, lower, expected):
    assert kinds(OPENING[0] + upper, OPENING[1] + lower)[-1] == expected


def test_passing_dominants_are_no_cadence():
    flow = "E4+G4+C5:1 F4+G4+B4:1 E4+G4+C5:1 F4+A4+C5:1 | "
    score = make_score(flow * 3 + "E4+G4+C5:4", "C3:1 G2:1 C3:1 F3:1 | " * 3 + "C3:4")
    places = [one.tick for one in find_cadences(score)]
    assert all(tick >= 3 * 1920 for tick in places)


def test_the_place_and_the_chords():
    score = make_score(
        "C5+E5:2 C5+F5:2 | B4+D5:4 | C5+E5:2 B4+F5:2 | C5:4",
        "C3:2 F3:2 | G2:4 | C3:2 G2+G3:2 | C3+G3+E4:4",
    )
    last = find_cadences(score)[-1]
    assert (last.kind, last.tick, last.end_tick) == ("perfect authentic", 3 * 1920, 4 * 1920)
    assert last.key.name() == "C major"
    assert last.romans[1] == "I"
    assert 0.3 <= last.confidence <= 1.0


def test_minor_goes_to_its_sixth_degree():
    deceptive = kinds(
        "Eb4+G4+C5:2 F4+Ab4+C5:2 | G4+B4+D5:4 | Eb4+Ab4+C5:4", "C3:2 F3:2 | G2:4 | Ab2:4"
    )
    assert deceptive[-1] == "deceptive"


def test_the_threshold_leaves_weak_ones_out():
    texts = (OPENING[0] + "G4+D5:2 F4+B4:2 | E4+C5:4", OPENING[1] + "G2:2 G2:2 | C3:4")
    assert kinds(*texts, min_confidence=1.0) == []
    assert len(kinds(*texts, min_confidence=0.0)) >= len(kinds(*texts))


def test_nothing_and_words():
    assert find_cadences(Score()) == ()
    assert find_cadences(make_score("C4+E4+G4:4")) == ()
    assert all(en and zh for en, zh in CADENCES.values())
