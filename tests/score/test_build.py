"""Scores from text."""

import pytest

from motet.errors import ParameterError
from motet.score import make_score


def test_notes_chords_and_rests():
    score = make_score("C4:1 E4+G4:0.5 r:0.5 Bb3:2")
    notes = score.parts[0].notes
    assert [(note.onset_tick, note.duration_tick, note.pitch) for note in notes] == [
        (0, 480, 60),
        (480, 240, 64),
        (480, 240, 67),
        (960, 960, 58),
    ]
    assert notes[-1].spelling == "Bb"


def test_spellings_across_the_octave():
    pitches = [note.pitch for note in make_score("B#3:1 Cb4:1 F##4:1 Abb4:1").parts[0].notes]
    assert pitches == [60, 59, 67, 67]


def test_drums_have_numbers():
    part = make_score("drums 36:1 42+38:1").parts[0]
    assert (part.is_drums, part.channel, [note.pitch for note in part.notes]) == (
        True,
        9,
        [36, 38, 42],
    )


def test_chord_symbols_with_slashes_and_colons():
    score = make_score("C4:4", chords="Cmaj7:2 | G7/B:2")
    assert [(chord.tick, chord.symbol) for chord in score.chords] == [(0, "Cmaj7"), (960, "G7/B")]


@pytest.mark.parametrize("text", ["H4:1", "C4", "C4:x", "C4:-1", "C4:nan", "C4+:1", "C4:1e9"])
def test_unreadable_tokens_are_named(text):
    with pytest.raises(ParameterError) as caught:
        make_score(text)
    assert caught.value.zh


@pytest.mark.parametrize("metre", ["x/4", "4", "3/5", "0/4", ""])
def test_unreadable_metres_are_refused(metre):
    with pytest.raises(ParameterError, match="metre"):
        make_score("C4:1", metre=metre)
