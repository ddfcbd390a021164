"""The benchmark sets as they are read, and the plainest models by hand."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import numpy as np
import pytest

from motet.corpus.archive import unpack
from motet.errors import CorpusError, FormatError
from motet.suite.roll_sets import (
    average_nats,
    measure_bigram,
    measure_first_order,
    measure_static,
    open_sets,
    read_chorales,
    read_rolls,
)
from motet.suite.table import Request


def test_chorales_keep_rests_and_all_pitches_that_sound(tmp_path: Path) -> None:
    path = tmp_path / "Jsb16thSeparated.json"
    splits = {
        "train": [[[67, 62, 59, 43], [67, 62, -1, 43]]],
        "valid": [[[67, 62, 59, 43]]],
        "test": [[[90, 62, 59, 43]]],  # far above those of training
    }
    path.write_text(json.dumps(splits))
    found = read_chorales(path)
    assert found.shape == (4, 90 - (43 - 6) + 1)
    assert found.n_frames("train") == 2
    assert found.splits["train"][0][1].sum(axis=1).tolist() == [1, 1, 0, 1]
    assert found.splits["test"][0][0].argmax(axis=1).tolist() == [53, 25, 22, 6]


def test_rolls_come_with_their_splits(tmp_path: Path) -> None:
    from scipy.io import savemat

    path = tmp_path / "Nottingham.mat"
    path.write_bytes(b"")
    pieces = np.empty((1, 2), object)
    for i in range(2):
        pieces[0, i] = np.zeros((3 + i, 88), np.uint8)
        pieces[0, i][:, 40 + i] = 1
    savemat(str(path), {f"{split}data": pieces for split in ("train", "valid", "test")})
    found = read_rolls(path)
    assert found.name == "Nottingham"
    assert found.shape == (1, 14)  # pitches 40 and 41 and six on either side
    assert [len(piece) for piece in found.splits["valid"]] == [3, 4]
    assert found.splits["test"][1][:, 0].argmax(axis=1).tolist() == [7] * 4


@pytest.mark.parametrize(
    "text", ["", "[1]", '{"train": [[[1, 2]]], "valid": [], "test": []}', '{"train": 3}']
)
def test_files_that_are_no_set_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(FormatError):
        read_chorales(path)
    with pytest.raises(FormatError, match="benchmark set"):
        read_rolls(path)


def test_archives_are_unpacked_once_and_missing_ones_are_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"jsb-chorales\.tar\.zst"):
        open_sets(Request(bench=tmp_path), ("jsb16",), tmp_path / "cache")
    (tmp_path / "other.txt").write_text("1")
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        tar.add(tmp_path / "other.txt", "other.txt")
    assert unpack(tmp_path / "a.tar", tmp_path / "cache").is_dir()


def test_baselines_by_hand() -> None:
    piece = np.array([1, 1, 0, 1], np.uint8)[:, None, None]
    share = (3 + 0.5) / (4 + 1)
    [static] = measure_static([piece], [piece])
    assert static == pytest.approx(-np.log([share, share, 1 - share, share]))
    [first] = measure_first_order([piece], [piece])
    after_off, after_on = (2 + 0.5) / (2 + 1), (1 + 0.5) / (2 + 1)
    assert first == pytest.approx(-np.log([after_off, after_on, 1 - after_on, after_off]))


def test_bigram_is_a_chance_for_each_voice() -> None:
    rng = np.random.default_rng(0)
    train = [np.eye(5, dtype=np.uint8)[rng.integers(0, 5, (30, 2))] for _ in range(3)]
    past = train[0][:4]
    total = 0.0
    for first in range(6):
        for second in range(6):
            frame = np.zeros((1, 2, 5), np.uint8)
            for part, pitch in enumerate((first, second)):
                if pitch < 5:
                    frame[0, part, pitch] = 1
            nats = measure_bigram(train, [np.concatenate((past, frame))])[0]
            total += float(np.exp(-nats[-1]))
    assert total == pytest.approx(1.0)


def test_three_means_differ_as_they_should() -> None:
    found = average_nats([np.array([9.0, 1.0]), np.array([1.0, 1.0, 1.0])], n_notes=2)
    assert found == {"frames": 13 / 10, "pieces": (5 + 1) / 4, "without_first": 0.5}
