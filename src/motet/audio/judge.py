"""How sure a note is that may be there: by its beginning, its course, and what is around it.

Conventions: frames and columns are those of `motet.audio.network.Posteriors`.

Source: own definition.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from motet.audio.candidates import Candidates
from motet.audio.network import Posteriors

__all__ = ["judge_candidates"]

Float32 = NDArray[np.float32]


def judge_candidates(posteriors: Posteriors, candidates: Candidates) -> Float32:
    """Return how sure each candidate is a note.

    Parameters
    ----------
    posteriors : Posteriors
    candidates : Candidates, shape (n,)

    Returns
    -------
    float32, shape (n,), 0 to 1
    """
    strike = candidates["strike"]
    return np.where(candidates["is_late"], strike + 0.25, strike).astype(np.float32)
