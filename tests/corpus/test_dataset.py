"""Windows of a corpus: everything once in order, or drawn for ever, always whole documents."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from motet.corpus import iterate, open_shards
from motet.corpus.build import BuildConfig, build_corpus
from motet.errors import ParameterError
from motet.tokens import count_notes, decode
from motet.tokens.grammar import find_error
from tiny_corpus import write_tiny_corpus


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    build_corpus(
        BuildConfig(
            archives=folder,
            output=folder / "shards",
            cache=folder / "cache",
            manifest=_manifest(folder),
            chords="none",
            n_arranged=2,
        )
    )
    return folder / "shards"


def _manifest(folder: Path) -> Path:
    return write_tiny_corpus(folder)


def test_in_order_every_note_comes_once(built: Path) -> None:
    found = list(iterate(built, "train", max_tokens=600))
    shards = open_shards(built, "train")
    assert sum(count_notes(one.ids) for one in found) == int(shards.n_notes.sum())
    assert max(len(one.ids) for one in found) <= 600
    assert all(find_error(one.ids) is None for one in found)
    assert all(decode(one.ids).equals(one.grid) for one in found)
    assert {one.piece for one in found} == set(shards.names)


def test_the_arrangers_pieces_can_stay_out(built: Path) -> None:
    made = {one.source for one in iterate(built, "train") if one.is_made}
    assert made == {"arranger"}
    assert not any(one.is_made for one in iterate(built, "train", keep_made=False))
    drawn = islice(iterate(built, "train", draw=True, keep_made=False), 30)
    assert {one.source for one in drawn} <= {"one", "two"}


def test_the_same_seed_draws_the_same_windows(built: Path) -> None:
    def ids(seed: int) -> list[np.ndarray]:
        return [one.ids for one in islice(iterate(built, "train", draw=True, seed=seed), 8)]

    assert all(map(np.array_equal, ids(1), ids(1)))
    assert not all(map(np.array_equal, ids(1), ids(2)))


def test_too_short_a_window_is_refused(built: Path) -> None:
    with pytest.raises(ParameterError, match="max_tokens"):
        next(iterate(built, max_tokens=10))
