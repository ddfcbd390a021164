"""Bars taken up: copied where all fits, else written in their rhythm and near their pitches."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from motet.brief import Brief
from motet.engine.rules import CellRules
from motet.score import make_score
from motet.tasks.cast import PartPlan, choose_cast
from motet.tasks.echo import Echo, Taken, take_up
from motet.tokens import GridScore, score_to_grid

FLUTE = choose_cast(Brief(parts="flute"))[0]
WHITE = frozenset({0, 2, 4, 5, 7, 9, 11})
RULES = CellRules(n_positions=96, scale=WHITE, low=60, high=84, max_polyphony=1, max_group=1)


def grid_of(text: str) -> GridScore:
    """A part in C major."""
    return score_to_grid(make_score(text, fifths=0)).grid


def take(
    text: str,
    kind: str,
    *,
    rules: CellRules = RULES,
    plan: PartPlan = FLUTE,
    same: bool = True,
    seed: int = 0,
    bars: tuple[int, int] = (1, 0),
) -> Taken:
    """What one bar makes of another."""
    echo = Echo(bars[1], kind)  # type: ignore[arg-type]
    grid = grid_of(text)
    return take_up(grid, (bars[0], 0), echo, rules, plan, same_harmony=same, seed=seed)


TUNE = "E5:1 F5:1 G5:2 | C5:4"


def test_a_copy_under_the_same_chords_is_the_same_notes() -> None:
    taken = take(TUNE, "copy")
    assert taken.rules is None
    assert taken.notes[["bar", "pos", "dur", "pitch"]].tolist() == [
        (1, 0, 24, 76), (1, 24, 24, 77), (1, 48, 48, 79),
    ]  # fmt: skip


def test_a_copy_under_other_chords_bends_what_does_not_fit() -> None:
    chord = replace_chord(RULES, {2, 7, 11})
    taken = take(TUNE, "copy", rules=chord, same=False)
    assert taken.notes is None
    assert taken.rules.rhythm == ((0, 24), (24, 24), (48, 48))
    assert taken.rules.bounds == ((0, 1, 74, 78), (24, 25, 77, 77), (48, 49, 79, 79))


def replace_chord(rules: CellRules, tones: set[int]) -> CellRules:
    """Rules with a chord that is asked for on one."""
    return CellRules(
        n_positions=96, scale=rules.scale, low=60, high=84, max_polyphony=1, max_group=1,
        chords=((0, 96, frozenset(tones)),), strong=frozenset({0}),
    )  # fmt: skip


def test_a_copy_that_breaks_a_rule_is_not_pasted() -> None:
    narrow = CellRules(n_positions=96, scale=frozenset({0, 4, 7}), max_polyphony=1)
    assert take(TUNE, "copy", rules=narrow).notes is None
    few = CellRules(n_positions=96, max_polyphony=1, max_onsets=2)
    wish = choose_cast(Brief(parts=[{"instrument": "flute", "density": [0.4, 0.5]}]))[0]
    assert take(TUNE, "copy", rules=few, plan=wish) == Taken()


def test_a_shape_moves_the_line_by_steps() -> None:
    taken = take("C5:1 D5:1 E5:1 F5:1 | C5:4", "shape")
    bounds = taken.rules.bounds
    assert [low == high for _, _, low, high in bounds[:3]] == [True] * 3
    moves = [b[2] - a[2] for a, b in pairwise(bounds[:3])]
    assert all(1 <= move <= 2 for move in moves)
    assert bounds[0][2] != 72
    assert bounds[3][3] - bounds[3][2] >= 5


def test_an_ornament_splits_long_notes_and_keeps_the_others() -> None:
    counts = set()
    for seed in range(12):
        taken = take("C5:1 E5:3 | C5:4", "ornament", seed=seed)
        counts.add(len(taken.rules.rhythm))
        assert sum(duration for _, duration in taken.rules.rhythm) == 96
        kept = {bound[0]: bound[2:] for bound in taken.rules.bounds}
        assert kept[0] == (72, 72)
        assert kept[24] == (76, 76)
    assert counts == {3, 4}


def test_an_ornament_may_leave_out_a_note_off_the_beat() -> None:
    told = [
        take("C5:0.5 D5:0.5 E5:0.5 F5:0.5 G5:2 | C5:4", "ornament", seed=seed).rules.rhythm
        for seed in range(12)
    ]
    fewer = [rhythm for rhythm in told if len(rhythm) < 5]
    assert 0 < len(fewer) < 12
    for rhythm in fewer:
        assert {0, 24, 48} <= {pos for pos, _ in rhythm}
        assert sum(duration for _, duration in rhythm) == 96


def test_a_chord_keeps_its_voices_and_register() -> None:
    piano = choose_cast(Brief(parts="piano:comping"))[0]
    rules = CellRules(n_positions=96, scale=WHITE, max_polyphony=4, max_group=4)
    taken = take("C4+E4+G4:2 C4+E4+G4:2 | C4:4", "figure", rules=rules, plan=piano)
    assert taken.rules.rhythm == ((0, 48),) * 3 + ((48, 48),) * 3
    assert all(
        low <= 60 and high >= 67 and high - low <= 14 for *_, low, high in taken.rules.bounds
    )


def test_what_sounds_in_from_before_is_waited_for() -> None:
    free = "C5:1 D5:1 E5:2 C5:4 C5:4 C5:4"
    assert take(free, "rhythm", bars=(3, 0)).rules.rhythm == ((0, 24), (24, 24), (48, 48))
    held = "C5:1 D5:1 E5:2 C5:4 r:2 D5:3 C5:3"
    assert take(held, "rhythm", bars=(3, 0)).rules.rhythm == ((24, 24), (48, 48))


@pytest.mark.parametrize("rules", [
    CellRules(n_positions=96, rhythm=((0, 96),)), CellRules(n_positions=96, max_onsets=0),
])  # fmt: skip
def test_what_is_fixed_or_silent_takes_up_nothing(rules: CellRules) -> None:
    assert take(TUNE, "copy", rules=rules) == Taken()


def test_bars_of_other_lengths_take_up_nothing() -> None:
    grid = grid_of("C4:4 D4:4")
    bars = grid.bars.copy()
    bars["length"][1] = 72
    grid = replace(grid, bars=bars)
    assert take_up(grid, (1, 0), Echo(0, "copy"), RULES, FLUTE, same_harmony=True) == Taken()
