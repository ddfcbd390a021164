"""What is gathered of one voice while a tune is read.

Conventions: times are integers in units of 1 / `UNITS_PER_QN` quarter note; a record is a list of
onset, duration, pitch, spelling, voice number, tie points, articulations, ornaments, grace, alter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from motet.io.abc.key_field import KeyField
from motet.io.kern.track import UNITS_PER_QN
from motet.score import Clef, Metre

__all__ = ["ALTER", "ARTICULATIONS", "DURATION", "ONSET", "ORNAMENTS", "TIES", "Record", "Voice"]

Record = list[Any]
ONSET, DURATION, PITCH, SPELLING, NUMBER, TIES, ARTICULATIONS, ORNAMENTS, GRACE, ALTER = range(10)
_WHOLE = 4 * UNITS_PER_QN


@dataclass(slots=True, eq=False)
class Voice:
    """One voice: where it stands, what holds there, and all that was read so far.

    Examples
    --------
    >>> Voice("1").bar_units == 4 * UNITS_PER_QN
    True
    """

    name: str
    line: int = 0
    title: str = ""
    short_title: str = ""
    program: int | None = None
    is_drums: bool = False
    time: int = 0
    unit: Fraction = Fraction(1, 8)
    metre: Metre = field(default_factory=lambda: Metre(tick=0, numerator=4, denominator=4))
    key: KeyField = field(default_factory=KeyField)
    accidentals: dict[tuple[str, int], int] = field(default_factory=dict)
    transpose_semi: int = 0
    midi_semi: int = 0
    octaves: int = 0
    clef_octaves: int = 0
    records: list[Record] = field(default_factory=list)
    clefs: list[tuple[int, Clef]] = field(default_factory=list)
    keys: list[tuple[int, KeyField]] = field(default_factory=list)
    metres: list[tuple[int, Metre]] = field(default_factory=list)
    tempos: list[tuple[int, float, str]] = field(default_factory=list)
    barlines: list[tuple[int, str]] = field(default_factory=list)
    endings: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    jumps: list[tuple[int, str]] = field(default_factory=list)
    chords: list[tuple[int, str, int]] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)
    dynamics: list[tuple[int, str]] = field(default_factory=list)
    spans: list[tuple[str, int, int, int]] = field(default_factory=list)
    lyrics: list[tuple[int, str, int, str, bool]] = field(default_factory=list)
    # Where the reader stands in the bar
    bar_start: int = 0
    bar_end: int = 0
    overlay: int = 1
    n_bars: int = 0
    ties: dict[tuple[str, int], Record] = field(default_factory=dict)
    slurs: list[int] = field(default_factory=list)
    open_spans: dict[str, int] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    ornaments: list[str] = field(default_factory=list)
    last: tuple[int, list[tuple[Record, int]]] | None = None
    places: list[tuple[str, int]] = field(default_factory=list)
    broken: tuple[int, int] | None = None
    tuplets: list[list[int]] = field(default_factory=list)
    slots: list[tuple[int, int]] = field(default_factory=list)
    open_words: set[int] = field(default_factory=set)

    @property
    def bar_units(self) -> int:
        """Length of a full bar."""
        return _WHOLE * self.metre.numerator // self.metre.denominator

    @property
    def shift_semi(self) -> int:
        """Sounding minus written pitch."""
        return self.transpose_semi + self.midi_semi + 12 * (self.octaves + self.clef_octaves)
