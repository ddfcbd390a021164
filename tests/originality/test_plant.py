"""Tests of motet.originality.plant."""

from __future__ import annotations

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.originality import Index
from motet.originality.plant import KINDS, Kind, plant, told_bits
from motet.tokens import GridScore, window


@pytest.mark.parametrize("kind", KINDS)
def test_planted_copies_are_found(
    index: Index, tunes: list[GridScore], strangers: list[GridScore], kind: Kind
) -> None:
    rng = np.random.default_rng(3)
    found = 0
    for k in range(10):
        passage = window(tunes[k], 2, 6) if kind == "splice" else tunes[k]
        near = index.nearest(plant(passage, kind, rng=rng, host=strangers[k]))
        found += near is not None and near.piece == f"made/{k}"
    assert found >= 9


def test_a_fifth_of_the_notes_is_edited(tunes: list[GridScore]) -> None:
    rng = np.random.default_rng(1)
    same = total = 0
    for grid in tunes:
        edited = plant(grid, "edited", rng=rng)
        names = ("bar", "part", "pos", "pitch")
        before = set(grid.notes[list(names)].tolist())
        same += len(before & set(edited.notes[list(names)].tolist()))
        total += len(before)
    assert 0.82 < same / total < 0.88  # a quarter of the edits adds a note and keeps the old one


def test_rhythm_changes_and_pitches_stay(tunes: list[GridScore]) -> None:
    grid = tunes[0]
    changed = plant(grid, "rhythm", rng=np.random.default_rng(2))
    assert changed.n_notes == grid.n_notes
    for part in range(2):
        own = grid.notes["part"] == part
        assert np.array_equal(
            changed.notes["pitch"][changed.notes["part"] == part], grid.notes["pitch"][own]
        )
    assert not np.array_equal(changed.notes["pos"], grid.notes["pos"])
    assert (changed.notes["pos"] < 96).all()


def test_a_splice_stands_in_the_middle(tunes: list[GridScore], strangers: list[GridScore]) -> None:
    host = strangers[0]
    passage = window(tunes[0], 0, 4)
    spliced = plant(passage, "splice", rng=np.random.default_rng(0), host=host)
    assert spliced.n_bars == host.n_bars
    assert np.array_equal(spliced.cell(4, 0)["pitch"], passage.cell(0, 0)["pitch"])
    assert np.array_equal(spliced.cell(3, 0)["pitch"], host.cell(3, 0)["pitch"])
    assert np.array_equal(spliced.cell(8, 1)["pitch"], host.cell(8, 1)["pitch"])


def test_a_splice_needs_a_host(tunes: list[GridScore]) -> None:
    with pytest.raises(ParameterError, match="host"):
        plant(tunes[0], "splice", rng=np.random.default_rng(0))


def test_more_bars_say_more(index: Index, tunes: list[GridScore]) -> None:
    surprise = index.store.surprise
    assert told_bits(window(tunes[0], 0, 4), surprise) < told_bits(tunes[0], surprise)
