"""Chord symbols as MusicXML kinds and degrees."""

from __future__ import annotations

import re

import pytest

from motet.io.notation.harmony import chord_kind, chord_tones, harmony_xml
from motet.io.notation.writing import Transposition
from motet.theory.chord import parse_chord
from motet.theory.chord_table import QUALITIES

PLAIN = Transposition()


@pytest.mark.parametrize(
    ("symbol", "kind", "changes"),
    [
        ("C", "major", ()),
        ("Cm7b5", "half-diminished", ()),
        ("C7b9", "dominant", (("add", 9, -1),)),
        ("C7#5", "augmented-seventh", ()),
        ("Cadd9", "major", (("add", 9, 0),)),
        ("C9#11", "dominant-ninth", (("add", 11, 1),)),
        ("C6/9", "major-sixth", (("add", 9, 0),)),
        ("C5", "power", ()),
        ("Cdim7", "diminished-seventh", ()),
        ("C7sus4", "suspended-fourth", (("add", 7, 0),)),
        ("Cmaj7b5", "major-seventh", (("alter", 5, -1),)),
    ],
)
def test_kinds(symbol, kind, changes) -> None:
    assert chord_kind(parse_chord(symbol).degrees) == (kind, changes)


def test_every_quality_has_a_kind() -> None:
    for quality in QUALITIES.values():
        xml = harmony_xml(f"F#{quality.suffix}", transposition=PLAIN, fifths=0)
        assert re.search(r">[a-z0-9-]+</kind>", xml), quality


def test_text_is_the_symbol_without_root_and_bass() -> None:
    xml = harmony_xml("Bbm7b5/Eb", transposition=PLAIN, fifths=0)
    assert 'text="m7♭5"' in xml
    assert "<root-step>B</root-step><root-alter>-1</root-alter>" in xml
    assert "<bass-step>E</bass-step><bass-alter>-1</bass-alter>" in xml


def test_symbols_move_with_the_part() -> None:
    xml = harmony_xml("Bb7/D", transposition=Transposition(2), fifths=-2)
    assert "<root-step>C</root-step></root>" in xml
    assert "<bass-step>E</bass-step>" in xml


def test_no_chord_and_nonsense_are_words() -> None:
    assert "<words>N.C.</words>" in harmony_xml("N.C.", transposition=PLAIN, fifths=0)
    assert "<words>&lt;?&gt;</words>" in harmony_xml("<?>", transposition=PLAIN, fifths=0)
    assert chord_tones("N.C.") == ()
