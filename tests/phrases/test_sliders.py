"""The five sliders on phrases where more and less are plain."""

import numpy as np
import pytest

from motet.phrases.sliders import SLIDERS, measure_sliders


def _value(name, bar, content="melody"):
    tokens = np.array(bar + [0] * (16 - len(bar))).reshape(1, 1, 16, 1)
    return float(measure_sliders(tokens, np.array([16]), content)[0, SLIDERS.index(name)])


def line(*pitches, length=4):
    return [t for p in pitches for t in [p - 46, *[1] * (length - 1)]]


@pytest.mark.parametrize(
    ("name", "less", "more"),
    [
        ("density", line(60, 62, 64, 65), line(*[60, 62] * 4, length=2)),
        ("syncopation", line(60, 62, 64, 65), [14, 1, *line(62, 64, 65), 16, 1]),
        ("range", line(60, 62, 64, 65), line(60, 72, 48, 65)),
        ("brightness", line(60, 62, 64, 65), line(72, 74, 76, 77)),
        ("tension", line(60, 64, 67, 69), line(61, 66, 70, 71)),
    ],
)
def test_more_is_more(name, less, more):
    assert _value(name, more) > _value(name, less) + 0.3


def test_drums_are_denser_and_brighter_with_more_hats():
    kick, both = [1, 0, 0, 0] * 4, [5, 0, 4, 0] * 4
    for name in ("density", "brightness", "range"):
        assert _value(name, both, "drums") > _value(name, kick, "drums")


def test_nothing_has_finite_figures():
    found = measure_sliders(np.zeros((2, 2, 16, 3), int), np.array([16, 12]), "trio")
    assert np.isfinite(found).all()
    assert found[0, 2:] == pytest.approx(0)
