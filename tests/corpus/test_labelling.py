"""Labels of many pieces: in order, kept in the cache, the same from one process or two."""

from pathlib import Path

import numpy as np
import pytest

from motet.corpus import labelling
from motet.corpus.labelling import label_all
from motet.tokens import score_to_grid
from tiny_corpus import random_tune

GRIDS = [score_to_grid(random_tune(k, n_bars=4)).grid for k in range(10)]


def test_the_cache_gives_what_was_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []
    first = label_all(
        GRIDS, tmp_path, method="full", on_progress=lambda share, _: told.append(share)
    )
    assert len(list(tmp_path.rglob("*.npy"))) == len(GRIDS)

    def never(_: object) -> None:
        raise AssertionError("worked out twice")

    monkeypatch.setattr(labelling, "label_chords", never)
    again = label_all(GRIDS, tmp_path, method="full")
    for one, two in zip(first, again):
        assert len(one.chords) > 0
        assert np.array_equal(one.chords, two.chords)


@pytest.mark.parametrize("method", ["quick", "full"])
def test_two_processes_give_the_same(tmp_path: Path, method: str) -> None:
    here = label_all(GRIDS, tmp_path / "a", method=method)
    there = label_all(GRIDS, tmp_path / "b", method=method, n_workers=2)
    for one, two in zip(here, there, strict=True):
        assert np.array_equal(one.chords, two.chords)


def test_a_damaged_label_is_made_again(tmp_path: Path) -> None:
    first = label_all(GRIDS[:1], tmp_path, method="full")
    for path in tmp_path.rglob("*.npy"):
        path.write_bytes(b"damaged")
    assert np.array_equal(label_all(GRIDS[:1], tmp_path, method="full")[0].chords, first[0].chords)


def test_what_takes_too_long_stays_without(tmp_path: Path) -> None:
    found = label_all(GRIDS[:1], tmp_path, method="full", limit_s=1e-6)
    assert len(found[0].chords) == 0
    assert not list(tmp_path.rglob("*.npy"))


def test_written_chords_stay(tmp_path: Path) -> None:
    labelled = label_all(GRIDS[:1], tmp_path, method="full")
    assert label_all(labelled, tmp_path)[0] is labelled[0]
