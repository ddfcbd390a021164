"""``motet humanise`` and its opposite, ``--tidy``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.humanise import register
from motet.io import read, write
from motet.score import make_score


@pytest.fixture
def song(tmp_path: Path) -> str:
    write(make_score("E5:1 D5:1 C5:2 | G5:4", "C3:4 G2:4"), tmp_path / "song.mid")
    return "song.mid"


def test_there_and_back(motet: Callable[..., Any], tmp_path: Path, song: str) -> None:
    found = motet("humanise", song, "--amount", "1.5", "--seed", "2", "-o", "played.mid", "--json")
    assert found.code == 0
    assert found.facts["task"] == "humanise"
    assert motet("humanise", "played.mid", "--tidy", "-o", "back.mid").code == 0
    old, played, back = (
        [n.onset_tick for n in read(tmp_path / name).score.parts[0].notes]
        for name in (song, "played.mid", "back.mid")
    )
    assert old == back != played


def test_in_chinese(motet: Callable[..., Any], song: str) -> None:
    found = motet("humanise", song, "--rubato", "0.5", "-o", "new.mid", "--lang", "zh")
    assert found.code == 0
    assert "人性化" in found.out


@pytest.mark.parametrize(
    ("args", "word"),
    [(["--amount", "7"], "7"), (["--style", "soup"], "soup"), (["--part", "soup"], "soup")],
)
def test_mistakes_write_nothing(
    motet: Callable[..., Any], tmp_path: Path, song: str, args: list[str], word: str
) -> None:
    for language in ("en", "zh"):
        found = motet("humanise", song, *args, "-o", "new.mid", "--lang", language)
        assert found.code == 2
        assert word in found.err
        assert any("\u4e00" <= sign <= "\u9fff" for sign in found.err) == (language == "zh")
    assert not (tmp_path / "new.mid").exists()


def test_it_registers_itself() -> None:
    assert callable(register)
