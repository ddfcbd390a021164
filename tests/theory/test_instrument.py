"""Instruments and how they are found."""

import pytest

from motet.errors import ParameterError
from motet.theory.general_midi import GM_PROGRAMS
from motet.theory.instrument import INSTRUMENTS, find_instrument
from motet.theory.pitch import pitch_name


@pytest.mark.parametrize(
    ("name", "low", "high", "shift", "clef", "program"),
    [
        ("violin", "G3", "E7", 0, "G", 40),
        ("viola", "C3", "E6", 0, "C3", 41),
        ("cello", "C2", "C6", 0, "F", 42),
        ("double_bass", "E1", "C4", -12, "F", 43),
        ("flute", "C4", "D7", 0, "G", 73),
        ("piccolo", "D5", "C8", 12, "G", 72),
        ("clarinet", "D3", "Bb6", -2, "G", 71),
        ("alto_sax", "C#3", "A5", -9, "G", 65),
        ("tenor_sax", "G#2", "E5", -14, "G", 66),
        ("horn", "B1", "F5", -7, "G", 60),
        ("nylon_guitar", "E2", "B5", -12, "G8vb", 24),
        ("electric_bass", "E1", "G4", -12, "F", 33),
        ("piano", "A0", "C8", 0, "grand", 0),
        ("soprano", "C4", "A5", 0, "G", 52),
    ],
)
def test_ranges_in_note_names(name, low, high, shift, clef, program):
    one = INSTRUMENTS[name]
    assert (pitch_name(one.low), pitch_name(one.high)) == (low, high)
    assert (one.transposition_semi, one.clef, one.program) == (shift, clef, program)


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("sax", "alto_sax"),
        ("contrabass", "double_bass"),
        ("acoustic_bass", "acoustic_bass"),
        ("Acoustic Bass", "acoustic_bass"),
        ("Electric Piano", "electric_piano"),
        ("钢琴", "piano"),
        ("二胡", "erhu"),
        ("小提琴", "violin"),
        ("吉他", "steel_guitar"),
        ("Violin", "violin"),
        ("french horn", "horn"),
        ("Drum Kit", "drums"),
        ("Acoustic Guitar (nylon)", "nylon_guitar"),
        ("73", "flute"),
        (56, "trumpet"),
    ],
)
def test_instruments_are_found_by_any_name(text, identifier):
    assert find_instrument(text).identifier == identifier


def test_every_program_is_an_instrument():
    for program, name in enumerate(GM_PROGRAMS):
        assert find_instrument(program).program == program
        assert find_instrument(name).program == program


def test_drum_kits_are_drums():
    assert find_instrument("jazz_kit").is_drums
    assert not find_instrument(0).is_drums
    assert find_instrument("piano").n_staves == 2
    assert find_instrument("erhu").name_in(language="zh") == "二胡"


@pytest.mark.parametrize(("bad", "hint"), [("trumpett", "trumpet"), ("xyzzy", "piano")])
def test_other_names_are_refused_with_the_nearest(bad, hint):
    with pytest.raises(ParameterError, match=f"did you mean '{hint}'"):
        find_instrument(bad)


@pytest.mark.parametrize("bad", [-1, 128, "128"])
def test_programs_out_of_range_are_refused(bad):
    with pytest.raises(ParameterError, match="0 to 127"):
        find_instrument(bad)
