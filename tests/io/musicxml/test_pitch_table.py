"""Written and sounding pitch."""

from xml.etree.ElementTree import fromstring

import pytest

from motet.io.musicxml.journal import Journal
from motet.io.musicxml.pitch_table import move_spelling, read_pitch, read_transposition
from motet.theory.instrument import INSTRUMENTS


def pitch(step, octave, alter=None, by=(0, 0), journal=None):
    sign = f"<alter>{alter}</alter>" if alter is not None else ""
    element = fromstring(f"<pitch><step>{step}</step>{sign}<octave>{octave}</octave></pitch>")
    return read_pitch(element, by, journal or Journal())


def test_pitches_and_spellings():
    assert pitch("C", 4) == (60, "C")
    assert pitch("C", 4, -1) == (59, "Cb")
    assert pitch("B", 3, 2) == (61, "B##")
    assert pitch("H", 4) == pitch("C", "x") == pitch("C", 99) == (-1, "")


def test_microtones_go_to_the_nearest_semitone_and_are_told():
    journal = Journal()
    assert pitch("C", 4, "0.5", journal=journal)[0] in (60, 61)
    assert "microtones" in journal.repairs[0].en


@pytest.mark.parametrize(
    ("diatonic", "chromatic", "octave", "expected"),
    [(-1, -2, 0, (-2, -2)), (-5, -9, 0, (-9, -3)), (2, 3, 0, (3, -3)), (-4, -7, 0, (-7, -1)),
     (0, 0, -1, (-12, 0)), (-1, -2, -1, (-14, -2)), (-8, -14, 0, (-14, -2))],
)  # fmt: skip
def test_transpositions(diatonic, chromatic, octave, expected):
    element = fromstring(
        f"<transpose><diatonic>{diatonic}</diatonic><chromatic>{chromatic}</chromatic>"
        f"<octave-change>{octave}</octave-change></transpose>"
    )
    assert read_transposition(element) == expected


def test_a_transposition_without_steps_is_spelled_as_instruments_are():
    element = fromstring("<transpose><chromatic>-9</chromatic></transpose>")
    assert read_transposition(element) == (-9, -3)
    assert read_transposition(fromstring("<transpose><chromatic>x</chromatic></transpose>")) is None
    assert any(one.transposition_semi == -9 for one in INSTRUMENTS.values())


def test_spellings_move_by_fifths():
    assert [move_spelling(name, -2) for name in ("D", "F#", "C")] == ["C", "E", "Bb"]
