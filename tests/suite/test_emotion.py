"""The table of emotion: the judge is judged first, requests are told from exchanged ones."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motet.suite import Request, load_tables
from motet.suite.emotion import ROWS, WORDS, check_judge, compare_requests
from vgmidi_files import pack_vgmidi

CORNERS = np.array([(0.7, 0.7), (0.7, -0.7), (-0.7, 0.7), (-0.7, -0.7)])


def test_what_comes_out_as_asked_agrees_and_is_told_apart(rng: np.random.Generator) -> None:
    found = compare_requests(CORNERS, CORNERS * 3, rng=rng)
    assert [found[name][0] for name in ("valence", "arousal", "quadrant")] == [1.0, 1.0, 1.0]
    assert found["told_apart"] == [1.0, 1.0]
    turned = compare_requests(CORNERS, -CORNERS, rng=rng)
    assert turned["quadrant"][0] == 0.0
    assert turned["told_apart"] == [0.0, 0.0]


def test_a_judge_that_hears_all_alike_tells_nothing_apart(rng: np.random.Generator) -> None:
    found = compare_requests(CORNERS, np.ones((4, 2)), rng=rng)
    assert found["told_apart"] == [0.5, 0.5]
    assert found["quadrant"][0] == 0.25
    assert np.isnan(found["rank_correlation"]).all()


def test_a_shift_of_all_pieces_leaves_the_order(rng: np.random.Generator) -> None:
    found = compare_requests(CORNERS, CORNERS + 5, rng=rng)
    assert found["valence"][0] == 0.5
    assert found["told_apart"] == [1.0, 1.0]


def test_accuracy_comes_with_an_interval_over_pieces(rng: np.random.Generator) -> None:
    x = rng.normal(size=(60, 2))
    y = np.where(x > 0, 1, -1)
    found = check_judge(x, y, [str(k) for k in range(60)], rng=rng, n_folds=5, n_repeats=2)
    assert found["quadrant"][0] <= min(found["valence"][0], found["arousal"][0])
    assert 0 < found["quadrant"][1] < 0.2
    assert (found["n_groups"], found["n_folds"], found["n_repeats"]) == (60, 5, 2)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("zstd") is None, reason="the zstd program packs the archive")
def test_the_table_is_measured_and_written(small_request: Request, tmp_path: Path) -> None:
    (table,) = load_tables(["emotion"])
    facts = table.measure(replace(small_request, bench=pack_vgmidi(tmp_path, n=24), n=1))
    assert facts["n_pieces"] == 24
    assert facts["judge"]["by piece"]["quadrant"][0] > 0.8
    assert set(facts["rows"]) == {*ROWS, "requests exchanged", "labels exchanged"}
    assert set(facts["words"]) == set(WORDS)
    assert all(row["n"] == 4 for row in facts["rows"].values())
    text = table.write(facts)
    assert "judge, unseen pieces" in text
    assert text.splitlines()[-1].startswith("Falls short:")
