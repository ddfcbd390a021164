"""Voices, verses and velocities of a part."""

from collections import Counter

from motet.io.musicxml.part_build import number_voices
from musicxml_text import note, read_bars


def test_voices_of_four_a_staff_keep_their_numbers():
    counts = Counter({(1, "1"): 5, (1, "3"): 5, (2, "6"): 5})
    assert number_voices(counts) == {(1, "1"): 1, (1, "3"): 3, (2, "6"): 2}


def test_other_voices_are_numbered_in_their_staff():
    counts = Counter({(1, "a"): 5, (1, "b"): 5, (2, "c"): 5})
    assert number_voices(counts) == {(1, "a"): 1, (1, "b"): 2, (2, "c"): 1}


def test_a_voice_that_crosses_over_does_not_meet_the_one_at_home():
    counts = Counter({(1, "1"): 9, (2, "5"): 9, (2, "1"): 2, (1, "5"): 1})
    found = number_voices(counts)
    assert found[2, "1"] != found[2, "5"]
    assert found[1, "5"] != found[1, "1"]


def test_slurs_that_overlap_have_numbers_of_their_own():
    def slurred(pitch, marks):
        return note(pitch, 2, f"<notations>{marks}</notations>")

    bar = slurred("C4", '<slur type="start" number="4"/><slur type="start" number="9"/>')
    bar += slurred("D4", '<slur type="stop" number="4"/>') + note("E4")
    spans = read_bars(bar + slurred("F4", '<slur type="stop" number="9"/>')).score.parts[0].spans
    assert [(s.end_tick, s.number) for s in spans] == [(1920, 1), (960, 2)]
