"""Quotes and decorations."""

from motet.io.abc.sign import SignReader
from motet.io.abc.voice import Voice
from motet.io.kern.ledger import LineLedger


def test_dynamics_jumps_and_unknown_names():
    signs, voice = SignReader(LineLedger()), Voice("1")
    for name in ("mf", "D.C.", "frobnicate"):
        signs.decorate(voice, name, 3)
    assert voice.dynamics == [(0, "mf")]
    assert voice.jumps == [(0, "da-capo")]
    assert signs.ledger.repairs[0].place == "line 3"


def test_quotes_that_are_no_chords_are_words():
    signs, voice = SignReader(LineLedger()), Voice("1")
    signs.quote(voice, "last time", 1)
    signs.quote(voice, "_below", 1)
    assert voice.texts == [(0, "last time"), (0, "below")]
    assert voice.chords == []
