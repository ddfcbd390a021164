"""The beat grid and what sounds in it."""

import numpy as np
import pytest

from motet.analysis.evidence import gather_evidence, lay_grid
from motet.errors import ParameterError
from motet.score import BarLength, Score, make_score


def levels(score, **options):
    return lay_grid(score, **options)[2].tolist()


@pytest.mark.parametrize(
    ("metre", "expected"),
    [
        ("4/4", [3, 1, 2, 1]),
        ("3/4", [3, 1, 1]),
        ("6/8", [3, 1]),
        ("2/2", [3, 1, 2, 1]),
        ("7/8", [3, 1, 1]),
    ],
)
def test_a_bar_has_its_beats(metre, expected):
    score = make_score("C4:8", metre=metre)
    assert levels(score)[: len(expected)] == expected
    assert levels(score)[len(expected)] == 3


def test_windows_from_half_beats_to_bars():
    score = make_score("C4:4 | C4:4")
    counts = [len(levels(score, window=one)) for one in ("half-beat", "beat", "half-bar", "bar")]
    assert counts == [16, 8, 4, 2]


def test_unknown_window():
    with pytest.raises(ParameterError, match="window must be one of"):
        lay_grid(make_score("C4:4"), window="week")


def test_a_pickup_ends_on_the_bar_line():
    score = make_score("C4:6")
    score = Score(parts=score.parts, bar_lengths=(BarLength(tick=0, duration_tick=960),))
    start, end, level = lay_grid(score)
    assert start.tolist() == [0, 480, 960, 1440, 1920, 2400]
    assert level.tolist() == [3, 1, 3, 1, 2, 1]
    assert end[-1] == 2880


def test_low_and_long_notes_weigh_more():
    grid = gather_evidence(make_score("C6:1 E4:0.25 r:0.75", "C3:1 G3:1"))
    assert grid.weights[0, 0] > grid.weights[1, 7] > grid.weights[1, 4] > 0
    assert grid.weights[0].nonzero()[0].tolist() == [0]


def test_an_anticipation_belongs_to_the_next_beat():
    grid = gather_evidence(make_score("C4:0.9 E4:1.1"))
    assert grid.weights[0].nonzero()[0].tolist() == [0]
    assert grid.weights[1].nonzero()[0].tolist() == [4]


def test_a_melody_has_no_bass():
    assert gather_evidence(make_score("C4:1 E4:1 G4:2")).bass.sum() == 0
    full = gather_evidence(make_score("E4+G4:4", "C3:4"))
    assert full.bass.argmax(axis=1).tolist() == [0, 0, 0, 0]
    assert np.allclose(full.n_voices, 3.0)


def test_drums_and_empty_scores_say_nothing():
    assert not gather_evidence(make_score("drums 36:1 38:1")).weights.any()
    assert len(gather_evidence(Score()).level) == 0
