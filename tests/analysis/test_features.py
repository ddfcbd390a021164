"""Features of every cell, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from motet.analysis.features import find_features, metre_weights, syncopation
from motet.score import Metre, make_score


def test_cells_are_counted_by_hand() -> None:
    found = find_features(make_score("C4+E4:2 G4:2 | r:4 | C5:4", "drums r:4 36:2 38:2"))
    assert found.n_notes.tolist() == [[3, 0, 1], [0, 2, 0]]
    assert found.density.tolist() == [[0.5, 0, 0.25], [0, 0.5, 0]]
    assert found.polyphony.tolist() == [[1.5, 0, 1], [0, 1, 0]]
    assert found.low[0, [0, 2]].tolist() == [60, 72]
    assert found.high[0, 0] == 67
    assert np.isnan(found.low[0, 1])
    assert np.isnan(found.low[1]).all()
    assert found.mean_pitch[0, 0] == pytest.approx((60 + 64 + 67) / 3)
    assert found.velocity[1, 1] == 80
    assert found.as_lists()["low"][0] == [60.0, None, 72.0]


def test_a_note_held_over_counts_where_it_sounds() -> None:
    found = find_features(make_score("r:2 C4:4 r:1 C4:1"))
    assert found.n_notes.tolist() == [[1, 1]]
    assert found.polyphony[0].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("numerator", "denominator", "weights"),
    [
        (4, 4, (0, -4, -3, -4, -2, -4, -3, -4, -1, -4, -3, -4, -2, -4, -3, -4)),
        (3, 4, (0, -3, -2, -3, -1, -3, -2, -3, -1, -3, -2, -3)),
        (3, 8, (0, -2, -1, -2, -1, -2)),
    ],
)
def test_weights_follow_the_metre(
    numerator: int, denominator: int, weights: tuple[int, ...]
) -> None:
    assert metre_weights(Metre(tick=0, numerator=numerator, denominator=denominator)) == weights


def test_on_the_beat_nothing_is_syncopated() -> None:
    score = make_score("C4:1 C4:1 C4:1 C4:1 | C4:2 C4:2 | C4:4")
    assert find_features(score).syncopation.tolist() == [[0, 0, 0]]


def test_a_note_over_the_bar_line_is_syncopated() -> None:
    score = make_score("C4:3.5 C4:4.5")
    # The second note begins on the last eighth (-3) and sounds over the downbeat (0).
    straight = syncopation(score, np.array([0.0, 4.0, 5.0]))
    late = syncopation(score, np.array([0.0, 3.5, 5.0]))
    assert straight.tolist() == [0, 0]
    assert late.tolist() == [3, 0]
    assert syncopation(score, np.zeros(0)).tolist() == [0, 0]
