import dataclasses

import numpy as np
import pytest

from motet.audio.heard import BEND_STEP_S, HeardBeats, HeardNote, PitchTrack


def test_a_note_is_a_frozen_value() -> None:
    note = HeardNote(1.0, 1.5, 60, 64, 0.5)
    assert note == HeardNote(1.0, 1.5, 60, 64, 0.5, ())
    assert note.duration_s == 0.5
    with pytest.raises(dataclasses.FrozenInstanceError):
        note.pitch = 61  # type: ignore[misc]


def test_bends_are_as_dense_as_the_network_frames() -> None:
    assert round(1 / BEND_STEP_S, 1) == 86.1


def test_arrays_are_kept_as_given() -> None:
    time_s = np.array([0.0, 0.5])
    beats = HeardBeats(time_s, np.array([0, 1]), 4, 1.0, (4, 4), 120.0, 0.5, 1.0)
    track = PitchTrack(time_s, np.float32([440, 441]), np.float32([1, 0]))
    assert beats.time_s is time_s
    assert track.time_s is time_s
