"""Judging: the same windows for all, nats a note, and holes with the same notes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from motet.corpus.shards import open_shards
from motet.errors import CorpusError
from motet.tokens import count_notes
from motet.tokens.vocab import FAMILIES
from motet.train.valid import ValidSet, build_valid, evaluate
from tiny_shards import write_tiny_shards

torch.set_num_threads(1)


@pytest.fixture
def valid(tmp_path: Path) -> ValidSet:
    shards = open_shards(write_tiny_shards(tmp_path / "s"), "train")
    return build_valid(shards, context=256, n_windows=9)


def is_pitch(rows: np.ndarray) -> np.ndarray:
    return (rows >= FAMILIES["PITCH"].start) & (rows < FAMILIES["DRUM"].end)


def test_windows_are_fixed_and_of_all_styles(valid: ValidSet, tmp_path: Path) -> None:
    again = build_valid(open_shards(tmp_path / "s", "train"), context=256, n_windows=9)
    assert np.array_equal(valid.rows, again.rows)
    assert (valid.side == 0).sum() == 9
    assert set(valid.styles.tolist()) == {0, 1}


def test_marks_are_the_same_notes_on_both_sides(valid: ValidSet) -> None:
    pitches = {}
    for side in (1, 2):
        own = valid.side == side
        assert own.any()
        chosen = is_pitch(valid.rows[:, 1:]) & valid.marks
        pitches[side] = sorted(valid.rows[own][:, 1:][chosen[own]].tolist())
    assert pitches[1] == pitches[2]
    assert not valid.marks[valid.side == 0].any()


def test_one_nat_a_token_is_tokens_per_note(valid: ValidSet) -> None:
    found = evaluate(lambda rows: np.ones((len(rows), rows.shape[1] - 1), np.float32), valid)
    windows = valid.rows[valid.side == 0]
    assert found.n_notes == count_notes(windows)
    by_kind = found.by_kind
    notes = by_kind["pos"] + by_kind["dur"] + by_kind["vel"] + by_kind["pitch"]
    assert found.nats_per_note == pytest.approx(notes)
    assert by_kind["pitch"] == pytest.approx(1.0)
    tokens = sum(by_kind.values()) * found.n_notes
    assert tokens == pytest.approx((windows != 0).sum() - len(windows))
    assert found.infill_left >= 1
    assert found.to_dict()["n_notes"] == found.n_notes


def test_batches_do_not_matter(valid: ValidSet) -> None:
    def by_id(rows: np.ndarray) -> np.ndarray:
        return (rows[:, 1:] / 1000).astype(np.float32)

    one, two = (evaluate(by_id, valid, batch_rows=n) for n in (1, 100))
    assert one.to_dict() == two.to_dict()


def test_no_window_that_fits_is_told(tmp_path: Path) -> None:
    shards = open_shards(write_tiny_shards(tmp_path / "s"), "valid")
    with pytest.raises(CorpusError, match="no piece of the valid split fits"):
        build_valid(shards, context=20, n_windows=4)
