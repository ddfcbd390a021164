"""One call for bundles of every interface, and the judge that holds drivers to an ask."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from motet.engine.bundle import INTERFACES, load_bundle
from motet.engine.generate import DRIVERS, check_written, find_driver, generate
from motet.engine.phrase_ask import PhraseAsk
from motet.engine.probe import practice_grid
from motet.errors import BundleError, ConstraintError
from motet.tokens.layout import GRID_NOTE, GridScore, sort_notes

Row = tuple[int, int, int, int, int, int]


def test_every_interface_that_writes_has_a_driver() -> None:
    assert set(DRIVERS) == set(INTERFACES) - {"rolls", "judge"}


def test_an_interface_without_a_driver_is_refused(bundle_folder: Path) -> None:
    bundle = replace(load_bundle(bundle_folder), interface="rolls")
    with pytest.raises(BundleError, match="writes no music here"):
        find_driver(bundle)


def test_what_contradicts_itself_is_refused_before_anything_is_written(bundle_folder: Path) -> None:
    ask = PhraseAsk(grid=practice_grid(0, 1), parts=("melody",), low_midi=61, high_midi=61)
    with pytest.raises(ConstraintError, match="holds no tone"):
        generate(load_bundle(bundle_folder), ask)


def _with(grid: GridScore, notes: list[Row]) -> GridScore:
    return replace(grid, notes=sort_notes(np.concatenate((grid.notes, np.array(notes, GRID_NOTE)))))


@pytest.mark.parametrize(
    ("notes", "slips"),
    [
        ([(2, 0, 0, 24, 72, 9)], ()),
        ([(2, 0, 0, 24, 73, 9)], ("scale or range",)),
        ([(2, 0, 0, 24, 60, 9)], ("scale or range",)),
        ([(2, 0, 0, 48, 72, 9), (2, 0, 24, 24, 74, 9)], ("polyphony",)),
        ([(3, 0, 72, 48, 74, 9)], ("end",)),
        ([(2, 1, 0, 24, 60, 9)], ("given",)),
        ([(0, 0, 12, 12, 72, 9)], ("given",)),
        ([(2, 3, 0, 6, 90, 9)], ("drum keys",)),
    ],
)
def test_the_judge_finds_what_an_ask_forbids(notes: list[Row], slips: tuple[str, ...]) -> None:
    grid = practice_grid(2, 2)
    ask = PhraseAsk(grid=grid, parts=("melody", "drums"), low_midi=65, max_polyphony=1, ends=False)
    assert check_written(ask, _with(grid, notes)) == slips
