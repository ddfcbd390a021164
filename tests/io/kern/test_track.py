"""Units of time."""

import pytest

from motet.io.kern.track import UNITS_PER_QN, Track


@pytest.mark.parametrize("recip", [3, 12, 20, 28, 44, 52, 68, 76, 116, 148, 188, 1024, 96, 72])
def test_usual_lengths_are_whole(recip):
    assert (4 * UNITS_PER_QN) % recip == 0


def test_kinds_with_rhythm():
    assert Track(0, "kern", 1).has_rhythm
    assert not Track(0, "text", 1).has_rhythm
