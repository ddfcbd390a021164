"""From what was gathered of one part to a `Part`: ticks, voices, verses, velocities.

Conventions: a note without a loudness of its own sounds as the last dynamic mark of its part says
(mezzo forte, 80, before the first).

Source: loudness of dynamic marks as in notation programs (ppp 16, pp 33, p 49, mp 64, mf 80, f 96,
ff 112, fff 126); own rules for voices.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import replace

from motet.errors import ParameterError
from motet.io.musicxml.draft import NoteDraft, PartDraft
from motet.io.musicxml.head import Instrument
from motet.io.musicxml.measure_time import PLACE_BITS
from motet.io.musicxml.pitch_table import move_spelling
from motet.score import (
    Clef,
    Control,
    Dynamic,
    KeySignature,
    Lyric,
    Note,
    Part,
    Span,
    Text,
)
from motet.theory.instrument import find_instrument
from motet.theory.pitch import fifths_position

__all__ = ["PlaceMap", "build_part", "number_voices"]

_TICKS = (1 << PLACE_BITS) - 1
_USUAL_VELOCITY = 80
_USUAL_CC = {7: 100, 10: 64}
_VERSE = re.compile(r"(?:verse)?\s*(\d{1,3})$")
_VOICES_A_STAFF = 4


class PlaceMap:
    """The ticks of places, once the bars are laid.

    Parameters
    ----------
    starts : list of int
        Tick at which each bar begins, and the end of the last.

    Examples
    --------
    >>> PlaceMap([0, 1920, 3840])((1 << PLACE_BITS) + 480)
    2400
    """

    def __init__(self, starts: list[int]) -> None:
        self._starts = starts
        self._last = len(starts) - 1

    def __call__(self, place: int) -> int:
        """Return the tick of a place."""
        index = place >> PLACE_BITS
        return self._starts[index if index < self._last else self._last] + (place & _TICKS)


def number_voices(counts: Counter[tuple[int, str]]) -> dict[tuple[int, str], int]:
    """Return the number within its staff of each (staff, voice of the file).

    Parameters
    ----------
    counts : Counter
        How many notes each has.

    Returns
    -------
    dict

    Examples
    --------
    >>> number_voices(Counter({(1, "1"): 9, (1, "2"): 2, (2, "5"): 7, (2, "1"): 1}))
    {(1, '1'): 1, (1, '2'): 2, (2, '5'): 1, (2, '1'): 2}
    """
    homes: dict[str, int] = {}
    for (staff, voice), _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        homes.setdefault(voice, staff)
    names = sorted(homes, key=lambda name: (len(name), name))
    fours = {name: int(name) - (homes[name] - 1) * _VOICES_A_STAFF for name in names
             if name.isascii() and name.isdigit() and len(name) < 6}  # fmt: skip
    is_four = len(fours) == len(names) and all(
        1 <= number <= _VOICES_A_STAFF for number in fours.values()
    )
    found: dict[tuple[int, str], int] = {}
    used: dict[int, set[int]] = defaultdict(set)
    for name in names:
        staff = homes[name]
        number = fours[name] if is_four else len(used[staff]) + 1
        found[staff, name] = number
        used[staff].add(number)
    for staff, name in sorted(counts, key=lambda one: (one[0], len(one[1]), one[1])):
        if (staff, name) not in found:
            number = next(n for n in range(1, len(counts) + 2) if n not in used[staff])
            found[staff, name] = number
            used[staff].add(number)
    return found


def build_part(draft: PartDraft, to_tick: PlaceMap, keys: tuple[KeySignature, ...]) -> Part:
    """Return the part of what was gathered.

    Parameters
    ----------
    draft : PartDraft
    to_tick : PlaceMap
    keys : tuple of KeySignature
        Of the score: a transposing part is respelled into them.

    Returns
    -------
    Part

    Examples
    --------
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> draft = PartDraft("P1", PartHead("P1", name="Oboe"), Head(), Journal(), 480)
    >>> build_part(draft, PlaceMap([0]), ()).program
    68
    """
    draft.notes = [note for note in draft.notes if not note.is_joined]
    counts = Counter((note.staff, note.voice) for note in draft.notes)
    voices = number_voices(counts)
    first = _first_instrument(draft)
    n_pitched = len(draft.notes) - draft.n_unpitched
    is_drums = draft.n_unpitched > n_pitched or (first.channel == 9 and bool(draft.notes))
    if draft.n_unpitched and not is_drums:
        draft.journal.tell(
            "{n} unpitched strokes stand in a part with pitches; they are kept as percussion keys",
            "{n} 个无音高的敲击处于有音高的声部中,按打击乐键号保留",
            n=draft.n_unpitched,
        )
    notes = _notes(draft, to_tick, voices)
    if draft.transposition[1] and not is_drums:
        notes = _respell(notes, draft, to_tick, keys)
    channel = 9 if is_drums else first.channel
    transpositions = draft.transpositions
    part = Part(
        name=draft.head.name,
        notes=tuple(notes),
        program=_program(draft, first, is_drums=is_drums),
        bank=first.bank if first.bank <= 16383 else 0,
        channel=channel,
        is_drums=is_drums,
        role="drums" if is_drums else "",
        transposition_semi=transpositions[0] if transpositions and not is_drums else 0,
        n_staves=draft.n_staves,
        clefs=tuple(
            Clef(tick=to_tick(place), sign=sign, line=line, octave=octave, staff=staff)
            for place, sign, line, octave, staff in draft.clefs
        ),
        controls=_controls(draft, first, to_tick),
        lyrics=_lyrics(draft, to_tick, voices),
        dynamics=tuple(
            Dynamic(tick=to_tick(place), mark=mark, staff=staff)
            for place, mark, staff in sorted(draft.dynamics, key=lambda one: one[0])
        ),
        spans=_spans(draft, to_tick, voices),
        texts=tuple(
            Text(tick=to_tick(place), text=text, kind=kind)
            for place, text, kind in sorted(draft.texts, key=lambda one: one[0])
        ),
    )
    return replace(part, abbreviation=draft.head.abbreviation)


def _first_instrument(draft: PartDraft) -> Instrument:
    instruments = list(draft.head.instruments.values())
    if not instruments:
        return Instrument()
    return next((one for one in instruments if one.program >= 0), instruments[0])


def _program(draft: PartDraft, first: Instrument, *, is_drums: bool) -> int:
    """Return the program that the file says, or that the name of the part stands for."""
    if first.program >= 0 or is_drums:
        return max(0, first.program)
    try:
        return find_instrument(draft.head.name).program
    except ParameterError:
        return 0


def _notes(draft: PartDraft, to_tick: PlaceMap, voices: dict[tuple[int, str], int]) -> list[Note]:
    loud = sorted(draft.loudness)
    loud_places = [place for place, _ in loud]
    notes = []
    for one in draft.notes:
        onset = to_tick(one.onset)
        velocity = one.velocity
        if not velocity:
            velocity = _USUAL_VELOCITY
            if loud:
                k = bisect_right(loud_places, one.onset)
                velocity = loud[k - 1][1] if k else _USUAL_VELOCITY
        ties: tuple[int, ...] = ()
        if one.ties is not None:
            ties = tuple([to_tick(place) - onset for place in one.ties])
        notes.append(
            Note(
                onset_tick=onset,
                duration_tick=max(0, to_tick(one.end) - onset),
                pitch=one.pitch,
                velocity=velocity,
                spelling=one.spelling,
                voice=voices[one.staff, one.voice],
                staff=one.staff,
                ties_tick=ties,
                articulations=one.articulations,
                ornaments=one.ornaments,
                grace=one.grace,
            )
        )
    return notes


def _respell(
    notes: list[Note], draft: PartDraft, to_tick: PlaceMap, keys: tuple[KeySignature, ...]
) -> list[Note]:
    """Return notes of a transposing part spelled in the score's keys, not in their twins."""
    ticks, turns = [], []
    for place, raw, _ in draft.keys:
        tick = to_tick(place)
        key = next((one.fifths for one in reversed(keys) if one.tick <= tick), None)
        turn = key - raw if key is not None else 0
        ticks.append(tick)
        turns.append(turn if abs(turn) == 12 else 0)
    if not any(turns):
        return notes
    out = []
    for note in notes:
        k = bisect_right(ticks, note.onset_tick) - 1
        turn = turns[k] if k >= 0 else 0
        if turn and note.spelling and -8 <= fifths_position(note.spelling) + turn <= 12:
            note = replace(note, spelling=move_spelling(note.spelling, turn))
        out.append(note)
    return out


