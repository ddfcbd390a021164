"""Cells lie on beats, go on before and after them, and are described from each root."""

from __future__ import annotations

import numpy as np
import pytest

from motet.audio import HeardBeats
from motet.audio.chord_cells import N_FEATURES, describe_cells, lay_cells
from motet.audio.chroma import Chroma


def beats(time_s: list[float], *, first: int = 0, per_bar: int = 4) -> HeardBeats:
    place = (first + np.arange(len(time_s))) % per_bar
    return HeardBeats(np.array(time_s), place, per_bar, 1.0, (per_bar, 4), 60.0, 0.5, 1.0)


def chroma(n: int, frame_s: float = 0.1) -> Chroma:
    rng = np.random.default_rng(1)
    return Chroma(rng.random((n, 12), np.float32), frame_s, 0.0, rng.random((n, 12), np.float32))


def test_beats_go_on_to_both_ends() -> None:
    cells = lay_cells(chroma(60), beats([2.0, 3.0, 4.0], first=2))
    assert cells.edge_s.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    assert cells.level.tolist() == [1, 1, 2, 1, 3, 1]


def test_three_in_a_bar_has_no_middle() -> None:
    cells = lay_cells(chroma(60), beats([0.0, 1.0, 2.0, 3.0], per_bar=3))
    assert set(cells.level.tolist()) == {1, 3}


def test_slow_beats_are_halved() -> None:
    cells = lay_cells(chroma(60), beats([0.0, 2.0, 4.0]))
    assert cells.edge_s.tolist() == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_a_cell_is_the_mean_of_its_frames() -> None:
    values = np.zeros((20, 12), np.float32)
    values[10:, 3] = 1.0
    cells = lay_cells(Chroma(values, 0.1, 0.0, values), beats([0.0, 1.0]))
    assert cells.treble[:, 3].tolist() == [0.0, 1.0]
    assert cells.is_silent.tolist() == [True, False]


@pytest.mark.parametrize("shift", [1, 5, 11])
def test_transposing_turns_the_roots(shift: int) -> None:
    one = chroma(40)
    other = Chroma(np.roll(one.values, shift, axis=1), 0.1, 0.0, np.roll(one.bass, shift, axis=1))
    plain, moved = (describe_cells(lay_cells(c, None)) for c in (one, other))
    assert plain.shape[1:] == (12, N_FEATURES)
    assert np.allclose(np.roll(plain, shift, axis=1), moved)
