"""Which tokens of a document belong to which note.

Conventions: a note is said by the tokens of position, duration and velocity before it and its own
PITCH, ADD or DRUM; what opens bars, cells and answers belongs to no note. Order is that of the
document, so notes under FILL come last.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from motet.tokens.vocab import FAMILIES

__all__ = ["count_notes", "note_spans"]

_NOTES: Final = FAMILIES["NOTES"].start
_FIRST: Final = FAMILIES["POSX"].start
_FIRST_NOTE: Final = FAMILIES["PITCH"].start
_END: Final = FAMILIES["DRUM"].end


def count_notes(ids: npt.NDArray[np.integer]) -> int:
    """Return how many notes a document, or a batch of them, says.

    Parameters
    ----------
    ids : integer array, any shape

    Returns
    -------
    int

    Examples
    --------
    >>> from motet.tokens import token_id
    >>> count_notes(np.array([token_id("DUR", 3), token_id("PITCH", 60), token_id("ADD", 64)]))
    2
    """
    return int(np.count_nonzero((ids >= _FIRST_NOTE) & (ids < _END)))


def note_spans(ids: npt.NDArray[np.integer]) -> npt.NDArray[np.int32]:
    """Return where each note of a document is said.

    Parameters
    ----------
    ids : integer array, shape (t,)

    Returns
    -------
    int32, shape (n, 2)
        Half-open spans of places; the last place of each is the PITCH, ADD or DRUM.

    Examples
    --------
    >>> from motet.tokens import token_id
    >>> names = (("NOTES", 0), ("BAR", 0), ("PART", 0), ("DUR", 23), ("PITCH", 60), ("ADD", 64))
    >>> note_spans(np.array([token_id(*name) for name in names])).tolist()
    [[3, 5], [5, 6]]
    """
    is_note = (ids >= _FIRST_NOTE) & (ids < _END)
    ends = np.flatnonzero(is_note) + 1
    # A span starts after the last token before it that is no position, duration or velocity.
    is_outside = is_note | (ids < _FIRST) | (ids >= _END)
    is_outside[: int(np.argmax(ids == _NOTES)) + 1] = True
    places = np.where(is_outside, np.arange(1, len(ids) + 1), 0)
    starts = np.concatenate((np.zeros(1, np.int64), np.maximum.accumulate(places)))[ends - 1]
    return np.stack((starts, ends), axis=1).astype(np.int32)
