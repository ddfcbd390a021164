"""Benchmarks: chorales and piano rolls become fingerprints that pieces are found by."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.io import savemat

from motet.corpus.benchmark import ROLL_STEPS, load_benchmark, sample_prints
from motet.corpus.duplicates import find_shared
from motet.corpus.fingerprint import fingerprint
from motet.errors import CorpusError
from motet.io import write_midi
from motet.score import transpose
from motet.tokens import score_to_grid
from tiny_corpus import random_tune


def grid_of(seed: int, *, shift_semi: int = 0):
    return score_to_grid(transpose(random_tune(seed), shift_semi=shift_semi)).grid


def roll_of(grid, step: int) -> np.ndarray:
    """The slow way: which keys sound at each step."""
    onset = grid.bar_starts[grid.notes["bar"]] + grid.notes["pos"]
    times = range(0, int(grid.bar_starts[-1]), step)
    roll = np.zeros((len(times), 88), np.uint8)
    for k, time in enumerate(times):
        sounds = (onset <= time) & (time < onset + grid.notes["dur"])
        roll[k, grid.notes["pitch"][sounds] - 21] = 1
    return roll


@pytest.mark.parametrize("step", [6, 12, 24])
def test_rolls_find_the_piece(tmp_path: Path, step: int) -> None:
    cell = np.empty((1, 2), object)
    cell[0, 0], cell[0, 1] = (roll_of(grid_of(seed, shift_semi=3), step) for seed in (1, 2))
    none = np.empty((1, 0), object)
    (tmp_path / "m").mkdir()
    savemat(
        tmp_path / "m" / "MuseData.mat", {"traindata": cell, "validdata": none, "testdata": cell}
    )
    bench = load_benchmark("polyphonic-mats", tmp_path)
    assert list(bench.rolls) == ["MuseData/testdata/0", "MuseData/testdata/1"]
    own = [sample_prints(grid_of(seed), step=step) for seed in (2, 5, 1)]
    assert find_shared(own, list(bench.rolls.values())).tolist() == [1, -1, 0]


def test_chorales_find_the_hymn(tmp_path: Path) -> None:
    grid = grid_of(7)
    steps = [
        [int(np.flatnonzero(row).max()) + 21, 0, 0, int(np.flatnonzero(row).min()) + 21]
        for row in roll_of(grid, 6)
    ]
    (tmp_path / "j").mkdir()
    (tmp_path / "j" / "Jsb16thSeparated.json").write_text(json.dumps({"valid": [steps]}))
    bench = load_benchmark("jsb-chorales", tmp_path)
    own = [fingerprint(grid_of(seed, shift_semi=-4)) for seed in (7, 8)]
    assert find_shared(own, list(bench.lines.values())).tolist() == [0, -1]


def test_scores_are_read_as_items(tmp_path: Path) -> None:
    (tmp_path / "n" / "MIDI" / "melody").mkdir(parents=True)
    write_midi(random_tune(1), tmp_path / "n" / "MIDI" / "a.mid")
    write_midi(random_tune(1), tmp_path / "n" / "MIDI" / "melody" / "a.mid")
    (tmp_path / "n" / "README.md").write_text("x")
    bench = load_benchmark("nottingham-jukedeck", tmp_path)
    assert [item.name for item in bench.items] == ["MIDI/a.mid"]


def test_steps_are_those_of_rolls() -> None:
    assert (24, 0) in ROLL_STEPS


def test_an_empty_benchmark(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(CorpusError, match="no pieces"):
        load_benchmark("polyphonic-mats", tmp_path)
