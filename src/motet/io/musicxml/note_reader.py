"""One note element: its time, pitch, voice, staff, and the note that it is tied to.

The hot path of reading: one dictionary of the element's children, and tables of what durations and
pitches mean, so that each is worked out once a part.

Source: MusicXML 4.0, element note.
"""

from __future__ import annotations

from fractions import Fraction
from xml.etree.ElementTree import Element

from motet.io.musicxml.draft import NoteDraft, PartDraft, left_out
from motet.io.musicxml.drum_keys import choose_key
from motet.io.musicxml.head import read_number
from motet.io.musicxml.measure_time import PLACE_BITS
from motet.io.musicxml.note_marks import read_lyric, read_notations
from motet.io.musicxml.pitch_table import read_pitch

__all__ = ["read_note"]

_KNOWN = frozenset(
    {
        "pitch", "duration", "voice", "type", "stem", "staff", "beam", "notations", "dot", "chord",
        "rest", "tie", "accidental", "time-modification", "lyric", "grace", "cue", "unpitched",
        "notehead", "instrument", "footnote", "level", "notehead-text",
    }
)  # fmt: skip
_TICKS = (1 << PLACE_BITS) - 1
_USUAL_VELOCITY = 0  # stands for: as the dynamics say


def read_note(state: PartDraft, note: Element) -> None:
    """Take a note or rest into the state of its part.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> state = PartDraft("P1", PartHead("P1"), Head(), Journal(), 480, unit=480)
    >>> read_note(state, fromstring("<note><pitch><step>C</step><octave>4</octave></pitch>"
    ...                             "<duration>2</duration></note>"))
    >>> state.notes[0].pitch, state.now
    (60, 960)
    """
    found = {child.tag: child for child in note}
    is_chord = "chord" in found
    is_grace = "grace" in found
    duration: int | Fraction = 0
    if not is_grace:
        element = found.get("duration")
        if element is None:
            state.journal.mend(
                "{n} notes without a duration were left out", "略去了 {n} 个没有时值的音符"
            )
            return
        duration = state.length_of(element.text)
    if is_chord and not is_grace:
        onset = state.chord_onset
        after = onset + duration
        if after > state.reach:
            state.reach = after
    else:
        onset = state.now
        after = onset + duration
        if not is_grace:
            state.chord_onset, state.now = onset, after
            if "rest" not in found or found["rest"].get("measure") != "yes":
                if after > state.reach:
                    state.reach = after
            elif after > state.rest_reach:
                state.rest_reach = after
    start = state.base + onset if type(onset) is int else state.place_at(onset)
    end = state.base + after if type(after) is int else state.place_at(after)
    if not found.keys() <= _KNOWN:
        for tag in found.keys() - _KNOWN:
            left_out(state.journal, tag)
    if "rest" in found:
        if "notations" in found:
            for notations in note.iterfind("notations"):
                read_notations(state, notations, None, start, end)
            _set_ratio(state, found)
        return
    if "cue" in found:
        state.journal.tell(
            "{n} cue notes, which do not sound, were left out", "略去了 {n} 个不发声的提示音符"
        )
        return
    if is_grace and not is_chord:
        state.grace_ends += 1
    elif not is_chord:
        state.grace_ends = 0
    element = found.get("voice")
    voice = (element.text or "1") if element is not None else "1"
    staff = 1
    if "staff" in found:
        staff = _read_staff(state, found["staff"].text)
    pitch, spelling = _find_pitch(state, found, start)
    if pitch < 0:
        return
    draft = None
    ties = ""
    if "tie" in found:
        ties = " ".join([one.get("type", "") for one in note.iterfind("tie")])
        if "stop" in ties:
            draft = _join(state, pitch, start, end, voice)
    if draft is None and pitch in state.open_ties and "lyric" not in found and not is_grace:
        draft = _join_unended(state, pitch, start, end, voice)
    if draft is None:
        grace = ""
        if is_grace:
            slash = found["grace"].get("slash")
            grace = "acciaccatura" if slash == "yes" else "appoggiatura"
        velocity = _read_velocity(state, note) if note.attrib else _USUAL_VELOCITY
        draft = NoteDraft(start, end, pitch, velocity, spelling, voice, staff, grace)
        state.notes.append(draft)
        if "stop" in ties:
            state.late_ties.setdefault(pitch, []).append(draft)
    if "start" in ties:
        late = state.late_ties.get(pitch)
        if not late or not _absorb(state, draft, late):
            state.open_ties.setdefault(pitch, []).append(draft)
    if is_chord:
        if state.chord:
            first = state.chord[0]
            draft.articulations = tuple(dict.fromkeys(draft.articulations + first.articulations))
        state.chord.append(draft)
    else:
        state.chord = [draft]
    if "notations" in found:
        for notations in note.iterfind("notations"):
            read_notations(state, notations, draft, start, end)
        if "time-modification" in found:
            _set_ratio(state, found)
    if "notehead" in found and found["notehead"].get("parentheses") == "yes":
        draft.articulations = (*draft.articulations, "ghost")
    if state.is_pizzicato and "pizzicato" not in draft.articulations:
        draft.articulations = (*draft.articulations, "pizzicato")
    if "lyric" in found:
        for lyric in note.iterfind("lyric"):
            read_lyric(state, lyric, start, voice, staff)


