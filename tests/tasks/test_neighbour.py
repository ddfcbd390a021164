"""Tests of motet.tasks.neighbour: what is said of a nearest neighbour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.originality import Neighbour
from motet.originality.index import DATA
from motet.score import make_score
from motet.tasks.neighbour import judge_cells, open_block, tell_copies, tell_neighbour
from motet.tokens import score_to_grid

ONE = Neighbour(
    piece="irish/12.abc", source="irish", licence="CC BY 4.0", their_bars=(5, 8), own_bars=(1, 1),
    part=0, n_notes=17, n_verbatim=9, shift_semi=0, tempo_ratio=1.0, bits=20.0, percentile=61.2,
)  # fmt: skip


def test_one_line_in_both_languages() -> None:
    assert tell_neighbour(ONE, "en") == (
        "Originality: original; nearest is irish/12.abc, bars 5-8 (here 1): 17 notes, "
        "more alike than 61 % of people's pieces are"
    )
    assert tell_neighbour(ONE, "zh").startswith("原创性:原创;最相近的是 irish/12.abc 第 5-8 小节")


def test_an_unknown_percentile_is_not_told() -> None:
    assert "people" not in tell_neighbour(replace(ONE, percentile=float("nan")), "en")


def test_only_a_copy_is_warned_of() -> None:
    assert tell_copies(None) == tell_copies(ONE) == ()
    ((en, zh),) = tell_copies(replace(ONE, verdict="copy"), n_tries=3)
    assert "irish/12.abc (CC BY 4.0), after 3 tries" in en
    assert "雷同" in tell_neighbour(replace(ONE, verdict="copy"), "zh")
    assert "3 次" in zh


def test_turned_off_nothing_is_judged() -> None:
    grid = score_to_grid(make_score("C4:1 E4:1 D4:1 G4:1 | F4:1 A4:1 C5:1 B4:1")).grid
    assert judge_cells(grid, [(0, 0), (1, 0)], is_on=False) is None
    assert judge_cells(grid, []) is None
    assert open_block(is_on=False) is None


@pytest.mark.skipif(not DATA.is_file(), reason="the index is not built")
def test_what_ships_opens() -> None:
    block = open_block()
    assert block is not None
    assert block([60]) == frozenset()
