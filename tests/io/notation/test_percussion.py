"""The drum kit on its staff."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

from motet.io.musicxml_write import write_musicxml
from motet.io.notation.grid import ReadingGrid
from motet.io.notation.metre import UNITS_PER_QN as QN
from motet.io.notation.percussion import KIT, read_drums
from motet.score import Note, Part, Score, make_score


def test_general_midi_is_covered_and_on_the_staff() -> None:
    assert set(range(35, 82)) <= set(KIT)
    assert {stroke.step[0] for stroke in KIT.values()} <= set("ABCDEFG")


def test_usual_places() -> None:
    places = {key: (KIT[key].step, KIT[key].head) for key in (36, 38, 42, 49, 51)}
    assert places == {
        36: ("F4", "normal"),
        38: ("C5", "normal"),
        42: ("G5", "x"),
        49: ("A5", "x"),
        51: ("F5", "x"),
    }


def test_hands_up_feet_down_and_values_to_the_next_stroke() -> None:
    score = make_score("drums 36+42:0.5 42:0.5 38+42:0.5 42:0.5 36+42:0.5 42:0.5 38+42:0.5 42:0.5")
    lines = read_drums(score.parts[0], ReadingGrid(score))
    assert [(e.start / QN, e.end / QN) for e in lines[1, 1]] == [
        (k / 2, k / 2 + 0.5) for k in range(8)
    ]
    assert [(e.start / QN, e.end / QN) for e in lines[1, 2]] == [(0, 1), (2, 3)]


def test_feet_alone_are_not_a_second_voice() -> None:
    score = make_score("drums 36:1 36:1 36:1 36:1")
    assert list(read_drums(score.parts[0], ReadingGrid(score))) == [(1, 1)]


def test_ghosts_and_flams() -> None:
    notes = (
        Note(onset_tick=0, duration_tick=60, pitch=38, velocity=30),
        Note(onset_tick=455, duration_tick=60, pitch=38, velocity=50),
        Note(onset_tick=482, duration_tick=60, pitch=38, velocity=110),
    )
    part = Part(notes=notes, is_drums=True)
    score = Score(parts=(part,), length_tick=1920)
    ghost, flam = read_drums(part, ReadingGrid(score))[1, 1]
    assert ghost.ghosts == {38}
    assert ([n.velocity for n in flam.graces], [n.velocity for n in flam.notes]) == ([50], [110])


def test_one_line_holds_one_head_and_crash_and_hat_share_a_stem() -> None:
    score = make_score("drums 49+42+46+38+40:1 42:1")
    first, second = read_drums(score.parts[0], ReadingGrid(score))[1, 1]
    assert [KIT[n.pitch].step for n in first.notes] == ["C5", "G5", "A5"]
    assert (first.start, first.end, second.start) == (0, QN, QN)


def test_clap_and_tambourine_stand_clear_of_snare_and_hat() -> None:
    places = [int(KIT[k].step[1]) * 7 + "CDEFGAB".index(KIT[k].step[0]) for k in (39, 38, 54, 42)]
    assert all(high - low >= 2 for low, high in pairwise(places))


def test_the_feet_show_no_rests() -> None:
    root = ET.fromstring(write_musicxml(make_score("drums 42:1 42:1 36+42:1 42:1")))
    rests = [n for n in root.iter("note") if n.find("rest") is not None]
    assert rests == []
    assert [one.findtext("voice") for one in root.iter("forward")] == ["2", "2"]
