"""Titles, people and the list of parts."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from motet.io.notation.xml_head import head_xml, part_list_xml
from motet.score import Note, Part, Score


def test_credits_in_any_script() -> None:
    text = "".join(
        head_xml(Score(title="茉莉花 <1>", composer="民歌", lyricist="x", copyright="y"))
    )
    tree = ET.fromstring(f"<s>{text}</s>")
    assert tree.findtext("work/work-title") == "茉莉花 <1>"
    assert [one.get("type") for one in tree.iter("creator")] == ["composer", "lyricist"]
    assert len(tree.findall("credit")) == 4


def test_neighbours_of_a_section_share_a_bracket() -> None:
    parts = tuple(Part(name=str(k), role="strings", program=48) for k in range(3))
    tree = ET.fromstring(part_list_xml((Part(name="Flute"), *parts, Part(name="Bass"))))
    assert [child.tag for child in tree] == [
        "score-part", "part-group", "score-part", "score-part", "score-part", "part-group",
        "score-part",
    ]  # fmt: skip


def test_each_drum_has_an_instrument() -> None:
    notes = tuple(Note(onset_tick=0, duration_tick=1, pitch=pitch) for pitch in (36, 42, 42))
    tree = ET.fromstring(part_list_xml((Part(name="Drums", is_drums=True, notes=notes),)))
    assert [one.text for one in tree.iter("midi-unpitched")] == ["37", "43"]
    assert {one.text for one in tree.iter("midi-channel")} == {"10"}


def test_families_side_by_side_share_a_bracket() -> None:
    programs = (73, 71, 56, 57, 0, 40, 42)  # flute, clarinet, trumpet, trombone, piano, strings
    parts = tuple(Part(name=f"P{k}", program=program) for k, program in enumerate(programs))
    tree = ET.fromstring(part_list_xml(parts))
    shape = [child.get("type") or child.findtext("part-name") for child in tree]
    assert shape == [
        "start", "P0", "P1", "stop", "start", "P2", "P3", "stop", "P4", "start", "P5", "P6", "stop",
    ]  # fmt: skip


def test_the_bracket_of_a_quartet_begins_with_its_first_violin() -> None:
    rows = (("Violin 1", 40, "melody"), ("Violin 2", 40, "counter"), ("Viola", 41, "counter"),
            ("Cello", 42, "bass"))  # fmt: skip
    parts = tuple(Part(name=name, program=program, role=role) for name, program, role in rows)
    tree = ET.fromstring(part_list_xml(parts))
    shape = [child.get("type") or child.findtext("part-name") for child in tree]
    assert shape == ["start", "Violin 1", "Violin 2", "Viola", "Cello", "stop"]


def test_one_of_a_family_has_no_bracket() -> None:
    parts = (Part(name="Sax", program=65, role="melody"), Part(name="Flute", program=73))
    assert ET.fromstring(part_list_xml(parts)).findall("part-group") == []
