"""What is gathered of one spine while a kern file is read, and its columns.

Conventions: times are integers in units of 1 / `UNITS_PER_QN` quarter note, exact for every recip
whose prime factors are at most 47.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod
from typing import Any

__all__ = ["UNITS_PER_QN", "Column", "Mark", "NoteRecord", "Track"]

UNITS_PER_QN = 2**11 * 3**3 * 5**2 * 7**2 * prod((11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47))

NoteRecord = list[Any]
"""Onset, duration, `Head`, voice, list of tie points (times of continuations) or None."""

Mark = tuple[int, str, int]
"""Time, token, line."""


@dataclass(slots=True, eq=False)
class Track:
    """One spine from its exclusive interpretation to its end, splits included."""

    number: int
    kind: str
    line: int
    notes: list[NoteRecord] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    clefs: list[Mark] = field(default_factory=list)
    keys: list[Mark] = field(default_factory=list)
    key_names: list[Mark] = field(default_factory=list)
    metres: list[Mark] = field(default_factory=list)
    signs: list[Mark] = field(default_factory=list)
    pedals: list[Mark] = field(default_factory=list)
    octaves: list[Mark] = field(default_factory=list)
    texts: list[Mark] = field(default_factory=list)
    slurs: list[tuple[int, int, int]] = field(default_factory=list)
    open_slurs: list[tuple[int, int]] = field(default_factory=list)
    open_ties: dict[int, list[NoteRecord]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    part: str = ""
    staff: str = ""
    transposition_semi: int = 0

    @property
    def has_rhythm(self) -> bool:
        """Whether its tokens begin with a recip."""
        return self.kind in ("kern", "recip")


@dataclass(slots=True, eq=False)
class Column:
    """One column of the file: a spine or one of its sub-spines. `end`: when its token has ended."""

    track: Track
    end: int = 0
    voice: int = 1
