"""The measures of one part: what stands in each goes to its reader; time is counted here.

Source: MusicXML 4.0, elements measure, backup, forward and barline.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from motet.io.musicxml.attribute_reader import read_attributes
from motet.io.musicxml.chord_text import read_harmony
from motet.io.musicxml.direction_reader import read_direction, read_offset, take_lone_sound
from motet.io.musicxml.draft import PartDraft, SpanDraft, left_out
from motet.io.musicxml.head import read_number
from motet.io.musicxml.measure_time import PLACE_BITS
from motet.io.musicxml.note_reader import read_note

__all__ = ["finish_part", "read_measure"]

_IGNORED = frozenset({"print", "listening", "grouping", "link", "bookmark"})
_MAX_BAR_QN = 8_192


def read_measure(state: PartDraft, measure: Element, content: Element) -> None:
    """Take one measure into the state of its part.

    Parameters
    ----------
    state : PartDraft
        Changed in place.
    measure : Element
        Carries the number and whether it is implicit.
    content : Element
        Carries notes and the rest.

    Raises
    ------
    FormatError
        A time makes no sense.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> state = PartDraft("P1", PartHead("P1"), Head(), Journal(), 480)
    >>> bar = fromstring("<measure><attributes><divisions>1</divisions></attributes><note><pitch>"
    ...     "<step>A</step><octave>4</octave></pitch><duration>3</duration></note></measure>")
    >>> read_measure(state, bar, bar)
    >>> state.notes[0].pitch, state.lengths.notes
    (69, [1440])
    """
    state.journal.measure = measure.get("number") or str(len(state.lengths.notes) + 1)
    state.base = len(state.lengths.notes) << PLACE_BITS
    state.now = state.reach = state.rest_reach = 0
    state.chord_onset = 0
    for child in content:
        tag = child.tag
        if tag == "note":
            read_note(state, child)
        elif tag == "direction":
            read_direction(state, child)
        elif tag in ("backup", "forward"):
            _move(state, child, tag)
        elif tag == "attributes":
            read_attributes(state, child)
        elif tag == "barline":
            _read_barline(state, child)
        elif tag == "harmony":
            _read_harmony(state, child)
        elif tag == "sound":
            take_lone_sound(state, child)
        elif tag not in _IGNORED:
            left_out(state.journal, tag)
    _end_voice(state)
    if state.late_ties:
        _tell_ties(state)
    if state.reach > _MAX_BAR_QN * state.resolution:
        raise state.journal.refusal(
            f"a measure lasts more than {_MAX_BAR_QN:,} quarter notes",
            f"一个小节超过 {_MAX_BAR_QN:,} 个四分音符",
        )
    lengths = state.lengths
    lengths.notes.append(state.place_at(state.reach) - state.base)
    lengths.rests.append(state.place_at(state.rest_reach) - state.base)
    lengths.implicit.append(measure.get("implicit") == "yes")


def _move(state: PartDraft, element: Element, tag: str) -> None:
    duration = state.length_of(element.findtext("duration"))
    if tag == "forward":
        state.now += duration
        if state.now > state.reach:
            state.reach = state.now
    else:
        _end_voice(state)
        state.now -= duration
        if state.now < 0:
            state.now = 0
            state.journal.mend(
                "{n} times a measure is left backwards; its start was taken",
                "{n} 次后退超出小节开头;已取小节开头",
            )
    state.chord_onset = state.now


def _end_voice(state: PartDraft) -> None:
    """List the grace notes after the last note of a voice: they lead to what comes next."""
    if state.grace_ends:
        state.journal.tell(
            "{n} grace notes after the last note of a bar lead to the next bar",
            "小节末音之后的 {n} 个装饰音归入下一小节",
            n=state.grace_ends,
        )
        state.grace_ends = 0


def _tell_ties(state: PartDraft) -> None:
    """List the ties of a measure that no note leads to, in any voice."""
    n_late = sum(len(notes) for notes in state.late_ties.values())
    state.late_ties.clear()
    if n_late:
        state.journal.tell(
            "{n} ties lead from no note before; their notes are struck anew",
            "{n} 条延音线之前没有音符;其音符重新起音",
            n=n_late,
        )


def _read_harmony(state: PartDraft, element: Element) -> None:
    symbol = read_harmony(
        element,
        transposition_fifths=state.transposition[1],
        is_own=state.file.is_own,
        journal=state.journal,
    )
    if symbol:
        state.chords.append((read_offset(state, element), symbol))
    if element.find("frame") is not None:
        left_out(state.journal, "frame")


def _read_barline(state: PartDraft, element: Element) -> None:
    location = element.get("location", "right")
    place = state.base if location == "left" else state.end_place()
    if location == "middle":
        place = state.place
    for child in element:
        tag = child.tag
        if tag == "repeat":
            if child.get("direction") == "forward":
                state.repeats.append((place, "start", 2))
            else:
                times = read_number(child.get("times"), 1, 99)
                state.repeats.append((place, "end", int(times or 2)))
        elif tag == "ending":
            _read_ending(state, child, place)
        elif tag in ("segno", "coda"):
            state.repeats.append((place, tag, 2))
        elif tag == "fermata":
            left_out(state.journal, "fermata on a bar line")
        elif tag not in ("bar-style", "footnote", "level", "wavy-line"):
            left_out(state.journal, tag)


def _read_ending(state: PartDraft, element: Element, place: int) -> None:
    if element.get("type") == "start":
        found = re.findall(r"\d{1,2}", element.get("number") or element.text or "")
        numbers = tuple(dict.fromkeys(int(one) for one in found if 0 < int(one) < 100))
        state.open_ending = (place, numbers or (1,))
    elif state.open_ending is not None:
        start, numbers = state.open_ending
        if place > start:
            state.endings.append((start, place, numbers))
        state.open_ending = None


def finish_part(state: PartDraft) -> None:
    """Close what is still open at the end of a part.

    Examples
    --------
    >>> from motet.io.musicxml.draft import SpanDraft
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> state = PartDraft("P1", PartHead("P1"), Head(), Journal(), 480)
    >>> state.open_spans["pedal", "1"] = SpanDraft("pedal", 0, 0, 1, "1")
    >>> finish_part(state)
    >>> state.journal.repairs[0].en
    '1 lines without an end were left out'
    """
    journal = state.journal
    n_open = len(state.open_spans) + _pair_lines(state)
    if n_open:
        journal.mend(
            "{n} lines without an end were left out", "略去了 {n} 条没有终点的线条", n=n_open
        )
    if state.early_stops:
        journal.mend(
            "{n} ends of slurs that never began were ignored",
            "忽略了 {n} 个没有起点的连线终点",
            n=len(state.early_stops),
        )
    waiting = sum(len(notes) for notes in state.open_ties.values())
    if waiting:
        journal.tell(
            "{n} ties lead to no note (to a repeat's other ending, or let ring)",
            "{n} 条延音线之后没有音符(通向另一结尾,或任其延响)",
            n=waiting,
        )
    if state.open_ending is not None:
        start, numbers = state.open_ending
        end = len(state.lengths.notes) << PLACE_BITS
        if end > start:
            state.endings.append((start, end, numbers))
        journal.mend(
            "{n} endings without an end last to the last bar", "{n} 个没有终点的结尾延至末小节"
        )


def _pair_lines(state: PartDraft) -> int:
    """Join the ends of hairpins, pedals and octave lines by time; return how many have none.

    By time, for a line may end in a voice that is written before the one that it begins in.
    """
    n_open = n_ended = 0
    for events in state.lines.values():
        events.sort(key=lambda event: event[:2])
        begun: SpanDraft | None = None
        for place, _, span in events:
            if span is None and begun is None:
                n_ended += 1
            elif span is None and begun is not None:
                _end_line(state, begun, place)
                begun = None
            else:
                n_open += begun is not None
                begun = span
        n_open += begun is not None
    if n_ended:
        state.journal.mend(
            "{n} ends of lines that never began were ignored",
            "忽略了 {n} 个没有起点的线条终点",
            n=n_ended,
        )
    return n_open


def _end_line(state: PartDraft, span: SpanDraft, place: int) -> None:
    """Keep a line that has a name and a length."""
    if span.kind and place > span.start:
        span.end = place
        state.spans.append(span)
