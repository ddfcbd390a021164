"""Written pitches, keys, accidentals and clefs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.io.notation.writing import (
    Accidentals,
    Transposition,
    WrittenPitch,
    choose_clef,
    key_alters,
    part_transposition,
    write_pitch,
)
from motet.score import Clef, Note, Part

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def note(pitch: int, spelling: str = "") -> Note:
    return Note(onset_tick=0, duration_tick=1, pitch=pitch, spelling=spelling)


def test_spelling_follows_the_note_then_the_chord_then_the_key() -> None:
    assert write_pitch(note(61, "Db")) == WrittenPitch("D", -1, 4)
    assert write_pitch(note(63), chord_tones=("B", "D#", "F#")) == WrittenPitch("D", 1, 4)
    assert write_pitch(note(66), fifths=-5) == WrittenPitch("G", -1, 4)
    assert write_pitch(note(61, "E")) == WrittenPitch("C", 1, 4)  # a wrong spelling is ignored


def test_octave_of_c_flat() -> None:
    assert write_pitch(note(59, "Cb")) == WrittenPitch("C", -1, 4)


@pytest.mark.parametrize(
    ("semi", "fifths", "written"), [(-2, 0, 2), (-9, 0, 3), (-9, 5, -4), (-2, 5, -5), (-12, 6, 6)]
)
def test_written_keys(semi, fifths, written) -> None:
    assert part_transposition(Part(transposition_semi=semi)).key(fifths) == written


@settings(max_examples=80, deadline=None)
@given(st.integers(24, 100), st.integers(-7, 7), st.sampled_from([0, -2, -9, -12, -7, 3, -14, -21]))
def test_what_is_written_sounds_as_the_note(pitch, fifths, semi) -> None:
    written = write_pitch(note(pitch), fifths=fifths, transposition=Transposition(-semi))
    sounding = 12 * (written.octave + 1) + STEPS[written.letter] + written.alter + semi
    assert sounding == pitch
    assert abs(written.alter) <= 2


def test_accidentals_last_one_bar_on_one_line() -> None:
    bar = Accidentals(key_alters(0))
    shown = [
        bar.show(WrittenPitch("F", 1, 4), is_tied=False),
        bar.show(WrittenPitch("F", 1, 4), is_tied=False),
        bar.show(WrittenPitch("F", 0, 5), is_tied=False),
        bar.show(WrittenPitch("F", 0, 4), is_tied=False),
    ]
    assert shown == ["sharp", "", "", "natural"]


def test_a_tied_note_shows_none_and_sets_none() -> None:
    bar = Accidentals(key_alters(0))
    assert bar.show(WrittenPitch("B", -1, 4), is_tied=True) == ""
    assert bar.show(WrittenPitch("B", -1, 4), is_tied=False) == "flat"


def test_clefs() -> None:
    def clef(part: Part, pitches: list[int], staff: int = 1, n: int = 1) -> tuple[str, int]:
        found = choose_clef(part, pitches, staff, n)
        return found.sign, found.octave

    assert clef(Part(program=73), [72, 76]) == ("G", 0)
    assert clef(Part(program=42), [45, 50]) == ("F", 0)
    assert clef(Part(program=33), [40, 45]) == ("F", -1)
    assert clef(Part(program=33, transposition_semi=-12), [52, 57, 60]) == ("F", 0)
    assert clef(Part(program=25), [52, 64]) == ("G", -1)
    assert clef(Part(is_drums=True), [36]) == ("percussion", 0)
    assert clef(Part(), [], 2, 2) == ("F", 0)
    own = Part(clefs=(Clef(tick=0, sign="C", line=3),))
    assert clef(own, [60]) == ("C", 0)


def test_one_staff_of_a_part_with_a_role_takes_the_clef_of_its_register() -> None:
    for role in ("pad", "comping", "strings"):
        part = Part(program=16, role=role)
        assert choose_clef(part, [57, 60, 64, 69], 1, 1).sign == "G"
        assert choose_clef(part, [52, 57, 59, 64], 1, 1).sign == "F"
