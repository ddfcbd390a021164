"""``motet why``: in words, as JSON, in both languages, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.why import register
from motet.io import write
from motet.score import make_score


@pytest.fixture
def tune(tmp_path: Path) -> str:
    score = make_score(
        "E5:4 | F5:4 | D5:2 B4:2 | C5:4",
        "G4+C4:4 | A4+F4:4 | G4+B3+F4:4 | G4+E4:4",
        "C3:4 | F3:4 | G2:4 | C3:4",
    )
    write(score, tmp_path / "tune.mid")
    return "tune.mid"


def test_it_tells_in_both_languages(motet: Callable[..., Any], tune: str) -> None:
    found = motet("why", tune, "--no-model")
    assert found.code == 0
    assert "perfect authentic cadence (V7–I)" in found.out
    assert "完全终止" in motet("why", tune, "--no-model", "--lang", "zh").out


def test_json_has_every_section(motet: Callable[..., Any], tune: str) -> None:
    facts = motet(
        "why", tune, "--bars", "3-4", "--part", "Part 1", "--alternatives", "0", "--json"
    ).facts
    assert facts["bars"] == [3, 4]
    assert facts["harmony"]["cadences"] == [
        {"bar": 4, "kind": "perfect authentic", "romans": ["V7", "I"]}
    ]
    assert [one["bar"] for one in facts["surprise"]["bars"]] == [3, 4]


def test_a_composed_file_is_composed_again_with_one_thing_changed(
    motet: Callable[..., Any],
) -> None:
    made = motet("compose", "--bars", "4", "--part", "flute", "--part", "piano", "--ground", "arranger",
                 "--candidates", "1", "--key", "C", "-o", "a.mid")  # fmt: skip
    assert made.code == 0
    facts = motet("why", "a.mid", "--alternatives", "0", "--what-if", "tempo=60", "--json").facts
    (one,) = facts["what_if"]
    assert (one["control"], one["after"]) == ("qpm", "60")
    assert any("→ 60" in line for line in one["changes"])
    assert facts["kept"]["steps"] == ["compose"]


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["--bars", "40"], 2, "40"), (["--part", "Soup"], 2, "Soup"), (["--what-if", "key=G"], 2, "brief"),
        (["--what-if", "soup=1"], 2, "soup"), (["--alternatives", "99"], 2, "99"),
        (["--bundle", "nobody"], 5, "nobody"),
    ],
)  # fmt: skip
def test_mistakes_are_named(
    motet: Callable[..., Any], tune: str, args: list[str], code: int, word: str
) -> None:
    for language in ("en", "zh"):
        found = motet("why", tune, *args, "--lang", language)
        assert found.code == code
        assert word in found.err or language == "zh"
        assert any("\u4e00" <= sign <= "\u9fff" for sign in found.err) == (language == "zh")


def test_no_such_file(motet: Callable[..., Any]) -> None:
    assert motet("why", "none.mid").code == 2


def test_it_registers_itself() -> None:
    assert callable(register)
