"""Metres, tempos, velocities and keys as token values."""

import pytest

from motet.errors import ParameterError
from motet.tokens.values import (
    MODE_TONICS,
    key_tonic,
    metre_length,
    metre_of,
    metre_value,
    tempo_of,
    tempo_value,
    velocity_of,
    velocity_value,
)
from motet.tokens.vocab import METRE_DENOMINATORS, MODES


def test_every_metre_of_the_table_comes_back():
    for numerator in range(1, 17):
        for denominator in METRE_DENOMINATORS:
            value = metre_value(numerator, denominator)
            assert metre_of(value) == (numerator, denominator)
            assert metre_length(value) * denominator == numerator * 96


@pytest.mark.parametrize(
    ("metre", "written"),
    [
        ((2, 1), (4, 2)),
        ((3, 1), (6, 2)),
        ((24, 16), (12, 8)),
        ((18, 8), (9, 4)),
        ((6, 32), (3, 16)),
        ((4, 64), (1, 16)),
    ],
)
def test_other_metres_keep_their_length_where_they_can(metre, written):
    assert metre_of(metre_value(*metre)) == written


@pytest.mark.parametrize("metre", [(17, 4), (3, 32), (9, 1), (255, 64), (0, 4), (4, 0), (4, 3)])
def test_metres_that_cannot_be_said_are_unmetred(metre):
    assert metre_value(*metre) == 64
    assert metre_of(64) is None


@pytest.mark.parametrize("value", [-1, 65])
def test_there_is_no_such_metre(value):
    with pytest.raises(ParameterError, match="METRE"):
        metre_of(value)


def test_tempos_are_a_sixth_of_an_octave_apart():
    assert [tempo_value(tempo_of(value)) for value in range(24)] == list(range(24))
    assert tempo_of(6) == 60
    assert (tempo_value(1), tempo_value(10_000), tempo_value(0), tempo_of(-1)) == (0, 23, -1, None)


def test_velocities():
    assert [velocity_value(velocity_of(value)) for value in range(16)] == list(range(16))
    assert all(abs(velocity_of(velocity_value(one)) - one) <= 7 for one in range(1, 128))
    assert velocity_value(80) == 9


def test_home_tonics_have_no_signature():
    letters = [key_tonic(tonic * 7 + mode) for mode, tonic in enumerate(MODE_TONICS)]
    assert letters == list(zip((0, 9, 2, 4, 5, 7, 11), MODES, strict=True))
