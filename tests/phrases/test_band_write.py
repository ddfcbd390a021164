"""A phrase of a band as a grid: parts, programs, accents, chords."""

from __future__ import annotations

import numpy as np

from motet.phrases.band import BandOptions, extract_band, pack_roll
from motet.phrases.band_write import band_to_grid
from motet.score import make_score
from motet.tokens import score_to_grid


def _phrase() -> dict[str, np.ndarray]:
    score = make_score(
        "C5:4 | D5:4 | E5:4 | C5:4",
        "drums 36:1 42:1 36:1 42:1 | r:4 | r:4 | r:4",
        chords="C:8 G/B:8",
    )
    return extract_band(score_to_grid(score).grid, BandOptions(least_tracks=1))[0]


def test_programs_tempo_and_chords_are_kept() -> None:
    grid = band_to_grid(_phrase(), programs={"melody": 40}, qpm=90.0, shift_semi=3)
    assert [(one.program, one.role) for one in grid.parts] == [(40, "melody"), (128, "drums")]
    assert (grid.qpm, grid.shift_semi, grid.n_bars) == (90.0, 3, 4)
    assert grid.chords[["bar", "chord", "bass"]].tolist() == [(0, 0, -1), (2, 140, 11)]


def test_an_attack_without_a_pitch_is_silent_and_drums_are_short() -> None:
    phrase = _phrase()
    empty = {**phrase, "roll": pack_roll(np.zeros((5, 64, 48), bool))}
    assert band_to_grid(empty).n_notes == 0
    drums = band_to_grid(phrase).notes
    assert set(drums["dur"][drums["part"] == 1].tolist()) == {6}
    hats = drums["vel"][(drums["part"] == 1) & (drums["pitch"] == 42)]
    assert hats.max() < drums["vel"][drums["pitch"] == 36].min()
