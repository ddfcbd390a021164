import numpy as np
import pytest

from motet.audio.network import (
    FRAME_S,
    LOWEST_MIDI,
    RATE_HZ,
    join_posteriors,
    note_posteriors,
    posterior_blocks,
)
from motet.audio.recording import Audio
from motet.audio.stream import AudioStream


def plucked(notes: list[tuple[float, int]], seconds: float, loud: float = 0.2) -> Audio:
    """Return decaying tones with partials at given times."""
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    sound = np.zeros(len(time_s))
    for onset_s, pitch in notes:
        since = time_s - onset_s
        hz = 440 * 2 ** ((pitch - 69) / 12)
        shape = np.where(since >= 0, np.exp(-2.5 * np.maximum(since, 0)), 0.0)
        for partial in range(1, 6):
            if partial * hz < 10000:
                sound += loud / partial * shape * np.sin(2 * np.pi * partial * hz * since)
    return Audio(np.stack([sound, sound], axis=1).astype(np.float32), RATE_HZ)


def test_onsets_are_where_the_notes_begin() -> None:
    notes = [(0.5, 60), (1.0, 64), (1.5, 67), (2.5, 48)]
    heard = note_posteriors(plucked(notes, 3.5))
    assert len(heard.frame) == -(-round(3.5 * RATE_HZ) // 256)
    for onset_s, pitch in notes:
        column = heard.onset[:, pitch - LOWEST_MIDI]
        near = slice(round((onset_s - 0.1) / FRAME_S), round((onset_s + 0.1) / FRAME_S))
        at_s = (near.start + int(column[near].argmax())) * FRAME_S
        assert at_s == pytest.approx(onset_s, abs=0.025)
        assert column[near].max() > 0.5


def test_a_note_sounds_the_same_wherever_a_window_ends() -> None:
    every = 1.13
    onsets = [0.3 + every * k for k in range(16)]
    heard = note_posteriors(plucked([(at, 62) for at in onsets], 19.0))
    column = heard.onset[:, 62 - LOWEST_MIDI]
    peaks = [column[round(at / FRAME_S) - 4 : round(at / FRAME_S) + 5].max() for at in onsets]
    assert min(peaks) > 0.6
    quiet = np.ones(len(column), bool)
    for at in onsets:
        quiet[max(0, round(at / FRAME_S) - 9) : round(at / FRAME_S) + 10] = False
    assert column[quiet].max() < 0.4


def test_blocks_join_to_the_whole_and_do_not_depend_on_the_stream() -> None:
    audio = plucked([(0.2 + 0.7 * k, 55 + k % 12) for k in range(40)], 30.0)
    blocks = tuple(posterior_blocks(AudioStream(audio, block_s=0.37)))
    assert len(blocks) == 3
    whole, other = join_posteriors(blocks), note_posteriors(audio)
    for name in ("onset", "frame", "contour", "level_db"):
        assert np.allclose(getattr(whole, name), getattr(other, name), atol=1e-5)
    assert whole.duration_s == pytest.approx(30.0, abs=FRAME_S)


def test_loudness_has_no_seams_and_follows_the_sound() -> None:
    time_s = np.arange(30 * RATE_HZ) / RATE_HZ
    steady = 0.1 * np.sin(2 * np.pi * 440 * time_s)
    level = note_posteriors(
        Audio(np.stack([steady, steady], axis=1).astype(np.float32), RATE_HZ)
    ).level_db[20:-20, 69 - LOWEST_MIDI]
    assert np.ptp(level) < 0.5
    assert level.mean() == pytest.approx(-20.0, abs=6.0)


def test_progress_is_told_and_a_wish_to_stop_is_heard() -> None:
    class Now:
        is_set = True

    told: list[float] = []
    audio = Audio(np.zeros((40 * RATE_HZ, 2), np.float32), RATE_HZ)
    n = sum(
        len(b.frame) for b in posterior_blocks(audio, on_progress=lambda at, _: told.append(at))
    )
    assert n == -(-40 * RATE_HZ // 256)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(list(posterior_blocks(audio, cancel=Now()))) == 1


def test_a_soft_recording_is_heard_like_a_loud_one() -> None:
    audio = plucked([(0.3 + 0.4 * k, 55 + 2 * k) for k in range(6)], 3.0)
    soft = note_posteriors(Audio(audio.samples * np.float32(0.005), RATE_HZ))
    loud = note_posteriors(Audio(audio.samples * np.float32(0.4), RATE_HZ))
    assert np.abs(soft.onset - loud.onset).max() < 0.1
    assert loud.level_db.max() - soft.level_db.max() == pytest.approx(38.06, abs=0.1)
