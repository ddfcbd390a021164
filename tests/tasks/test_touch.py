"""New bars are played as asked; nothing given moves."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from motet.brief import Brief
from motet.score import Score, make_score
from motet.tasks.given import measure_part
from motet.tasks.touch import play_cells, restrain_cells

LINE = "C4:.5 D4:.5 E4:.5 F4:.5 G4:.5 A4:.5 G4:1 | " * 2 + "C4:4"


def played(score: Score, cells: set[tuple[int, int]], **wishes: Any) -> Score:
    cast = [measure_part(score, k, range(score.n_bars)) for k in range(len(score.parts))]
    return play_cells(score, cells, cast, Brief(**wishes))


@pytest.mark.parametrize(
    "wishes",
    [{"feel": "swing"}, {"feel": "shuffle"}, {"feel": "laid-back"}, {"feel": "pushed"},
     {"articulation": "staccato"}, {"articulation": "legato"}, {"emotion": "excited"}],
    ids=str,
)  # fmt: skip
def test_only_open_cells_change(wishes: dict[str, Any]) -> None:
    score = make_score(LINE, LINE, qpm=100)
    done = played(score, {(1, 0)}, **wishes)
    assert done.parts[1] == score.parts[1]
    for k in (0, 2):
        start, end = score.bars[k].start_tick, score.bars[k].end_tick
        before = [n for n in score.parts[0].notes if start <= n.onset_tick < end]
        assert before == [n for n in done.parts[0].notes if start <= n.onset_tick < end]
    fresh = [n for n in done.parts[0].notes if 1920 <= n.onset_tick < 3840]
    assert [n.pitch for n in fresh] == [60, 62, 64, 65, 67, 69, 67]
    assert done != score


def test_where_off_beats_go() -> None:
    score = make_score(LINE)
    onsets = {
        feel: [n.onset_tick for n in played(score, {(0, 0)}, feel=feel).parts[0].notes[:7]]
        for feel in ("straight", "shuffle", "laid-back", "pushed")
    }
    assert onsets["straight"] == [0, 240, 480, 720, 960, 1200, 1440]
    assert onsets["shuffle"] == [0, 320, 480, 800, 960, 1280, 1440]
    assert all(late > 0 for late in onsets["laid-back"])
    assert onsets["pushed"][0] == 0
    assert all(a < b for a, b in zip(onsets["pushed"][1:], onsets["straight"][1:], strict=True))


def test_compound_metres_and_triplets_stay_in_order() -> None:
    jig = make_score("C4:.5 D4:.5 E4:.5 C4:.5 D4:.5 E4:.5 | C4:3", metre="6/8")
    assert played(jig, {(0, 0)}, feel="swing") == jig
    mixed = make_score("C4:.333 D4:.333 E4:.334 F4:.5 G4:.5 C4:2 | C4:4")
    moved = [n.onset_tick for n in played(mixed, {(0, 0)}, feel="shuffle").parts[0].notes]
    assert moved == sorted(set(moved))


def test_plucked_bars_go_back_to_the_bow() -> None:
    score = make_score("C4:4 | D4:1 E4:1 F4:2 | E4:4 | C4:4", programs=(40,))
    done = played(score, {(1, 0)}, articulation="pizzicato")
    changes = [(one.tick, one.value) for one in done.parts[0].controls if one.kind == "program"]
    assert changes == [(1920, 45), (3840, 40)]


def test_a_note_does_not_ring_into_a_pushed_one() -> None:
    score = make_score("C4:1 D4:1 E4:1 F4:1 | C4:4")
    notes = played(score, {(0, 0)}, feel="pushed").parts[0].notes
    assert all(a.end_tick <= b.onset_tick for a, b in pairwise(notes))


def test_nothing_avoided_changes_nothing() -> None:
    score = make_score(LINE)
    assert restrain_cells(score, {}, [], ("drums",), shift_semi=0) is score
