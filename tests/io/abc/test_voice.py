"""What a voice adds up."""

from motet.io.abc.voice import Voice
from motet.io.kern.track import UNITS_PER_QN
from motet.score import Metre


def test_bars_and_transposition():
    voice = Voice("1", metre=Metre(tick=0, numerator=6, denominator=8))
    voice.transpose_semi, voice.clef_octaves = -2, -1
    assert (voice.bar_units, voice.shift_semi) == (3 * UNITS_PER_QN, -14)
