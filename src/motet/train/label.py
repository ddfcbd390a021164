"""What each token of a row is: which document, which kind.

Conventions: kinds are 0 padding, 1 header, 2 plan, 3 structure (bars, parts, holes, ends), 4 position,
5 duration, 6 velocity, 7 pitch (drums too); 4 to 7 say notes, and each note has one token of kind 7.

Offers `KINDS`, `label_rows`, `FIRST_NOTE_KIND`, `PITCH_KIND`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import torch
from torch import Tensor

from motet.tokens.vocab import FAMILIES, VOCAB_SIZE

__all__ = ["FIRST_NOTE_KIND", "KINDS", "PITCH_KIND", "label_rows"]

KINDS: Final = ("padding", "header", "plan", "structure", "pos", "dur", "vel", "pitch")
FIRST_NOTE_KIND: Final = 4
PITCH_KIND: Final = 7
_IN_NOTES: Final = {
    "POSX": 4, "POS": 4, "DURX": 5, "DUR": 5, "VEL": 6, "PITCH": 7, "ADD": 7, "DRUM": 7,
}  # fmt: skip
_PAD, _BOS, _PLAN, _NOTES = (FAMILIES[name].start for name in ("PAD", "BOS", "PLAN", "NOTES"))


def _lay_table() -> Tensor:
    """Return the kind of each id in the header, the plan and the notes, shape (3, v)."""
    table = np.empty((3, VOCAB_SIZE), np.uint8)
    table[0], table[1], table[2] = 1, 2, 3
    for name, kind in _IN_NOTES.items():
        table[2, FAMILIES[name].start : FAMILIES[name].end] = kind
    table[:, _PAD] = 0
    return torch.from_numpy(table)


_TABLE: Final = _lay_table()


def label_rows(ids: Tensor) -> tuple[Tensor, Tensor]:
    """Return document numbers and kinds of the tokens of packed rows.

    Parameters
    ----------
    ids : int64, shape (b, t)
        Each row begins with BOS.

    Returns
    -------
    two of integer, shape (b, t)
        Documents from 1 in each row, padding as part of the last; kinds as in `KINDS`.

    Examples
    --------
    >>> segments, kinds = label_rows(torch.tensor([[1, 3, 5, 6, 2, 1, 0]]))
    >>> segments.tolist(), kinds.tolist()
    ([[1, 1, 1, 1, 1, 2, 2]], [[1, 2, 3, 3, 3, 1, 0]])
    """
    at = torch.arange(ids.shape[1], device=ids.device).expand_as(ids)
    last = [
        torch.where(ids == mark, at, -1).cummax(dim=1).values for mark in (_BOS, _PLAN, _NOTES)
    ]  # each (b, t)
    phase = (last[1] > last[0]).long() + (last[2] > last[0]).long()  # (b, t)
    kinds = _TABLE.to(ids.device)[phase, ids]  # (b, t)
    return (ids == _BOS).cumsum(dim=1), kinds
