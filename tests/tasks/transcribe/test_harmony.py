"""Key and chords from sound and from notes: which is taken, and how sure that is."""

from __future__ import annotations

import numpy as np
import pytest

from chord_sound import play
from motet.audio import HeardBeats, HeardNote
from motet.audio.chroma import Chroma, fold_chroma
from motet.errors import ParameterError
from motet.score import make_score
from motet.tasks.transcribe.harmony import choose_harmony, chords_of_notes
from motet.theory import parse_chord

BEATS = HeardBeats(np.arange(16.0), np.arange(16) % 4, 4, 1.0, (4, 4), 60.0, 0.5, 1.0)
SCORE = make_score(
    "E4+G4:4 | F4+A4:4 | D4+F4:4 | E4+G4:4", "C3+C4:4 | F3+C4:4 | G2+B3:4 | C3+C4:4", qpm=60
)
NOTES = tuple(HeardNote(k, k + 1.0, 60, 80, 0.9) for k in range(4))
SOUND = [(36, 52, 55, 60), (41, 53, 57, 60), (43, 59, 62, 65), (36, 52, 55, 60)]


@pytest.fixture(scope="module")
def chroma() -> Chroma:
    return fold_chroma([play(SOUND, each_s=4.0)])


def roots(chords: tuple) -> list[int]:
    return [parse_chord(one.symbol).root_pc for one in chords]


def test_both_readings_agree_on_a_cadence(chroma: Chroma) -> None:
    found = choose_harmony(chroma, NOTES, SCORE, BEATS)
    assert (found.key.tonic, found.key.mode) == (0, "major")
    assert 0.3 < found.key.confidence <= 1.0
    assert roots(found.chords) == [0, 5, 7, 0]
    assert found.chords_from in ("sound", "notes")
    (remark,) = found.remarks
    assert "%" in remark[0]
    assert "%" in remark[1]


def test_without_sound_the_notes_are_taken() -> None:
    silent = Chroma(np.zeros((345, 12), np.float32), 0.0464, 0.0, np.zeros((345, 12), np.float32))
    found = choose_harmony(silent, NOTES, SCORE, BEATS)
    assert found.chords_from == "notes"
    assert roots(found.chords) == [0, 5, 7, 0]


def test_without_notes_the_sound_is_taken(chroma: Chroma) -> None:
    found = choose_harmony(chroma, (), make_score("r:4"), BEATS)
    assert found.chords_from == "sound"
    assert roots(found.chords) == [0, 5, 7, 0]
    assert found.remarks == ()


def test_a_given_key_is_kept_and_spells(chroma: Chroma) -> None:
    found = choose_harmony(chroma, NOTES, SCORE, BEATS, key="A minor", chords=False)
    assert (found.key.name, found.key.confidence, found.chords) == ("A minor", 1.0, ())
    modal = choose_harmony(chroma, NOTES, SCORE, BEATS, key="D dorian", chords=False)
    assert (modal.key.tonic, modal.key.mode, modal.key.name) == (2, "minor", "D dorian")


def test_a_key_that_is_none_is_refused(chroma: Chroma) -> None:
    with pytest.raises(ParameterError):
        choose_harmony(chroma, NOTES, SCORE, BEATS, key="H sharp")


def test_chords_of_notes_are_in_seconds() -> None:
    found = chords_of_notes(SCORE)
    assert [(one.start_s, one.end_s) for one in found] == [(0, 4), (4, 8), (8, 12), (12, 16)]
    assert all(0 < one.confidence < 1 for one in found)
