"""A small corpus of long enough tunes, a tiny bundle with its weights, and a request for both."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motet.corpus.layout import FORMAT, TIMING
from motet.corpus.shard import Piece, write_shards
from motet.corpus.style import style_value
from motet.score import Score, make_score
from motet.suite import Request
from motet.tokens import GridScore, score_to_grid, vocab_hash
from tiny_bundle import make_tiny_bundle
from tiny_corpus import random_tune

STYLES = ("hymn", "jig", "guitar")


def tune(seed: int, n_bars: int) -> Score:
    """A melody and a bass with chords; its second half is its first again."""
    half = random_tune(seed, n_bars=n_bars // 2)
    chords = " ".join(["C:4", "F:4", "G:4", "C:4"] * (n_bars // 4))
    first, second = (" | ".join(_words(half, k) for _ in range(2)) for k in range(len(half.parts)))
    return make_score(first, second, fifths=0, chords=chords)


def _words(score: Score, k: int) -> str:
    """The notes of a part, as `make_score` reads them."""
    names = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
    unit = score.resolution
    return " ".join(
        f"{names[note.pitch % 12]}{note.pitch // 12 - 1}:{note.duration_tick // unit}"
        for note in score.parts[k].notes
    )


@pytest.fixture(scope="session")
def long_shards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """30 pieces of 16 to 64 bars in three styles, 6 of them to test and 6 to validate by."""
    folder = tmp_path_factory.mktemp("long-shards")
    pieces = []
    for k in range(30):
        split = "train" if k < 18 else "valid" if k < 24 else "test"
        grid = score_to_grid(tune(k, (16, 32, 64)[k % 3] if split != "train" else 16)).grid
        pieces.append(
            Piece(
                name=f"made/t{k:02}",
                source=0,
                split=split,
                group=k,
                weight=1.0,
                grid=replace(grid, style=style_value(STYLES[k // 2 % 3])),
                timing=np.zeros(0, TIMING),
            )
        )
    facts = {"format": FORMAT, "vocab_hash": vocab_hash(), "source_names": ["made"]}
    write_shards(folder, pieces, facts, {})
    return folder


@pytest.fixture(scope="session")
def small_request(long_shards: Path, tmp_path_factory: pytest.TempPathFactory) -> Request:
    """A request with a corpus, a bundle of random weights, and two windows a row."""
    folder = tmp_path_factory.mktemp("seedling")
    bundle = make_tiny_bundle(folder)
    return Request(
        shards=long_shards,
        bundle=str(bundle),
        weights=folder / "weights.npz",
        n=2,
        threads=1,
    )


@pytest.fixture(scope="session")
def jig() -> GridScore:
    """One window of 16 bars in the style jig."""
    return replace(score_to_grid(tune(7, 16)).grid, style=style_value("jig"))
