"""``motet melody``: over chords and over a score."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.melody import register
from motet.io import read, write
from motet.score import make_score
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


def test_over_chords(motet: Callable[..., Any], tmp_path: Path, bundle: str) -> None:
    found = motet("melody", "Dm7 G7 | Cmaj7", "--bars", "4", "--instrument", "flute", "--bundle",
                  bundle, "--seed", "2", "-o", "tune.json", "--json")  # fmt: skip
    assert found.code == 0
    assert found.facts["task"] == "melody"
    score = read(tmp_path / "tune.json").score
    assert (score.n_bars, score.parts[0].program) == (4, 73)


def test_over_a_file_whose_parts_stay(
    motet: Callable[..., Any], tmp_path: Path, bundle: str
) -> None:
    write(make_score("C3+E3+G3:4 F3+A3+C4:4", fifths=0), tmp_path / "backing.json")
    found = motet("melody", "backing.json", "--low", "C5", "--high", "C6", "--density", "sparse",
                  "--bundle", bundle, "-o", "song.json", "--lang", "zh")  # fmt: skip
    assert found.code == 0
    assert "写旋律" in found.out
    old, new = read(tmp_path / "backing.json").score, read(tmp_path / "song.json").score
    assert new.parts[1].notes == old.parts[0].notes
    assert all(72 <= note.pitch <= 84 for note in new.parts[0].notes)


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["nothere.mid"], "nothere.mid"), (["C F", "--density", "soup"], "density"),
        (["C F", "--instrument", "soup"], "soup"), (["C F", "--low", "soup"], "soup"),
    ],
)  # fmt: skip
def test_mistakes_are_named_in_both_languages(
    motet: Callable[..., Any], tmp_path: Path, args: list[str], word: str
) -> None:
    for language in ("en", "zh"):
        found = motet("melody", *args, "-o", "new.mid", "--lang", language)
        assert found.code == 2
        assert word in found.err
        assert any("\u4e00" <= sign <= "\u9fff" for sign in found.err) == (language == "zh")
    assert not (tmp_path / "new.mid").exists()


def test_it_registers_itself() -> None:
    assert callable(register)
