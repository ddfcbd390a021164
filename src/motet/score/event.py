"""What stands in a score beside its notes: time, keys, harmony, words, marks, controllers.

Conventions: every event has a ``tick`` >= 0; spans are half-open ``start_tick`` to ``end_tick``.
All are frozen; text is Unicode as the source had it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

__all__ = [
    "BarLength",
    "ChordSymbol",
    "Clef",
    "Control",
    "Dynamic",
    "Ending",
    "KeySignature",
    "Lyric",
    "Metre",
    "RawEvent",
    "Repeat",
    "Section",
    "Span",
    "Tempo",
    "Text",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """A tempo from a tick on. ``quarter_us``: microseconds a quarter note, 1 to 16,777,215."""

    tick: int
    quarter_us: int
    text: str = ""

    @property
    def qpm(self) -> float:
        """Quarter notes a minute."""
        return 60_000_000 / self.quarter_us


@dataclass(frozen=True, slots=True, kw_only=True)
class Metre:
    """A metre from a tick on. ``denominator`` is a power of two, 1 to 64.

    ``groups`` are beats as counts of the denominator ((2, 2, 3) for 7/8), empty for the usual
    ones; ``symbol`` is ``""``, ``"common"``, ``"cut"`` or ``"none"`` (unmetred).
    ``clocks`` and ``n_32nds`` are MIDI's own fields, kept so that files come back unchanged.
    """

    tick: int
    numerator: int
    denominator: int
    groups: tuple[int, ...] = ()
    symbol: str = ""
    clocks: int = 24
    n_32nds: int = 8

    @property
    def bar_qn(self) -> Fraction:
        """Length of a full bar in quarter notes."""
        return Fraction(self.numerator * 4, self.denominator)

    @property
    def beats_qn(self) -> tuple[Fraction, ...]:
        """Length of each beat in quarter notes: 6/8 has two of 3/2, 7/8 has 1, 1, 3/2."""
        unit = Fraction(4, self.denominator)
        if self.groups and sum(self.groups) == self.numerator:
            return tuple(unit * count for count in self.groups)
        if self.denominator >= 8 and self.numerator % 3 == 0 and self.numerator > 3:
            return (unit * 3,) * (self.numerator // 3)
        if self.denominator >= 8 and self.numerator > 3 and self.numerator % 2 == 1:
            pairs = (self.numerator - 3) // 2
            return (unit * 2,) * pairs + (unit * 3,)
        return (unit,) * self.numerator


@dataclass(frozen=True, slots=True, kw_only=True)
class BarLength:
    """A bar that does not have its metre's length: a pickup, a short or an unmetred bar.

    ``tick`` is where the bar starts, ``duration_tick`` how long it is (> 0).
    """

    tick: int
    duration_tick: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySignature:
    """A key signature from a tick on: ``fifths`` -7 (7 flats) to 7 (7 sharps), ``mode``.

    ``mode`` is ``"major"``, ``"minor"``, a church mode such as ``"dorian"``, or empty if unknown.
    """

    tick: int
    fifths: int
    mode: str = "major"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChordSymbol:
    """A chord symbol from a tick on, as text: ``"Cmaj7"``, ``"F#m7b5/E"``, ``"N.C."``."""

    tick: int
    symbol: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section (rehearsal mark) from a tick on: ``"verse"``, ``"A"``."""

    tick: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A repeat or jump at a bar line.

    ``kind``: ``"start"``, ``"end"``, ``"segno"``, ``"coda"``, ``"to-coda"``, ``"da-capo"``,
    ``"dal-segno"``, ``"fine"``. ``times`` is how often an ``"end"`` is played in all.
    """

    tick: int
    kind: str
    times: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A volta bracket over ``start_tick`` to ``end_tick``, played at ``numbers``."""

    start_tick: int
    end_tick: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words at a tick.

    ``kind``: ``"text"``, ``"marker"``, ``"cue"``, ``"copyright"``, ``"expression"``.
    """

    tick: int
    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clef:
    """A clef of a staff: ``sign`` G, F, C or percussion; ``line`` from the bottom; octave shift."""

    tick: int
    sign: str
    line: int = 2
    octave: int = 0
    staff: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A change of a part's channel.

    ``kind`` and what ``number`` and ``value`` mean: ``"cc"`` (controller, 0 to 127),
    ``"bend"`` (0, -8192 to 8191), ``"pressure"`` (0, 0 to 127), ``"key-pressure"`` (pitch, 0 to
    127), ``"program"`` (0, 0 to 127).
    """

    tick: int
    kind: str
    number: int
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lyric:
    """A syllable at a tick. ``syllabic``: ``"single"``, ``"begin"``, ``"middle"``, ``"end"``."""

    tick: int
    text: str
    verse: int = 1
    syllabic: str = "single"
    extend: bool = False
    voice: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Dynamic:
    """A dynamic mark at a tick: ``"pp"``, ``"mf"``, ``"sfz"``."""

    tick: int
    mark: str
    staff: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Something that lasts: ``"slur"``, ``"crescendo"``, ``"diminuendo"``, ``"pedal"``,
    ``"octave-up"``, ``"octave-down"``, ``"trill-line"``, ``"tuplet"``.

    ``number`` tells overlapping ones apart; for a tuplet it is ``actual * 100 + normal``.
    """

    kind: str
    start_tick: int
    end_tick: int
    number: int = 1
    staff: int = 1
    voice: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RawEvent:
    """Bytes that a format carries and Motet passes on unread (system exclusive, unknown meta).

    ``kind``: ``"sysex"``, ``"escape"`` or ``"meta-XX"`` (hexadecimal type).
    """

    tick: int
    kind: str
    data: bytes
