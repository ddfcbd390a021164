"""The pulse of music without beats: found through drift, refused where there is none."""

from dataclasses import replace

import numpy as np
import pytest

from motet.corpus.pulse import find_pulse, put_on_pulse
from motet.score import Note, Part, Score, Tempo

RNG = np.random.default_rng(3)


@pytest.mark.parametrize("pulse_s", [0.11, 0.246, 0.3, 0.66])
def test_the_pulse_is_found(pulse_s: float) -> None:
    counts = RNG.choice([1, 1, 2, 3, 4], 120)
    onset_s = np.append(0, np.cumsum(counts * pulse_s + RNG.normal(0, 0.02 * pulse_s, 120)))
    found = find_pulse(onset_s)
    assert found is not None
    assert found == pytest.approx(pulse_s, rel=0.02)


def test_no_pulse() -> None:
    assert find_pulse(np.cumsum(RNG.uniform(0.2, 3.0, 200))) is None
    assert find_pulse(np.array([0.0, 1.0])) is None
    assert put_on_pulse(Score()) is None


def test_ticks_of_a_140th_of_a_second() -> None:
    counts = [1, 1, 2, 1, 3, 1, 1, 2] * 6
    exact = np.append(0, np.cumsum(counts)) * 34.4
    notes = tuple(
        Note(onset_tick=round(tick), duration_tick=30, pitch=60 + k % 5)
        for k, tick in enumerate(exact.tolist())
    )
    score = Score(
        parts=(Part(notes=notes),), resolution=70, tempos=(Tempo(tick=0, quarter_us=500_000),)
    )
    found = put_on_pulse(score)
    assert found is not None
    places = [note.onset_tick for note in found.parts[0].notes]
    assert places == (np.append(0, np.cumsum(counts)) * 12).tolist()
    assert found.tempos[0].qpm == pytest.approx(60 / (34.4 / 140 * 2), rel=0.01)
    assert {note.duration_tick for note in found.parts[0].notes} == {10}
    assert replace(found, tempos=()).bars[0].metre.numerator == 4
