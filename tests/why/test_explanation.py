"""The explanation as a whole: sections without words are left out."""

from __future__ import annotations

from motet.score import make_score
from motet.why import explain


def test_an_excerpt_says_so_and_empty_sections_are_left_out() -> None:
    found = explain(make_score("C5:4 | D5:4 | C5:4"), bars="2", model=False)
    assert found.is_excerpt
    assert found.tell().splitlines()[0] == "Untitled: 3 bars, told here: bar 2"
    assert "What would change" not in found.tell()
    assert found.tell("zh").splitlines()[0] == "无题:3 小节,此处说明第 2 小节"


def test_plain_values_have_every_section() -> None:
    facts = explain(make_score("C5:4 | D5:4"), model=False).to_dict()
    assert set(facts) == {
        "title", "n_bars", "bars", "part", "kept", "harmony", "melody", "form", "surprise", "otherwise",
        "what_if",
    }  # fmt: skip
