"""``motet lyrics``: words from a file, the command line or a pipe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.cli.lyrics import read_text, register
from motet.io import read
from tiny_bundle import make_tiny_bundle


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_tiny_bundle(tmp_path_factory.mktemp("bundle")))


def test_words_on_the_command_line(motet: Callable[..., Any], tmp_path: Path, bundle: str) -> None:
    found = motet("lyrics", "Over the river / the silver moon", "--key", "G", "--bundle", bundle,
                  "--candidates", "1", "-o", "song.musicxml", "--json")  # fmt: skip
    assert found.code == 0
    assert found.facts["task"] == "lyrics"
    score = read(tmp_path / "song.musicxml").score
    assert [one.text for one in score.parts[0].lyrics][:5] == ["O", "ver", "the", "riv", "er"]


def test_a_file_with_a_band_in_chinese(
    motet: Callable[..., Any], tmp_path: Path, bundle: str
) -> None:
    (tmp_path / "words.txt").write_text("月光洒在窗前的小河\n晚风轻轻唱着一首歌\n", "utf-8")
    found = motet("lyrics", "words.txt", "--style", "guofeng", "--bundle", bundle, "--candidates",
                  "1", "-o", "song.json", "--lang", "zh")  # fmt: skip
    assert found.code == 0
    assert "谱曲" in found.out
    assert "声调" in found.out
    score = read(tmp_path / "song.json").score
    assert len(score.parts) > 2
    assert len(score.parts[0].lyrics) == 18


def test_words_from_a_pipe(motet: Callable[..., Any], tmp_path: Path, bundle: str) -> None:
    found = motet("lyrics", "-", "--bundle", bundle, "--candidates", "1", "-o", "song.mid",
                  stdin=b"Home again tonight")  # fmt: skip
    assert found.code == 0
    assert (tmp_path / "song.mid").is_file()


@pytest.mark.parametrize(
    ("args", "word"),
    [
        (["nothere.txt"], "nothere.txt"), ([" "], ""), (["la la", "--metre", "soup"], "soup"),
        (["la la", "--bars-a-line", "77"], "77"), (["la la", "--style", "soup"], "soup"),
    ],
)  # fmt: skip
def test_mistakes_are_named_in_both_languages(
    motet: Callable[..., Any], tmp_path: Path, args: list[str], word: str
) -> None:
    for language in ("en", "zh"):
        found = motet("lyrics", *args, "-o", "new.mid", "--lang", language)
        assert found.code == 2
        assert word in found.err
        assert any("\u4e00" <= sign <= "\u9fff" for sign in found.err) == (language == "zh")
    assert not (tmp_path / "new.mid").exists()


def test_a_file_that_is_no_text(motet: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_bytes(b"\xff\xfe\xfa\x00")
    found = motet("lyrics", "words.txt", "-o", "new.mid")
    assert found.code == 3
    assert "UTF-8" in found.err


def test_lines_are_parted_by_slashes() -> None:
    assert read_text("one two / three") == "one two\nthree"
    assert callable(register)
