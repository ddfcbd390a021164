"""``motet draw``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def test_a_config_is_drawn_into_markdown(motet: Callable[..., Any]) -> None:
    found = motet("draw", ROOT / "configs/tiny.toml", "-o", "model.md")
    assert found.code == 0
    assert found.out == "drawn: model.md\n"
    lines = Path("model.md").read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["```mermaid", "%% transformer tiny: 196,928 weights"]
    assert lines[-1] == "```"


def test_a_bundle_is_drawn_from_its_contract(motet: Callable[..., Any]) -> None:
    facts = motet("draw", "small", "--depth", "1", "--json").facts
    assert facts["family"] == "transformer"
    assert "<b>blocks.0</b> × 5" in facts["drawing"]


@pytest.mark.parametrize(
    ("args", "code", "en", "zh"),
    [
        (["nobody"], 5, "there is no bundle 'nobody'", "没有"),
        (["transformer:vast"], 2, "has no size 'vast'", "没有尺寸"),
        (["none.toml"], 3, "cannot read the training config", "无法读取训练配置"),
        (["transformer:tiny", "-o", "a.svg"], 2, "written as .md or .mmd", "保存为"),
    ],
)
def test_mistakes(motet: Callable[..., Any], args: list[str], code: int, en: str, zh: str) -> None:
    for language, text in (("en", en), ("zh", zh)):
        found = motet("draw", *args, "--lang", language)
        assert found.code == code
        assert text in found.err
    assert not list(Path().glob("*.svg"))
