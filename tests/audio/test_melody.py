"""Melodies of singers made by calculation, whose notes are known."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from sung_tunes import RATE_HZ, SINGERS, sing

from motet.audio import Audio
from motet.audio.heard import HeardNote, PitchTrack
from motet.audio.melody import find_melody, sung_pitch
from motet.errors import ParameterError

TUNE = [
    (0.3, 0.5, 60), (0.8, 0.5, 62), (1.3, 0.5, 64), (1.8, 0.5, 64), (2.3, 0.25, 65), (2.55, 0.25, 67),
    (2.8, 1.0, 69), (4.2, 0.5, 67), (4.7, 0.5, 65), (5.2, 1.0, 60),
]  # fmt: skip


@pytest.mark.parametrize("name", ["hum", "la", "words", "whistle", "high whistle"])
def test_every_note_of_a_sung_tune(name: str) -> None:
    sound, true = sing(TUNE, SINGERS[name], seed=1)
    notes = find_melody(Audio(np.stack([sound, sound], axis=1), RATE_HZ))
    assert [note.pitch for note in notes] == [pitch for _, _, pitch in true]
    for note, (onset, length, _) in zip(notes, true, strict=True):
        assert abs(note.onset_s - onset) < 0.07
        assert abs(note.offset_s - onset - length) < 0.12
    for note, following in pairwise(notes):
        assert note.offset_s <= following.onset_s + 1e-9


def test_what_was_sung_is_kept_as_bends() -> None:
    hz = np.repeat(440 * 2 ** (np.array([60.3, 62.3, 64.3, 62.3]) / 12 - 69 / 12), 40)
    track = PitchTrack(np.arange(160) * 0.016, hz.astype(np.float32), np.ones(160, np.float32))
    notes = find_melody(track)
    assert [note.pitch for note in notes] == [60, 62, 64, 62]
    assert [round(sung_pitch(note), 1) for note in notes] == [60.3, 62.3, 64.3, 62.3]


def test_no_sound_no_notes() -> None:
    assert find_melody(Audio(np.zeros((3200, 2), np.float32), 32000)) == ()
    empty = PitchTrack(np.zeros(0), np.zeros(0, np.float32), np.zeros(0, np.float32))
    assert find_melody(empty) == ()


def test_a_note_without_bends_was_sung_at_its_pitch() -> None:
    assert sung_pitch(HeardNote(0.0, 1.0, 60, 80, 1.0)) == 60.0


def test_a_wrong_shortest_note() -> None:
    with pytest.raises(ParameterError, match=r"min_note_s must be 0.02 to 1 seconds, got 9"):
        find_melody(Audio(np.zeros((3200, 2), np.float32), 32000), min_note_s=9)
