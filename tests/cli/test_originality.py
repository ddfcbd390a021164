"""``motet originality``: neighbours of files, and an index of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motet.io import write_json
from motet.score import make_score, transpose
from tiny_corpus import random_tune
from tiny_shards import write_tiny_shards


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from motet.originality import build_index

    folder = tmp_path_factory.mktemp("index")
    build_index(write_tiny_shards(folder / "shards"), folder / "index.npz")
    return folder / "index.npz"


def test_a_copy_is_named_with_its_bars(motet: Callable[..., Any], index: Path) -> None:
    copy = write_json(transpose(random_tune(5, n_bars=6), shift_semi=3))
    said = motet("originality", "-", "--index", str(index), stdin=copy)
    assert said.code == 0
    assert "a copy; nearest is made/t05, bars 1-6 (here 1-6)" in said.out
    assert "+3 semitones" in said.out
    chinese = motet("originality", "-", "--index", str(index), "--lang", "zh", stdin=copy)
    assert "雷同" in chinese.out
    facts = motet("originality", "-", "--index", str(index), "--json", stdin=copy).facts
    near = facts["scores"][0]["neighbours"][0]
    assert (near["piece"], near["verdict"], near["shift_semi"]) == ("made/t05", "copy", 3)


def test_nothing_like_it_is_said(motet: Callable[..., Any], index: Path) -> None:
    flat = write_json(make_score("C4:1 C4:1 C4:1 C4:1 | C4:1 C4:1 C4:1 C4:1"))
    said = motet("originality", "-", "--index", str(index), stdin=flat)
    assert "nothing in the training music is like it" in said.out


def test_an_index_is_built(motet: Callable[..., Any], tmp_path: Path) -> None:
    shards = write_tiny_shards(tmp_path / "shards")
    said = motet("originality", "--build", str(shards), "-o", "own.npz", "--json")
    assert said.code == 0
    assert said.facts["n_pieces"] == 12
    assert (tmp_path / "own.npz").stat().st_size == said.facts["n_bytes"]


def test_mistakes_are_said_in_both_languages(motet: Callable[..., Any]) -> None:
    none = motet("originality")
    assert none.code == 2
    assert "no score was given" in none.err
    assert "未给出乐谱" in motet("originality", "--lang", "zh").err
    score = write_json(make_score("C4:1"))
    lost = motet("originality", "-", "--index", "no.npz", stdin=score)
    assert lost.code == 4
    assert "no originality index here" in lost.err
