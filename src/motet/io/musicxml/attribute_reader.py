"""The attributes of a measure: divisions, key, metre, staves, clefs, transposition.

Conventions: keys are kept as they sound; a metre given inside a bar holds from the next bar.

Source: MusicXML 4.0, element attributes.
"""

from __future__ import annotations

import re
from fractions import Fraction
from xml.etree.ElementTree import Element

from motet.io.musicxml.draft import PartDraft, left_out
from motet.io.musicxml.head import read_number
from motet.io.musicxml.measure_time import PLACE_BITS, BarLine
from motet.io.musicxml.pitch_table import read_transposition

__all__ = ["read_attributes", "read_time"]

_LINES = {"G": 2, "F": 4, "C": 3}
_LAYOUT = frozenset({"footnote", "level", "part-symbol", "instruments"})


def read_attributes(state: PartDraft, element: Element) -> None:
    """Take an attributes element into the state of its part.

    Raises
    ------
    FormatError
        Divisions or a metre are zero, negative or no number.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> state = PartDraft("P1", PartHead("P1"), Head(), Journal(), 480)
    >>> read_attributes(state, fromstring("<attributes><divisions>4</divisions></attributes>"))
    >>> state.unit
    120
    """
    fifths_before = state.transposition
    transpose = element.find("transpose")
    if transpose is not None:  # before the key, which is written
        _read_transpose(state, transpose)
    for child in element:
        tag = child.tag
        if tag == "divisions":
            _read_divisions(state, child.text)
        elif tag == "key":
            _read_key(state, child)
        elif tag == "time":
            _read_metre(state, child)
        elif tag == "staves":
            number = read_number(child.text, 1, 64)
            if number is not None:
                state.n_staves = max(state.n_staves, int(number))
        elif tag == "clef":
            _read_clef(state, child)
        elif tag == "measure-style":
            for style in child:
                if style.tag != "multiple-rest" and style.get("type") != "stop":
                    left_out(state.journal, style.tag)
        elif tag == "staff-details":
            if child.find("staff-tuning") is not None:
                left_out(state.journal, "staff-tuning")
        elif tag not in ("transpose", *_LAYOUT):
            left_out(state.journal, tag)
    if fifths_before != state.transposition:
        state.pitches.clear()


def _read_divisions(state: PartDraft, text: str | None) -> None:
    number = read_number(text, 0, 1e9)
    if not number:
        raise state.journal.refusal(
            f"divisions is {text!r}; it must be the number of parts of a quarter note, above 0",
            f"divisions 为 {text!r};应为大于 0 的数(四分音符的细分数)",
        )
    unit = Fraction(state.resolution) / Fraction(text or "1")
    state.unit = unit.numerator if unit.denominator == 1 else unit
    state.durations.clear()


def _read_transpose(state: PartDraft, element: Element) -> None:
    found = read_transposition(element)
    if found is None:
        state.journal.mend(
            "{n} transpositions that make no sense were ignored", "忽略了 {n} 个无意义的移调"
        )
        return
    if element.find("double") is not None:
        left_out(state.journal, "double")
    state.transposition = found
    state.transpositions.append(found[0])
    if len(set(state.transpositions)) > 1 and state.transpositions[-2:][0] != found[0]:
        state.journal.tell(
            "{n} changes of transposition: all notes sound right, the first one is shown",
            "{n} 次移调变更:音高都按实际音高,记谱保留最初的移调",
        )


def _read_key(state: PartDraft, element: Element) -> None:
    if (element.get("number") or "1") != "1":
        return
    if state.file.is_own and element.get("print-object") == "no":
        return  # Motet hides a key where the score has none
    text = element.findtext("fifths")
    if text is None:
        left_out(state.journal, "key-step")
        return
    written = read_number(text, -14, 14)
    mode = (element.findtext("mode") or "").strip().lower()
    if written is None:
        state.journal.mend("{n} keys that cannot be were ignored", "忽略了 {n} 个不可能的调号")
        return
    fifths = int(written) + state.transposition[1]
    if abs(fifths) > 7:
        fifths += -12 if fifths > 0 else 12
    if abs(fifths) > 7:
        state.journal.mend("{n} keys that cannot be were ignored", "忽略了 {n} 个不可能的调号")
        return
    state.keys.append((state.place, fifths, "" if mode == "none" else mode))


