"""A part: one player's notes, instrument, and everything written on that player's staves."""

from __future__ import annotations

from dataclasses import dataclass

from motet.errors import ParameterError
from motet.score.event import Clef, Control, Dynamic, Lyric, RawEvent, Span, Text
from motet.score.note import Note, note_order

__all__ = ["Part"]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a score. Notes are kept in order of onset, then pitch.

    Parameters
    ----------
    name : str
        As shown to people, e.g. ``"Alto Sax"``.
    notes : tuple of Note
        Any order; sorted here.
    program : int, 0 to 127
        General MIDI program at the start (0 is piano). Changes are in `controls`.
    bank : int, 0 to 16383
        Bank (MSB * 128 + LSB) of the program.
    channel : int, 0 to 15, or -1
        MIDI channel; -1 lets the writer choose.
    is_drums : bool
        Whether pitches are percussion keys.
    role : str
        ``"melody"``, ``"bass"``, ``"drums"``, ``"comping"``, ``"pad"``, ``"strings"``, ``"horns"``,
        ``"counter"`` or empty: steers balance and layout.
    transposition_semi : int, semitones
        Sounding minus written pitch: -2 for a B-flat clarinet.
    n_staves : int, >= 1
    clefs, controls, lyrics, dynamics, spans, texts, raw : tuple of events

    Raises
    ------
    ParameterError
        A note, program or channel is out of range.

    Examples
    --------
    >>> late = Note(onset_tick=480, duration_tick=480, pitch=62)
    >>> early = Note(onset_tick=0, duration_tick=480, pitch=60)
    >>> [note.pitch for note in Part(name="Flute", notes=(late, early), program=73).notes]
    [60, 62]
    """

    name: str = ""
    notes: tuple[Note, ...] = ()
    program: int = 0
    bank: int = 0
    channel: int = -1
    is_drums: bool = False
    role: str = ""
    abbreviation: str = ""
    transposition_semi: int = 0
    n_staves: int = 1
    clefs: tuple[Clef, ...] = ()
    controls: tuple[Control, ...] = ()
    lyrics: tuple[Lyric, ...] = ()
    dynamics: tuple[Dynamic, ...] = ()
    spans: tuple[Span, ...] = ()
    texts: tuple[Text, ...] = ()
    raw: tuple[RawEvent, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.program <= 127:
            raise ParameterError(
                f"program must be 0 to 127, got {self.program} in part {self.name!r}; 0 is piano",
                zh=f"program(音色号)必须在 0 到 127 之间,"
                f"声部 {self.name!r} 中为 {self.program};0 为钢琴",
            )
        if not -1 <= self.channel <= 15:
            raise ParameterError(
                f"channel must be 0 to 15 or -1, got {self.channel} in part {self.name!r}",
                zh=f"channel(通道)必须在 0 到 15 之间或为 -1,"
                f"声部 {self.name!r} 中为 {self.channel}",
            )
        notes = tuple(self.notes)
        ordered = True
        before: tuple[int, int, int, int] | None = None
        for note in notes:
            if not (
                0 <= note.pitch <= 127
                and 0 < note.velocity <= 127
                and note.onset_tick >= 0
                and note.duration_tick >= 0
            ):
                raise ParameterError(
                    "a note needs pitch 0 to 127, velocity 1 to 127, onset and duration >= 0 "
                    f"ticks, got {note} in part {self.name!r}",
                    zh="音符需要音高 0 到 127、力度 1 到 127、起点与时值不小于 0 tick,"
                    f"声部 {self.name!r} 中为 {note}",
                )
            key = note_order(note)
            if before is not None and key < before:
                ordered = False
            before = key
        if not ordered:
            notes = tuple(sorted(notes, key=note_order))
        object.__setattr__(self, "notes", notes)

    @property
    def end_tick(self) -> int:
        """Tick at which the last note has ended; 0 when there is none."""
        return max((note.end_tick for note in self.notes), default=0)
