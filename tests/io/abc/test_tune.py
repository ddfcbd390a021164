"""Fields and directives of a tune."""

from motet.io.abc.tune import TuneReader
from motet.io.kern.ledger import LineLedger


def read(*lines):
    tune = TuneReader(LineLedger())
    tune.read(list(enumerate(lines, 1)))
    return tune


def test_programs_by_voice_number_and_by_place():
    tune = read(
        "X:1", "V:a", "%%MIDI program 40", "V:b", "%%MIDI program 2 73", "K:C", "[V:a]C", "[V:b]D"
    )
    assert [voice.program for voice in tune.voices] == [40, 73]


def test_words_line_up_after_several_lines_of_music():
    tune = read("X:1", "K:C", "CD|", "EF|", "w: a b c d", "+: e", "G|", "w: f")
    words = [(time * 8 // tune.voices[0].records[1][0] // 8, text) for time, text, *_ in
             tune.voices[0].lyrics]  # fmt: skip
    assert words == [(0, "a"), (1, "b"), (2, "c"), (3, "d"), (4, "f")]


def test_user_symbols_and_comments():
    tune = read("X:1", "U:W=!fermata!", "K:C", "Wc % a comment c", "%%begintext", "c", "%%endtext")
    assert [record[6] for record in tune.voices[0].records] == [("fermata",)]


def test_a_tune_without_key_is_mended():
    tune = read("X:1", "T:x", "C|D|")
    assert len(tune.voices[0].records) == 2
    assert "no K: field" in tune.ledger.repairs[0].en
