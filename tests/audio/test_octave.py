"""Octaves: the harmonics decide for long notes, the neighbours for a few frames."""

from __future__ import annotations

import numpy as np

from motet.audio.octave import OCTAVES, harmonic_evidence, mend_octaves


def comb(spacing: int, n: int = 1) -> np.ndarray:
    spectrum = np.zeros((n, 600), np.float32)
    for k, at in enumerate(range(spacing, 600, spacing), start=1):
        spectrum[:, at] = 1.0 / k
    return spectrum


def evidence_of(spectrum: np.ndarray, hz: np.ndarray) -> np.ndarray:
    return np.stack(
        [harmonic_evidence(spectrum, hz * np.float32(k), bin_hz=10.0) for k in OCTAVES], axis=1
    )


def test_the_true_octave_has_the_most_evidence() -> None:
    found = evidence_of(comb(24), np.float32([240.0]))[0]
    assert found[0] > found[1]
    assert found[0] > found[2]


def test_no_pitch_and_silence_have_none() -> None:
    assert harmonic_evidence(comb(20), np.float32([0.0]), bin_hz=10.0)[0] == 0.0
    assert harmonic_evidence(np.zeros((1, 600), np.float32), np.float32([200]), bin_hz=10.0)[0] == 0


def test_a_whole_note_an_octave_low_is_mended_by_its_harmonics() -> None:
    hz = np.full(40, 120.0, np.float32)
    mended = mend_octaves(hz, np.ones(40, np.float32), evidence_of(comb(24, 40), hz))
    assert set(mended.tolist()) == {240.0}


def test_a_sung_octave_stays() -> None:
    hz = np.float32([220.0] * 30 + [440.0] * 30)
    spectrum = np.concatenate([comb(22, 30), comb(44, 30)])
    assert (
        mend_octaves(hz, np.ones(60, np.float32), evidence_of(spectrum, hz)).tolist() == hz.tolist()
    )


def test_frames_without_a_voice_stay_as_they_are() -> None:
    hz = np.float32([100, 400, 100])
    assert mend_octaves(hz, np.zeros(3, np.float32), np.zeros((3, 3), np.float32)) is hz
