"""A harmonised score tells what its chords do."""

from __future__ import annotations

import json

from motet.score import make_score
from motet.tasks.harmonise import harmonise
from motet.tasks.harmonise.story import Alternative


def test_summary_and_facts() -> None:
    piece = harmonise(make_score("E5:2 F5:2 | D5:2 E5:2"), texture="satb", candidates=2)
    facts = piece.facts()
    assert json.loads(json.dumps(facts))["task"] == "harmonise"
    assert len(facts["harmony"]) == len(piece.stories)
    assert facts["faults"] == 0
    assert "tonic: home, rest" in piece.summary("en")
    assert "主功能" in piece.summary("zh")
    assert "Other ways" in piece.summary("en")


def test_an_alternative_is_a_value() -> None:
    assert Alternative(symbols=("C",), score=1.0, bits=2.0).nats is None
