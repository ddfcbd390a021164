"""What has been gathered of a part while its measures are read.

Conventions: times are places (see `motet.io.musicxml`); voices and staves are those of the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from motet.io.musicxml.head import Head, PartHead, read_number
from motet.io.musicxml.journal import Journal
from motet.io.musicxml.measure_time import PLACE_BITS, BarLine, MeasureLengths

__all__ = ["NoteDraft", "PartDraft", "SpanDraft", "left_out"]

_MAX_QN = 4096
_WORDS = {
    "fingering": ("fingerings", "指法"),
    "string": ("string numbers", "弦号"),
    "fermata on a rest": ("fermatas on rests", "休止符上的延长记号"),
    "fermata on a bar line": ("fermatas on bar lines", "小节线上的延长记号"),
    "other-articulation": ("other articulations", "其他奏法记号"),
    "dashes": ("dashed lines", "虚线"),
    "metronome": ("metric modulations", "节拍换算记号"),
    "key-step": ("key signatures of single accidentals", "非传统调号"),
    "fret": ("frets", "品位"),
    "figured-bass": ("figured basses", "数字低音"),
    "frame": ("fret diagrams", "和弦指法图"),
    "bracket": ("bracket lines", "括号线"),
    "soft-accent": ("soft accents", "弱重音记号"),
    "non-arpeggiate": ("non-arpeggio brackets", "不琶音括号"),
    "accidental-mark": ("accidentals of ornaments", "装饰音的临时记号"),
    "other-notation": ("other notations", "其他记号"),
    "other-direction": ("other directions", "其他指示"),
    "measure-repeat": ("bar-repeat signs (the bar is read as it is written)", "小节反复记号"),
    "beat-repeat": ("beat-repeat signs", "拍反复记号"),
    "slash": ("slash notations", "斜线记谱"),
    "senza-misura": ("unmetred signs inside a bar", "小节中的无节拍记号"),
    "interchangeable": ("interchangeable metres", "可互换拍号"),
    "laughing": ("laughing syllables", "笑声歌词"),
    "humming": ("humming syllables", "哼唱歌词"),
    "play": ("playback techniques", "回放奏法"),
    "principal-voice": ("principal voice marks", "主要声部记号"),
    "harp-pedals": ("harp pedals", "竖琴踏板"),
    "scordatura": ("scordaturas", "变格定弦"),
    "accordion-registration": ("accordion registrations", "手风琴变音器"),
    "image": ("pictures", "图片"),
    "staff-tuning": ("tunings of strings", "定弦"),
    "swing": ("swing playback settings", "摇摆回放设置"),
}


def left_out(journal: Journal, name: str) -> None:
    """List an element that a score cannot hold.

    Examples
    --------
    >>> journal = Journal()
    >>> left_out(journal, "fingering")
    >>> journal.repairs[0].en
    '1 fingerings were left out'
    """
    en, zh = _WORDS.get(name, (f"<{name[:40]}> elements", f"<{name[:40]}> 元素"))
    journal.tell(f"{{n}} {en} were left out", f"略去了 {{n}} 个{zh}")


class NoteDraft:
    """A note before the bars are laid; ``end`` moves on when a tied note is joined."""

    __slots__ = (
        "articulations",
        "end",
        "grace",
        "is_joined",
        "onset",
        "ornaments",
        "pitch",
        "spelling",
        "staff",
        "ties",
        "velocity",
        "voice",
    )

    def __init__(
        self,
        onset: int,
        end: int,
        pitch: int,
        velocity: int,
        spelling: str,
        voice: str,
        staff: int,
        grace: str,
    ) -> None:
        self.onset, self.end, self.pitch, self.velocity = onset, end, pitch, velocity
        self.spelling, self.voice, self.staff, self.grace = spelling, voice, staff, grace
        self.ties: list[int] | None = None
        self.is_joined = False
        self.articulations: tuple[str, ...] = ()
        self.ornaments: tuple[str, ...] = ()


@dataclass(slots=True)
class SpanDraft:
    """A span between two places, or from one note to the end of another."""

    kind: str
    start: int
    end: int
    staff: int
    voice: str
    number: int = 1
    last: NoteDraft | None = None


@dataclass(slots=True)
class PartDraft:
    """The state of reading one part, and everything found in it."""

    identity: str
    head: PartHead
    file: Head
    journal: Journal
    resolution: int
    base: int = 0
    now: int | Fraction = 0
    reach: int | Fraction = 0
    rest_reach: int | Fraction = 0
    unit: int | Fraction = 0
    transposition: tuple[int, int] = (0, 0)
    n_staves: int = 1
    lengths: MeasureLengths = field(default_factory=MeasureLengths)
    durations: dict[str | None, int | Fraction] = field(default_factory=dict)
    pitches: dict[tuple[str | None, ...], tuple[int, str]] = field(default_factory=dict)
    chord: list[NoteDraft] = field(default_factory=list)
    chord_onset: int | Fraction = 0
    open_ties: dict[int, list[NoteDraft]] = field(default_factory=dict)
    late_ties: dict[int, list[NoteDraft]] = field(default_factory=dict)
    open_spans: dict[tuple[str, str], SpanDraft] = field(default_factory=dict)
    lines: dict[tuple[str, str], list[tuple[int, int, SpanDraft | None]]] = field(
        default_factory=dict
    )
    early_stops: dict[tuple[str, str], NoteDraft] = field(default_factory=dict)
    n_unpitched: int = 0
    instrument: str = ""
    is_pizzicato: bool = False
    transpositions: list[int] = field(default_factory=list)
    notes: list[NoteDraft] = field(default_factory=list)
    metres: list[BarLine] = field(default_factory=list)
    keys: list[tuple[int, int, str]] = field(default_factory=list)
    clefs: list[tuple[int, str, int, int, int]] = field(default_factory=list)
    programs: list[tuple[int, int]] = field(default_factory=list)
    lyrics: list[tuple[int, str, str, str, bool, str, int]] = field(default_factory=list)
    dynamics: list[tuple[int, str, int]] = field(default_factory=list)
    loudness: list[tuple[int, int]] = field(default_factory=list)
    spans: list[SpanDraft] = field(default_factory=list)
    texts: list[tuple[int, str, str]] = field(default_factory=list)
    score_texts: list[tuple[int, str, str]] = field(default_factory=list)
    tempos: list[tuple[int, float, str]] = field(default_factory=list)
    chords: list[tuple[int, str]] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    repeats: list[tuple[int, str, int]] = field(default_factory=list)
    endings: list[tuple[int, int, tuple[int, ...]]] = field(default_factory=list)
    open_ending: tuple[int, tuple[int, ...]] | None = None
    grace_ends: int = 0

    @property
    def place(self) -> int:
        """Where reading is."""
        return self.place_at(self.now)

    def place_at(self, now: int | Fraction) -> int:
        """Return the place of a time in this measure, rounded to a tick."""
        if isinstance(now, int):
            return self.base + now
        tick = round(now)
        if tick != now:
            self.journal.tell(
                f"{{n}} times that no common division holds were rounded to "
                f"{self.resolution:,} a quarter note",
                f"{{n}} 个时间没有公共的细分,已按每四分音符 {self.resolution:,} 取整",
            )
        return self.base + tick

    def end_place(self) -> int:
        """Return the place at which the next measure begins."""
        return ((self.base >> PLACE_BITS) + 1) << PLACE_BITS

    def length_of(self, text: str | None) -> int | Fraction:
        """Return the ticks that a duration lasts.

        Raises
        ------
        FormatError
            It is negative, no number, or longer than any note, or there are no divisions.
        """
        found = self.durations.get(text)
        if found is None:
            found = self.durations[text] = self._measure(text)
        return found

    def _measure(self, text: str | None) -> int | Fraction:
        number = read_number(text, 0, 1e12)
        if number is None:
            raise self.journal.refusal(
                f"a duration is {text!r}; it must be a number of divisions, 0 or more",
                f"时值为 {text!r};应为不小于 0 的数",
            )
        if not self.unit:
            self.journal.mend(
                "notes come before any divisions; 1 a quarter note was assumed",
                "音符之前没有 divisions;按每四分音符 1 份计",
            )
            self.unit = self.resolution
        exact = Fraction(text or "0") * self.unit
        if exact > _MAX_QN * self.resolution:
            raise self.journal.refusal(
                f"a duration is {text} divisions, longer than {_MAX_QN} quarter notes",
                f"时值为 {text} 份,超过 {_MAX_QN} 个四分音符",
            )
        return exact.numerator if exact.denominator == 1 else exact
