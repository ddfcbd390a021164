"""Chord symbols of harmony spines."""

import pytest

from motet.io.kern.chord_spine import spell_chord


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("C major", "C"),
        ("A minor-seventh", "Am7"),
        ("F# half-diminished", "F#m7b5"),
        ("E- dominant/G", "Eb7/G"),
        ("N.C.", "N.C."),
        ("??", "??"),
    ],
)
def test_chords(text, symbol):
    assert spell_chord(text) == symbol
