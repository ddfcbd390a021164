"""Numerals and functions in their keys."""

from motet.analysis import KeySpan, analyse_roman, estimate_chords
from motet.score import Score, concatenate, make_score, transpose
from motet.theory import Key

SONG = make_score(
    "E4+G4+C5:2 D4+F4+A4:2 | F4+G4+B4:2 E4+G4+C5:2 | F#4+C5+D5:2 G4+B4+D5:2 | F4+G4+B4:2 E4+G4+C5:2",
    "C3:2 F3:2 | G2:2 C3:2 | D3:2 G2:2 | G2:2 C3:2",
)


def test_numerals_and_functions():
    found = analyse_roman(SONG)
    assert [one.roman for one in found] == ["I", "ii6", "V7", "I", "V7/V", "V7", "I"]
    assert [one.function.kind for one in found][4:6] == ["secondary dominant", "dominant"]
    assert {one.key for one in found} == {Key("C")}


def test_symbols_alone():
    score = make_score(chords="Am:4 Dm:4 E7:4 Am:4")
    assert [one.roman for one in analyse_roman(score)] == ["i", "iv", "V7", "i"]
    assert [one.confidence for one in analyse_roman(score)] == [1.0] * 4


def test_numerals_follow_the_key():
    both = concatenate(SONG, transpose(SONG, shift_semi=4))
    found = analyse_roman(both)
    assert found[0].key.name() == "C major"
    assert found[-1].key.name() == "E major"
    assert found[-1].roman == "I"


def test_given_chords_and_keys_are_used():
    keys = [KeySpan(start_tick=0, end_tick=SONG.end_tick, key=Key("G"), margin=1.0)]
    found = analyse_roman(SONG, chords=estimate_chords(SONG), keys=keys)
    assert found[0].roman == "IV"
    assert found[-1].key == Key("G")


def test_silence_and_nothing():
    silent = analyse_roman(make_score("C4+E4+G4:4 | r:4 | C4+E4+G4:4", "C3:4 | r:4 | C3:4"))
    assert [(one.roman, one.function.kind) for one in silent][1] == ("N.C.", "none")
    assert analyse_roman(Score()) == ()
