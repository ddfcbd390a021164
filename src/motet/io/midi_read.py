"""MIDI bytes to a score.

Conventions: one part for each track and channel that has notes, in file order. What every part
shares (tempo, metre, key, sections, chord symbols) is taken from all tracks. Messages of a channel
in a track without its notes go to the first part of that channel; where there is none, they are
kept in `Score.raw`. See `motet.io.midi_words` for texts that carry more than words, and
`motet.io.midi_bytes` for what happens to damage.

Source: Standard MIDI Files 1.0 (MIDI Manufacturers Association, 1996).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motet.errors import MotetError
from motet.io.limits import MAX_PARTS, check_score_size, load_bytes
from motet.io.loaded import Ledger, Loaded
from motet.io.midi_bytes import MidiFile, parse_midi
from motet.io.midi_notes import pair_notes
from motet.io.midi_parts import Draft, assign_lyrics, channel_programs, make_part, spread_messages
from motet.io.midi_text import choose_encoding, decode_text
from motet.io.midi_track import ESCAPE, SYSEX, Message, MidiTrack
from motet.io.midi_words import split_word
from motet.score import (
    BarLength,
    ChordSymbol,
    KeySignature,
    Metre,
    RawEvent,
    Score,
    Section,
    Tempo,
    Text,
)

__all__ = ["read_midi"]

_TEXT_KINDS = {1: "text", 2: "copyright", 7: "cue"}
_GENERIC_NAMES = frozenset(("control track", "conductor", "conductor track", "tempo track"))


def read_midi(source: str | Path | bytes, *, mend: bool = True) -> Loaded:
    """Return the score of a MIDI file, and the list of repairs that reading it took.

    Parameters
    ----------
    source : str, Path or bytes
        Path of the file, or its content.
    mend : bool
        Whether damage is mended and listed; False raises at the first damage.

    Returns
    -------
    Loaded
        Writing the score with `write_midi` and reading it again gives an equal score.

    Raises
    ------
    FormatError
        The file is no MIDI file, is damaged beyond mending (or at all, with ``mend=False``), or is
        larger than any piece of music: see `motet.io.limits`.
    ParameterError
        There is no such file.

    Source
    ------
    Standard MIDI Files 1.0. Slow twin: mido, in tests/io/test_midi_read.py. Cost: O(n log n).

    Examples
    --------
    >>> from motet.io.midi_write import write_midi
    >>> from motet.score import make_score
    >>> loaded = read_midi(write_midi(make_score("C4:1 E4:1 G4:2", qpm=90)))
    >>> loaded.score.n_notes, loaded.score.tempos[0].qpm, loaded.repairs
    (3, 89.9999550000225, ())
    """
    data, path = load_bytes(source)
    ledger = Ledger(mend=mend, path=path)
    file = parse_midi(data, ledger=ledger)
    try:
        score = _Reader(file, ledger).read()
    except MotetError as error:
        error.path = error.path or path
        raise
    check_score_size(score, path=path)
    return Loaded(score, ledger.repairs)


@dataclass
class _Reader:
    """What has been gathered of a score while its tracks are read."""

    file: MidiFile
    ledger: Ledger
    decode: Callable[[bytes], str] = decode_text
    events: dict[str, list[Any]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    strays: list[tuple[int, int, list[Message]]] = field(default_factory=list)
    lyrics: list[tuple[int, str]] = field(default_factory=list)

    def read(self) -> Score:
        samples = [
            data for track in self.file.tracks for _, kind, data, _ in track.metas if 1 <= kind <= 9
        ]
        fallback = choose_encoding(samples)
        self.decode = lambda data: decode_text(data, fallback)
        if self.file.quarter_us:
            self.add("tempos", Tempo(tick=0, quarter_us=self.file.quarter_us))
        for track in self.file.tracks:
            self.read_track(track)
            if len(self.drafts) > MAX_PARTS:
                raise self.ledger.refusal(
                    0,
                    track.number,
                    f"the file has more than {MAX_PARTS:,} parts; that many are not read",
                    f"文件的声部超过 {MAX_PARTS:,} 个,不予读取",
                )
        raw = self.events.setdefault("raw", [])
        raw.extend(spread_messages(self.drafts, self.strays))
        left_over = assign_lyrics(self.drafts, self.lyrics)
        raw.extend(
            RawEvent(tick=tick, kind="meta-05", data=text.encode()) for tick, text in left_over
        )
        for events in self.events.values():
            events.sort(key=lambda event: event.tick)
        for name in ("tempos", "metres", "keys"):
            events = self.events.get(name, [])
            self.events[name] = [
                event for k, event in enumerate(events) if k == 0 or event != events[k - 1]
            ]
        programs = channel_programs(self.drafts)
        fields: dict[str, Any] = {name: tuple(events) for name, events in self.events.items()}
        fields.update(self.words)
        return Score(
            parts=tuple(make_part(draft, programs) for draft in self.drafts),
            resolution=self.file.resolution,
            length_tick=max(track.end_tick for track in self.file.tracks),
            **fields,
        )

    def add(self, name: str, event: Any) -> None:
        self.events.setdefault(name, []).append(event)

    def read_track(self, track: MidiTrack) -> None:
        """Gather one track: its parts, then its meta events."""
        notes, others = pair_notes(track, ledger=self.ledger)
        port = next((data[0] for _, kind, data, _ in track.metas if kind == 0x21 and data), 0)
        drafts = [
            Draft(port, channel, found, others.pop(channel, [])) for channel, found in notes.items()
        ]
        if not drafts and any(
            kind == 1 and split_word(self.decode(data))[0] == "Part"
            for _, kind, data, _ in track.metas
        ):
            channel, messages = next(iter(others.items()), (0, []))
            others.pop(channel, None)
            drafts = [Draft(port, channel, (), messages)]
        self.drafts.extend(drafts)
        self.strays.extend((port, channel, found) for channel, found in others.items())
        one = drafts[0] if len(drafts) == 1 else None
        own_words: list[tuple[int, str]] = []
        names: list[str] = []
        for tick, kind, data, byte in track.metas:
            if kind in (1, 2, 7):
                self.read_text(tick, kind, self.decode(data), one)
            elif kind == 3:
                names.append(self.decode(data).strip())
                self.read_name(tick, track, data, names, drafts)
            elif kind == 5:
                own_words.append((tick, self.decode(data)))
            elif kind == 6:
                self.add("sections", Section(tick=tick, label=self.decode(data)))
            elif kind in (0x51, 0x58, 0x59):
                self.read_map(tick, kind, data, byte, track.number)
            elif kind != 0x21:
                if kind == 4 and one is not None and tick == 0 and not one.instrument:
                    one.instrument = self.decode(data).strip()
                names_of = {SYSEX: "sysex", ESCAPE: "escape"}
                event = RawEvent(tick=tick, kind=names_of.get(kind, f"meta-{kind:02x}"), data=data)
                self.keep_raw(event, one)
        if one is not None:
            one.lyrics.extend(own_words)
        else:
            self.lyrics.extend(own_words)

    def keep_raw(self, event: RawEvent, one: Draft | None) -> None:
        if one is not None:
            one.raw.append(event)
        else:
            self.add("raw", event)

    def read_name(
        self, tick: int, track: MidiTrack, data: bytes, names: list[str], drafts: list[Draft]
    ) -> None:
        """Take a track name as the title, as the name of parts, or as words."""
        name = names[-1]
        is_first = len(names) == 1
        is_head = track.number == 1 and (self.file.format == 0 or not drafts)
        if is_head and is_first and name.lower() not in _GENERIC_NAMES:
            self.words["title"] = name
        elif drafts and is_first and not is_head:
            for draft in drafts:
                draft.track_name = name
                draft.is_one_of_many = len(drafts) > 1
        elif is_head or len(drafts) == 1:
            event = RawEvent(tick=tick, kind="meta-03", data=data)
            self.keep_raw(event, drafts[0] if len(drafts) == 1 else None)
        elif name:
            self.add("texts", Text(tick=tick, text=name))

    def read_text(self, tick: int, kind: int, text: str, one: Draft | None) -> None:
        """Take words at a tick as what they say, else as a text."""
        if not text:
            return
        word, value = split_word(text) if kind == 1 else ("", "")
        if word == "Chord":
            self.add("chords", ChordSymbol(tick=tick, symbol=value))
        elif word == "BarLength" and one is None and int(value):
            self.add("bar_lengths", BarLength(tick=tick, duration_tick=int(value)))
        elif word == "Role" and one is not None and not one.role:
            one.role = value
        elif word == "Part" and one is not None and not one.notes:
            return
        elif (
            word in ("Subtitle", "Composer", "Lyricist")
            and one is None
            and word.lower() not in self.words
        ):
            self.words[word.lower()] = value
        elif kind == 2 and "copyright" not in self.words:
            self.words["copyright"] = text
        elif one is not None:
            one.texts.append(Text(tick=tick, text=text, kind=_TEXT_KINDS[kind]))
        else:
            self.add("texts", Text(tick=tick, text=text, kind=_TEXT_KINDS[kind]))

    def read_map(self, tick: int, kind: int, data: bytes, byte: int, track: int) -> None:
        """Take a tempo, metre or key signature, or list why it cannot hold."""
        if kind == 0x51:
            quarter_us = int.from_bytes(data[:3], "big")
            if len(data) < 3 or quarter_us == 0:
                self.ledger.mend(
                    byte,
                    track,
                    "{n} tempos of no speed were ignored",
                    "忽略了 {n} 个没有有效数值的速度",
                )
            elif self.file.quarter_us:
                self.ledger.tell(
                    byte,
                    track,
                    "{n} tempos were left out, because SMPTE frames already give the time",
                    "略去了 {n} 个速度,因为时间已由 SMPTE 帧给出",
                )
            else:
                self.add("tempos", Tempo(tick=tick, quarter_us=quarter_us))
        elif kind == 0x58:
            if len(data) < 2 or data[0] == 0 or data[1] > 6:
                self.ledger.mend(
                    byte,
                    track,
                    "{n} metres that cannot be (such as 0/4) were ignored",
                    "忽略了 {n} 个不可能的拍号(例如 0/4)",
                )
                return
            clocks, n_32nds = data[2:4] if len(data) >= 4 else (24, 8)
            metre = Metre(
                tick=tick,
                numerator=data[0],
                denominator=1 << data[1],
                clocks=clocks,
                n_32nds=n_32nds,
            )
            self.add("metres", metre)
        else:
            fifths = data[0] - 256 if data and data[0] > 127 else (data[0] if data else 99)
            if len(data) < 2 or not -7 <= fifths <= 7 or data[1] > 1:
                self.ledger.mend(
                    byte,
                    track,
                    "{n} key signatures that cannot be were ignored",
                    "忽略了 {n} 个不可能的调号",
                )
                return
            mode = ("major", "minor")[data[1]]
            self.add("keys", KeySignature(tick=tick, fifths=fifths, mode=mode))
