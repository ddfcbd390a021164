"""Varied music keeps its roles: ranges, order of voices, groups of instruments."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motet.score import make_score
from motet.theory.instrument import find_instrument
from motet.tokens import GridScore, score_to_grid
from motet.train.vary import LIKE_INSTRUMENTS, change_instrument, change_tempo, shift_octave


def grid_of(*texts: str, programs: tuple[int, ...] = (), roles: tuple[str, ...] = ()) -> GridScore:
    grid = score_to_grid(make_score(*texts), merge_keyboard=False).grid
    parts = [
        replace(part, program=programs[k] if programs else part.program)
        for k, part in enumerate(grid.parts)
    ]
    if roles:
        parts = [replace(part, role=role) for part, role in zip(parts, roles, strict=True)]
    return replace(grid, parts=tuple(parts))


def every(change, grid: GridScore, n: int = 40) -> list[GridScore]:
    return [change(grid, np.random.default_rng(seed)) for seed in range(n)]


def test_an_octave_moves_one_part_whole() -> None:
    grid = grid_of("C5:2 E5:2", "C4:2 G3:2", programs=(73, 42))
    moved = [one for one in every(shift_octave, grid) if not one.equals(grid)]
    assert moved
    for one in moved:
        steps = (one.notes["pitch"] - grid.notes["pitch"]).tolist()
        assert sorted(map(abs, steps)) == [0, 0, 12, 12]


def test_ranges_and_outer_voices_hold() -> None:
    low_flute = grid_of("C4:2 D4:2", programs=(73,))
    assert all((one.notes["pitch"] >= 60).all() for one in every(shift_octave, low_flute))
    crossing = grid_of("C5:4", "G4:4", programs=(0, 0))
    for one in every(shift_octave, crossing):
        top = one.notes["pitch"][one.notes["part"] == 0]
        bottom = one.notes["pitch"][one.notes["part"] == 1]
        assert top.max() > bottom.max()


def test_instruments_change_inside_their_group_and_range() -> None:
    grid = grid_of("C5:2 E5:2", programs=(40,))
    found = {one.parts[0].program for one in every(change_instrument, grid)}
    assert {73, 68} <= found <= set(LIKE_INSTRUMENTS[4])
    low = grid_of("G3:2 A3:2", programs=(40,))
    for one in every(change_instrument, low):
        other = find_instrument(one.parts[0].program)
        assert other.comfortable_low <= 55


def test_piano_and_guitar_swap_where_they_comp() -> None:
    text = "C4+E4+G4:4"
    comping = grid_of(text, programs=(0,), roles=("comping",))
    assert 24 in {one.parts[0].program for one in every(change_instrument, comping)}
    solo = grid_of(text, programs=(0,), roles=("solo",))
    assert 24 not in {one.parts[0].program for one in every(change_instrument, solo)}


def test_a_section_changes_together() -> None:
    grid = grid_of("C5:4", "A4:4", programs=(40, 40))
    for one in every(change_instrument, grid):
        assert one.parts[0].program == one.parts[1].program


@pytest.mark.parametrize("change", [shift_octave, change_instrument])
def test_voices_and_drums_stay(change) -> None:
    grid = grid_of("C4:2 E4:2", "drums 36:2 38:2", programs=(52, 128))
    assert all(one.equals(grid) for one in every(change, grid, 10))


def test_tempo_moves_by_a_tenth_at_most() -> None:
    grid = replace(grid_of("C4:4"), qpm=100.0)
    told = [one.qpm or 0.0 for one in every(change_tempo, grid)]
    assert 90 <= min(told) < 95 < 105 < max(told) <= 110
    assert change_tempo(replace(grid, qpm=None), np.random.default_rng(0)).qpm is None


def test_the_given_grid_is_not_written_to() -> None:
    grid = grid_of("C5:2 E5:2", "C4:2 G3:2", programs=(73, 42))
    before = grid.notes.copy()
    for change in (shift_octave, change_instrument, change_tempo):
        every(change, grid, 5)
    assert np.array_equal(grid.notes, before)