def _controls(draft: PartDraft, first: Instrument, to_tick: PlaceMap) -> tuple[Control, ...]:
    controls = [
        Control(tick=0, kind="cc", number=number, value=value)
        for number, value in ((7, first.volume_cc), (10, first.pan_cc))
        if value >= 0 and value != _USUAL_CC[number]
    ]
    controls += [
        Control(tick=to_tick(place), kind="program", number=0, value=program)
        for place, program in sorted(draft.programs)
    ]
    return tuple(controls)


def _lyrics(
    draft: PartDraft, to_tick: PlaceMap, voices: dict[tuple[int, str], int]
) -> tuple[Lyric, ...]:
    verses: dict[str, int] = {}
    for _, _, name, *_ in draft.lyrics:
        match = _VERSE.search(name)
        if match is not None and int(match[1]) > 0:
            verses[name] = int(match[1])
    for _, _, name, *_ in draft.lyrics:
        if name not in verses:
            verses[name] = max(verses.values(), default=0) + 1
    found = [
        Lyric(
            tick=to_tick(place),
            text=text,
            verse=verses[name],
            syllabic=syllabic,
            extend=is_extended,
            voice=voices.get((staff, voice), 1),
        )
        for place, text, name, syllabic, is_extended, voice, staff in draft.lyrics
    ]
    return tuple(sorted(found, key=lambda lyric: (lyric.tick, lyric.verse)))


def _spans(
    draft: PartDraft, to_tick: PlaceMap, voices: dict[tuple[int, str], int]
) -> tuple[Span, ...]:
    spans = []
    for one in draft.spans:
        last: NoteDraft | None = one.last
        end = to_tick(last.end if last is not None else one.end)
        spans.append(
            Span(
                kind=one.kind,
                start_tick=to_tick(one.start),
                end_tick=end,
                number=(one.number or 302) if one.kind == "tuplet" else 1,
                staff=one.staff,
                voice=voices.get((one.staff, one.voice), 1),
            )
        )
    spans.sort(key=lambda span: (span.start_tick, -span.end_tick, span.kind, span.staff))
    free_from: dict[int, int] = {}
    out = []
    for span in spans:
        if span.end_tick <= span.start_tick:
            continue
        if span.kind == "slur":
            number = next((n for n in range(1, 7) if free_from.get(n, -1) <= span.start_tick), 6)
            free_from[number] = span.end_tick
            span = replace(span, number=number)
        out.append(span)
    return tuple(out)
