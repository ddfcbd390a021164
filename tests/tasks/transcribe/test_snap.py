"""Sung pitches to a key: near ones go to the scale, clear ones stay, what was sung is kept."""

from __future__ import annotations

import numpy as np
import pytest

from motet.audio.heard import HeardNote
from motet.audio.melody import sung_pitch
from motet.errors import ParameterError
from motet.tasks.transcribe.snap import snap_to_key

SCALE = (60, 62, 64, 65, 67, 69, 71, 72, 67, 64, 60)


def sung(*pitches: float) -> list[HeardNote]:
    return [
        HeardNote(0.5 * k, 0.5 * k + 0.45, round(p), 80, 0.9, (round(p - round(p), 3),) * 30)
        for k, p in enumerate(pitches)
    ]


def test_a_sure_singers_chromatic_note_stays() -> None:
    found = snap_to_key(sung(*SCALE, 66.02, 67, 64, 60))
    assert [note.pitch for note in found.notes][-4] == 66
    assert found.key.name == "C major"
    assert found.moved == ()


def test_an_unsure_singers_doubtful_note_goes_to_the_scale() -> None:
    rng = np.random.default_rng(5)
    shaky = [p + x for p, x in zip(SCALE, rng.uniform(-0.3, 0.3, len(SCALE)), strict=True)]
    found = snap_to_key(sung(*shaky, 66.46, 67.2, 64.2, 59.8), key="C")
    assert [note.pitch for note in found.notes][-4] == 67
    assert len(SCALE) in found.moved


def test_what_was_sung_is_kept() -> None:
    line = [p + 0.35 for p in SCALE]
    found = snap_to_key(sung(*line))
    assert [note.pitch for note in found.notes] == list(SCALE)
    assert [sung_pitch(note) for note in found.notes] == pytest.approx(line)
    assert found.offset_semi == pytest.approx(0.35, abs=0.05)


def test_the_raised_seventh_of_minor_stays() -> None:
    line = (69, 71, 72, 74, 76, 77, 76, 74, 72, 71, 68, 69)
    found = snap_to_key(sung(*line))
    assert found.key.name == "A minor"
    assert [note.pitch for note in found.notes] == list(line)


def test_nothing_sung_and_a_wrong_key() -> None:
    assert snap_to_key(()).notes == ()
    assert snap_to_key((), key="D dorian").key.name == "D dorian"
    with pytest.raises(ParameterError):
        snap_to_key(sung(60, 62), key="H flat")
