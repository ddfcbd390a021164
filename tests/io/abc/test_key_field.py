"""Keys and modes against the circle of fifths."""

import pytest

from motet.io.abc.key_field import parse_key


@pytest.mark.parametrize(
    ("text", "fifths", "mode"),
    [
        ("C", 0, "major"), ("Am", 0, "minor"), ("Ddor", 0, "dorian"), ("E Phrygian", 0, "phrygian"),
        ("FLyd", 0, "lydian"), ("G MIX", 0, "mixolydian"), ("Bloc", 0, "locrian"),
        ("Bbmaj", -2, "major"), ("F#min", 3, "minor"), ("Eb", -3, "major"), ("Aaeo", 0, "aeolian"),
        ("", 0, ""), ("none", 0, ""),
    ],
)  # fmt: skip
def test_modes(text, fifths, mode):
    key = parse_key(text)
    assert (key.fifths, key.mode) == (fifths, mode)


def test_clef_beside_a_key_and_alone():
    assert parse_key("G clef=bass").properties.clef.sign == "F"
    alone = parse_key("clef=alto")
    assert (alone.fifths, alone.properties.clef.sign, alone.is_known) == (None, "C", True)
    assert not parse_key("Zebra").is_known


def test_explicit_accidentals():
    assert parse_key("D Phr ^f").alters == {"B": -1, "E": -1, "F": 1}
    assert parse_key("D exp _b ^f").alters == {"B": -1, "F": 1}
