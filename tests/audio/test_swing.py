import numpy as np
import pytest

from motet.audio.swing import find_swing

BEATS = np.arange(33) * 0.5


@pytest.mark.parametrize("share", [0.6, 0.63, 2 / 3])
def test_late_off_beats_are_swing(share: float) -> None:
    rng = np.random.default_rng(2)
    onsets = np.concatenate((BEATS, BEATS[::2] + 0.5 * share)) + rng.normal(size=50) * 0.005
    assert abs(find_swing(onsets, BEATS) - share) < 0.02


def test_even_off_beats_are_straight() -> None:
    assert find_swing(np.concatenate((BEATS, BEATS + 0.25)), BEATS) == 0.5


def test_full_triplets_are_no_swing() -> None:
    onsets = np.concatenate((BEATS, BEATS + 1 / 6, BEATS + 2 / 6))
    assert find_swing(onsets, BEATS) == 0.5


def test_sixteenths_are_no_swing() -> None:
    onsets = np.concatenate([BEATS + k * 0.125 for k in range(4)])
    assert find_swing(onsets, BEATS) == 0.5


def test_a_few_late_notes_are_no_swing() -> None:
    assert find_swing(np.append(BEATS, BEATS[:2] + 0.33), BEATS) == 0.5
    assert find_swing(np.zeros(0), BEATS) == 0.5
    assert find_swing(BEATS, BEATS[:1]) == 0.5
