"""What a composition tells of itself."""

from __future__ import annotations

import json

import pytest

from motet.engine.bundle import Bundle
from motet.tasks.compose import compose
from motet.tasks.composition import Composition


@pytest.fixture(scope="module")
def piece(bundle: Bundle) -> Composition:
    return compose(bars=4, parts="flute,piano", bundle=bundle, candidates=2, seed=1, title="Dusk")


def test_its_facts_are_plain_values(piece: Composition) -> None:
    facts = json.loads(json.dumps(piece.facts()))
    assert facts["title"] == "Dusk"
    assert facts["bundle"] == "seedling"
    assert len(facts["bundle_digest"]) == 64
    assert [part["writer"] for part in facts["parts"]] == ["model", "arranger"]
    assert facts["adherence"]["is_met"] is True
    assert len(facts["candidates"][0]["figures"]) == 2
    assert facts["brief"]["bars"] == 4


@pytest.mark.parametrize("language", ["en", "zh"])
def test_its_summary_tells_model_seed_and_writers(piece: Composition, language: str) -> None:
    text = piece.summary(language)  # type: ignore[arg-type]
    assert "Dusk" in text
    assert "seedling" in text
    assert ("model" if language == "en" else "模型") in text
    assert ("requested" if language == "en" else "要求") in text
