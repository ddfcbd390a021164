"""What a melody's surroundings say of the root."""

from __future__ import annotations

import numpy as np
import pytest

from motet.score import make_score
from motet.tasks.harmonise.context import describe_context, guess_roots
from motet.theory import Key

_TUNE = "C5:1 D5:1 E5:2 | F5:1 E5:1 D5:2 | G4:2 B4:2 | C5:4"


def test_rows_are_half_bars_and_hold_what_is_sung() -> None:
    score = make_score(_TUNE)
    rows = describe_context(score, score.parts[0], Key("C"))
    assert rows.shape == (8, 140)
    now = rows[:, 36:48]
    assert now[0, [0, 2]].tolist() == [0.5, 0.5]
    assert now[1, 4] == 1.0
    assert np.array_equal(rows[1:, 24:36], now[:-1])
    assert np.all(rows[:, -1] == 1)


def test_chances_add_up_and_move_with_the_key() -> None:
    low, high = make_score(_TUNE), make_score(_TUNE.translate(str.maketrans({"C": "D", "D": "E"})))
    found = guess_roots(low, low.parts[0], Key("C"))
    assert np.allclose(np.exp(found).sum(axis=1), 1.0)
    assert found[-1].argmax() == 0
    assert not np.array_equal(found, guess_roots(high, high.parts[0], Key("C")))


@pytest.mark.parametrize("tonic", ["A", "D"])
def test_minor_is_left_alone(tonic: str) -> None:
    score = make_score(_TUNE)
    assert not guess_roots(score, score.parts[0], Key(tonic, "minor")).any()
