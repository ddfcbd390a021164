"""Moving a slider moves the music that way: measured on what the model writes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.project.propose import TASKS
from motet.score import make_score
from motet.tasks.feel_options import SLIDERS, TASK_SLIDERS, feel_options
from motet.tasks.infill import infill_candidates

TUNE = "C5:1 E5:1 G5:2 | F5:2 D5:2 | E5:1 C5:1 D5:2 | C5:4 "
SCORE = make_score(TUNE * 2, "C3:4 | F3:4 | G3:4 | C3:4 " * 2, chords="C:4 F:4 G:4 C:4 " * 2)


def _figures(slider: str, value: float) -> Any:
    """Mean pitch and velocity of a few versions of four bars, and how many notes they have."""
    options, _ = feel_options("infill", {slider: value})
    made = infill_candidates(
        SCORE, n=4, bars="3-6", parts=[0], seed=5, repeats="new", originality=False, **options
    )
    notes = [
        note for one in made for note in one.score.parts[0].notes if 3840 <= note.onset_tick < 11520
    ]
    return (*np.mean([(note.pitch, note.velocity) for note in notes], axis=0), len(notes) / 4)


def test_brightness_lifts_the_register_and_energy_the_loudness() -> None:
    dark, bright = _figures("brightness", -0.9), _figures("brightness", 0.9)
    assert bright[0] > dark[0] + 1
    calm, strong = _figures("energy", -0.9), _figures("energy", 0.9)
    assert strong[1] > calm[1] + 10


def test_density_counts_notes() -> None:
    sparse, dense = _figures("density", -0.8), _figures("density", 0.8)
    assert dense[2] > 1.5 * sparse[2]


def test_every_task_says_which_sliders_it_hears() -> None:
    assert set(TASK_SLIDERS) == set(TASKS)
    for task, able in TASK_SLIDERS.items():
        options, remarks = feel_options(task, dict.fromkeys(SLIDERS, 0.8))
        assert bool(options) == bool(able)
        assert len(remarks) == len(SLIDERS) - len(able)
        assert all(en != zh for en, zh in remarks)


def test_what_is_named_wins_and_the_middle_asks_for_nothing() -> None:
    assert feel_options("infill", dict.fromkeys(SLIDERS, 0.0)) == ({}, ())
    options, _ = feel_options("infill", {"surprise": 1.0}, {"temperature": 0.5})
    assert options["temperature"] == 0.5
    more, less = (feel_options("melody", {"density": value})[0]["density"] for value in (0.8, -0.8))
    assert more > 1.2 > less


@pytest.mark.parametrize("feel", [{"spice": 1.0}, {"energy": 1.5}])
def test_sliders_that_are_not_there(feel: dict[str, float]) -> None:
    with pytest.raises(ParameterError):
        feel_options("infill", feel)
