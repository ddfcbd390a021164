"""Harmony elements as chord symbols that can be read."""

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.io.musicxml.chord_text import read_harmony
from motet.io.musicxml.journal import Journal
from motet.io.notation.harmony import harmony_xml
from motet.io.notation.writing import Transposition
from motet.theory import parse_chord
from motet.theory.chord_table import QUALITIES


def read(xml, *, fifths=0, is_own=False, journal=None):
    return read_harmony(
        fromstring(f"<harmony>{xml}</harmony>"),
        transposition_fifths=fifths,
        is_own=is_own,
        journal=journal or Journal(),
    )


ROOT = "<root><root-step>C</root-step></root>"
DEGREE = (
    "<degree><degree-value>{}</degree-value><degree-alter>{}</degree-alter>"
    "<degree-type>{}</degree-type></degree>"
)


@pytest.mark.parametrize(
    ("kind", "symbol"),
    [
        ("major", "C"), ("minor", "Cm"), ("dominant", "C7"), ("major-seventh", "Cmaj7"),
        ("minor-seventh", "Cm7"), ("half-diminished", "Cm7b5"), ("diminished-seventh", "Cdim7"),
        ("augmented", "Caug"), ("suspended-fourth", "Csus4"), ("major-minor", "Cm(maj7)"),
        ("dominant-13th", "C13"), ("minor-11th", "Cm11"), ("power", "C5"), ("none", "N.C."),
    ],
)  # fmt: skip
def test_kinds(kind, symbol):
    assert read(f"{ROOT}<kind>{kind}</kind>") == symbol


@pytest.mark.parametrize(
    ("kind", "degrees", "symbol"),
    [
        ("dominant", [(9, -1, "add")], "C7b9"),
        ("dominant", [(5, 1, "alter"), (9, 1, "add")], "C7(#5,#9)"),
        ("major", [(2, 0, "add")], "Cadd9"),
        ("suspended-fourth", [(7, 0, "add")], "C7sus4"),
        ("major-seventh", [(11, 1, "add")], "Cmaj7#11"),
        ("major", [(3, 0, "subtract")], "C5"),
    ],
)
def test_degrees(kind, degrees, symbol):
    xml = f"{ROOT}<kind>{kind}</kind>" + "".join(DEGREE.format(*one) for one in degrees)
    assert read(xml) == symbol


def test_the_printed_text_is_kept_where_it_agrees_and_used_where_the_kind_is_unknown():
    assert read(f'{ROOT}<kind text="-7">minor-seventh</kind>') == "C-7"
    assert read(f'{ROOT}<kind text="7alt">other</kind>') == "C7alt"
    assert read(f'{ROOT}<kind text="m7">dominant-seventh-of-doom</kind>') == "Cm7"
    assert read(f'{ROOT}<kind text="garbage">dominant</kind>') == "C7"


def test_bass_inversion_and_transposition():
    bass = "<bass><bass-step>E</bass-step><bass-alter>-1</bass-alter></bass>"
    assert read(f"{ROOT}<kind>minor</kind>{bass}") == "Cm/Eb"
    assert read(f"{ROOT}<kind>minor</kind><inversion>2</inversion>") == "Cm/G"
    assert read(f"{ROOT}<kind>minor</kind>{bass}", fifths=-2) == "Bbm/Db"


def test_what_cannot_be_read_is_listed():
    journal = Journal()
    assert read("<function>V</function><kind>major</kind>", journal=journal) == ""
    assert "functional" in journal.repairs[0].en or "function" in journal.repairs[0].en
    journal = Journal()
    assert read(f"{ROOT}<kind>strange</kind>", journal=journal) == "C"
    assert len(journal.repairs) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["C", "F#", "Bb", "Eb"]),
    st.sampled_from([one for one in QUALITIES.values() if not one.identifier.endswith("6")]),
)
def test_every_chord_that_motet_writes_is_read_with_the_same_tones(root, quality):
    symbol = root + quality.suffix
    xml = harmony_xml(symbol, transposition=Transposition(), fifths=0)
    found = read_harmony(fromstring(xml), transposition_fifths=0, is_own=True, journal=Journal())
    assert parse_chord(found).pcs == parse_chord(symbol).pcs
