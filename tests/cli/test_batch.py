"""``motet batch`` and ``motet compose --variants``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.batch import finish_variants, register

ROWS = (
    "name,bars,parts,ground\none,2,flute,arranger\ntwo,-3,flute,arranger\nthree,3,piano,arranger\n"
)


def test_one_row_that_fails_does_not_stop_the_rest(
    motet: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "wishes.csv").write_text(ROWS)
    found = motet("batch", "wishes.csv", "songs", "--processes", "1")
    assert found.code == 1
    assert "FAILED" in found.out
    assert "2 of 3" in found.out
    assert {path.name for path in (tmp_path / "songs").iterdir()} == {
        "one.mid",
        "three.mid",
        "summary.json",
    }
    facts = json.loads((tmp_path / "songs" / "summary.json").read_text())
    assert (facts["n_rows"], facts["n_failed"]) == (3, 1)
    assert "bars" in facts["rows"][1]["error"]


def test_all_good_in_chinese_and_json(motet: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "wishes.toml").write_text(
        '[[piece]]\nbars = 2\nparts = "flute"\nground = "arranger"\n', encoding="utf-8"
    )
    found = motet("batch", "wishes.toml", "songs", "--to", "json", "--lang", "zh")
    assert found.code == 0
    assert "写成 1 首" in found.out
    found = motet("batch", "wishes.toml", "songs", "--json")
    assert found.facts["rows"][0]["n_bars"] == 2


@pytest.mark.parametrize(
    ("text", "args", "code", "word"),
    [
        ("name,soup\na,b\n", [], 3, "soup"), ("", [], 3, "row"), (ROWS, ["--to", "soup"], 2, "soup"),
        (ROWS, ["--processes", "99"], 2, "99"),
    ],
)  # fmt: skip
def test_mistakes(
    motet: Callable[..., Any], tmp_path: Path, text: str, args: list[str], code: int, word: str
) -> None:
    (tmp_path / "wishes.csv").write_text(text)
    found = motet("batch", "wishes.csv", "songs", *args)
    assert found.code == code
    assert word in found.err
    found = motet("batch", "wishes.csv", "songs", *args, "--lang", "zh")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in found.err)
    assert not (tmp_path / "songs" / "one.mid").exists()


def test_variants_are_numbered_and_ranked(motet: Callable[..., Any], tmp_path: Path) -> None:
    args = ["--bars", "2", "--part", "flute", "--ground", "arranger", "--seed", "4"]
    found = motet("compose", *args, "--variants", "2", "-o", "v.mid", "--json")
    assert found.code == 0
    rows = found.facts["variants"]
    assert {path.name for path in tmp_path.iterdir()} == {"v-1.mid", "v-2.mid"}
    assert {row["seed"] for row in rows} == {4, 5}
    assert rows[0]["figure"] >= rows[1]["figure"]
    assert motet("compose", *args, "--variants", "99", "-o", "w.mid").code == 2


def test_it_registers_itself() -> None:
    assert callable(register)
    assert callable(finish_variants)
