"""What must not be there: roles, traits and instruments, in both languages."""

from __future__ import annotations

import pytest

from motet.brief.avoid import TRAITS, avoid_title, read_avoid
from motet.brief.brief import Brief
from motet.brief.read import brief_from_dict
from motet.errors import ParameterError


def test_names_in_both_languages() -> None:
    assert read_avoid(["鼓", "Leaps, high notes", "大跳", "小提琴"]) == (
        "drums", "leaps", "high notes", "violin",
    )  # fmt: skip
    for name in (*TRAITS, "drums", "piano"):
        assert [read_avoid(text) for text in avoid_title(name)] == [(name,), (name,)]


@pytest.mark.parametrize("value", ["happiness", 7, [7], {"drums"}])
def test_what_nobody_can_avoid_is_refused(value: object) -> None:
    with pytest.raises(ParameterError, match="avoid takes roles") as caught:
        read_avoid(value)
    assert "可写角色" in caught.value.localised("zh")


def test_a_brief_stores_all_new_fields() -> None:
    brief = Brief(
        groove="bossa", feel="swing", articulation="legato", avoid=("drums", "leaps"),
        references=("a.mid",), surprise=0.7,
        parts=[{"instrument": "violin", "articulation": "pizzicato"}],
    )  # fmt: skip
    told = brief.to_dict()
    assert told["avoid"] == ["drums", "leaps"]
    assert told["parts"][0]["articulation"] == "pizzicato"
    assert brief_from_dict(told) == brief
    assert Brief().to_dict() == {
        "format": 2, "harmony": "strict", "repeats": "vary", "humanise": 1.0, "ground": "auto",
        "temperature": 1.0, "candidates": 4, "seed": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "options",
    [
        {"surprise": 1.5},
        {"surprise": "much"},
        {"references": 7},
        {"references": [7]},
        {"groove": 3},
    ],
)
def test_wrong_values_are_refused_in_both_languages(options: dict[str, object]) -> None:
    with pytest.raises(ParameterError) as caught:
        Brief(**options)  # type: ignore[arg-type]
    assert caught.value.localised("zh") != str(caught.value)
