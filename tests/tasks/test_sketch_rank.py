"""The order of sketches: holes cost, likeness costs, frames compare within themselves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from motet.engine.bundle import load_bundle
from motet.engine.noise_driver import write
from motet.engine.phrase_ask import PhraseAsk
from motet.engine.probe import practice_grid
from motet.phrases.band import TRACKS
from motet.tasks.sketch_rank import choose_ideas, mark_ideas

BUNDLE = load_bundle("gan-band")
GRIDS = write(BUNDLE, PhraseAsk(grid=practice_grid(0, 4), parts=TRACKS, n=6, seed=2))


def test_an_idea_without_its_tune_falls() -> None:
    marks = mark_ideas(BUNDLE, GRIDS, 6)
    best = int(marks.argmax())
    grid = GRIDS[best]
    silent = replace(grid, notes=grid.notes[grid.notes["part"] > 1])
    spoiled = [silent if at == best else one for at, one in enumerate(GRIDS)]
    assert mark_ideas(BUNDLE, spoiled, 6)[best] < marks[best]


def test_frames_compare_within_themselves() -> None:
    marks = mark_ideas(BUNDLE, GRIDS, 3)
    assert np.isfinite(marks).all()
    apart = np.concatenate([mark_ideas(BUNDLE, GRIDS[:3], 3), mark_ideas(BUNDLE, GRIDS[3:], 3)])
    assert np.allclose(marks, apart, atol=1e-3)


def test_a_twin_of_the_best_gives_way_to_another() -> None:
    grids = [GRIDS[0], GRIDS[0], GRIDS[1]]
    assert choose_ideas(np.array([1.0, 0.9, 0.2]), grids, 2) == [0, 2]
    assert choose_ideas(np.array([1.0, 0.9, -9.0]), grids, 2) == [0, 1]
