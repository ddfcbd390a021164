"""``motet continue``: a score goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.extend import register
from motet.io import read, write
from motet.score import make_score
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


@pytest.fixture
def tune(tmp_path: Path) -> str:
    score = make_score("C4:1 E4:1 G4:2 | E4:2 D4:2 | C4:4", "C3:4 | G2:4 | C3:4", fifths=0)
    write(score, tmp_path / "tune.json")
    return "tune.json"


def test_more_bars_behind_the_old_ones(
    motet: Callable[..., Any], tmp_path: Path, bundle: str, tune: str
) -> None:
    found = motet("continue", tune, "--bars", "3", "--bundle", bundle, "--seed", "2",
                  "-o", "long.json", "--json")  # fmt: skip
    assert found.code == 0
    assert found.facts["task"] == "continue"
    assert found.facts["adherence"]["is_met"] is True
    old, new = read(tmp_path / tune).score, read(tmp_path / "long.json").score
    assert new.n_bars == 6
    for one, two in zip(old.parts, new.parts, strict=True):
        assert two.notes[: len(one.notes)] == one.notes


def test_wishes_are_of_the_new_bars(
    motet: Callable[..., Any], tmp_path: Path, bundle: str, tune: str
) -> None:
    found = motet("continue", tune, "--bars", "4", "--bundle", bundle, "--seed", "2", "--surprise", "0.1",
                  "--articulation", "staccato", "--feel", "laid-back", "--avoid", "leaps",
                  "--emotion", "happy", "-o", "long.json", "--json")  # fmt: skip
    assert found.code == 0, found.err
    checks = {one["name"]: one["ok"] for one in found.facts["adherence"]["checks"]}
    assert {"surprise", "articulation", "feel", "avoid", "emotion", "kept"} <= set(checks)
    assert False not in checks.values()
    new = read(tmp_path / "long.json").score
    marked = [n for n in new.parts[0].notes if "staccato" in n.articulations]
    assert marked
    assert min(n.onset_tick for n in marked) >= 3 * 1920


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["none.mid"], 2, "none.mid"),
        (["tune.json", "--bars", "0"], 2, "bars"),
        (["tune.json", "--part", "Kazoo"], 2, "Kazoo"),
        (["tune.json", "--bundle", "nobody"], 5, "nobody"),
        (["tune.json", "--chords", "Xyz9"], 2, "Xyz9"),
        (["tune.json", "--feel", "half-time"], 2, "half-time"),
        (["tune.json", "--avoid", "piano"], 6, "avoid"),
    ],
)
def test_mistakes(
    motet: Callable[..., Any], bundle: str, tune: str, args: list[str], code: int, word: str
) -> None:
    assert tune
    options = [] if "--bundle" in args else ["--bundle", bundle]
    found = motet("continue", *args, *options, "-o", "a.mid")
    assert found.code == code
    assert word in found.err


def test_it_registers_itself() -> None:
    assert callable(register)
