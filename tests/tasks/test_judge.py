"""The judge: people's music above the same spoilt, any writer and length, refusals."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

import motet
from motet.engine.bundle import load_bundle
from motet.errors import BundleError, ParameterError
from motet.score import Score, make_score
from motet.suite.corrupt import corrupt
from motet.tasks.judge import JUDGE, Ranked, judge_windows, rank, rank_grids
from motet.tokens import grid_to_score, score_to_grid

ODE = (
    "E5:1 E5:1 F5:1 G5:1 | G5:1 F5:1 E5:1 D5:1 | C5:1 C5:1 D5:1 E5:1 | E5:1.5 D5:0.5 D5:2 | "
    "E5:1 E5:1 F5:1 G5:1 | G5:1 F5:1 E5:1 D5:1 | C5:1 C5:1 D5:1 E5:1 | D5:1.5 C5:0.5 C5:2"
)
BASS = (
    "C3:2 E3:2 | G3:2 G2:2 | A2:2 F3:2 | G3:2 G2:2 | C3:2 E3:2 | G3:2 G2:2 | A2:2 F3:2 | G2:2 C3:2"
)


def _ode() -> Score:
    return make_score(ODE, BASS, fifths=0)


def test_a_hymn_tune_stands_above_itself_spoilt() -> None:
    grid = score_to_grid(_ode()).grid
    rng = np.random.default_rng(4)
    kinds = ("pitches moved", "onsets moved", "chords replaced", "upside down")
    marks = rank_grids([grid, *(corrupt(grid, kind, rng) for kind in kinds)])
    assert max(marks) == marks[0]


def test_the_order_does_not_depend_on_what_else_is_ranked() -> None:
    grids = [score_to_grid(_ode()).grid] * 3
    assert rank_grids(grids)[0] == pytest.approx(rank_grids(grids[:1])[0], abs=1e-4)
    assert len(judge_windows(grids)[0].marks) == 2


def test_symbols_and_style_change_nothing() -> None:
    grid = score_to_grid(make_score(ODE, BASS, fifths=0, chords="C:16 G:16")).grid
    assert rank_grids([grid]) == rank_grids([replace(grid, chords=grid.chords[:0], style=3)])


def test_what_cannot_be_judged_comes_last_and_is_told() -> None:
    five = make_score("C4:5 E4:5", metre="5/4")
    found = rank([make_score("r:16"), five, _ode()])
    assert [one.index for one in found] == [2, 0, 1]
    assert math.isnan(found[1].score)
    assert found[1].reasons == ("it has no notes",)
    assert found[2].reasons[0].startswith("no bar of it can be judged")
    assert found[2].to_dict()["score"] is None
    assert 0 < found[0].score < 1


def test_a_spoilt_part_is_named() -> None:
    grid = score_to_grid(_ode()).grid
    notes = grid.notes.copy()
    low = notes["part"] == 1
    notes["pitch"][low] += np.tile(np.array([1, -1, 6, 3], np.int16), 99)[: low.sum()]
    notes["pos"][low] += 6
    spoilt = grid_to_score(replace(grid, notes=notes))
    told = rank([spoilt], language="zh")[0].reasons
    assert told
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in one) for one in told)
    english = rank([spoilt, _ode()])
    assert [one.index for one in english] == [1, 0]


def test_compositions_are_taken_and_other_things_refused() -> None:
    piece = motet.arrange("| C | Am | F | G |", style="pop", bars=4, seed=2)
    index, score, reasons = motet.rank([piece])[0]
    assert (index, 0 < score < 1, isinstance(reasons, tuple)) == (0, True, True)
    with pytest.raises(ParameterError, match="piece 1 must be a score, got str"):
        rank(["a.mid"])
    with pytest.raises(ParameterError, match="nothing to rank"):
        rank([])
    with pytest.raises(BundleError, match="judges nothing"):
        rank([_ode()], bundle="small")
    assert Ranked(index=0, score=0.5).to_dict() == {"index": 0, "score": 0.5, "reasons": []}


def test_the_shipped_judge_is_small() -> None:
    bundle = load_bundle(JUDGE)
    assert sum(one.stat().st_size for one in bundle.folder.iterdir()) < 1_500_000
    assert (bundle.interface, bundle.takes) == ("judge", "judged")
