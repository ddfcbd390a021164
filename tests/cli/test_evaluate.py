"""``motet evaluate`` measures files, and runs tables into a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.evaluate import register
from motet.io import write
from motet.score import make_score
from tiny_shards import write_tiny_shards


@pytest.fixture
def tune(tmp_path: Path) -> Path:
    write(make_score("C4:1 D4:1 E4:1 F4:1 | G4:2 C4:2 | " * 4), tmp_path / "tune.mid")
    return tmp_path / "tune.mid"


def test_a_score_is_told_beside_people(motet: Callable[..., Any], tune: Path) -> None:
    found = motet("evaluate", tune, "--style", "hymn")
    assert found.code == 0
    assert "sounding time in one scale" in found.out
    chinese = motet("evaluate", tune, "--lang", "zh")
    assert "单一音阶" in chinese.out
    facts = motet("evaluate", tune, tune, "--json").facts
    assert [one["file"] for one in facts["files"]] == [str(tune)] * 2
    verdicts = {one["verdict"] for one in facts["files"][0]["measures"]}
    assert verdicts <= {"below", "within", "above", "unknown"}


def test_a_table_is_written_into_the_page(motet: Callable[..., Any], tmp_path: Path) -> None:
    write_tiny_shards(tmp_path / "shards")
    found = motet(
        "evaluate",
        "--only",
        "tokens",
        "--shards",
        "shards",
        "--page",
        "page.md",
        "--results",
        "out",
    )
    assert found.code == 0
    assert "<!-- tokens -->" in (tmp_path / "page.md").read_text(encoding="utf-8")
    assert len(list((tmp_path / "out").glob("*-tokens.json"))) == 1


def test_a_table_without_its_inputs_is_left(motet: Callable[..., Any], tmp_path: Path) -> None:
    found = motet("evaluate", "--only", "tokens", "--page", "page.md", "--json")
    assert found.code == 0
    assert found.facts["tables"][0]["state"] == "skipped"
    assert "--shards" in found.facts["tables"][0]["reason"]
    assert not (tmp_path / "page.md").exists()


@pytest.mark.parametrize(
    "args", [(), ("--all", "--blind", "x"), ("--only", "nothing"), ("a.mid", "--all")]
)
def test_unclear_wishes_are_refused(motet: Callable[..., Any], args: tuple[str, ...]) -> None:
    found = motet("evaluate", *args)
    assert found.code == 2
    assert "motet: error" in found.err
    assert callable(register)


def test_ranges_need_a_corpus(motet: Callable[..., Any], tmp_path: Path) -> None:
    assert motet("evaluate", "--reference", "people.json").code == 4
    assert not (tmp_path / "people.json").exists()
