"""A score to MIDI bytes: type 1, one track for what all parts share, then one track a part.

Conventions: at one tick, note-offs stand first, then words, system messages, program, controllers
and note-ons. `motet.io.midi_words` lists what is written as text; `motet.io.midi_loss` what cannot
be written at all.

Source: Standard MIDI Files 1.0 (MIDI Manufacturers Association, 1996).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from motet.errors import ParameterError
from motet.io.atomic import write_whole
from motet.io.midi_channels import allot_channels
from motet.io.midi_words import EMPTY_PART, lyric_texts
from motet.score import Control, Part, RawEvent, Score, Text

__all__ = ["write_midi"]

_Event = tuple[int, int, int, bytes]
_TEXT_METAS = {"copyright": 2, "marker": 6, "cue": 7}
_MINOR_MODES = frozenset(("minor", "aeolian", "dorian", "phrygian", "locrian"))
_STATUS = {"key-pressure": 0xA0, "cc": 0xB0, "program": 0xC0, "pressure": 0xD0, "bend": 0xE0}
_OFF, _WORD, _RAW, _PROGRAM, _CONTROL, _ON = range(6)
_MAX_DELTA = 0x0FFFFFFF
_FILLER = b"\xff\xff\xff\x7f\xff\x01\x00"
"""An empty text after the longest wait that can be written: longer waits take several."""


def write_midi(
    score: Score,
    path: str | Path | None = None,
    *,
    slots: Sequence[tuple[int, int]] | None = None,
) -> bytes:
    """Return a score as the bytes of a Standard MIDI File of type 1.

    Parameters
    ----------
    score : Score
    path : str, Path or None
        Where to write the file as well; it is written whole or not at all.
    slots : sequence of (int, int), or None
        Port and channel of each part; None allots them.

    Returns
    -------
    bytes
        Reading them gives the score back, without what `motet.io.midi_loss` lists.

    Raises
    ------
    ParameterError
        A number is beyond what MIDI can say, or the file cannot be written.

    Source
    ------
    Standard MIDI Files 1.0.

    Examples
    --------
    >>> from motet.score import make_score
    >>> data = write_midi(make_score("C4:1"))
    >>> data[:4], int.from_bytes(data[10:12], "big")
    (b'MThd', 2)
    """
    slots = slots if slots is not None else allot_channels(score.parts)
    has_ports = any(port for port, _ in slots)
    tracks = [
        _part_events(part, port if has_ports else -1, channel)
        for part, (port, channel) in zip(score.parts, slots, strict=True)
    ]
    tracks.insert(0, _shared_events(score))
    if len(tracks) > 0xFFFF:
        raise ParameterError(
            f"a MIDI file holds at most 65,534 parts, got {len(score.parts)}",
            zh=f"MIDI 文件最多容纳 65534 个声部,收到 {len(score.parts)}",
        )
    chunks = [
        b"MThd\x00\x00\x00\x06\x00\x01",
        len(tracks).to_bytes(2, "big"),
        score.resolution.to_bytes(2, "big"),
    ]
    for k, events in enumerate(tracks):
        body = _track_bytes(events, end_tick=0 if k else score.end_tick)
        chunks += [b"MTrk", len(body).to_bytes(4, "big"), body]
    data = b"".join(chunks)
    if path is not None:
        write_whole(path, data)
    return data


def _shared_events(score: Score) -> list[_Event]:
    """Return the events of the first track: title, tempo, metre, key, harmony, form, words."""
    events: list[_Event] = []
    if score.title or any(event.kind == "meta-03" for event in score.raw):
        events.append((0, _OFF, 0, _text(3, score.title)))
    if score.copyright:
        events.append((0, _WORD, 0, _text(2, score.copyright)))
    for word in ("subtitle", "composer", "lyricist"):
        value = getattr(score, word)
        if value:
            events.append((0, _WORD, 0, _text(1, f"{word.capitalize()}: {value}")))
    for tempo in score.tempos:
        data = _number("tempo, microseconds a quarter note,", tempo.quarter_us, 1, 0xFFFFFF)
        events.append((tempo.tick, _WORD, 0, _meta(0x51, data.to_bytes(3, "big"))))
    for metre in score.metres:
        if metre.numerator <= 255:
            power = metre.denominator.bit_length() - 1
            four = bytes((metre.numerator, power, metre.clocks & 255, metre.n_32nds & 255))
            events.append((metre.tick, _WORD, 0, _meta(0x58, four)))
    for key in score.keys:
        fifths = _number("key signature, fifths,", key.fifths, -7, 7)
        two = bytes((fifths & 255, key.mode in _MINOR_MODES))
        events.append((key.tick, _WORD, 0, _meta(0x59, two)))
    words = [(section.tick, 6, section.label) for section in score.sections]
    words += [(chord.tick, 1, f"Chord: {chord.symbol}") for chord in score.chords]
    words += [(bar.tick, 1, f"BarLength: {bar.duration_tick}") for bar in score.bar_lengths]
    events.extend((tick, _WORD, 0, _text(kind, text)) for tick, kind, text in words)
    events.extend(_texts(score.texts))
    events.extend(_raws(score.raw))
    return events


def _part_events(part: Part, port: int, channel: int) -> list[_Event]:
    """Return the events of a part's track; a port below 0 is not written."""
    events: list[_Event] = []
    if part.name or any(event.kind == "meta-03" for event in part.raw):
        events.append((0, _OFF, 0, _text(3, part.name)))
    if port >= 0:
        events.append((0, _OFF, 0, _meta(0x21, bytes((port,)))))
    if not part.notes:
        events.append((0, _OFF, 0, _text(1, f"Part: {EMPTY_PART}")))
    if part.role:
        events.append((0, _WORD, 0, _text(1, f"Role: {part.role}")))
    if part.bank:
        bank = _number("bank", part.bank, 0, 16383)
        events.append((0, _PROGRAM, 0, bytes((0xB0 | channel, 0, bank >> 7))))
        events.append((0, _PROGRAM, 0, bytes((0xB0 | channel, 32, bank & 127))))
    events.append((0, _PROGRAM, 0, bytes((0xC0 | channel, part.program))))
    events.extend((tick, _WORD, 0, _text(5, text)) for tick, text in lyric_texts(part.lyrics))
    events.extend(_texts(part.texts))
    events.extend(_raws(part.raw))
    events.extend(
        (control.tick, _CONTROL, 0, _control(control, channel)) for control in part.controls
    )
    on, off = 0x90 | channel, 0x80 | channel
    for k, note in enumerate(part.notes):
        pitch, end, release = note.pitch, note.end_tick, note.release_velocity
        events.append((note.onset_tick, _ON, k, bytes((on, pitch, note.velocity))))
        ending = (on, pitch, 0) if release == 64 else (off, pitch, release & 127)
        order = _OFF if note.duration_tick else _ON
        events.append((end, order, k, bytes(ending)))
    return events


