"""Pieces: what they tell about themselves, progress, and sources that cannot be used."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from motet.arranger import ArrangeRequest, write_piece
from motet.errors import ParameterError
from motet.score import Score, make_score


def test_facts_are_plain_and_true() -> None:
    request = ArrangeRequest(
        style="bossa", form="intro2 A4 B4", key="F", metre="4/4", qpm=120, seed=9
    )
    piece = write_piece(None, request)
    facts = json.loads(json.dumps(piece.facts()))
    assert facts["style"] == "bossa"
    assert (facts["key"], facts["metre"], facts["qpm"], facts["seed"]) == ("F major", "4/4", 120, 9)
    assert facts["n_bars"] == piece.score.n_bars == 10
    assert facts["duration_s"] == pytest.approx(20, abs=0.1)
    assert [(s["label"], s["first_bar"], s["n_bars"]) for s in facts["sections"]] == [
        ("intro", 1, 2), ("A", 3, 4), ("B", 7, 4),
    ]  # fmt: skip
    assert [part["name"] for part in facts["parts"]] == [part.name for part in piece.parts]
    assert facts["chords"][-1].startswith("F")


def test_the_summary_speaks_both_languages() -> None:
    piece = write_piece("| C | G |", ArrangeRequest(style="bossa", seed=9))
    assert "Bossa nova" in piece.summary()
    assert "seed 9" in piece.summary()
    assert "波萨诺瓦" in piece.summary("zh")
    assert "种子 9" in piece.summary("zh")


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    write_piece("| C |", ArrangeRequest(bars=2), progress=lambda k, n: told.append((k, n)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] > 2


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_progression_is_told(text: str) -> None:
    with pytest.raises(ParameterError, match="the progression is empty"):
        write_piece(text, ArrangeRequest())


def test_a_score_without_notes_is_told() -> None:
    with pytest.raises(ParameterError, match="no pitched note and no chord symbol"):
        write_piece(Score(), ArrangeRequest())


def test_a_title_of_its_own_or_of_style_and_key() -> None:
    assert write_piece("| C |", ArrangeRequest(bars=2, title="Rain")).score.title == "Rain"
    made = write_piece("| C |", ArrangeRequest(bars=2, style="bossa", key="C"))
    assert made.score.title == "Bossa nova in C major"
    sheet = replace(make_score("C4:4 E4:4"), title="Mine")
    assert write_piece(sheet, ArrangeRequest()).score.title == "Mine"
