"""Note elements: order of children, ties, tuplets, marks."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace

from motet.io.musicxml_write import write_musicxml
from motet.io.notation.xml_note import xml_voice_number
from motet.score import Note, make_score

ORDER = [
    "grace", "chord", "pitch", "unpitched", "rest", "duration", "tie", "instrument", "voice", "type",
    "dot", "accidental", "time-modification", "stem", "notehead", "staff", "beam", "notations",
    "lyric",
]  # fmt: skip


def notes_of(score):
    return ET.fromstring(write_musicxml(score)).findall(".//note")


def test_children_come_in_the_order_of_the_format() -> None:
    score = make_score(
        "C#4:0.3333333 D4+F4:0.3333333 E4:0.3333333 C2+G5:1.5 D4:4", "drums 36+46:1 38:0.5", qpm=100
    )
    for note in notes_of(score):
        places = [ORDER.index(child.tag) for child in note]
        assert places == sorted(places)


def test_ties_are_said_twice() -> None:
    first, second = notes_of(make_score("r:3 C4:2"))[-4:-2]
    assert [tie.get("type") for tie in first.findall("tie")] == ["start"]
    assert [tie.get("type") for tie in second.findall("notations/tied")] == ["stop"]


def test_tuplets_have_ratio_and_bracket() -> None:
    notes = notes_of(make_score("C4:0.6666667 D4:0.3333333 E4:3"))
    assert notes[0].findtext("time-modification/actual-notes") == "3"
    assert notes[0].find("notations/tuplet").get("bracket") == "yes"
    assert notes[1].find("notations/tuplet").get("type") == "stop"


def test_two_voices_have_stems_apart() -> None:
    score = make_score("C5:4")
    low = tuple(replace(n, voice=2) for n in make_score("C4:1 D4:1 E4:2").parts[0].notes)
    score = score.with_parts(replace(score.parts[0], notes=score.parts[0].notes + low))
    stems = {note.findtext("voice"): note.findtext("stem") for note in notes_of(score)}
    assert stems == {"1": "up", "2": "down"}


def test_marks_and_grace_notes() -> None:
    score = make_score("C4:4")
    note = replace(
        score.parts[0].notes[0], articulations=("accent", "fermata"), ornaments=("trill",)
    )
    grace = Note(onset_tick=0, duration_tick=0, pitch=62, grace="acciaccatura")
    grace_xml, note_xml = notes_of(score.with_parts(replace(score.parts[0], notes=(grace, note))))
    assert grace_xml.find("grace").get("slash") == "yes"
    tags = [child.tag for child in note_xml.find("notations")]
    assert tags == ["ornaments", "articulations", "fermata"]


def test_ghost_notes_stand_in_brackets() -> None:
    score = make_score("drums 38:1")
    soft = replace(score.parts[0].notes[0], velocity=20)
    (note, *_) = notes_of(score.with_parts(replace(score.parts[0], notes=(soft,))))
    assert note.find("notehead").get("parentheses") == "yes"


def test_voice_numbers_do_not_collide() -> None:
    numbers = [xml_voice_number(staff, voice) for staff in (1, 2) for voice in (1, 2, 3, 4)]
    assert len(set(numbers)) == 8
