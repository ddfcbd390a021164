"""Stretches: what is one note and what is two, on lines drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest

from motet.audio.stretch import find_dips, find_stretches

FRAME_S = 0.016


def found(
    semi: np.ndarray, *, voiced: np.ndarray | None = None, level: np.ndarray | None = None
) -> list:
    sure = np.ones(len(semi)) if voiced is None else voiced
    out = find_stretches(semi, sure, level, frame_s=FRAME_S, min_note_s=0.08)
    return [(one.first, one.end, round(one.pitch_semi)) for one in out]


def test_steps_are_notes() -> None:
    assert found(np.repeat([60.0, 62.0, 59.0], 12)) == [(0, 12, 60), (12, 24, 62), (24, 36, 59)]


def test_silence_parts_notes() -> None:
    voiced = np.ones(40)
    voiced[18:24] = 0.0
    assert found(np.full(40, 60.0), voiced=voiced) == [(0, 18, 60), (24, 40, 60)]


def test_no_voice_is_no_note() -> None:
    assert found(np.full(40, 60.0), voiced=np.zeros(40)) == []


@pytest.mark.parametrize("depth", [0.3, 0.7, 1.0])
def test_vibrato_is_one_note(depth: float) -> None:
    t = np.arange(80) * FRAME_S
    assert found(60 + depth * np.sin(2 * np.pi * 5.5 * t)) == [(0, 80, 60)]


def test_a_scoop_belongs_to_its_note() -> None:
    line = np.full(50, 64.0)
    line[:8] = np.linspace(61.5, 63.9, 8)
    assert found(line) == [(0, 50, 64)]


def test_a_glide_is_cut_in_its_middle() -> None:
    line = np.concatenate([np.full(25, 60.0), np.linspace(60, 65, 10), np.full(25, 65.0)])
    (first, second) = found(line)
    assert (first[2], second[2]) == (60, 65)
    assert abs(first[1] - 30) <= 3


def test_a_dip_in_loudness_parts_one_pitch() -> None:
    level = np.full(60, -20.0)
    level[29:33] -= 12.0
    notes = found(np.full(60, 60.0), level=level)
    assert [one[2] for one in notes] == [60, 60]
    assert abs(notes[1][0] - 33) <= 1


def test_the_swell_of_vibrato_does_not() -> None:
    t = np.arange(90) * FRAME_S
    level = -20 + 3.0 * np.sin(2 * np.pi * 5.5 * t)
    assert found(60 + 0.4 * np.sin(2 * np.pi * 5.5 * t), level=level) == [(0, 90, 60)]


def test_a_fast_run_stays() -> None:
    assert len(found(np.repeat([60.0, 62.0, 64.0, 65.0, 67.0], 7))) == 5


def test_what_is_far_softer_than_the_rest_is_no_note() -> None:
    level = np.concatenate([np.full(30, -20.0), np.full(30, -75.0)])
    assert [one[1] for one in found(np.full(60, 60.0), level=level)] == [30]


def test_dips_need_to_come_back() -> None:
    fading = np.linspace(0.0, -40.0, 50)
    assert find_dips(fading, np.full(50, 60.0), frame_s=FRAME_S).max() == 0.0
