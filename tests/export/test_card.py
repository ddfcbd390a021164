"""Cards say what the contract says, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from motet.errors import FormatError
from motet.export.card import Card, read_card, tell_card

_CONTRACT = {
    "family": "transformer",
    "size": "small",
    "bits": 8,
    "context": 2048,
    "n_parameters": 3_900_000,
    "files": {"model.onnx": {"bytes": 4_700_000}},
    "recipe": {"steps": 1000, "optimiser": {"name": "adamw", "rate": 0.0012345}},
    "quality": {},
    "uses_en": "Sketches.",
    "uses_zh": "写草稿。",
}


def test_facts_in_facts_are_named_by_a_path() -> None:
    card = tell_card(_CONTRACT, name="x")
    assert "| optimiser.rate | 0.001234 |" in card
    assert "3,900,000 parameters in 8 bits, 4.7 MB" in card
    assert "Sketches." in card


def test_what_is_not_known_is_said() -> None:
    card = tell_card(_CONTRACT, name="x", language="zh")
    assert card.count("未说明。") == 3  # licence, data, quality
    assert "写草稿。" in card
    assert "Not stated" not in card


def test_a_card_is_read_from_toml(tmp_path: Path) -> None:
    path = tmp_path / "card.toml"
    path.write_text(
        'uses_zh = "写草稿。"\n[[sources]]\nname = "Songs"\n[quality]\nnll = 6.5\n', "utf-8"
    )
    card = Card(uses_zh="写草稿。", sources=[{"name": "Songs"}], quality={"nll": 6.5})
    assert read_card(path) == card


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("recipe = 3", "recipe must be a table"),
        ("sources = ['x']", "sources must be a list of tables"),
        ("licence = 3", "licence must be text"),
        ("qualty = 3", "did you mean quality"),
        ("=", "cannot be read"),
    ],
)
def test_a_card_that_is_wrong_is_refused(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "card.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(FormatError, match=message):
        read_card(path)
