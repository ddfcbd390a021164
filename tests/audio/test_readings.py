import numpy as np

from motet.audio.accents import STEPS
from motet.audio.downbeat import weigh_readings
from motet.audio.readings import LEVELS, METRES, lay_readings


def test_every_reading_has_finite_features() -> None:
    rng = np.random.default_rng(0)
    readings = lay_readings(rng.normal(size=(8, 30 * STEPS)), 0.5)
    assert np.isfinite(readings.features).all()
    assert len(weigh_readings(readings.features)) == len(readings.form)
    assert set(readings.form.tolist()) == set(range(len(METRES)))
    assert set(readings.level.tolist()) <= set(LEVELS)


def test_a_known_tempo_leaves_the_levels_near_it() -> None:
    readings = lay_readings(np.zeros((8, 30 * STEPS)), 0.5, quarter_s=1.0)
    for form, level in zip(readings.form.tolist(), readings.level.tolist(), strict=True):
        assert abs(np.log2(level / STEPS * 0.5 / METRES[form].beat_qn)) <= 0.2


def test_the_bar_that_repeats_is_the_most_alike() -> None:
    rng = np.random.default_rng(1)
    accents = np.tile(rng.normal(size=(8, 3 * STEPS)), 16)
    readings = lay_readings(accents, 0.5)
    energy = weigh_readings(readings.features)
    assert METRES[int(readings.form[int(energy.argmax())])].beats in (2, 3)
