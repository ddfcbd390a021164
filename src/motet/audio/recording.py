"""A stereo recording in memory.

Conventions: `Audio.samples` is float32, shape (frames, 2), full scale 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Audio"]

Float32 = NDArray[np.float32]


@dataclass(frozen=True)
class Audio:
    """A stereo recording.

    Parameters
    ----------
    samples : float32, shape (frames, 2), full scale 1
    sample_rate_hz : int, Hz

    Examples
    --------
    >>> Audio(np.zeros((22050, 2), np.float32), 44100).duration_s
    0.5
    """

    samples: Float32
    sample_rate_hz: int

    @property
    def duration_s(self) -> float:
        """How long it lasts, in seconds."""
        return len(self.samples) / self.sample_rate_hz
