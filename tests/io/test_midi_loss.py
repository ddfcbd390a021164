"""What MIDI cannot say is counted, each kind by its own words."""

from dataclasses import replace

import pytest

from motet.io import midi_losses, read_midi, write_midi
from motet.score import (
    Dynamic,
    Ending,
    KeySignature,
    Lyric,
    Metre,
    Note,
    Part,
    Repeat,
    Score,
    Tempo,
    Text,
)

NOTE = Note(onset_tick=0, duration_tick=100, pitch=60)


def with_note(**changes):
    return Score(parts=(Part(notes=(replace(NOTE, **changes),)),))


@pytest.mark.parametrize(
    ("score", "word"),
    [
        (with_note(spelling="C"), "spellings"),
        (with_note(voice=2), "voice"),
        (with_note(ties_tick=(50,)), "ties"),
        (with_note(articulations=("accent",)), "articulations"),
        (with_note(grace="acciaccatura"), "grace"),
        (Score(parts=(Part(dynamics=(Dynamic(tick=0, mark="p"),)),)), "dynamics"),
        (Score(parts=(Part(n_staves=2),)), "staves"),
        (Score(parts=(Part(transposition_semi=-2),)), "transposition"),
        (Score(parts=(Part(lyrics=(Lyric(tick=0, text="a", verse=2),)),)), "verses"),
        (Score(repeats=(Repeat(tick=0, kind="end"),)), "repeats"),
        (Score(endings=(Ending(start_tick=0, end_tick=1, numbers=(1,)),)), "endings"),
        (Score(metres=(Metre(tick=0, numerator=4, denominator=4, symbol="cut"),)), "cut"),
        (Score(keys=(KeySignature(tick=0, fifths=0, mode="dorian"),)), "mode"),
        (Score(tempos=(Tempo(tick=0, quarter_us=9, text="Largo"),)), "words"),
        (Score(texts=(Text(tick=0, text="dolce", kind="expression"),)), "kind"),
    ],
)
def test_each_kind_of_loss(score, word):
    (loss,) = midi_losses(score)
    assert (loss.n, word in loss.en, bool(loss.zh)) == (1, True, True)


def test_crossed_notes_are_told_and_none_is_lost():
    inner = replace(NOTE, onset_tick=20, duration_tick=10)
    score = Score(parts=(Part(notes=(NOTE, inner)),))
    assert [loss.n for loss in midi_losses(score)] == [1]
    found = read_midi(write_midi(score), mend=False).score
    assert [(n.onset_tick, n.end_tick) for n in found.parts[0].notes] == [(0, 30), (20, 100)]
    assert midi_losses(found) == ()
