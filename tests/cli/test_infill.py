"""``motet infill``: some bars anew, all others as they were."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.infill import register
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


def test_wishes_are_of_the_selection(
    motet: Callable[..., Any], tmp_path: Path, bundle: str, tune: str
) -> None:
    found = motet("infill", tune, "--bars", "2-3", "--part", "Part 1", "--bundle", bundle, "--seed", "4",
                  "--articulation", "tenuto", "--avoid", "syncopation", "--emotion", "sad",
                  "-o", "new.json", "--json")  # fmt: skip
    assert found.code == 0, found.err
    checks = {one["name"]: one["ok"] for one in found.facts["adherence"]["checks"]}
    assert {"avoid", "emotion", "kept"} <= set(checks)
    assert False not in checks.values()
    new = read(tmp_path / "new.json").score
    marked = [n for n in new.parts[0].notes if "tenuto" in n.articulations]
    assert marked
    assert all(1920 <= n.onset_tick < 5760 for n in marked)


def test_only_the_selection_is_new(
    motet: Callable[..., Any], tmp_path: Path, bundle: str, tune: str
) -> None:
    found = motet("infill", tune, "--bars", "2-3", "--part", "Part 1", "--bundle", bundle,
                  "--seed", "4", "-o", "new.json", "--json")  # fmt: skip
    assert found.code == 0
    assert found.facts["adherence"]["is_met"] is True
    old, new = read(tmp_path / tune).score, read(tmp_path / "new.json").score
    assert new.parts[1] == old.parts[1]
    keep = [n for n in old.parts[0].notes if not 1920 <= n.onset_tick < 5760]
    assert [n for n in new.parts[0].notes if not 1920 <= n.onset_tick < 5760] == keep


def test_locks_and_kept_rhythms(
    motet: Callable[..., Any], tmp_path: Path, bundle: str, tune: str
) -> None:
    found = motet("infill", tune, "--bars", "1-4", "--lock", "Part 2", "--lock", "Part 1:4",
                  "--keep-rhythm", "--bundle", bundle, "-o", "new.json", "--lang", "zh")  # fmt: skip
    assert found.code == 0
    assert "原有音符不变" in found.out
    old, new = read(tmp_path / tune).score, read(tmp_path / "new.json").score
    assert new.parts[1] == old.parts[1]
    assert new.parts[0].notes[-1] == old.parts[0].notes[-1]
    assert [n.onset_tick for n in new.parts[0].notes] == [n.onset_tick for n in old.parts[0].notes]


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["tune.json"], 2, "--bars"),
        (["tune.json", "--bars", "9"], 2, "9"),
        (["tune.json", "--bars", "x"], 2, "x"),
        (["tune.json", "--bars", "1", "--lock", "1"], 6, "locked"),
        (["none.mid", "--bars", "1"], 2, "none.mid"),
    ],
)
def test_mistakes(
    motet: Callable[..., Any], bundle: str, tune: str, args: list[str], code: int, word: str
) -> None:
    assert tune
    found = motet("infill", *args, "--bundle", bundle, "-o", "a.mid")
    assert found.code == code
    assert word in found.err


def test_it_registers_itself() -> None:
    assert callable(register)
