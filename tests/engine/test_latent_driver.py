"""A phrase autoencoder writes what is asked for: in key, in range, on from what is given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motet.engine.bundle import load_bundle
from motet.engine.generate import check_written, generate
from motet.engine.phrase_ask import PhraseAsk
from motet.engine.probe import practice_grid
from motet.errors import ConstraintError


@pytest.mark.parametrize("known", [0, 3])
def test_bars_after_the_given_ones_are_written_within_bounds(known: int) -> None:
    ask = PhraseAsk(
        grid=practice_grid(known, 7), parts=("melody",), n=2, seed=3, low_midi=60, high_midi=76
    )
    found = generate(load_bundle("vae-melody-2"), ask)
    assert len(found) == 2
    for grid in found:
        assert check_written(ask, grid) == ()
        bars = grid.notes["bar"][grid.notes["part"] == 0]
        assert set(range(known, known + 7)) <= {int(bar) for bar in bars} | {known}
    assert not np.array_equal(found[0].notes, found[1].notes)


def test_seven_eighths_are_refused_clearly() -> None:
    grid = practice_grid(0, 2)
    bars = grid.bars.copy()
    bars["length"] = 130
    with pytest.raises(ConstraintError, match="4 to 16 sixteenths"):
        generate(
            load_bundle("vae-melody-2"), PhraseAsk(grid=replace(grid, bars=bars), parts=("melody",))
        )
