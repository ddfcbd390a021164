"""``motet restyle``: another style, what is kept as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.restyle import register
from motet.io import read, write
from motet.score import make_score
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


@pytest.fixture
def tune(tmp_path: Path) -> str:
    score = make_score("C4:1 E4:1 G4:2 | E4:2 D4:2 | C4:2 B3:2 | C4:4", "C3:16", fifths=0)
    write(score, tmp_path / "tune.json")
    return "tune.json"


def test_the_melody_is_kept_and_a_band_plays(
    motet: Callable[..., Any], tmp_path: Path, bundle: str, tune: str
) -> None:
    found = motet("restyle", tune, "--to", "bossa", "--keep", "melody,form", "--bundle", bundle,
                  "--seed", "4", "-o", "new.json", "--json")  # fmt: skip
    assert found.code == 0
    assert found.facts["task"] == "restyle"
    assert found.facts["adherence"]["is_met"] is True
    old, new = read(tmp_path / tune).score, read(tmp_path / "new.json").score
    places = [(n.onset_tick, n.duration_tick, n.pitch) for n in old.parts[0].notes]
    assert [(n.onset_tick, n.duration_tick, n.pitch) for n in new.parts[0].notes] == places
    assert {part.role for part in new.parts} >= {"melody", "comping", "bass", "drums"}


def test_chinese_words_another_metre_and_a_tempo(
    motet: Callable[..., Any], tmp_path: Path, tune: str
) -> None:
    found = motet("restyle", tune, "--to", "维也纳圆舞曲", "--keep", "曲调", "--metre", "style",
                  "--tempo", "120", "-o", "new.json", "--lang", "zh")  # fmt: skip
    assert found.code == 0
    assert "换风格" in found.out
    new = read(tmp_path / "new.json").score
    assert (new.metre_at(0).numerator, round(new.tempos[0].qpm)) == (3, 120)


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["tune.json"], 2, "--to"),
        (["tune.json", "--to", "bosa"], 2, "bossa"),
        (["tune.json", "--to", "bossa", "--keep", "melodies"], 2, "melody"),
        (["tune.json", "--to", "bossa", "--strength", "7"], 2, "strength"),
        (["none.mid", "--to", "bossa"], 2, "none.mid"),
        (["tune.json", "--to", "bossa", "--melody", "Nobody"], 2, "Nobody"),
    ],
)
def test_mistakes_are_told_and_nothing_is_written(
    motet: Callable[..., Any], tmp_path: Path, tune: str, args: list[str], code: int, word: str
) -> None:
    del tune
    found = motet("restyle", *args, "-o", "new.json")
    assert found.code == code
    assert word in found.err
    assert not (tmp_path / "new.json").exists()


def test_help_in_both_languages(motet: Callable[..., Any]) -> None:
    assert callable(register)
    assert "--strength" in motet("restyle", "--help").out
    assert "改写成另一种风格" in motet("restyle", "--help", "--lang", "zh").out
