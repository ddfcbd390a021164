"""``motet diff``: exit codes, words in both languages, JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from motet.cli.diff import register
from motet.io import write
from motet.score import make_score


def test_the_same_gives_0(motet: Callable[..., Any], tmp_path: Path) -> None:
    write(make_score("C4:1 E4:1"), tmp_path / "a.json")
    found = motet("diff", "a.json", "a.json")
    assert (found.code, found.out) == (0, "the same: 2 notes\n")
    assert motet("diff", "a.json", "a.json", "--lang", "zh").out == "相同:2 个音符\n"


def test_a_difference_gives_1_and_is_told(motet: Callable[..., Any], tmp_path: Path) -> None:
    write(make_score("C4:1 E4:1"), tmp_path / "a.json")
    write(make_score("C4:1 Eb4:1"), tmp_path / "b.json")
    found = motet("diff", "a.json", "b.json")
    assert found.code == 1
    assert found.out.splitlines() == [
        "Part 1, bar 1",
        "  pitch: E4 (beat 2) → Eb4 (beat 2)",
        "1 changes, 1 notes the same",
    ]
    told = motet("diff", "a.json", "b.json", "--json")
    assert told.code == 1
    assert told.facts["counts"] == {"pitch": 1}
    assert told.facts["changes"][0]["bar"] == 1


def test_long_lists_are_cut(motet: Callable[..., Any], tmp_path: Path) -> None:
    write(make_score("C4:1 " * 300), tmp_path / "a.json")
    write(make_score("F5:1 " * 300), tmp_path / "b.json")
    found = motet("diff", "a.json", "b.json")
    assert "more: --json" in found.out
    assert callable(register)


def test_a_missing_file_is_an_error(motet: Callable[..., Any]) -> None:
    assert motet("diff", "x.mid", "y.mid").code == 2
