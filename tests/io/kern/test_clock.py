"""The resolution that holds every length."""

from motet.io.kern.clock import choose_resolution, tick_maker
from motet.io.kern.track import UNITS_PER_QN


def test_resolutions():
    unit = UNITS_PER_QN
    assert choose_resolution([unit]) == (480, True)
    assert choose_resolution([unit // 7, unit // 3]) == (3360, True)
    assert choose_resolution([unit // 43, unit // 41, unit // 37]) == (30240, False)


def test_ticks_round_to_the_nearest():
    tick = tick_maker(30240)
    assert tick(UNITS_PER_QN // 43) == round(30240 / 43)
    assert tick(3 * UNITS_PER_QN) == 90720
