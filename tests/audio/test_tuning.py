"""Tuning: an offset is found, drift is followed, too little says nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.audio.tuning import find_tuning

SCALE = np.array([60, 62, 64, 65, 67, 69, 71, 72, 71, 69, 67, 65, 64, 62, 60], float)


@settings(max_examples=25, deadline=None)
@given(st.floats(-0.4, 0.4))
def test_the_offset_is_found(offset: float) -> None:
    n = len(SCALE)
    found = find_tuning(SCALE + offset, np.arange(n) * 0.5, np.full(n, 0.5))
    assert found.offset_semi == pytest.approx(offset, abs=0.03)
    assert np.rint(SCALE + offset - found.local_semi).tolist() == SCALE.tolist()
    assert found.strength == pytest.approx(1.0)


def test_a_singer_who_sinks_by_more_than_half_a_semitone_is_followed() -> None:
    line = np.tile(SCALE, 4)
    time = np.arange(len(line)) * 0.6
    sung = line - 0.8 * time / time[-1]
    found = find_tuning(sung, time, np.full(len(line), 0.6))
    own = np.rint(sung - found.local_semi)
    assert len(set((own - line).tolist())) == 1


def test_notes_anywhere_have_no_tuning() -> None:
    anywhere = 60 + np.arange(40) * 0.37
    assert find_tuning(anywhere, np.arange(40.0), np.ones(40)).strength < 0.2
    assert find_tuning(np.zeros(0), np.zeros(0), np.zeros(0)).offset_semi == 0.0
