"""Tests of motet.engine.watch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from motet.engine import CellRules, load_bundle, write_cells
from motet.engine.watch import LineWatch, find_line, top_pitches
from motet.score import extend, make_score
from motet.tokens import score_to_grid
from motet.tokens.cell import CellState
from motet.tokens.vocab import FAMILIES, VOCAB_SIZE
from tiny_bundle import make_tiny_bundle

PITCH, ADD = FAMILIES["PITCH"].start, FAMILIES["ADD"].start


def cell_with(*pitches: int) -> CellState:
    cell = CellState(96, is_drums=False)
    for k, pitch in enumerate(pitches):
        for token in ([FAMILIES["DUR"].start + 23] if k == 0 else []) + [PITCH + pitch]:
            cell.push(token)
    return cell


def mask_of(*tokens: int) -> np.ndarray:
    mask = np.zeros(VOCAB_SIZE, dtype=np.bool_)
    mask[list(tokens)] = True
    return mask


def test_top_of_each_onset() -> None:
    assert top_pitches([(0, 60), (0, 67), (0, 64), (12, 55)]) == [67, 55]
    assert top_pitches([]) == []


def test_the_line_before_a_cell_takes_what_was_written_over_what_was_given() -> None:
    grid = score_to_grid(make_score("C4:4 | D4:2 E4:2 | F4:4", fifths=0)).grid
    assert find_line(grid, {(1, 0): [72, 74]}, 2, 0) == [60, 72, 74]
    assert find_line(grid, {}, 0, 0) == []


def test_forbidden_pitches_are_not_offered() -> None:
    asked: list[list[int]] = []

    def forbid(line: Sequence[int]) -> list[int]:
        asked.append(list(line))
        return [64]

    watch = LineWatch(forbid, [60])
    cell = cell_with(62)
    mask = mask_of(PITCH + 64, PITCH + 65)
    left = watch.narrow(mask, cell)
    assert left.nonzero()[0].tolist() == [PITCH + 65]
    assert mask[PITCH + 64]
    assert asked == [[60, 62]]
    watch.narrow(mask, cell)
    assert len(asked) == 1


def test_an_added_note_above_the_group_is_a_new_top() -> None:
    watch = LineWatch(lambda line: [67] if list(line) == [60] else [], [60])
    cell = cell_with(64)
    left = watch.narrow(mask_of(ADD + 65, ADD + 67), cell)
    assert left.nonzero()[0].tolist() == [ADD + 65]


def test_what_would_leave_nothing_is_not_obeyed() -> None:
    watch = LineWatch(lambda _: [64], [60])
    left = watch.narrow(mask_of(PITCH + 64), cell_with(62))
    assert left.nonzero()[0].tolist() == [PITCH + 64]


@pytest.mark.parametrize("pitch", [-3, 128, 400])
def test_pitches_out_of_range_are_no_matter(pitch: int) -> None:
    watch = LineWatch(lambda _: [pitch], [60])
    assert watch.narrow(mask_of(PITCH + 64), cell_with(62))[PITCH + 64]


def test_drums_are_not_watched() -> None:
    watch = LineWatch(lambda _: [64], [])
    mask = mask_of(PITCH + 64, PITCH + 65)
    assert watch.narrow(mask, CellState(96, is_drums=True)) is mask
    assert watch.narrow(mask, None) is mask


def test_the_engine_writes_no_forbidden_top_and_leaves_given_cells(tmp_path: Path) -> None:
    bundle = load_bundle(make_tiny_bundle(tmp_path))
    grid = score_to_grid(extend(make_score("C4:2 E4:2 | D4:4", fifths=0), n_bars=4)).grid
    cells = [(2, 0), (3, 0)]
    rules = {cell: CellRules(min_onsets=2, max_onsets=6) for cell in cells}

    def even(line: Sequence[int]) -> list[int]:
        del line
        return list(range(0, 128, 2))

    one, two = (
        write_cells(bundle, grid, cells, rules=rules, seed=4, forbid=even)[0].grid for _ in "ab"
    )
    assert one.equals(two)
    for bar, part in cells:
        notes = one.cell(bar, part)
        pairs = zip(notes["pos"].tolist(), notes["pitch"].tolist(), strict=True)
        tops = top_pitches(pairs)
        assert len(tops) >= 2
        assert all(pitch % 2 for pitch in tops)
    for bar in (0, 1):
        assert np.array_equal(one.cell(bar, 0), grid.cell(bar, 0))
