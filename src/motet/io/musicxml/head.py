"""The head of a MusicXML file: titles, people, rights, the list of parts and their instruments.

Conventions: programs, channels and keys are as in the score (from 0), not as in the file (from 1).

Source: MusicXML 4.0, elements work, identification, credit and part-list.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from motet.io.limits import MAX_PARTS
from motet.io.musicxml.journal import Journal

__all__ = [
    "Head",
    "Instrument",
    "PartHead",
    "element_text",
    "read_head",
    "read_midi_instrument",
    "read_number",
]


@dataclass(slots=True)
class Instrument:
    """One instrument of a part; ``key`` is the percussion key, -1 for a pitched one."""

    name: str = ""
    program: int = -1
    channel: int = -1
    bank: int = 0
    key: int = -1
    volume_cc: int = -1
    pan_cc: int = -1


@dataclass(slots=True)
class PartHead:
    """What the part list says about a part."""

    identity: str
    name: str = ""
    abbreviation: str = ""
    instruments: dict[str, Instrument] = field(default_factory=dict)


@dataclass(slots=True)
class Head:
    """Titles, people and the list of parts. ``is_own``: written by Motet; ``record``: what it holds."""

    title: str = ""
    subtitle: str = ""
    composer: str = ""
    lyricist: str = ""
    copyright: str = ""
    is_own: bool = False
    record: bytes = b""
    parts: dict[str, PartHead] = field(default_factory=dict)


def element_text(element: Element | None) -> str:
    """Return the text of an element with blanks made single, empty when there is none.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> element_text(fromstring("<a> Les  Sylphes </a>"))
    'Les Sylphes'
    """
    return " ".join((element.text or "").split()) if element is not None else ""


def read_number(text: str | None, low: float, high: float) -> float | None:
    """Return a finite number within bounds, or None.

    Examples
    --------
    >>> read_number(" 12.5", 0, 100), read_number("nan", 0, 1), read_number("7", 0, 1)
    (12.5, None, None)
    """
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if low <= number <= high else None


def read_head(elements: list[Element], *, journal: Journal) -> Head:
    """Return what stands before the music.

    Parameters
    ----------
    elements : list of Element
        Children of the root before the first part or measure.
    journal : Journal

    Returns
    -------
    Head

    Raises
    ------
    FormatError
        There are too many parts.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> work = fromstring("<work><work-title>Air</work-title></work>")
    >>> read_head([work], journal=Journal()).title
    'Air'
    """
    head = Head()
    work = movement = ""
    printed: dict[str, str] = {}
    for element in elements:
        tag = element.tag
        if tag == "work":
            work = element_text(element.find("work-title"))
        elif tag == "movement-title":
            movement = element_text(element)
        elif tag == "identification":
            _read_people(element, head, journal)
        elif tag == "credit":
            _read_credit(element, printed)
        elif tag == "part-list":
            _read_parts(element, head, journal)
    head.title = printed.pop("title", "") or movement or work
    head.subtitle = printed.pop("subtitle", "")
    if not head.subtitle and movement and work and head.title == movement and work != movement:
        head.subtitle = work
    for kind in ("composer", "lyricist"):
        if not getattr(head, kind):
            setattr(head, kind, printed.get(kind, ""))
    head.copyright = head.copyright or printed.get("rights", "")
    known = {head.title, head.subtitle, head.composer, head.lyricist, head.copyright, work}
    others = [text for text in printed.values() if text and text not in known]
    if others:
        journal.tell(
            "{n} other lines of the printed head were left out",
            "略去了标题页上的其他 {n} 行文字",
            n=len(others),
        )
    return head


def _read_people(element: Element, head: Head, journal: Journal) -> None:
    others = 0
    for creator in element.findall("creator"):
        kind, name = creator.get("type", "composer"), element_text(creator)
        if not name:
            continue
        field_name = {"poet": "lyricist"}.get(kind, kind)
        if field_name in ("composer", "lyricist"):
            before = getattr(head, field_name)
            setattr(head, field_name, f"{before}, {name}" if before else name)
        else:
            others += 1
    if others:
        journal.tell(
            "{n} people other than composer and lyricist were left out",
            "略去了作曲者与作词者以外的 {n} 位人名",
            n=others,
        )
    head.copyright = "; ".join(filter(None, map(element_text, element.findall("rights"))))
    software = [element_text(one) for one in element.findall("encoding/software")]
    head.is_own = "Motet" in software
    for held in element.findall("miscellaneous/miscellaneous-field"):
        if held.get("name") == "motet-record":
            try:
                head.record = base64.b64decode("".join((held.text or "").split()), validate=True)
            except (binascii.Error, ValueError):
                head.record = b"?"


def _read_credit(element: Element, printed: dict[str, str]) -> None:
    words = " ".join(filter(None, map(element_text, element.findall("credit-words"))))
    kinds = [element_text(one) for one in element.findall("credit-type")] or [f"#{len(printed)}"]
    for kind in kinds:
        printed.setdefault(kind, words)


def _read_parts(element: Element, head: Head, journal: Journal) -> None:
    for one in element.findall("score-part"):
        identity = one.get("id") or ""
        part = PartHead(
            identity,
            name=element_text(one.find("part-name")),
            abbreviation=element_text(one.find("part-abbreviation")),
        )
        for item in one.findall("score-instrument"):
            name = element_text(item.find("instrument-name"))
            part.instruments[item.get("id") or ""] = Instrument(name=name)
        for item in one.findall("midi-instrument"):
            instrument = part.instruments.setdefault(item.get("id") or "", Instrument())
            read_midi_instrument(item, instrument)
        part.name = part.name or next((i.name for i in part.instruments.values()), "")
        head.parts[identity] = part
        if len(head.parts) > MAX_PARTS:
            raise journal.refusal(
                f"the file has more than {MAX_PARTS:,} parts; that many are not read",
                f"文件的声部超过 {MAX_PARTS:,} 个,不予读取",
            )


def read_midi_instrument(item: Element, instrument: Instrument) -> None:
    """Take the sound of an instrument from a midi-instrument element.

    Examples
    --------
    >>> from xml.etree.ElementTree import fromstring
    >>> flute = Instrument()
    >>> read_midi_instrument(fromstring("<m><midi-program>74</midi-program></m>"), flute)
    >>> flute.program
    73
    """
    for child in item:
        number = read_number(child.text, -180, 16384)
        if number is None:
            continue
        if child.tag == "midi-program" and 1 <= number <= 128:
            instrument.program = int(number) - 1
        elif child.tag == "midi-channel" and 1 <= number <= 16:
            instrument.channel = int(number) - 1
        elif child.tag == "midi-bank" and number >= 1:
            instrument.bank = int(number) - 1
        elif child.tag == "midi-unpitched" and 1 <= number <= 128:
            instrument.key = int(number) - 1
        elif child.tag == "volume" and 0 <= number <= 100:
            instrument.volume_cc = round(number * 1.27)
        elif child.tag == "pan" and -180 <= number <= 180:
            side = number if abs(number) <= 90 else (180 - abs(number)) * (1 if number > 0 else -1)
            instrument.pan_cc = max(0, min(127, round(64 + side * 64 / 90)))
