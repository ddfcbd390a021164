"""``motet project propose|hear|compare|accept|discard``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.project_offer import read_options, register
from motet.errors import ParameterError
from motet.io import read
from motet.project import Project
from project_files import make_project
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


def test_the_whole_way(motet: Callable[..., Any], tmp_path: Path, bundle: str) -> None:
    path = make_project(tmp_path)
    motet("project", "lock", "a.motet", "Tune:1-2")
    asked = motet("project", "propose", "a.motet", "--part", "Tune", "-n", "3", "--seed", "2",
                  "--bundle", bundle, "--json")  # fmt: skip
    assert asked.code == 0
    candidates = asked.facts["proposal"]["candidates"]
    assert len(candidates) == 3
    assert all(one["cells"][0].startswith("Tune:") for one in candidates)
    heard = motet("project", "hear", "a.motet", "2", "--bars", "3-4", "-o", "two.mid", "--json")
    assert heard.facts["heard"] == "p1.2"
    assert read(tmp_path / "two.mid").score.n_bars == 2
    told = motet("project", "compare", "a.motet", "p1.2").out
    assert "Bass: same" in told
    assert "Tune, bars 1-2: same" in told
    taken = motet("project", "accept", "a.motet", "2", "--bars", "3")
    assert "(p1.2)" in taken.out
    assert motet("project", "accept", "a.motet", "1", "--json").facts["step"] == "3"
    assert motet("project", "discard", "a.motet").out == "Put aside.\n"
    assert Project.open(path).score.parts[1] == Project.open(path).score_of("1").parts[1]
    before = motet("project", "compare", "a.motet", "1", "3", "--lang", "zh")
    assert "Bass:相同" in before.out
    assert motet("project", "hear", "a.motet", "--step", "1", "-o", "old.json").code == 0
    assert read(tmp_path / "old.json").score == Project.open(path).score_of("1")
    assert callable(register)


def test_the_usual_name_of_what_is_heard(motet: Callable[..., Any], tmp_path: Path) -> None:
    make_project(tmp_path)
    assert motet("project", "hear", "a.motet").code == 0
    assert (tmp_path / "a-1.wav").read_bytes().startswith(b"RIFF")


def test_options_of_tasks() -> None:
    assert read_options(["keep=melody,form", "strength=0.5", "n=2", "x=true"]) == {
        "keep": "melody,form", "strength": 0.5, "n": 2, "x": True
    }  # fmt: skip
    for text in ("keep", "=1", "a b=1"):
        with pytest.raises(ParameterError, match="NAME=VALUE"):
            read_options([text])


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["propose", "a.motet", "-n", "9"], 2, "9"),
        (["propose", "a.motet", "--task", "sing"], 2, "sing"),
        (["propose", "a.motet", "--bars", "7"], 2, "7"),
        (["propose", "a.motet", "--set", "x"], 2, "x"),
        (["accept", "a.motet", "1"], 2, "propose"),
        (["accept", "a.motet", "p3.1"], 2, "p3"),
        (["hear", "a.motet", "1", "-o", "b.mid"], 2, "p0"),
        (["hear", "a.motet", "p1.1", "--step", "1"], 2, "--step"),
        (["compare", "a.motet", "8"], 2, "8"),
        (["discard", "a.motet", "p2"], 2, "p2"),
    ],
)
def test_mistakes(
    motet: Callable[..., Any], tmp_path: Path, bundle: str, args: list[str], code: int, word: str
) -> None:
    path = make_project(tmp_path)
    before = path.read_bytes()
    for language in ("en", "zh"):
        more = ["--bundle", bundle] if args[0] == "propose" else []
        found = motet("project", *args, *more, "--lang", language)
        assert (found.code, found.out) == (code, "")
        assert word in found.err
        assert any("\u4e00" <= sign <= "\u9fff" for sign in found.err) == (language == "zh")
    assert path.read_bytes() == before
    assert not (tmp_path / "b.mid").exists()
