from functools import cache

import numpy as np
import pytest

from motet.audio.recording import Audio
from motet.engine.write import Cancel
from motet.errors import BusyError, FormatError, ParameterError
from motet.render import render_audio
from motet.score import Score, make_score
from motet.tasks.transcribe import Transcription, transcribe

TUNE = (
    "C5:1 D5:1 E5:1 C5:1 | F5:1 E5:1 D5:2 | G4:1 A4:1 B4:1 G4:1 | C5:2 G4:2 | "
    "E5:1 E5:0.5 F5:0.5 G5:2 | A5:1 G5:1 F5:1 D5:1 | E5:1 D5:1 B4:1 D5:1 | C5:4"
)
BASS = "C3:2 G3:2 | F3:2 G3:2 | G3:2 D3:2 | C3:2 E3:2 | C3:2 E3:2 | F3:2 G3:2 | G3:2 G2:2 | C3:4"


def piece() -> Score:
    return make_score(TUNE, BASS, qpm=112.0)


@cache
def heard() -> Transcription:
    return transcribe(render_audio(piece(), sample_rate_hz=22050), title="Tune")


def test_a_piece_comes_back_from_its_sound() -> None:
    found = heard()
    true = {
        (round(note.onset_tick / 480 * 4), note.pitch)
        for part in piece().parts
        for note in part.notes
    }
    got = {
        (round(note.onset_tick / 480 * 4), note.pitch)
        for part in found.score.parts
        for note in part.notes
    }
    assert found.beats.metre == (4, 4)
    assert abs(found.beats.qpm - 112) < 2
    assert len(true & got) >= 0.8 * len(true)
    assert found.key.name == "C major"
    assert found.score.title == "Tune"
    assert found.confidence > 0.3


def test_bars_lie_on_the_recording() -> None:
    score = heard().score
    downbeats = [score.time.tick_to_s(bar.start_tick) for bar in score.bars][:8]
    assert np.abs(np.array(downbeats) - np.arange(8) * 4 * 60 / 112).max() < 0.06


def test_the_notes_as_played_are_kept() -> None:
    found = heard()
    assert found.performed.n_bars == found.score.n_bars
    time = found.performed.time
    onsets = np.array([note.onset_s for note in found.notes])
    played = [
        time.tick_to_s(note.onset_tick) for part in found.performed.parts for note in part.notes
    ]
    away = np.abs(np.array(played)[:, None] - onsets[None, :]).min(axis=1)
    assert away.max() < 0.002
    assert len(played) >= 0.95 * len(onsets)


def test_chords_and_progress() -> None:
    assert heard().score.chords
    told: list[float] = []
    short = render_audio(make_score("C4+E4+G4:4"), sample_rate_hz=22050)
    found = transcribe(short, chords=False, split=False, key="C", language="zh",
                       on_progress=lambda share, _: told.append(share))  # fmt: skip
    assert not found.score.chords
    assert len(found.score.parts) == 1
    assert found.key.name == "C major"
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize("n", [22050 * 2, 2205])
def test_silence_is_an_empty_score(n: int) -> None:
    found = transcribe(Audio(np.zeros((n, 2), np.float32), 22050))
    assert found.score.n_notes == 0
    assert found.confidence == 0.0
    assert found.remarks[0] == ("the recording is silent", "录音中没有声音")
    assert found.tell("zh")


def test_a_stop_stops() -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(BusyError, match="stopped"):
        transcribe(Audio(np.zeros((22050, 2), np.float32), 22050), cancel=cancel)


def test_wrong_wishes_are_refused_at_once() -> None:
    sound = Audio(np.zeros((22050, 2), np.float32), 22050)
    with pytest.raises(ParameterError, match="metre"):
        transcribe(sound, metre="7/3")
    with pytest.raises(ParameterError, match="qpm"):
        transcribe(sound, qpm=4000)
    with pytest.raises(ParameterError):
        transcribe(sound, key="H sharp")
    with pytest.raises(FormatError, match="none"):
        transcribe("none.wav")
