"""Any input as a score, a roll or a sequence: units, shapes, and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import motet
from motet.audio import Audio
from motet.errors import FormatError, ParameterError
from motet.score import Score, make_score
from motet.tasks.transcribe.forms import PITCH_DTYPE, piano_roll, pitch_sequence, score_of


@pytest.fixture
def tune() -> Score:
    return make_score("C4:1 E4:0.5 G4:0.5 r:2 | C5+E5:2", "drums 36:2", qpm=60)


def test_rows_are_sixteenths_unless_said_otherwise(tune: Score) -> None:
    roll = piano_roll(tune)
    assert roll.dtype == np.bool_
    assert roll.shape[1] == 128
    assert np.flatnonzero(roll[:, 60]).tolist() == [0, 1, 2, 3]
    assert np.flatnonzero(roll[:, 64]).tolist() == [4, 5]
    assert roll[16:24, 72].all()
    assert roll[16:24, 76].all()
    assert not roll[:, 36].any()
    assert piano_roll(tune, drums=True)[:8, 36].all()


def test_steps_of_time(tune: Score) -> None:
    roll = piano_roll(tune, fps=10)
    assert np.flatnonzero(roll[:, 60]).tolist() == list(range(10))
    assert len(roll) == 60


def test_the_shortest_note_has_a_step() -> None:
    assert piano_roll(make_score("C4:0.05 E4:1"), per_qn=1)[0, 60]


@pytest.mark.parametrize(
    "wrong",
    [{"per_qn": 0}, {"per_qn": 2.5}, {"fps": -1.0}, {"fps": float("nan")}, {"per_qn": True}],
)
def test_a_wrong_step_is_refused(tune: Score, wrong: dict) -> None:
    with pytest.raises(ParameterError, match=next(iter(wrong))):
        piano_roll(tune, **wrong)


def test_one_kind_of_step_only(tune: Score) -> None:
    with pytest.raises(ParameterError, match="both"):
        piano_roll(tune, per_qn=4, fps=10)


def test_a_sequence_has_both_times(tune: Score) -> None:
    notes = pitch_sequence(tune)
    assert notes.dtype == PITCH_DTYPE
    assert notes["pitch"].tolist() == [60, 64, 67, 72, 76]
    assert notes["onset_qn"].tolist() == notes["onset_s"].tolist() == [0, 1, 1.5, 4, 4]
    assert notes["part"].tolist() == [0] * 5
    assert len(pitch_sequence(tune, drums=True)) == 6


def test_the_melody_alone() -> None:
    score = make_score("C5:1 D5:1 E5:1 F5:1 G5:2 E5:2", "C3+E3+G3:4 G2+B2+D3:4")
    assert pitch_sequence(score, melody=True)["pitch"].tolist() == [72, 74, 76, 77, 79, 76]


def test_nothing_sounds() -> None:
    assert piano_roll(Score()).shape == (0, 128)
    assert pitch_sequence(Score()).shape == (0,)


@pytest.mark.parametrize("ending", ["mid", "musicxml", "abc", "json"])
def test_every_kind_of_file_gives_the_same(tmp_path: Path, ending: str) -> None:
    score = make_score("C4:1 E4:1 G4:2")
    motet.write(score, tmp_path / f"a.{ending}")
    roll = piano_roll(tmp_path / f"a.{ending}")
    assert np.array_equal(roll, piano_roll(score))
    assert pitch_sequence(str(tmp_path / f"a.{ending}"))["pitch"].tolist() == [60, 64, 67]


def test_a_recording_is_transcribed(tmp_path: Path) -> None:
    from motet.render import render_audio

    sound = render_audio(make_score("C4:1 E4:1 G4:2"), reverb="none")
    roll = piano_roll(sound, fps=20, chords=False)
    assert {60, 64, 67} <= set(np.flatnonzero(roll.any(axis=0)).tolist())
    motet.audio.write_audio(sound, tmp_path / "a.flac")
    assert score_of(tmp_path / "a.flac", title="Three").title == "Three"


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"gone\.mid"):
        piano_roll(tmp_path / "gone.mid")
    (tmp_path / "a.wav").write_bytes(b"RIFF\0\0\0\0WAVE")
    with pytest.raises(FormatError, match=r"a\.wav"):
        piano_roll(tmp_path / "a.wav")
    with pytest.raises(ParameterError, match="list"):
        score_of([1])  # type: ignore[arg-type]


def test_options_of_recordings_are_for_recordings(tune: Score) -> None:
    with pytest.raises(ParameterError, match="metre"):
        piano_roll(tune, metre="3/4")


def test_reading_a_recording_says_what_to_do(tmp_path: Path) -> None:
    silence = Audio(np.zeros((2000, 2), np.float32), 8000)
    motet.audio.write_audio(silence, tmp_path / "a.wav")
    with pytest.raises(FormatError, match="transcribe"):
        motet.read(tmp_path / "a.wav")
