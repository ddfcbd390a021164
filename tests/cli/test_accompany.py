"""``motet accompany``: parts under given notes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.accompany import register
from motet.io import read, write
from motet.score import make_score


@pytest.fixture
def tune(tmp_path: Path) -> str:
    score = make_score("E5:2 D5:2 | C5:4", chords="C:2 G7:2 C:4", fifths=0)
    write(score, tmp_path / "tune.json")
    return "tune.json"


def test_the_band_joins_in(motet: Callable[..., Any], tmp_path: Path, tune: str) -> None:
    found = motet("accompany", tune, "--style", "bossa", "--parts", "bass,drums,pad", "--ground",
                  "arranger", "-o", "band.json", "--json")  # fmt: skip
    assert found.code == 0
    assert [one["role"] for one in found.facts["parts"]][1:] == ["bass", "drums", "pad"]
    old, new = read(tmp_path / tune).score, read(tmp_path / "band.json").score
    assert new.parts[0].notes == old.parts[0].notes


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [(["none.mid"], 2, "none.mid"), (["tune.json", "--parts", "kazoos"], 2, "kazoos"),
     (["tune.json", "--ground", "sea"], 2, "ground"), (["tune.json", "--bundle", "nobody"], 5, "nobody")],
)  # fmt: skip
def test_mistakes(
    motet: Callable[..., Any], tune: str, args: list[str], code: int, word: str
) -> None:
    assert tune
    found = motet("accompany", *args, "-o", "a.mid")
    assert found.code == code
    assert word in found.err
    assert callable(register)
