"""The data card tells the corpus's own numbers, in both languages."""

import shutil
from pathlib import Path

import pytest

from motet.corpus import BuildConfig, build_corpus
from motet.corpus.card import write_card
from motet.corpus.check import check_corpus, save_check
from tiny_corpus import write_tiny_corpus


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    config = BuildConfig(
        archives=folder,
        output=folder / "shards",
        cache=folder / "cache",
        manifest=write_tiny_corpus(folder),
        chords="none",
        n_arranged=2,
    )
    build_corpus(config)
    return config.output


def test_both_languages_have_the_same_numbers(built: Path) -> None:
    cards = [write_card(built, language=language) for language in ("en", "zh")]
    assert "licence class clean, but for 2 pieces that Motet's arranger wrote" in cards[0]
    assert "许可类别 clean,其中 2 首由 Motet 编配器所写" in cards[1]
    assert "| One | CC0 | 14 | 1,008 |" in cards[0]
    assert "| One | CC0 | 14 | 1,008 |" in cards[1]
    rows = [[line for line in card.splitlines() if line.startswith("| ")] for card in cards]
    assert len(rows[0]) == len(rows[1])
    assert [line.count("|") for line in rows[0]] == [line.count("|") for line in rows[1]]


def test_pages_link_each_other(built: Path) -> None:
    first = write_card(built, other="card.zh.md").split("\n\n")[1]
    assert first.endswith("which wrote this page. [中文](card.zh.md)")
    assert "写成。 [English](card.md)" in write_card(built, language="zh", other="card.md")
    assert "](" not in write_card(built).split("\n\n")[1]


def test_what_was_left_out_is_told(built: Path) -> None:
    card = write_card(built)
    assert "| one | cannot be read | 1 |" in card
    assert "| one | too short | 1 |" in card
    assert "| two | the same music as another piece | 1 |" in card
    assert "| two | shares music with a benchmark | 1 |" in card
    assert "- One: the tests" in card
    assert "| One | CC0 | 14 |" in card


def test_machine_made_pieces_are_marked(built: Path) -> None:
    card = write_card(built)
    assert "## Made by a machine" in card
    assert "They are 11.0 % of the samples drawn in training" in card
    assert "Motet's arranger (machine-made) | own work" in card
    assert "## 由机器所写" in write_card(built, language="zh")


def test_what_the_check_found_is_told(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "checked"
    shutil.copytree(built, folder)
    assert "## Benchmarks are out" not in write_card(folder)
    config = BuildConfig(
        archives=built.parent,
        output=folder,
        cache=tmp_path / "cache",
        manifest=built.parent / "manifest.toml",
    )
    save_check(folder, check_corpus(config))
    card = write_card(folder)
    assert "| bench | 2 | 0 | 0.000 | 1 |" in card
    assert "Pieces by class: clean 20, made 2." in card
    assert "The split is not the frozen one." in card
    assert "## 基准已排除" in write_card(folder, language="zh")