def _read_metre(state: PartDraft, element: Element) -> None:
    if (element.get("number") or "1") != "1":
        return
    index = state.base >> PLACE_BITS
    if state.now:
        state.journal.mend(
            "{n} metres inside a bar hold from the next bar on",
            "{n} 个写在小节中间的拍号自下一小节起生效",
        )
        index += 1
    found = read_time(state, element, index << PLACE_BITS)
    if found is not None:
        state.metres.append(found)


def read_time(state: PartDraft, element: Element, place: int) -> BarLine | None:
    """Return a metre that holds from a place on; None when the score cannot hold it.

    Raises
    ------
    FormatError
        Beats or beat type are zero, negative or no number.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> from motet.io.musicxml.head import Head, PartHead
    >>> from motet.io.musicxml.journal import Journal
    >>> state = PartDraft("P1", PartHead("P1"), Head(), Journal(), 480)
    >>> xml = "<time><beats>3+2</beats><beat-type>8</beat-type></time>"
    >>> found = read_time(state, fromstring(xml), 0)
    >>> found.numerator, found.denominator, found.groups
    (5, 8, (3, 2))
    """
    before = state.metres[-1] if state.metres else BarLine(0, 4, 4)
    if element.find("interchangeable") is not None:
        left_out(state.journal, "interchangeable")
    if element.find("senza-misura") is not None:
        return BarLine(place, before.numerator, before.denominator, symbol="none")
    pairs: list[tuple[list[int], int]] = []
    tops = element.findall("beats")
    bottoms = element.findall("beat-type")
    for top, bottom in zip(tops, bottoms, strict=False):
        counts = [read_number(one, 0.001, 255) for one in re.split(r"[+]", top.text or "")]
        unit = read_number(bottom.text, 1, 1024)
        if None in counts or unit is None or unit != int(unit):
            raise state.journal.refusal(
                f"a metre is {(top.text or '')[:20]}/{(bottom.text or '')[:20]}; beats and beat "
                "type must be above 0",
                f"拍号为 {(top.text or '')[:20]}/{(bottom.text or '')[:20]};分子与分母应大于 0",
            )
        if any(one != int(one or 0) for one in counts):
            _ignore_metre(state)
            return None
        pairs.append(([int(one or 0) for one in counts], int(unit)))
    if not pairs:
        raise state.journal.refusal("a metre has no beats", "拍号没有分子")
    bottom_unit = max(unit for _, unit in pairs)
    if bottom_unit not in (1, 2, 4, 8, 16, 32, 64) or any(bottom_unit % unit for _, unit in pairs):
        _ignore_metre(state)
        return None
    groups: list[int] = []
    for counts_here, unit in pairs:
        times = bottom_unit // unit
        if len(pairs) > 1 and len(counts_here) == 1 and times > 1:
            groups += [times] * counts_here[0]  # 2/4 within 3/8+2/4: two beats of two eighths
        else:
            groups += [count * times for count in counts_here]
    numerator = sum(groups)
    if numerator > 255:
        _ignore_metre(state)
        return None
    symbol = element.get("symbol", "")
    if symbol not in ("common", "cut"):
        symbol = ""
    if state.file.is_own and element.get("print-object") == "no":
        symbol = "none"  # Motet hides the metre of unmetred music, for readers that need one
    return BarLine(place, numerator, bottom_unit, tuple(groups) if len(groups) > 1 else (), symbol)


def _ignore_metre(state: PartDraft) -> None:
    state.journal.mend(
        "{n} metres that a score cannot hold were ignored; their bars keep their lengths",
        "忽略了 {n} 个乐谱无法表示的拍号;小节保持原有长度",
    )


def _read_clef(state: PartDraft, element: Element) -> None:
    sign = (element.findtext("sign") or "").strip()
    number = read_number(element.get("number") or "1", 1, 64)
    line = read_number(element.findtext("line"), 1, 5)
    octave = read_number(element.findtext("clef-octave-change") or "0", -3, 3)
    if sign not in ("G", "F", "C", "percussion") or number is None:
        if sign != "none":
            state.journal.tell(
                "{n} clefs other than G, F, C and percussion (such as TAB) were left out",
                "略去了 {n} 个 G、F、C 与打击乐以外的谱号(如六线谱)",
            )
        return
    staff = int(number)
    clef = (sign, int(line or _LINES.get(sign, 2)), int(octave or 0), staff)
    before = next((one for one in reversed(state.clefs) if one[4] == staff), None)
    if before is None or before[1:] != clef:
        place = state.place
        if before is None and not place & ((1 << PLACE_BITS) - 1) and not place >> PLACE_BITS:
            place = 0
        state.clefs.append((place, *clef))
