"""Directions and sounds: tempo, words, rehearsal marks, dynamics, hairpins, pedal, jumps.

Conventions: words in italics are expressions; words that only name a jump (D.C., Fine) are the jump.

Source: MusicXML 4.0, elements direction and sound.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from motet.io.musicxml.draft import PartDraft, SpanDraft, left_out
from motet.io.musicxml.head import Instrument, element_text, read_midi_instrument, read_number

__all__ = ["read_direction", "read_offset", "read_sound", "take_lone_sound"]

_UNITS_QN = {
    "breve": 8.0, "whole": 4.0, "half": 2.0, "quarter": 1.0, "eighth": 0.5, "16th": 0.25,
    "32nd": 0.125, "64th": 0.0625,
}  # fmt: skip
_JUMPS = {"dacapo": "da-capo", "dalsegno": "dal-segno", "tocoda": "to-coda", "fine": "fine"}
_JUMP_WORDS = (
    (re.compile(r"d\.? ?c\.?|da capo", re.IGNORECASE), "da-capo"),
    (re.compile(r"d\.? ?s\.?|dal segno|dal s\.?", re.IGNORECASE), "dal-segno"),
    (re.compile(r"to coda|al coda", re.IGNORECASE), "to-coda"),
    (re.compile(r"fine", re.IGNORECASE), "fine"),
)
_AL = re.compile(r"\s*(al|alla|e poi|senza)\s+[\w .]*$", re.IGNORECASE)
_GROWING = re.compile(r"cresc", re.IGNORECASE)
_FADING = re.compile(r"dim\b|dim\.|dimin|decresc", re.IGNORECASE)
_OWN_RAMPS = frozenset({"rit.", "accel.", "a tempo"})
_LAYOUT = frozenset(
    {"footnote", "level", "staff", "voice", "offset", "listening", "direction-type"}
)
_KEYS = {
    "ppppp": 10, "pppp": 10, "ppp": 16, "pp": 33, "p": 49, "mp": 64, "mf": 80, "f": 96, "ff": 112,
    "fff": 126, "ffff": 127, "fffff": 127, "fp": 49,
}  # fmt: skip


def read_offset(state: PartDraft, element: Element) -> int:
    """Return the place of a direction or harmony: where reading is, moved by its offset.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> state = PartDraft("P1", PartHead("P1"), Head(), Journal(), 480, unit=480)
    >>> read_offset(state, fromstring("<direction><offset>2</offset></direction>"))
    960
    """
    offset = element.find("offset")
    if offset is None:
        return state.place
    number = read_number(offset.text, -1e9, 1e9)
    if number is None or not state.unit:
        return state.place
    moved = state.now + round(number * state.unit)
    return state.place_at(max(0, moved))


def read_direction(state: PartDraft, element: Element) -> None:
    """Take a direction into the state of its part.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> state = PartDraft("P1", PartHead("P1"), Head(), Journal(), 480)
    >>> read_direction(state, fromstring("<direction><direction-type><dynamics><mf/></dynamics>"
    ...                                  "</direction-type></direction>"))
    >>> state.dynamics
    [(0, 'mf', 1)]
    """
    place = read_offset(state, element)
    staff = int(read_number(element.findtext("staff"), 1, 64) or 1)
    sound = element.find("sound")
    words: list[tuple[str, bool]] = []
    tempo: float | None = None
    jumps: set[str] = set()
    dashes: Element | None = None
    for kind in element.iterfind("direction-type"):
        for child in kind:
            tag = child.tag
            if tag == "words":
                text = element_text(child)
                if text:
                    words.append((text, child.get("font-style") == "italic"))
            elif tag == "metronome":
                tempo = _read_metronome(state, child)
            elif tag == "dynamics":
                _read_dynamics(state, child, place, staff, sound)
            elif tag == "wedge":
                _read_wedge(state, child, place, staff)
            elif tag == "dashes":
                dashes = child
            elif tag == "pedal":
                _read_pedal(state, child, place, staff)
            elif tag == "octave-shift":
                _read_octave(state, child, place, staff)
            elif tag == "rehearsal":
                label = element_text(child)
                if label:
                    state.sections.append((place, label))
            elif tag in ("segno", "coda"):
                jumps.add(tag)
            elif tag not in ("symbol", "staff-divide"):
                left_out(state.journal, tag)
    if dashes is not None:
        _read_dashes(state, dashes, words, place, staff)
    if sound is not None:
        jumps |= read_sound(state, sound, place, has_sign=bool(jumps))
        told = read_number(sound.get("tempo"), 0, 1e6)
        tempo = tempo if told is None else told
        if told is None and sound.get("tempo"):
            _ignore_tempo(state)
    _take_words(state, element, place, words, tempo, jumps)
    for child in element:
        if child.tag not in _LAYOUT and child.tag != "sound":
            left_out(state.journal, child.tag)


def _take_words(
    state: PartDraft,
    element: Element,
    place: int,
    words: list[tuple[str, bool]],
    tempo: float | None,
    jumps: set[str],
) -> None:
    """Take words as the name of a tempo, as jumps, or as texts."""
    kept = []
    for text, is_italic in words:
        jump = _jump_of(text)
        if jump and (jump in jumps or not jumps):
            jumps.add(jump)
        elif text in ("N.C.", "N.C", "NC"):
            state.chords.append((place, "N.C."))
        else:
            kept.append((text, is_italic))
    for jump in sorted(jumps):
        at = place
        if jump not in ("segno", "coda") and place <= state.base:
            at = state.end_place()
        state.repeats.append((at, jump, 2))
    if tempo is not None:
        is_ramp = state.file.is_own and all(text in _OWN_RAMPS and it for text, it in kept)
        if is_ramp and element.find("direction-type/metronome") is None:
            kept = []
        name = " ".join(text for text, _ in kept)
        _add_tempo(state, place, tempo, name)
        return
    is_whole_score = element.get("system", "none") in ("only-top", "also-top")
    texts = state.score_texts if is_whole_score else state.texts
    for text, is_italic in kept:
        texts.append((place, text, "expression" if is_italic else "text"))


def _jump_of(text: str) -> str:
    """Return the jump that words are, empty when they are others."""
    plain = _AL.sub("", text.strip().rstrip(":"))
    for pattern, kind in _JUMP_WORDS:
        if pattern.fullmatch(plain):
            return kind
    return ""


def _add_tempo(state: PartDraft, place: int, qpm: float, text: str) -> None:
    if qpm <= 0:
        _ignore_tempo(state)
    elif not 3.58 <= qpm <= 60_000_000:
        state.journal.mend(
            "{n} tempos below 3.58 quarter notes a minute were raised to it",
            "{n} 个低于每分钟 3.58 拍的速度已提高到该值",
        )
        state.tempos.append((place, 3.58, text))
    else:
        state.tempos.append((place, qpm, text))


def _ignore_tempo(state: PartDraft) -> None:
    state.journal.mend("{n} tempos of no speed were ignored", "忽略了 {n} 个没有有效数值的速度")


def _read_metronome(state: PartDraft, element: Element) -> float | None:
    unit = _UNITS_QN.get((element.findtext("beat-unit") or "").strip())
    minute = re.search(r"\d+(?:\.\d+)?", element.findtext("per-minute") or "")
    number = read_number(minute[0], 0.001, 1e6) if minute is not None else None
    if unit is None or number is None or len(element.findall("beat-unit")) != 1:
        left_out(state.journal, "metronome")
        return None
    dots = len(element.findall("beat-unit-dot"))
    return number * unit * (2 - 0.5**dots)


def _read_dynamics(
    state: PartDraft, element: Element, place: int, staff: int, sound: Element | None
) -> None:
    names = [element_text(one) if one.tag == "other-dynamics" else one.tag for one in element]
    names = [name for name in names if name]
    if not names:
        return
    is_plain = all(name.isalpha() and len(name) < 5 for name in names)
    mark = ("" if is_plain else " ").join(names)
    state.dynamics.append((place, mark, staff))
    told = read_number(sound.get("dynamics"), 0, 1000) if sound is not None else None
    if told is not None:
        state.loudness.append((place, max(1, min(127, round(told * 0.9)))))
    elif mark in _KEYS:
        state.loudness.append((place, _KEYS[mark]))


def _open(state: PartDraft, key: tuple[str, str], span: SpanDraft) -> None:
    state.lines.setdefault(key, []).append((span.start, 1, span))


def _close(state: PartDraft, key: tuple[str, str], place: int) -> None:
    state.lines.setdefault(key, []).append((place, 0, None))


def _read_wedge(state: PartDraft, element: Element, place: int, staff: int) -> None:
    key = ("wedge", element.get("number", "1"))
    kind = element.get("type")
    if kind in ("crescendo", "diminuendo"):
        _open(state, key, SpanDraft(kind, place, 0, staff, "1"))
    elif kind == "stop":
        _close(state, key, place)


def _read_dashes(
    state: PartDraft,
    element: Element,
    words: list[tuple[str, bool]],
    place: int,
    staff: int,
) -> None:
    """Take a dashed line after "cresc." or "dim." as a hairpin; list others."""
    key = ("dashes", element.get("number", "1"))
    kind = element.get("type")
    text = " ".join(word for word, _ in words)
    if kind == "start":
        name = "crescendo" if _GROWING.search(text) else ""
        name = "diminuendo" if not name and _FADING.search(text) else name
        if not name:
            left_out(state.journal, "dashes")
        _open(state, key, SpanDraft(name, place, 0, staff, "1"))
    elif kind == "stop":
        _close(state, key, place)


def _read_pedal(state: PartDraft, element: Element, place: int, staff: int) -> None:
    key = ("pedal", element.get("number", "1"))
    kind = element.get("type")
    if kind in ("start", "sostenuto"):
        _open(state, key, SpanDraft("pedal", place, 0, staff, "1"))
    elif kind == "change":
        _close(state, key, place)
        _open(state, key, SpanDraft("pedal", place, 0, staff, "1"))
    elif kind == "stop":
        _close(state, key, place)


def _read_octave(state: PartDraft, element: Element, place: int, staff: int) -> None:
    key = ("octave", f"{element.get('number', '1')}/{staff}")
    kind = element.get("type")
    if kind in ("down", "up"):
        if element.get("size", "8") != "8":
            state.journal.tell(
                "{n} lines of two or three octaves are kept as octave lines; the pitches are right",
                "{n} 条两个或三个八度的移位线按八度线保留;音高无误",
            )
        name = "octave-up" if kind == "down" else "octave-down"
        _open(state, key, SpanDraft(name, place, 0, staff, "1"))
    elif kind == "stop":
        _close(state, key, place)


def read_sound(
    state: PartDraft, element: Element, place: int, *, has_sign: bool = False
) -> set[str]:
    """Take a sound element except its tempo, and return the jumps that it names.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> state = PartDraft("P1", PartHead("P1"), Head(), Journal(), 480, unit=480)
    >>> read_sound(state, fromstring('<sound dacapo="yes"/>'), 0)
    {'da-capo'}
    """
    jumps = {kind for name, kind in _JUMPS.items() if element.get(name)}
    if not has_sign:
        jumps |= {name for name in ("segno", "coda") if element.get(name)}
    if element.get("pizzicato") in ("yes", "no"):
        state.is_pizzicato = element.get("pizzicato") == "yes"
    for child in element:
        if child.tag == "midi-instrument":
            _change_program(state, child, place)
        elif child.tag == "instrument-change" or child.tag in ("play", "swing"):
            left_out(state.journal, child.tag)
    return jumps


def _change_program(state: PartDraft, element: Element, place: int) -> None:
    change = Instrument()
    read_midi_instrument(element, change)
    if change.program >= 0:
        state.programs.append((place, change.program))


def take_lone_sound(state: PartDraft, element: Element) -> None:
    """Take a sound element that stands in the measure itself.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> state = PartDraft("P1", PartHead("P1"), Head(), Journal(), 480, unit=480)
    >>> take_lone_sound(state, fromstring('<sound tempo="90"/>'))
    >>> state.tempos
    [(0, 90.0, '')]
    """
    place = read_offset(state, element)
    jumps = read_sound(state, element, place)
    for jump in sorted(jumps):
        at = place if jump in ("segno", "coda") or place > state.base else state.end_place()
        state.repeats.append((at, jump, 2))
    tempo = element.get("tempo")
    if tempo:
        told = read_number(tempo, 0, 1e6)
        if told is None:
            _ignore_tempo(state)
        else:
            _add_tempo(state, place, told, "")
    loudness = read_number(element.get("dynamics"), 0, 1000)
    if loudness is not None:
        state.loudness.append((place, max(1, min(127, round(loudness * 0.9)))))
