"""Held common tones stay in print."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from motet.io.musicxml_write import write_musicxml
from motet.io.notation.grid import ReadingGrid
from motet.io.notation.held import carry_held
from motet.io.notation.metre import UNITS_PER_QN as QN
from motet.io.notation.voice import read_voices
from motet.score import Lyric, Note, Part, Score


def note(onset: float, duration: float, pitch: int) -> Note:
    return Note(onset_tick=round(onset * 480), duration_tick=round(duration * 480), pitch=pitch)


# E is held while C moves to D; the ends are a player's, not exact.
COMMON_TONE = (note(0, 7.9, 64), note(0, 3.93, 60), note(4, 3.88, 62))


def pad(notes: tuple[Note, ...], **more) -> Part:
    return Part(name="Organ", notes=notes, **{"program": 16, "role": "pad", **more})


def events(part: Part) -> list[tuple[float, float, list[int], list[int], list[int]]]:
    lines, _ = read_voices(part, ReadingGrid(Score(parts=(part,))))
    assert list(lines) == [(1, 1)]
    return [
        (e.start / QN, e.end / QN, [n.pitch for n in e.notes], [*e.tied_in], [*e.tied_out])
        for e in lines[1, 1]
    ]


def test_a_held_tone_is_tied_into_the_next_chord() -> None:
    assert events(pad(COMMON_TONE)) == [
        (0, 4, [60, 64], [], [64]),
        (4, 8, [62, 64], [64], []),
    ]


def test_in_xml_only_the_held_note_is_tied() -> None:
    root = ET.fromstring(write_musicxml(Score(parts=(pad(COMMON_TONE),))))
    bars = [
        [
            (n.findtext("pitch/step"), [tie.get("type") for tie in n.findall("tie")])
            for n in bar.findall("note")
        ]
        for bar in root.iter("measure")
    ]
    assert bars == [[("C", []), ("E", ["start"])], [("D", []), ("E", ["stop"])]]


def test_a_tone_may_be_held_over_several_chords() -> None:
    notes = (note(0, 4, 67), *(note(k, 1, 60 + k) for k in range(4)))
    found = events(pad(notes))
    assert [(pitches, ins) for _, _, pitches, ins, _ in found] == [
        ([60, 67], []), ([61, 67], [67]), ([62, 67], [67]), ([63, 67], [67]),
    ]  # fmt: skip


def test_legato_is_cut_and_so_is_what_stops_before_half_of_the_next_chord() -> None:
    for over in (0.2, 0.4, 1.5):
        found = events(pad((note(0, 4 + over, 64), note(4, 4, 62))))
        assert [pitches for _, _, pitches, _, _ in found] == [[64], [62]]


def test_a_tone_struck_again_is_not_tied() -> None:
    found = events(pad((note(0, 5, 64), note(0, 4, 60), note(4, 4, 64))))
    assert found == [(0, 4, [60, 64], [], []), (4, 8, [64], [], [])]


def test_plucked_strings_ring_and_are_not_tied() -> None:
    grid = ReadingGrid(Score(parts=(pad(COMMON_TONE),)))
    read = grid.read_part(pad(COMMON_TONE))
    for program, n_held in ((24, 0), (0, 1), (16, 1), (48, 1)):
        assert len(carry_held([read[:2], read[2:]], program)[1]) == n_held


def test_a_syllable_belongs_to_the_note_that_begins() -> None:
    part = pad(COMMON_TONE, lyrics=(Lyric(tick=0, text="one"), Lyric(tick=1920, text="two")))
    root = ET.fromstring(write_musicxml(Score(parts=(part,))))
    assert [[x.text for x in bar.iter("text")] for bar in root.iter("measure")] == [
        ["one"],
        ["two"],
    ]