def _set_ratio(state: PartDraft, found: dict[str, Element]) -> None:
    """Give the tuplets that begin at this note the ratio of its time modification."""
    change = found.get("time-modification")
    if change is None:
        return
    for spans in (state.open_spans.values(), state.spans[-2:]):
        for span in spans:
            if span.kind == "tuplet" and not span.number:
                actual = read_number(change.findtext("actual-notes"), 1, 99)
                normal = read_number(change.findtext("normal-notes"), 1, 99)
                span.number = int(actual or 3) * 100 + int(normal or 2)


def _read_staff(state: PartDraft, text: str | None) -> int:
    number = read_number(text, 1, 64)
    staff = int(number) if number is not None else 1
    if staff > state.n_staves:
        state.n_staves = staff
    return staff


def _read_velocity(state: PartDraft, note: Element) -> int:
    """Return the velocity that a note says itself, or that stands for the dynamics."""
    if note.get("time-only"):
        state.journal.tell(
            "{n} notes that are for some repeats only were read for all",
            "{n} 个仅用于某次反复的音符按每次都奏读取",
        )
    loudness = read_number(note.get("dynamics"), 0, 1000)
    if loudness is None:
        return _USUAL_VELOCITY
    return max(1, min(127, round(loudness * 0.9)))


def _find_pitch(state: PartDraft, found: dict[str, Element], place: int) -> tuple[int, str]:
    """Return the sounding pitch and spelling of a note, pitch -1 when it has none."""
    element = found.get("pitch")
    if "instrument" in found:
        _set_instrument(state, found["instrument"].get("id") or "", place)
    if element is not None:
        key = tuple([child.text for child in element])
        pitch = state.pitches.get(key)
        if pitch is None:
            pitch = state.pitches[key] = read_pitch(element, state.transposition, state.journal)
        if pitch[0] < 0:
            state.journal.mend(
                "{n} notes of no pitch that exists were left out", "略去了 {n} 个音高不存在的音符"
            )
        return pitch
    element = found.get("unpitched")
    if element is None:
        state.journal.mend("{n} notes without a pitch were left out", "略去了 {n} 个没有音高的音符")
        return -1, ""
    instruments = state.head.instruments
    instrument = None
    if "instrument" in found:
        instrument = instruments.get(found["instrument"].get("id") or "")
    elif len(instruments) == 1:
        instrument = next(iter(instruments.values()))
    step = (element.findtext("display-step") or "") + (element.findtext("display-octave") or "")
    head = (found["notehead"].text or "normal") if "notehead" in found else "normal"
    key_found = choose_key(instrument, step, head)
    state.n_unpitched += 1
    if key_found < 0:
        state.journal.tell(
            "{n} strokes of an unknown drum were read as a side stick",
            "{n} 个不明鼓件的敲击按鼓边读取",
        )
        key_found = 37
    return key_found, ""


def _set_instrument(state: PartDraft, identity: str, place: int) -> None:
    """Take a change of instrument as a change of program."""
    if identity == state.instrument:
        return
    before = state.head.instruments.get(state.instrument)
    after = state.head.instruments.get(identity)
    if after is not None and after.program >= 0 and after.key < 0:
        if state.instrument and (before is None or before.program != after.program):
            state.programs.append((place, after.program))
        state.instrument = identity


def _join(state: PartDraft, pitch: int, start: int, end: int, voice: str) -> NoteDraft | None:
    """Return the note that a tied one goes on from, made longer; None when there is none yet.

    A note of a broken chord may be tied over other notes to the whole chord: it is held.
    """
    waiting = state.open_ties.get(pitch, ())
    best, best_rank = -1, 0
    for k, one in enumerate(waiting):
        measures = (start >> PLACE_BITS) - (one.end >> PLACE_BITS)
        if one.end == start or (measures == 1 and not start & _TICKS):
            rank = 3
        elif measures == 0 and one.end < start:
            rank = 1
        else:
            continue
        rank += one.voice == voice
        if rank >= best_rank:
            best, best_rank = k, rank
    if best < 0:
        return None
    draft = state.open_ties[pitch].pop(best)
    if draft.ties is None:
        draft.ties = []
    draft.ties.append(start)
    draft.end = end
    return draft


def _join_unended(
    state: PartDraft, pitch: int, start: int, end: int, voice: str
) -> NoteDraft | None:
    """Join the note that follows a tie at once in its voice, though it says nothing of the tie."""
    for one in state.open_ties[pitch]:
        is_next = one.end == start or (
            not start & _TICKS and (start >> PLACE_BITS) - (one.end >> PLACE_BITS) == 1
        )
        if is_next and one.voice == voice:
            state.journal.mend(
                "{n} ties without an end were joined to the same pitch that follows",
                "{n} 条没有终点的延音线已与紧随的同音相连",
            )
            return _join(state, pitch, start, end, voice)
    return None


def _absorb(state: PartDraft, draft: NoteDraft, later: list[NoteDraft]) -> bool:
    """Join a note to what it is tied to, where that was written before it in another voice."""
    after = next((one for one in later if one.onset >= draft.end), None)
    if after is None:
        return False
    later.remove(after)
    draft.ties = [*(draft.ties or ()), after.onset, *(after.ties or ())]
    draft.end = after.end
    draft.articulations = tuple(dict.fromkeys(draft.articulations + after.articulations))
    after.is_joined = True
    waiting = state.open_ties.get(draft.pitch, [])
    for k, one in enumerate(waiting):
        if one is after:
            waiting[k] = draft
    return True
