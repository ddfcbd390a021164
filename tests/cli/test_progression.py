"""``motet progression``: ideas, open places, and files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.output import Output
from motet.cli.progression import register, tell_ideas, tell_places
from motet.io import read
from motet.tasks.harmonise import fill_progression, progressions


def test_ideas_from_safe_to_surprising(motet: Callable[..., Any]) -> None:
    found = motet("progression", "--bars", "4", "-n", "3", "--seed", "2", "--json")
    assert found.code == 0
    bits = [one["surprise_bits"] for one in found.facts["ideas"]]
    assert bits == sorted(bits)
    assert len(bits) == 3
    assert callable(register)


def test_open_places(motet: Callable[..., Any]) -> None:
    found = motet("progression", "C Am F ?")
    assert found.code == 0
    assert "Chord 4, from safe to surprising" in found.out
    replaced = motet("progression", "C Am F G", "--replace", "2", "--json")
    assert replaced.facts["places"][0]["number"] == 2


@pytest.mark.parametrize("options", [(), ("--play-style", "bossa")])
def test_files(motet: Callable[..., Any], tmp_path: Path, options: tuple[str, ...]) -> None:
    found = motet("progression", "Dm7 G7", "--bars", "4", "-o", "idea.json", *options, "--json")
    assert found.code == 0
    score = read(tmp_path / "idea.json").score
    assert score.n_bars >= 4
    assert score.chords[0].symbol == "Dm7"


def test_both_languages() -> None:
    ideas, places = progressions(bars=4, n=2), fill_progression("C ? F G")
    for language, word in (("en", "bits a chord"), ("zh", "比特")):
        out = Output(language=language, as_json=False)  # type: ignore[arg-type]
        assert word in "\n".join(tell_ideas(ideas, out)[1])
    assert "第 2 个和弦" in "\n".join(tell_places(*places, Output(language="zh", as_json=False))[1])


@pytest.mark.parametrize(
    ("args", "word"),
    [(["Cxyz"], "Cxyz"), (["--surprise", "3"], "surprise"), (["--style", "nobody"], "nobody"),
     (["--cadence", "sudden"], "cadence"), (["C F", "--replace", "9"], "at")],
)  # fmt: skip
def test_mistakes(motet: Callable[..., Any], args: list[str], word: str) -> None:
    found = motet("progression", *args)
    assert found.code == 2
    assert word in found.err
