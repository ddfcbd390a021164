"""Ranking: music before noise, and a likelihood that is one voice among several."""

from __future__ import annotations

import pytest

from motet.brief import Brief
from motet.score import make_score
from motet.tasks.cast import PartPlan, choose_cast
from motet.tasks.rank import WEIGHTS, Figures, judge_cells, rank_candidates
from motet.tokens import GridScore, score_to_grid

PIANO = choose_cast(Brief(parts="piano"))


def judge(found: GridScore, cast: tuple[PartPlan, ...] = PIANO) -> Figures:
    """Figures of a whole grid."""
    cells = [(bar, part) for bar in range(found.n_bars) for part in range(len(found.parts))]
    return judge_cells(found, cells, cast)


def grid(*texts: str, chords: str = "") -> GridScore:
    return score_to_grid(make_score(*texts, chords=chords, fifths=0)).grid


def test_totals_are_weighted_means() -> None:
    assert Figures().total == 1.0
    assert Figures(leaps=0.0).total == pytest.approx(1 - WEIGHTS["leaps"] / sum(WEIGHTS.values()))


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("leaps", "C4:1 D4:1 E4:1 G4:1", "C4:1 B5:1 C4:1 B5:1"),
        ("repetition", "C4:1 D4:1 E4:1 D4:1", "C4:1 C4:1 C4:1 C4:1"),
        ("beats", "C4:1 D4:1 E4:1 D4:1", "C4:0.125 D4:0.25 E4:0.25 D4:3.375"),
        ("density", "C4:1 D4:1 E4:1 D4:1", "C4:0.125 " * 32),
    ],
)
def test_each_figure_tells_good_from_bad(name: str, good: str, bad: str) -> None:
    figures = [judge(grid(text)) for text in (good, bad)]
    assert getattr(figures[0], name) > getattr(figures[1], name) + 0.3


def test_chords_consonance_and_register() -> None:
    cast = choose_cast(Brief(parts="piano,acoustic_bass"))
    right = grid("E4:2 G4:2", "C3:4", chords="C:4")
    wrong = grid("C#4:2 F#4:2", "C3:4", chords="C:4")
    one, two = (judge(found, cast) for found in (right, wrong))
    assert one.chord_fit > two.chord_fit
    assert one.consonance > two.consonance
    below = judge(grid("C2:2 C2:2", "C3:4"), cast)
    assert (one.register, below.register) == (1.0, 0.0)


def test_rhythm_wants_some_return_and_some_change() -> None:
    bars = ["C4:1 D4:1 E4:2", "C4:2 D4:2", "C4:1 D4:1 E4:2", "C4:4"]
    mixed = judge(grid(" | ".join(bars))).rhythm
    wild = [f"C4:{a} D4:{4 - a}" for a in (0.5, 1.25, 2.75, 3.5)]
    assert mixed > judge(grid(" | ".join(wild))).rhythm


def test_the_better_of_two_wins_and_likelihood_decides_between_equals() -> None:
    good, bad = grid("C4:1 D4:1 E4:1 G4:1"), grid("C4:0.25 F#6:1.25 C4:1.5 C#6:1")
    assert rank_candidates([bad, good], [-2.0, -2.0], [(0, 0)], PIANO)[0] == [1, 0]
    assert rank_candidates([good, good], [-2.0, -1.0], [(0, 0)], PIANO)[0] == [1, 0]
    order, figures = rank_candidates([good], [-2.0], [(0, 0)], PIANO)
    assert order == [0]
    assert set(figures[0].facts()) == {*WEIGHTS, "total"}


def test_nothing_to_judge_is_no_fault() -> None:
    assert judge_cells(grid("C4:4"), [], PIANO) == Figures()


def test_a_tune_that_leaves_its_bars_empty_ranks_lower() -> None:
    cast = choose_cast(Brief(parts="flute"))
    full, short, late = (
        judge_cells(score_to_grid(make_score(text, fifths=0)).grid, [(0, 0)], cast).fullness
        for text in ("C5:2 D5:2 | E5:4", "C5:0.5 r:3.5 | E5:4", "r:1 C5:3 | E5:4")
    )
    assert full == 1.0
    assert short < 0.2
    assert 0.3 < late < 0.4


def test_a_line_that_moves_as_its_model_ranks_higher() -> None:
    cast = choose_cast(Brief(parts="flute"))
    same, mirrored = (
        judge_cells(
            score_to_grid(make_score(f"C5:1 D5:1 E5:2 | {text}", fifths=0)).grid,
            [(1, 0)], cast, models={(1, 0): 0},
        ).echo
        for text in ("F5:1 G5:1 A5:2", "F5:1 E5:1 D5:2")
    )  # fmt: skip
    assert same > 0.9
    assert mirrored < 0.5


def test_a_tune_of_one_rhythm_is_dull() -> None:
    plans = choose_cast(Brief(parts="flute"))
    dull = "C4:1 D4:1 E4:2 | D4:1 E4:1 F4:2 | E4:1 F4:1 G4:2 | D4:1 E4:1 C4:2"
    lively = "C4:1 D4:1 E4:2 | D4:1 E4:0.5 F4:0.5 G4:2 | E4:1 F4:1 G4:2 | D4:3 C4:1"
    cells = [(bar, 0) for bar in range(4)]
    one, two = (
        judge_cells(score_to_grid(make_score(text, fifths=0)).grid, cells, plans).rhythm
        for text in (dull, lively)
    )
    assert two > one + 0.4
