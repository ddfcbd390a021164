"""Bars and chords of one position: as those of many, and round and round."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motet.engine.event_scene import Scene
from motet.engine.probe import practice_grid
from motet.phrases.event_codec import FAR, NO_CHORD, Ground
from motet.tokens.layout import GRID_BAR, GRID_CHORD, GridScore, metre_value


@pytest.fixture
def mixed() -> GridScore:
    bars = [(96, metre_value(4, 4), -1), (72, metre_value(3, 4), -1), (96, metre_value(4, 4), -1)]
    chords = [(0, 24, 0, -1, 1.0), (1, 12, 100, -1, 0.2), (2, 0, 140, -1, 1.0)]
    return replace(
        practice_grid(0, 1), bars=np.array(bars, GRID_BAR), chords=np.array(chords, GRID_CHORD)
    )


def test_a_scene_says_what_the_ground_says(mixed: GridScore) -> None:
    scene, ground = Scene(mixed), Ground(mixed)
    onsets = np.arange(0, 264, 5)
    place, chords = ground.places(onsets)
    assert [scene.place(int(one)) for one in onsets] == place.tolist()
    assert [scene.chords(int(one)) for one in onsets] == chords.tolist()
    for lag in (1, 2, 4):
        earlier = [scene.earlier(int(one), lag) for one in onsets]
        assert earlier == ground.earlier(onsets, lag).tolist()


def test_a_loop_goes_round_and_never_nears_its_end(mixed: GridScore) -> None:
    scene = Scene(mixed, loops=True)
    far = 264 * 1000
    assert scene.bar(far + 100) == 3001
    assert scene.place(far + 100) == [0, 4, metre_value(3, 4), 3001 % 8, FAR]
    assert scene.chord(10) == NO_CHORD
    assert scene.chord(far + 10) == 140
    assert scene.chords(far + 170) == [140, 140]
    assert scene.earlier(far + 5, 1) == far - 96 + 5
    assert scene.end_tick is None
