"""Played drums: each beat finds its grid, lag is kept aside, copies on one place become one."""

from dataclasses import replace

import numpy as np
import pytest

from motet.corpus.performed import KIT, choose_snap, snap_drums
from motet.score import Note, make_score

RNG = np.random.default_rng(5)


@pytest.mark.parametrize("per_beat", [3, 4, 6, 8])
@pytest.mark.parametrize("lag", [-0.03, 0.0, 0.02])
def test_the_meant_grid_is_found(per_beat: int, lag: float) -> None:
    meant = np.arange(8 * per_beat) / per_beat + 4
    played = meant + lag + RNG.normal(0, 0.004, len(meant))
    assert np.allclose(choose_snap(played), meant)


def test_a_fill_in_triplets_between_sixteenths() -> None:
    meant = np.array([0, 0.25, 0.5, 0.75, 1, 4 / 3, 5 / 3, 2, 2.25, 2.5, 2.75])
    assert np.allclose(choose_snap(meant + RNG.normal(0, 0.008, len(meant))), meant)


def test_a_stroke_before_the_beat_belongs_to_it() -> None:
    assert choose_snap(np.array([0.0, 0.97, 2.03, 2.98])).tolist() == [0.0, 1.0, 2.0, 3.0]


def test_nothing_to_snap() -> None:
    assert len(choose_snap(np.zeros(0))) == 0


def test_score_and_strokes_agree() -> None:
    score = make_score("drums 36:1 38:1 36:1 38:1", "C4:4")
    drums = score.parts[0]
    notes = (
        Note(onset_tick=14, duration_tick=0, pitch=36, velocity=100),
        Note(onset_tick=20, duration_tick=5, pitch=36, velocity=60),
        Note(onset_tick=494, duration_tick=5, pitch=22, velocity=50),
        Note(onset_tick=974, duration_tick=5, pitch=40, velocity=90),
    )
    played = score.with_parts(replace(drums, notes=notes), score.parts[1])
    snapped, strokes = snap_drums(played)
    assert [(n.onset_tick, n.pitch, n.velocity) for n in snapped.parts[0].notes] == [
        (0, 36, 100),
        (480, KIT[22], 50),
        (960, 38, 90),
    ]
    assert all(note.duration_tick > 0 for note in snapped.parts[0].notes)
    assert [(one.tick, one.pitch) for one in strokes] == [(0, 36), (480, 42), (960, 38)]
    assert strokes[1].deviation_qn == pytest.approx(14 / 480, abs=1e-4)
    assert snapped.parts[1] == score.parts[1]
