import numpy as np
import pytest

from motet.audio.bend import find_bend


def contour_of(bend_semi: np.ndarray, column: int) -> np.ndarray:
    """Return a contour with a bell around a moving pitch."""
    bins = np.arange(264)
    centre = 3 * column + 1 + 3 * bend_semi
    return np.exp(-0.5 * np.square((bins[None, :] - centre[:, None]) / 1.2)).astype(np.float32)


def test_a_vibrato_comes_back() -> None:
    bend = 0.4 * np.sin(np.arange(80) / 6)
    found = np.array(find_bend(contour_of(bend, 40), column=40))
    assert np.abs(found - bend).max() < 0.12
    assert np.corrcoef(found, bend)[0, 1] > 0.98


@pytest.mark.parametrize("column", [0, 87])
def test_the_lowest_and_highest_pitch_have_bends(column: int) -> None:
    assert find_bend(contour_of(np.zeros(5), column), column=column) == pytest.approx((0.0,) * 5)


def test_where_nothing_is_clear_the_pitch_stands() -> None:
    contour = contour_of(np.full(9, 0.3), 30)
    contour[4:] = 0.0
    found = find_bend(contour, column=30)
    assert found[8] == found[2] == pytest.approx(0.3, abs=0.05)
    assert find_bend(np.zeros((3, 264), np.float32), column=30) == (0.0, 0.0, 0.0)
    assert find_bend(np.zeros((0, 264), np.float32), column=30) == ()
