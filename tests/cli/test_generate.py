"""``motet generate``: a file, a report, refusals in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.io import read
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


def test_it_writes_what_was_asked_for(
    motet: Callable[..., Any], tmp_path: Path, bundle: str
) -> None:
    args = (
        "--bars",
        "2",
        "--chords",
        "Dm7 G7",
        "--part",
        "flute:melody",
        "--low",
        "C4",
        "--n",
        "2",
    )
    found = motet("generate", "--bundle", bundle, *args, "-o", "tune.json", "--json")
    assert found.code == 0
    assert (found.facts["task"], found.facts["bundle"]) == ("generate", "seedling")
    assert found.facts["adherence"]["is_met"]
    score = read(tmp_path / "tune.json").score
    assert score.n_bars == 2
    assert min(note.pitch for note in score.parts[0].notes) >= 60


def test_in_chinese(motet: Callable[..., Any], bundle: str) -> None:
    found = motet("generate", "--bundle", bundle, "--bars", "2", "-o", "a.mid", "--lang", "zh")
    assert found.code == 0
    assert found.out.startswith("生成")


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["--n", "99"], 2, "n must be"), (["--harmony", "soup"], 2, "soup"), (["--bars", "0"], 2, "bars"),
        (["--low", "C5", "--high", "C3"], 2, "low"), (["--bundle", "soup"], 5, "soup"),
    ],
)  # fmt: skip
def test_mistakes(
    motet: Callable[..., Any], tmp_path: Path, bundle: str, args: list[str], code: int, word: str
) -> None:
    found = motet(
        "generate", *(args if "--bundle" in args else ["--bundle", bundle, *args]), "-o", "a.mid"
    )
    assert found.code == code
    assert word in found.err
    assert not list(tmp_path.iterdir())
