"""``motet harmonise``: chords for a melody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.harmonise import register
from motet.io import read, write
from motet.score import make_score


@pytest.fixture
def tune(tmp_path: Path) -> str:
    write(make_score("E5:2 F5:2 | D5:2 B4:2 | C5:4", fifths=0), tmp_path / "tune.json")
    return "tune.json"


@pytest.mark.parametrize("texture", ["chords", "satb", "piano", "guitar"])
def test_the_melody_is_in_the_file_as_it_was(
    motet: Callable[..., Any], tmp_path: Path, tune: str, texture: str
) -> None:
    found = motet(
        "harmonise", tune, "--texture", texture, "--adventure", "2", "-o", "a.json", "--json"
    )
    assert found.code == 0
    assert found.facts["task"] == "harmonise"
    assert found.facts["harmony"]
    old, new = read(tmp_path / tune).score, read(tmp_path / "a.json").score
    assert new.parts[0].notes == old.parts[0].notes
    assert len(new.parts) == {"chords": 1, "satb": 4, "piano": 2, "guitar": 2}[texture]


def test_words_in_chinese(motet: Callable[..., Any], tune: str) -> None:
    found = motet("--lang", "zh", "harmonise", tune, "--candidates", "1", "-o", "a.mid")
    assert found.code == 0
    assert "主功能" in found.out


@pytest.mark.parametrize(
    ("args", "word"),
    [(["none.mid"], "none.mid"), (["tune.json", "--adventure", "7"], "adventure"),
     (["tune.json", "--texture", "tuba"], "texture"), (["tune.json", "--melody", "Kazoo"], "Kazoo")],
)  # fmt: skip
def test_mistakes(motet: Callable[..., Any], tune: str, args: list[str], word: str) -> None:
    assert tune
    found = motet("harmonise", *args, "-o", "a.mid")
    assert found.code == 2
    assert word in found.err
    assert callable(register)
