"""A part as printed: staves, voices, bars, symbols.

Conventions: inside a bar, units count from the start of the full bar (see `BarFrame.offset`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from motet.io.notation.beam import add_beams
from motet.io.notation.grid import BarFrame, ReadingGrid
from motet.io.notation.metre import UNITS_PER_QN
from motet.io.notation.percussion import read_drums
from motet.io.notation.rhythm import Symbol, write_rhythm
from motet.io.notation.voice import Event, Lines, read_voices
from motet.score import Part

__all__ = ["EngravedPart", "Piece", "VoiceBar", "engrave_part"]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one bar holds of an event: whether it is tied over the bar lines."""

    event: Event
    tie_in: bool
    tie_out: bool


@dataclass(frozen=True, slots=True)
class VoiceBar:
    """One voice of one staff in one bar; ``symbols[k].span`` is an index of `pieces`."""

    staff: int
    voice: int
    symbols: tuple[Symbol, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class EngravedPart:
    """A part as printed: for each bar its voices, staff by staff."""

    part: Part
    n_staves: int
    bars: tuple[tuple[VoiceBar, ...], ...]
    lost_lyrics: int = 0


def engrave_part(part: Part, grid: ReadingGrid) -> EngravedPart:
    """Return the printed form of a part.

    Parameters
    ----------
    part : Part
        Played or exact; nothing of it is changed.
    grid : ReadingGrid
        Of the score that holds the part.

    Returns
    -------
    EngravedPart
        Every staff has at least one voice in every bar (a whole-bar rest when it is silent).

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:1.5 D4:0.5 E4:3")
    >>> bars = engrave_part(score.parts[0], ReadingGrid(score)).bars
    >>> [(symbol.name, symbol.dots) for symbol in bars[0][0].symbols]
    [('quarter', 1), ('eighth', 0), ('half', 0)]
    """
    if part.is_drums:
        lines, n_staves = read_drums(part, grid), 1
    else:
        lines, n_staves = read_voices(part, grid)
    lost = _add_lyrics(part, lines)
    _add_slurs(part, lines)
    by_line = {key: _pieces_by_bar(events, grid) for key, events in lines.items()}
    bars = []
    for index, frame in enumerate(grid.frames):
        voices = []
        for staff in range(1, n_staves + 1):
            numbers = [voice for s, voice in lines if s == staff and by_line[s, voice][index]]
            for voice in numbers or [1]:
                found = by_line.get((staff, voice))
                spans = found[index] if found else []
                if 1 not in numbers and voice == numbers[0] if numbers else False:
                    voices.append(_voice_bar(staff, 1, spans, frame, grid))
                else:
                    voices.append(_voice_bar(staff, voice, spans, frame, grid))
        bars.append(_without_kit_rests(voices) if part.is_drums else tuple(voices))
    return EngravedPart(part, n_staves, tuple(bars), lost)


def _without_kit_rests(voices: list[VoiceBar]) -> tuple[VoiceBar, ...]:
    """Return a bar of the kit without the feet's rests, and the hands' where a foot fills them."""
    if len(voices) != 2:
        return tuple(voices)
    struck = [symbol for symbol in voices[1].symbols if symbol.span >= 0]
    out = []
    for k, voice in enumerate(voices):
        symbols = tuple(
            replace(one, is_hidden=True)
            if one.span < 0
            and not one.tuplet
            and (k == 1 or any(foot.start <= one.start and one.end <= foot.end for foot in struck))
            else one
            for one in voice.symbols
        )
        out.append(replace(voice, symbols=symbols))
    return tuple(out)


_Span = tuple[int, int, Piece]


def _pieces_by_bar(events: list[Event], grid: ReadingGrid) -> list[list[_Span]]:
    out: list[list[_Span]] = [[] for _ in grid.frames]
    for event in events:
        frame = grid.frame_at(event.start)
        index = frame.bar.index
        while index < len(grid.frames):
            frame = grid.frames[index]
            if frame.start >= event.end:
                break
            low, high = max(event.start, frame.start), min(event.end, frame.end)
            piece = Piece(event, event.start < frame.start, event.end > frame.end)
            if index == len(grid.frames) - 1:
                piece = Piece(event, piece.tie_in, False)
            if low < high:
                shift = frame.offset - frame.start
                out[index].append((low + shift, high + shift, piece))
            index += 1
    return out


def _voice_bar(
    staff: int, voice: int, spans: list[_Span], frame: BarFrame, grid: ReadingGrid
) -> VoiceBar:
    cuts: list[int] = []
    shift = frame.offset - frame.start
    for _, _, piece in spans:
        places = [
            grid.place(note.onset_tick + tick) + shift
            for note in piece.event.struck[:1]
            for tick in note.ties_tick
        ]
        cuts += [place for place in places if place % (UNITS_PER_QN // 32) == 0]
    symbols = write_rhythm(
        frame.tree,
        [(low, high) for low, high, _ in spans],
        start=frame.offset,
        end=frame.offset + frame.duration,
        cuts=tuple(cuts),
    )
    symbols = add_beams(symbols, frame.tree)
    return VoiceBar(staff, voice, tuple(symbols), tuple(piece for _, _, piece in spans))


def _add_lyrics(part: Part, lines: Lines) -> int:
    """Hang the syllables on the events they are sung to; return how many found none."""
    if not part.lyrics:
        return 0
    by_tick: dict[int, Event] = {}
    for key in sorted(lines, reverse=True):
        for event in lines[key]:
            for note in event.struck:
                by_tick[note.onset_tick] = event
    ticks = sorted(by_tick)
    lost = 0
    for lyric in part.lyrics:
        nearest = min(ticks, key=lambda tick: abs(tick - lyric.tick), default=None)
        if nearest is None:
            lost += 1
            continue
        event = by_tick[nearest]
        if any(other.verse == lyric.verse for other in event.lyrics):
            lost += 1
        else:
            event.lyrics.append(lyric)
    return lost


def _add_slurs(part: Part, lines: Lines) -> None:
    free_from: dict[int, int] = {}
    for span in sorted(part.spans, key=lambda span: (span.start_tick, -span.end_tick)):
        if span.kind != "slur":
            continue
        events = lines.get((span.staff, span.voice)) or next(iter(lines.values()), [])
        inside = [
            event
            for event in events
            if event.struck and span.start_tick <= event.onset_tick <= span.end_tick
        ]
        before_end = [event for event in inside if event.onset_tick < span.end_tick]
        if len(before_end) >= 2:
            inside = before_end
        if len(inside) < 2:
            continue
        number = next((n for n in range(1, 7) if free_from.get(n, -1) <= span.start_tick), 6)
        free_from[number] = span.end_tick
        inside[0].slur_starts.append(number)
        inside[-1].slur_stops.append(number)
