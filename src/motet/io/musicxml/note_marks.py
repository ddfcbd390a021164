"""What hangs on a note: ties, slurs, tuplets, articulations, ornaments, lyrics.

Conventions: articulations belong to the whole chord; a slur lasts to the end of its last note.

Source: MusicXML 4.0, elements notations and lyric.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from motet.io.musicxml.draft import NoteDraft, PartDraft, SpanDraft, left_out
from motet.io.musicxml.head import read_number

__all__ = ["read_lyric", "read_notations"]

_MARKS = {
    "staccato": "staccato", "tenuto": "tenuto", "accent": "accent", "strong-accent": "marcato",
    "staccatissimo": "staccatissimo", "spiccato": "staccatissimo", "detached-legato": "portato",
    "scoop": "scoop", "plop": "plop", "doit": "doit", "falloff": "fall",
    "breath-mark": "breath", "caesura": "caesura",
    "up-bow": "up-bow", "down-bow": "down-bow", "open-string": "open-string", "open": "open-string",
    "harmonic": "harmonic", "stopped": "stopped", "snap-pizzicato": "snap-pizzicato",
}  # fmt: skip
_ORNAMENTS = {
    "trill-mark": "trill", "mordent": "mordent", "inverted-mordent": "inverted-mordent",
    "turn": "turn", "inverted-turn": "inverted-turn", "delayed-turn": "turn",
    "delayed-inverted-turn": "inverted-turn", "shake": "shake", "schleifer": "schleifer",
}  # fmt: skip


def read_notations(
    state: PartDraft, element: Element, draft: NoteDraft | None, start: int, end: int
) -> None:
    """Take the notations of a note or a rest (``draft`` None) that lasts from place to place.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> state = PartDraft("P1", PartHead("P1"), Head(), Journal(), 480, unit=480)
    >>> one = NoteDraft(0, 480, 60, 0, "C", "1", 1, "")
    >>> read_notations(state, fromstring("<notations><fermata/></notations>"), one, 0, 480)
    >>> one.articulations
    ('fermata',)
    """
    for child in element:
        tag = child.tag
        if tag in ("tied", "footnote", "level"):
            continue
        if tag == "tuplet":
            _read_tuplet(state, child, draft, start, end)
        elif draft is None:
            left_out(state.journal, f"{tag} on a rest")
        elif tag == "slur":
            _read_slur(state, child, draft, start)
        elif tag in ("articulations", "technical"):
            for mark in child:
                _read_mark(state, mark, draft)
        elif tag == "ornaments":
            for mark in child:
                _read_ornament(state, mark, draft)
        elif tag == "fermata":
            _add_mark(state, draft, "fermata")
        elif tag == "arpeggiate":
            _add_ornament(draft, "arpeggio")
        elif tag in ("glissando", "slide"):
            if child.get("type") != "stop":
                _add_ornament(draft, "glissando")
        elif tag == "dynamics":
            state.dynamics.extend((start, mark.tag, draft.staff) for mark in child)
        else:
            left_out(state.journal, tag)


def _read_mark(state: PartDraft, mark: Element, draft: NoteDraft) -> None:
    name = _MARKS.get(mark.tag)
    if mark.tag == "other-technical" and (mark.text or "").strip().startswith("pizz"):
        name = "pizzicato"
    if name is None:
        left_out(state.journal, mark.tag)
    else:
        _add_mark(state, draft, name)


def _add_mark(state: PartDraft, draft: NoteDraft, name: str) -> None:
    for one in state.chord if draft in state.chord else (draft,):
        if name not in one.articulations:
            one.articulations = (*one.articulations, name)


def _add_ornament(draft: NoteDraft, name: str) -> None:
    if name not in draft.ornaments:
        draft.ornaments = (*draft.ornaments, name)


def _read_ornament(state: PartDraft, mark: Element, draft: NoteDraft) -> None:
    name = _ORNAMENTS.get(mark.tag)
    if name is not None:
        _add_ornament(draft, name)
    elif mark.tag == "wavy-line":
        _read_wavy_line(state, mark, draft)
    elif mark.tag != "tremolo":
        left_out(state.journal, mark.tag)
    elif mark.get("type", "single") == "single":
        strokes = read_number(mark.text or "3", 1, 8)
        if strokes is None:
            left_out(state.journal, "tremolo")
        else:
            _add_ornament(draft, f"tremolo-{min(3, int(strokes))}")
    elif mark.get("type") == "start":
        state.journal.tell(
            "{n} tremolos between two notes were read as the two notes",
            "{n} 个双音震音按两个音符读取",
        )


def _read_wavy_line(state: PartDraft, mark: Element, draft: NoteDraft) -> None:
    key = ("trill-line", mark.get("number", "1"))
    kind = mark.get("type")
    if kind == "start":
        state.open_spans[key] = SpanDraft(
            "trill-line", draft.onset, 0, draft.staff, draft.voice, last=draft
        )
    elif kind == "stop":
        span = state.open_spans.pop(key, None)
        if span is not None:
            span.last = draft
            state.spans.append(span)


def _read_slur(state: PartDraft, element: Element, draft: NoteDraft, start: int) -> None:
    key = ("slur", element.get("number", "1"))
    kind = element.get("type")
    if kind == "start":
        span = SpanDraft("slur", start, 0, draft.staff, draft.voice, last=draft)
        early = state.early_stops.get(key)
        if early is not None and early.onset >= start:
            span.last = state.early_stops.pop(key)
            state.spans.append(span)
            return
        if key in state.open_spans:
            _tell_open_slur(state)
        state.open_spans[key] = span
    elif kind == "stop":
        found = state.open_spans.pop(key, None)
        if found is None:
            if key in state.early_stops:
                _tell_open_slur(state)
            state.early_stops[key] = draft
        else:
            found.last = draft
            state.spans.append(found)


def _tell_open_slur(state: PartDraft) -> None:
    state.journal.mend("{n} slurs without an end were left out", "略去了 {n} 条没有终点的连线")


def _read_tuplet(
    state: PartDraft, element: Element, draft: NoteDraft | None, start: int, end: int
) -> None:
    key = ("tuplet", element.get("number", "1"))
    if element.get("type") == "start":
        staff, voice = (draft.staff, draft.voice) if draft is not None else (1, "1")
        state.open_spans[key] = SpanDraft("tuplet", start, end, staff, voice, _ratio(element))
    elif element.get("type") == "stop":
        span = state.open_spans.pop(key, None)
        if span is not None and end > span.start:
            span.end = end
            state.spans.append(span)


def _ratio(element: Element) -> int:
    """Return the ratio that a tuplet element says itself, 0 when it leaves that to its notes."""
    actual = read_number(element.findtext("tuplet-actual/tuplet-number"), 1, 99)
    normal = read_number(element.findtext("tuplet-normal/tuplet-number"), 1, 99)
    return int(actual) * 100 + int(normal) if actual and normal else 0


def read_lyric(state: PartDraft, element: Element, place: int, voice: str, staff: int) -> None:
    """Take one syllable; two that share a note are joined by an undertie.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> state = PartDraft("P1", PartHead("P1"), Head(), Journal(), 480, unit=480)
    >>> read_lyric(state, fromstring("<lyric><text>la</text></lyric>"), 0, "1", 1)
    >>> state.lyrics
    [(0, 'la', '1', 'single', False, '1', 1)]
    """
    words: list[str] = []
    kinds: list[str] = []
    is_extended = False
    for child in element:
        tag = child.tag
        if tag == "text":
            words.append(child.text or "")
        elif tag == "syllabic":
            kinds.append((child.text or "").strip())
        elif tag == "elision":
            words.append(child.text or "‿")
        elif tag == "extend":
            is_extended = child.get("type", "start") == "start"
        elif tag in ("laughing", "humming"):
            left_out(state.journal, tag)
    text = "".join(words)
    if not text.strip():
        return
    goes_on = bool(kinds) and kinds[-1] in ("begin", "middle")
    came_on = bool(kinds) and kinds[0] in ("middle", "end")
    syllabic = (("single", "begin"), ("end", "middle"))[came_on][goes_on]
    number = element.get("number") or element.get("name") or "1"
    state.lyrics.append((place, text, number, syllabic, is_extended, voice, staff))
