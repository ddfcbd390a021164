"""Chords for a place: the safest first, more surprising on request, never the one that is there."""

from __future__ import annotations

import pytest

from motet.errors import ParameterError
from motet.score import make_score
from motet.server.chord_suggest import suggest_chords
from motet.theory import parse_chord

SCORE = make_score("C4:4 A4:4 G4:4 C4:4", chords="C:4 Am:4 G7:4 C:4")


def test_the_slider_goes_from_safe_to_surprising() -> None:
    means = []
    for place in (0.0, 0.5, 1.0):
        rows = suggest_chords(SCORE, tick=1920, safe_to_surprising=place, n=6)["suggestions"]
        bits = [one["bits"] for one in rows]
        assert len(rows) == 6
        assert bits == sorted(bits)
        means.append(sum(bits) / len(bits))
    assert means == sorted(means)
    assert means[2] > means[0] + 3


def test_the_chord_that_is_there_is_not_suggested() -> None:
    found = suggest_chords(SCORE, tick=2000, n=24)
    assert (found["replaces"], found["tick"]) == ("Am", 1920)
    assert "Am" not in {one["symbol"] for one in found["suggestions"]}
    for one in found["suggestions"]:
        parse_chord(one["symbol"])
        assert one["function"]["en"] != one["function"]["zh"]


def test_a_score_without_chords_and_strange_ones_get_suggestions_too() -> None:
    bare = make_score("C4:1 E4:1 G4:2 | C4:4")
    assert suggest_chords(bare, tick=0)["replaces"] == ""
    assert suggest_chords(bare, tick=0)["suggestions"]
    odd = make_score("C4:4 D4:4 G4:4", chords="N.C.:4 C:4 D#m7b5/A:4")
    assert suggest_chords(odd, tick=1920)["suggestions"]


@pytest.mark.parametrize(
    "wish", [{"tick": -1}, {"tick": 99999}, {"tick": 0, "n": 0}, {"tick": 0, "safe_to_surprising": 2}]
)  # fmt: skip
def test_what_is_out_of_range_is_refused(wish: dict[str, int]) -> None:
    with pytest.raises(ParameterError):
        suggest_chords(SCORE, **wish)  # type: ignore[arg-type]
