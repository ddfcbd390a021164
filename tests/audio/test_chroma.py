"""Chroma of plain tones: the right pitch classes, tuning taken out, no seams, silence is zero."""

from __future__ import annotations

import numpy as np
import pytest

from chord_sound import RATE_HZ, play
from motet.audio import Audio, AudioStream, find_chroma
from motet.audio.chroma import FRAME_S, fold_chroma
from motet.errors import FormatError


def strongest(values: np.ndarray, n: int) -> set[int]:
    return set(np.argsort(-values.sum(axis=0))[:n].tolist())


def test_a_chord_gives_its_pitch_classes_and_its_bass() -> None:
    chroma = fold_chroma([play([(40, 59, 64, 68)])])
    assert strongest(chroma.values, 3) == {4, 8, 11}
    assert strongest(chroma.bass, 1) == {4}
    assert chroma.values.dtype == np.float32
    assert chroma.values.max() == pytest.approx(1.0)


def test_partials_are_laid_to_the_tone_that_they_belong_to() -> None:
    chroma = fold_chroma([play([(48,)])])
    share = chroma.values.sum(axis=0) / chroma.values.sum()
    assert share[0] > 0.8  # the third partial alone would give a G of a quarter


@pytest.mark.parametrize("cents", [-35.0, 0.0, 30.0])
def test_tuning_is_found_and_taken_out(cents: float) -> None:
    chroma = fold_chroma([play([(48, 64, 67), (53, 60, 69)], cents=cents)])
    assert chroma.tuning_semi == pytest.approx(cents / 100, abs=0.06)
    half = len(chroma.values) // 2
    assert strongest(chroma.values[:half], 3) == {0, 4, 7}
    assert strongest(chroma.values[half:], 3) == {0, 5, 9}


def test_blocks_leave_no_seam() -> None:
    sound = play([(48, 64, 67), (53, 60, 69), (43, 59, 62)] * 5)
    whole = fold_chroma([sound])
    pieces = fold_chroma([sound[k : k + 9999] for k in range(0, len(sound), 9999)])
    assert whole.values.shape == pieces.values.shape
    assert np.allclose(whole.values, pieces.values, atol=1e-4)
    assert len(whole.values) == -(-len(sound) // 1024)


def test_where_windows_meet_the_chord_goes_on() -> None:
    sound = play([(48, 64, 67)], each_s=50.0)
    chroma = fold_chroma([sound])
    seam = round(512 * 1024 / RATE_HZ / FRAME_S)
    near = chroma.values[seam - 3 : seam + 3]
    assert np.all(np.argsort(-near, axis=1)[:, :3].sum(axis=1) == 0 + 4 + 7)
    assert abs(near[3].max() - near[2].max()) < 0.1


def test_silence_and_nothing() -> None:
    assert not fold_chroma([np.zeros(RATE_HZ, np.float32)]).values.any()
    empty = fold_chroma([])
    assert empty.values.shape == (0, 12)
    assert empty.duration_s == 0.0


def test_a_tenth_of_a_second() -> None:
    chroma = fold_chroma([play([(60, 64, 67)], each_s=0.1)])
    assert chroma.values.shape == (3, 12)
    assert np.isfinite(chroma.values).all()


def test_every_kind_of_source_gives_the_same() -> None:
    sound = play([(48, 64, 67)])
    audio = Audio(np.stack([sound, sound], axis=1), RATE_HZ)
    direct = find_chroma(audio)
    stream = find_chroma(AudioStream(audio, rate_hz=16000))
    assert np.allclose(direct.values, stream.values, atol=1e-4)


def test_a_file_that_is_no_audio_is_refused(tmp_path) -> None:
    (tmp_path / "a.wav").write_bytes(b"RIFF____WAVEnothing")
    with pytest.raises(FormatError, match=r"a\.wav"):
        find_chroma(tmp_path / "a.wav")
