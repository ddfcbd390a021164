"""The part: order and range of its notes."""

import pytest

from motet.errors import ParameterError
from motet.score import Note, Part


def test_notes_are_sorted_by_onset_then_pitch():
    notes = [
        Note(onset_tick=480, duration_tick=1, pitch=50),
        Note(onset_tick=0, duration_tick=1, pitch=64),
        Note(onset_tick=0, duration_tick=1, pitch=60),
    ]
    assert [note.pitch for note in Part(notes=tuple(notes)).notes] == [60, 64, 50]


def test_end_is_that_of_the_longest_note():
    long = Note(onset_tick=0, duration_tick=2000, pitch=60)
    late = Note(onset_tick=480, duration_tick=480, pitch=62)
    assert Part(notes=(long, late)).end_tick == 2000
    assert Part().end_tick == 0


@pytest.mark.parametrize(
    "values",
    [
        {"pitch": 128},
        {"pitch": -1},
        {"velocity": 0},
        {"velocity": 128},
        {"onset_tick": -1},
        {"duration_tick": -1},
    ],
)
def test_impossible_notes_are_refused(values):
    note = Note(**({"onset_tick": 0, "duration_tick": 1, "pitch": 60} | values))
    with pytest.raises(ParameterError, match="Oboe"):
        Part(name="Oboe", notes=(note,))


@pytest.mark.parametrize("values", [{"program": 128}, {"channel": 16}, {"channel": -2}])
def test_impossible_instruments_are_refused(values):
    with pytest.raises(ParameterError, match=next(iter(values))):
        Part(**values)
