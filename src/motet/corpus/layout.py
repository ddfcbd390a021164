"""The files of a shard folder and their columns.

Conventions: pieces lie one after another; a row of `PIECE` says where the notes, bars, chords and
parts of a piece begin and how many there are. Notes and chords are key-normalised.

Offers `FORMAT`, `PART`, `PIECE`, `TIMING`, `part_rows`, `rows_to_parts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.tokens.layout import GridPart
from motet.tokens.vocab import ROLES

__all__ = ["FORMAT", "PART", "PIECE", "TIMING", "Rows", "part_rows", "rows_to_parts"]

Rows = npt.NDArray[Any]
"""A structured array."""

FORMAT: Final = 1
PART: Final = np.dtype([("slot", "<i2"), ("program", "<i2"), ("role", "<i2")])
"""A part: slot, program (128 is drums), index in `ROLES` or -1."""
PIECE: Final = np.dtype(
    [
        ("first_note", "<i8"),
        ("first_bar", "<i8"),
        ("first_chord", "<i8"),
        ("first_part", "<i8"),
        ("n_notes", "<i4"),
        ("n_bars", "<i4"),
        ("n_chords", "<i4"),
        ("n_parts", "<i4"),
        ("key", "<i2"),
        ("shift_semi", "<i2"),
        ("style", "<i2"),
        ("source", "<i2"),
        ("group", "<i4"),
        ("qpm", "<f4"),
        ("weight", "<f8"),
    ]
)
"""A piece: where its rows are, KEY value, shift, STYLE value or -1, index of its source, its duplicate
group, tempo (nan unknown), and its share of draws."""
TIMING: Final = np.dtype(
    [
        ("piece", "<i4"),
        ("bar", "<i4"),
        ("pos", "<i2"),
        ("pitch", "<i2"),
        ("deviation_qn", "<f4"),
        ("velocity", "<i2"),
    ]
)
"""How a drum note was played: piece of the split, place on the grid, key, how much later than the
grid (quarter notes), velocity 1 to 127."""


def part_rows(parts: Iterable[GridPart]) -> Rows:
    """Return parts as rows.

    Parameters
    ----------
    parts : iterable of GridPart

    Returns
    -------
    array of `PART`, shape (k,)

    Examples
    --------
    >>> part_rows([GridPart(slot=0, program=40, role="melody")]).tolist()
    [(0, 40, 0)]
    """
    rows = [
        (part.slot, part.program, ROLES.index(part.role) if part.role in ROLES else -1)
        for part in parts
    ]
    return np.array(rows, PART)


def rows_to_parts(rows: Rows) -> tuple[GridPart, ...]:
    """Return the parts that rows stand for; names are not kept.

    Parameters
    ----------
    rows : array of `PART`, shape (k,)

    Returns
    -------
    tuple of GridPart

    Examples
    --------
    >>> rows_to_parts(part_rows([GridPart(slot=2, program=128, role="drums")]))[0].role
    'drums'
    """
    return tuple(
        GridPart(
            slot=int(row["slot"]),
            program=int(row["program"]),
            role=ROLES[row["role"]] if row["role"] >= 0 else "",
        )
        for row in rows
    )
