"""``motet analyse``: words, JSON, the page, and bar lines moved to the pickup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from motet.cli.analyse import register
from motet.io import read, write_json
from motet.score import make_score

WALTZ = "C3:1 E4+G4:1 E4+G4:1 G2:1 D4+F4:1 D4+F4:1 "
SCORE = write_json(make_score("G4:1 " + WALTZ * 8, metre="3/4"))


def test_words_and_json_say_the_same(motet: Callable[..., Any]) -> None:
    said = motet("analyse", "-", stdin=SCORE)
    facts = motet("analyse", "-", "--json", stdin=SCORE).facts
    assert said.code == 0
    assert f"Key: {facts['key']['key']}" in said.out
    assert facts["metre"]["pickup_estimate"]["pickup_qn"] == 1.0
    assert facts["files"] == []


def test_a_page_is_drawn_and_the_pickup_written(motet: Callable[..., Any], tmp_path: Path) -> None:
    found = motet("analyse", "-", "--picture", "a.png", "--pickup", "b.json", "--json", stdin=SCORE)
    assert found.facts["files"] == ["b.json", "a.png"]
    assert (tmp_path / "a.png").read_bytes()[1:4] == b"PNG"
    assert read(tmp_path / "b.json").score.bars[0].duration_tick == 480


def test_an_unsure_pickup_changes_nothing(motet: Callable[..., Any], tmp_path: Path) -> None:
    bland = write_json(make_score("E4:1 G4:1 " + WALTZ * 8, metre="3/4"))
    found = motet("analyse", "-", "--pickup", "b.json", "--lang", "zh", stdin=bland)
    assert found.code == 0
    assert "把握不足" in found.err
    assert read(tmp_path / "b.json").score.bars[0].duration_tick == 1440


def test_wrong_endings_are_refused(motet: Callable[..., Any]) -> None:
    assert motet("analyse", "-", "--picture", "a.gif", stdin=SCORE).code == 2
    assert callable(register)
