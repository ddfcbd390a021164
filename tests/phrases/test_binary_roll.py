"""Binary rolls: what sounds when, and what the representation cannot tell."""

from __future__ import annotations

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.phrases.binary_roll import RollOptions, extract, to_grid, vary
from motet.score import make_score
from motet.tokens import score_to_grid
from motet.tokens.layout import GridScore


def grid_of(*parts: str) -> GridScore:
    return score_to_grid(make_score(*parts, fifths=0)).grid


def test_cells_are_what_sounds() -> None:
    (phrase,) = extract(grid_of("C4:1 E4:0.5 r:0.5 G4:2", "C3:4"), RollOptions(bars=1, lowest=36))
    roll = phrase["roll"]
    assert roll.shape == (16, 64)
    on = {
        place + 36: np.flatnonzero(roll[:, place]).tolist() for place in np.flatnonzero(roll.any(0))
    }
    shift = min(on) - 48  # the key may be normalised
    assert on == {
        48 + shift: list(range(16)),
        60 + shift: [0, 1, 2, 3],
        64 + shift: [4, 5],
        67 + shift: list(range(8, 16)),
    }


def test_rolls_come_back_and_repeated_notes_as_one() -> None:
    options = RollOptions(bars=2)
    grid = grid_of("C4:1 E4:1 G4:1 E4:1 | F4:2 C4:2", "C3:4 | F3:4")
    roll = extract(grid, options)[0]["roll"]
    again = to_grid(roll)
    assert np.array_equal(extract(again, options)[0]["roll"], roll)
    starts = again.bar_starts[again.notes["bar"]] + again.notes["pos"]
    mine = grid.bar_starts[grid.notes["bar"]] + grid.notes["pos"]
    for name in ("dur", "pitch"):
        one, two = (
            np.stack([at, notes[name]]).T
            for at, notes in ((starts, again.notes), (mine, grid.notes))
        )
        assert sorted(one.tolist()) == sorted(two.tolist())
    struck = extract(grid_of("C4:1 C4:1 C4:1 C4:1"), RollOptions(bars=1))[0]["roll"]
    assert to_grid(struck).notes["dur"].tolist() == [96]


def test_pitches_outside_are_folded_and_drums_left_out() -> None:
    options = RollOptions(bars=1, lowest=48, pitches=24)
    roll = extract(grid_of("C2:2 C7:2"), options)[0]["roll"]
    low, high = (np.flatnonzero(roll[k]).tolist() for k in (0, 15))
    assert len(low) == len(high) == 1
    assert low[0] < 12 <= high[0]
    assert low[0] % 12 == high[0] % 12


def test_moved_phrases_keep_their_shape() -> None:
    roll = np.zeros((40, 16, 64), np.bool_)
    roll[:, :8, 30] = roll[:, 8:, 37] = True
    moved = vary({"roll": roll}, np.random.default_rng(0))["roll"]
    low, high = moved[:, 0].argmax(1), moved[:, 15].argmax(1)
    assert set((high - low).tolist()) == {7}
    assert set(low.tolist()) == set(range(25, 36))
    assert not vary({"roll": np.eye(16, 64, dtype=bool)[None]}, np.random.default_rng(3))["roll"][
        0, 0, 40:
    ].any()


def test_bars_of_other_metres_and_silence_give_nothing() -> None:
    waltz = score_to_grid(make_score("C4:3 | D4:3 | E4:3 | F4:3", metre="3/4")).grid
    assert extract(waltz, RollOptions(bars=1)) == []
    assert extract(grid_of("C4:0.25 r:3.75"), RollOptions(bars=1)) == []


def test_wrong_shapes_are_told() -> None:
    with pytest.raises(ParameterError, match="multiple of 16 steps"):
        to_grid(np.zeros((15, 64)))
    for wrong in ({"bars": 0}, {"pitches": 100}, {"lowest": -1}, {"per_piece": 0}):
        with pytest.raises(ParameterError, match="binary roll"):
            RollOptions(**wrong)
