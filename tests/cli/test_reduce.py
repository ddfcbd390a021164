"""``motet reduce``: files, figures, errors in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.reduce import register
from motet.io import read, write
from motet.score import make_score


@pytest.fixture
def song(tmp_path: Path) -> str:
    score = make_score(
        "E5:2 D5:2 | C5:4", "C4+E4+G4:2 B3+G4:2 C4+E4:4", "C3:2 G2:2 C3:4", "drums 36:4"
    )
    write(score, tmp_path / "song.json")
    return "song.json"


def test_a_piano_part(motet: Callable[..., Any], tmp_path: Path, song: str) -> None:
    found = motet("reduce", song, "-o", "piano.json", "--json")
    assert found.code == 0
    assert found.facts["task"] == "reduce"
    parts = read(tmp_path / "piano.json").score.parts
    assert [part.n_staves for part in parts] == [2]


def test_a_lead_sheet_in_chinese(motet: Callable[..., Any], tmp_path: Path, song: str) -> None:
    found = motet("reduce", song, "--to", "lead", "-o", "lead.json", "--lang", "zh")
    assert found.code == 0
    assert "缩编" in found.out
    assert [one.symbol for one in read(tmp_path / "lead.json").score.chords] == ["C", "G", "C"]


@pytest.mark.parametrize("args", [["--to", "soup"], ["--melody", "soup"]])
def test_mistakes_write_nothing(
    motet: Callable[..., Any], tmp_path: Path, song: str, args: list[str]
) -> None:
    for language in ("en", "zh"):
        found = motet("reduce", song, *args, "-o", "new.mid", "--lang", language)
        assert found.code == 2
        assert "soup" in found.err
        assert any("\u4e00" <= sign <= "\u9fff" for sign in found.err) == (language == "zh")
    assert not (tmp_path / "new.mid").exists()


def test_it_registers_itself() -> None:
    assert callable(register)