def _texts(texts: Iterable[Text]) -> Iterable[_Event]:
    for text in texts:
        yield text.tick, _WORD, 0, _text(_TEXT_METAS.get(text.kind, 1), text.text)


def _raws(raw: Iterable[RawEvent]) -> Iterable[_Event]:
    for event in raw:
        if event.kind == "sysex":
            yield event.tick, _RAW, 0, b"\xf0" + _length(len(event.data)) + event.data
        elif event.kind == "escape":
            yield event.tick, _RAW, 0, b"\xf7" + _length(len(event.data)) + event.data
        elif event.kind == "message" and event.data and 0x80 <= event.data[0] < 0xF0:
            yield event.tick, _CONTROL, 0, event.data
        else:
            try:
                kind = int(event.kind.removeprefix("meta-"), 16)
            except ValueError:
                kind = 128
            if not 0 <= kind <= 127:
                raise ParameterError(
                    f"a raw event is 'sysex', 'escape', 'message' or 'meta-XX', got {event.kind!r}",
                    zh="原始事件的 kind 应为 'sysex'、'escape'、'message' 或 'meta-XX',"
                    f"收到 {event.kind!r}",
                )
            yield event.tick, _RAW, 0, _meta(kind, event.data)


def _control(control: Control, channel: int) -> bytes:
    """Return the message of a controller change."""
    status = _STATUS.get(control.kind)
    if status is None:
        raise ParameterError(
            f"a control is one of {', '.join(_STATUS)}, got {control.kind!r}",
            zh=f"控制事件的 kind 应为 {'、'.join(_STATUS)} 之一,收到 {control.kind!r}",
        )
    if control.kind == "bend":
        value = _number("pitch bend", control.value, -8192, 8191) + 8192
        return bytes((status | channel, value & 127, value >> 7))
    value = _number(f"value of control {control.kind!r}", control.value, 0, 127)
    if control.kind in ("program", "pressure"):
        return bytes((status | channel, value))
    number = _number(f"number of control {control.kind!r}", control.number, 0, 127)
    return bytes((status | channel, number, value))


def _number(what: str, value: int, low: int, high: int) -> int:
    """Return a number that MIDI can say."""
    if not low <= value <= high:
        raise ParameterError(
            f"{what} must be {low} to {high} in a MIDI file, got {value}",
            zh=f"MIDI 文件中 {what} 必须在 {low} 到 {high} 之间,收到 {value}",
        )
    return value


def _text(kind: int, text: str) -> bytes:
    return _meta(kind, text.encode("utf-8", "replace"))


def _meta(kind: int, data: bytes) -> bytes:
    return bytes((0xFF, kind)) + _length(len(data)) + data


def _length(value: int) -> bytes:
    """Return a variable-length number."""
    if value < 0x80:
        return bytes((value,))
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(value & 0x7F | 0x80)
    return bytes(reversed(digits))


def _track_bytes(events: list[_Event], *, end_tick: int) -> bytes:
    """Return the body of a track, with running status and its end mark."""
    events.sort(key=lambda event: event[:3])
    pieces: list[bytes] = []
    now = running = 0
    for tick, _, _, data in events:
        if tick < 0:
            raise ParameterError(
                f"an event at tick {tick} cannot be written; ticks are 0 or more",
                zh=f"无法写入第 {tick} tick 的事件;tick 不得为负",
            )
        if tick - now > _MAX_DELTA:
            pieces += [_FILLER] * ((tick - now) // _MAX_DELTA)
            running, now = 0, tick - (tick - now) % _MAX_DELTA
        pieces.append(_length(tick - now))
        now = tick
        if data[0] == running:
            pieces.append(data[1:])
        else:
            pieces.append(data)
            running = data[0] if data[0] < 0xF0 else 0
    rest = max(end_tick - now, 0)
    pieces += [_FILLER] * (rest // _MAX_DELTA)
    pieces.append(_length(rest % _MAX_DELTA))
    pieces.append(b"\xff\x2f\x00")
    return b"".join(pieces)
