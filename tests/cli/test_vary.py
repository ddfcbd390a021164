"""``motet vary``: one variation, or several beside each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.vary import register
from motet.io import read, write
from motet.score import make_score
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


@pytest.fixture
def tune(tmp_path: Path) -> str:
    score = make_score("C5:1 E5:1 G5:2 | A5:1 G5:1 E5:2 | F5:1 D5:1 B4:2 | C5:4", "C3:16", fifths=0)
    write(score, tmp_path / "tune.json")
    return "tune.json"


def test_a_kind_and_its_strength(motet: Callable[..., Any], tmp_path: Path, tune: str) -> None:
    found = motet("vary", tune, "--kind", "ornament", "--strength", "1", "-o", "new.json", "--json")
    assert found.code == 0
    assert found.facts["task"] == "vary"
    old, new = read(tmp_path / tune).score, read(tmp_path / "new.json").score
    assert len(new.parts[0].notes) > len(old.parts[0].notes)
    assert new.parts[1] == old.parts[1]


def test_several_are_written_and_ranked(
    motet: Callable[..., Any], tmp_path: Path, tune: str, bundle: str
) -> None:
    found = motet("vary", tune, "--variations", "3", "--bundle", bundle, "-o", "new.json")
    assert found.code == 0
    assert {"new.json", "new-2.json", "new-3.json"} <= {p.name for p in tmp_path.iterdir()}
    assert "notes kept" in found.err


def test_in_chinese(motet: Callable[..., Any], tune: str) -> None:
    found = motet("vary", tune, "--kind", "mode", "-o", "new.mid", "--lang", "zh")
    assert found.code == 0
    assert "换调式" in found.out
    assert "保留的音" in found.out


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["--kind", "soup"], 2, "soup"), (["--strength", "3"], 2, "3"), (["--keep", "soup"], 2, "soup"),
        (["--bars", "40"], 2, "40"), (["--keep", "rhythm", "--kind", "rhythm"], 6, "rhythm"),
        (["--variations", "99"], 2, "99"),
    ],
)  # fmt: skip
def test_mistakes_are_named_and_nothing_is_written(
    motet: Callable[..., Any], tmp_path: Path, tune: str, args: list[str], code: int, word: str
) -> None:
    for language in ("en", "zh"):
        found = motet("vary", tune, *args, "-o", "new.mid", "--lang", language)
        assert found.code == code
        assert word in found.err or language == "zh"
        assert any("\u4e00" <= sign <= "\u9fff" for sign in found.err) == (language == "zh")
    assert not (tmp_path / "new.mid").exists()


def test_it_registers_itself() -> None:
    assert callable(register)
