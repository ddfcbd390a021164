"""``motet rank``: the order, the reasons, refusals in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.io import write
from motet.score import make_score

TUNE = "C5:1 D5:1 E5:1 C5:1 | G4:2 E4:2 | F4:1 G4:1 A4:1 F4:1 | G4:4"
ODD = "C5:0.25 F#6:1.75 C#4:2 | B3:3.75 C6:0.25 | C#5:0.25 C5:3.75 | F#3:4"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    for name, text in (("odd", ODD), ("tune", TUNE)):
        write(make_score(text, fifths=0), tmp_path / f"{name}.mid")
    write(make_score("C4:5 E4:5", metre="5/4"), tmp_path / "five.mid")
    return ["odd.mid", "five.mid", "tune.mid"]


def test_the_best_comes_first(motet: Callable[..., Any], files: list[str]) -> None:
    found = motet("rank", *files, "--json")
    assert found.code == 0
    ranked = found.facts["ranked"]
    assert [one["file"] for one in ranked] == ["tune.mid", "odd.mid", "five.mid"]
    assert ranked[0]["score"] > ranked[1]["score"]
    assert ranked[2]["score"] is None


def test_it_is_said_in_words(motet: Callable[..., Any], files: list[str]) -> None:
    found = motet("rank", *files)
    assert found.out.splitlines()[0].startswith("1. tune.mid  0.")
    assert "3. five.mid  not judged" in found.out
    chinese = motet("rank", *files, "--lang", "zh")
    assert "未评判" in chinese.out


def test_refusals(motet: Callable[..., Any], files: list[str]) -> None:
    assert motet("rank", "missing.mid").code == 2
    found = motet("rank", files[0], "--bundle", "small")
    assert found.code == 5
    assert "judges nothing" in found.err
