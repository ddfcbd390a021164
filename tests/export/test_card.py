"""Cards say what the contract says, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from motet.corpus.manifest import load_manifest
from motet.errors import FormatError
from motet.export.card import Card, card_beside, read_card, tell_card

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
    assert card.count("未说明。") == 5  # shape, data, energy, quality, licence
    assert "写草稿。" in card
    assert "Not stated" not in card


def sections(text: str) -> list[str]:
    return [line[3:] for line in text.splitlines() if line.startswith("## ")]


def test_both_languages_have_the_same_sections() -> None:
    english, chinese = (tell_card(_CONTRACT, name="x", language=one) for one in ("en", "zh"))
    assert len(sections(english)) == len(sections(chinese)) == 12
    assert all(re.search("[\u4e00-\u9fff]", title) for title in sections(chinese))
    assert {"Not for", "Energy", "Limits", "Biases", "Risks", "Rights"} <= set(sections(english))


def test_energy_follows_from_the_recipe() -> None:
    recipe = {"minutes": 60.0, "threads": 2}
    card = tell_card({**_CONTRACT, "recipe": recipe}, name="x")
    assert "About 0.03 kWh: 60 minutes at 20 W" in card


def test_the_shape_is_told_with_its_sizes() -> None:
    config = {"n_layers": 5, "width": 256, "n_heads": 8, "n_kv_heads": 2, "ffn_width": 704}
    card = tell_card({**_CONTRACT, "config": config | {"vocab_size": 1536}}, name="x")
    assert "5 layers of width 256, 8 heads on 2 key/value heads, SwiGLU of width 704" in card


def test_only_our_corpus_has_its_biases() -> None:
    ours = [{"name": one.title} for one in load_manifest() if one.licence_class == "clean"]
    mine = [{"name": "Songs of my own"}, *ours[:2]]
    for sources, is_ours in ((ours, True), (mine, False)):
        card = tell_card({**_CONTRACT, "sources": sources}, name="x")
        assert ("16th to the early 20th century" in card) is is_ours


def test_an_adapted_bundle_says_to_what() -> None:
    card = tell_card({**_CONTRACT, "adapted": {"files": 12, "from": "small"}}, name="x")
    assert sections(card)[4] == "Adapted to"
    assert "| files | 12 |" in card
    assert "scores that its maker chose" in card
    assert "scores that its maker chose" not in tell_card(_CONTRACT, name="x")


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


def test_weights_in_a_bundle_keep_its_card_but_not_its_figures(tmp_path: Path) -> None:
    facts = {"licence": "CC0-1.0", "uses_zh": "写草稿。", "quality": {"nll": 3.0}, "bits": 8}
    (tmp_path / "bundle.json").write_text(json.dumps(facts | {"sources": "x"}), "utf-8")
    expected = Card(licence="CC0-1.0", uses_zh="写草稿。")
    assert card_beside(tmp_path / "weights.npz") == card_beside(tmp_path) == expected
    assert card_beside(tmp_path / "other" / "weights.npz") is None
    (tmp_path / "bundle.json").write_text("{", "utf-8")
    with pytest.raises(FormatError, match="give a card"):
        card_beside(tmp_path / "weights.npz")
