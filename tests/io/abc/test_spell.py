"""Spelling of the writer against what the reader understands."""

import pytest

from motet.io.abc.key_field import parse_key
from motet.io.abc.spell import key_text, metre_text, tempo_text
from motet.score import KeySignature, Metre, Tempo


@pytest.mark.parametrize("mode", ["major", "minor", "dorian", "mixolydian", "lydian"])
def test_every_key_reads_back(mode):
    for fifths in range(-7, 8):
        text = key_text(KeySignature(tick=0, fifths=fifths, mode=mode))
        if "##" not in text and "bb" not in text:
            assert (parse_key(text).fifths, parse_key(text).mode) == (fifths, mode)


def test_metres_and_tempos():
    assert metre_text(Metre(tick=0, numerator=2, denominator=2, symbol="cut")) == "C|"
    four = Metre(tick=0, numerator=4, denominator=4)
    assert tempo_text(Tempo(tick=0, quarter_us=500_000, text='a "b"'), four) == "\"a 'b'\" 1/4=120"
