"""Quick chords: right where it is plain, silent where nothing sounds, near the full estimate."""

from dataclasses import replace

import numpy as np
import pytest

from motet.corpus.label import label_chords
from motet.corpus.quick_chords import quick_chords
from motet.score import BarLength, make_score, transpose
from motet.tokens import chord_of, score_to_grid

CHORALE = (
    "E4+G4:4 | F4+A4:4 | D4+F4+B4:4 | E4+G4:2 E4+A4:2 | F4+A4:2 D4+F4:2 | E4+G4:4",
    "C3:4 | F2+C3:4 | G2:4 | C3:2 A2:2 | D3:2 G2+B2:2 | C3:4",
)


def symbols(grid) -> list[str]:
    return [chord_of(int(row["chord"])).symbol for row in quick_chords(grid)]


@pytest.mark.parametrize("shift_semi", [0, 3, -4])
def test_a_chorale_in_any_key(shift_semi: int) -> None:
    score = transpose(make_score(*CHORALE, fifths=0), shift_semi=shift_semi)
    grid = score_to_grid(score).grid
    assert symbols(grid) == ["C", "F", "G7", "C", "Am", "Dm", "G7", "C"]
    found = quick_chords(grid)
    assert (found["confidence"] > 0.5).all()
    assert (found["confidence"] <= 1).all()


def test_it_is_near_the_full_estimate() -> None:
    grid = score_to_grid(make_score(*CHORALE, fifths=0)).grid
    full = label_chords(grid).chords
    found = quick_chords(grid)
    assert found[["bar", "pos"]].tolist() == full[["bar", "pos"]].tolist()
    assert (found["chord"] // 20).tolist() == (full["chord"] // 20).tolist()


def test_places_are_inside_their_bars() -> None:
    score = make_score(
        "C4:1 | E4+G4:3 | D4+F4:3 | C4+E4:3", "r:1 | C3:3 | G2+B2:3 | C3:3", metre="3/4"
    )
    grid = score_to_grid(replace(score, bar_lengths=(BarLength(tick=0, duration_tick=480),))).grid
    found = quick_chords(grid)
    assert (found["pos"] < grid.bars["length"][found["bar"]]).all()
    assert (np.diff(found["bar"].astype(int) * 1000 + found["pos"]) > 0).all()


@pytest.mark.parametrize("metre", ["6/8", "7/8", "3/8", "2/2", "5/4"])
def test_every_metre(metre: str) -> None:
    grid = score_to_grid(make_score("C4+E4+G4:1 C4+E4+G4:1 C4+E4+G4:1", metre=metre)).grid
    assert symbols(grid) == ["C"]


def test_inversions_name_their_bass() -> None:
    grid = score_to_grid(make_score("C5+G4:4 | C5+G4:4", "E3:4 | E3:4", fifths=0)).grid
    found = quick_chords(grid)
    assert (found["chord"].tolist(), found["bass"].tolist()) == ([0], [4])


def test_drums_and_rests() -> None:
    assert len(quick_chords(score_to_grid(make_score("drums 36:1 38:1")).grid)) == 0
    grid = score_to_grid(make_score("C4+E4+G4:4 | r:4 | r:4 | F4+A4+C5:4")).grid
    assert symbols(grid)[-1] == "F"
