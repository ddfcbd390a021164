"""``motet develop``: a motif from the command line or a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.develop import is_notes, register
from motet.io import read, write
from motet.score import make_score
from tiny_bundle import make_tiny_bundle

FATE = "r:.5 G4:.5 G4:.5 G4:.5 Eb4:2"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


def test_notes_written_out(motet: Callable[..., Any], tmp_path: Path, bundle: str) -> None:
    found = motet("develop", FATE, "--key", "C minor", "--form", "A4 B4", "--technique", "inversion",
                  "--bundle", bundle, "-o", "piece.json")  # fmt: skip
    assert found.code == 0
    assert "inversion" in found.out
    assert read(tmp_path / "piece.json").score.n_bars == 8


def test_a_file_in_chinese(motet: Callable[..., Any], tmp_path: Path, bundle: str) -> None:
    write(make_score("C5:1 E5:.5 D5:.5 G4:2", fifths=0), tmp_path / "motif.mid")
    found = motet("develop", "motif.mid", "--form", "A4", "--bundle", bundle, "-o", "piece.mid",
                  "--lang", "zh")  # fmt: skip
    assert found.code == 0
    assert "陈述" in found.out


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ([FATE, "--technique", "soup"], "soup"), ([FATE, "--form", "soup"], "soup"),
        (["C4:x"], "C4:x"), (["nothere.mid"], "nothere.mid"), (["C4:4"], ""),
    ],
)  # fmt: skip
def test_mistakes_are_named_in_both_languages(
    motet: Callable[..., Any], tmp_path: Path, args: list[str], word: str
) -> None:
    for language in ("en", "zh"):
        found = motet("develop", *args, "-o", "new.mid", "--lang", language)
        assert found.code == 2
        assert word in found.err
        assert any("\u4e00" <= sign <= "\u9fff" for sign in found.err) == (language == "zh")
    assert not (tmp_path / "new.mid").exists()


def test_what_is_notes() -> None:
    assert is_notes("C4:1 | D4:1")
    assert not is_notes("song.mid")
    assert not is_notes("")
    assert callable(register)
