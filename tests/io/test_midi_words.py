"""Texts that carry more than words."""

import pytest

from motet.io.midi_words import lyric_texts, read_lyrics, split_word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chord: F#m7b5/E", ("Chord", "F#m7b5/E")),
        ("BarLength: 480", ("BarLength", "480")),
        ("BarLength: -4", ("", "")),
        ("Role: melody", ("Role", "melody")),
        ("Role: singer", ("", "")),
        ("Composer: 冼星海", ("Composer", "冼星海")),
        ("Chord: ", ("", "")),
        ("Chord:C", ("", "")),
        ("Tempo: fast", ("", "")),
    ],
)
def test_words(text, found):
    assert split_word(text) == found


def test_syllables_go_there_and_back():
    words = [(0, "Glo-"), (1, "-"), (2, "ri-"), (3, "a"), (4, " - "), (5, "a--"), (6, "la")]
    lyrics = read_lyrics(words)
    assert [lyric.syllabic for lyric in lyrics] == [
        "begin",
        "end",
        "begin",
        "end",
        "single",
        "single",
        "single",
    ]
    assert lyric_texts(lyrics) == words
