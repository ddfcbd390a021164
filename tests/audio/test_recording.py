"""A recording in memory."""

import numpy as np

from motet.audio import Audio


def test_duration_counts_frames_not_values():
    assert Audio(np.zeros((8000, 2), np.float32), 16000).duration_s == 0.5
