"""Titles, people and the list of parts."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from motet.io.notation.xml_head import head_xml, part_list_xml, short_name
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


def test_abbreviations() -> None:
    names = [short_name(Part(name=name)) for name in ("Piano", "Bass", "Nylon Guitar", "二胡")]
    assert names == ["Pno.", "Bass", "N. Guit.", "二胡"]
