"""``motet show`` tells what a score holds, in both languages and as JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from motet.cli.show import register, score_facts
from motet.io import write_json
from motet.score import KeySignature, Section, make_score

SCORE = replace(
    make_score("C4:1 E4:1 G4:1 | A4:3", "drums 36:3", metre="3/4", qpm=90, chords="C:3 Am:3"),
    keys=(KeySignature(tick=0, fifths=0, mode="minor"),),
    sections=(Section(tick=0, label="verse"),),
    title="茉莉花",
)


def test_facts_are_counted_by_hand() -> None:
    facts = score_facts(SCORE)
    assert facts["bars"] == 2
    assert facts["duration_s"] == 4.0
    assert facts["metres"] == ["3/4"]
    assert facts["qpm"] == [pytest.approx(90, abs=0.01)]
    assert facts["keys"] == ["A minor"]
    assert facts["chords"] == ["C", "Am"]
    assert facts["parts"][0]["lowest"] == 60
    assert facts["parts"][0]["highest"] == 69
    assert facts["parts"][1]["is_drums"] is True


@pytest.mark.parametrize(
    ("fifths", "mode", "name"),
    [
        (-7, "major", "Cb major"),
        (7, "minor", "A# minor"),
        (-3, "minor", "C minor"),
        (2, "", "D major"),
    ],
)
def test_keys_have_their_names(fifths: int, mode: str, name: str) -> None:
    score = replace(SCORE, keys=(KeySignature(tick=0, fifths=fifths, mode=mode),))
    assert score_facts(score)["keys"] == [name]


def test_a_score_without_anything_still_shows() -> None:
    facts = score_facts(make_score())
    assert (facts["bars"], facts["notes"], facts["parts"]) == (1, 0, [])


@pytest.mark.parametrize(("language", "word"), [("en", "Metre: 3/4"), ("zh", "拍号:3/4")])
def test_it_speaks_both_languages(motet: Callable[..., Any], language: str, word: str) -> None:
    found = motet("show", "-", "--lang", language, stdin=write_json(SCORE))
    assert found.code == 0
    assert word in found.out
    assert "茉莉花" in found.out
    assert "|" in found.out


def test_json_holds_the_same(motet: Callable[..., Any]) -> None:
    found = motet("show", "-", "--json", stdin=write_json(SCORE))
    assert found.facts["title"] == "茉莉花"
    assert found.facts["ok"] is True
    assert found.facts["files"] == []


def test_a_picture_is_drawn_too(motet: Callable[..., Any]) -> None:
    found = motet("show", "-", "--roll", "roll.png", "--json", stdin=write_json(SCORE))
    assert found.facts["files"] == ["roll.png"]
    assert callable(register)
