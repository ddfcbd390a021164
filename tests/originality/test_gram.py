"""Tests of motet.originality.gram."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.originality.gram import GRAM, change_classes, hash_grams, learn_surprise, winnow

LINES = st.lists(st.integers(36, 96), min_size=8, max_size=60).map(np.array)


@settings(max_examples=30)
@given(LINES, st.integers(-12, 12))
def test_transposing_changes_no_gram(line: np.ndarray, shift: int) -> None:
    one, two = hash_grams(line), hash_grams(line + shift)
    assert np.array_equal(one[0], two[0])
    assert np.array_equal(one[1], two[1])


@settings(max_examples=30)
@given(LINES, st.integers(1, 9))
def test_a_window_of_shared_grams_keeps_one_in_common(line: np.ndarray, window: int) -> None:
    hashes, _ = hash_grams(np.arange(50, 60).repeat(3) * 0 + 60)
    del hashes
    tail = np.concatenate(([40, 71, 44], line))
    codes, wanted = hash_grams(line)
    wanted[:] = True
    others, many = hash_grams(tail)
    many[:] = True
    own = set(codes[winnow(codes, wanted, window=window)].tolist())
    theirs = set(others[winnow(others, many, window=window)].tolist())
    if len(codes) >= window:
        assert own & theirs


def test_scales_and_repeated_notes_say_nothing() -> None:
    scale = np.array([60, 62, 64, 65, 67, 69, 71, 72, 74])
    assert not hash_grams(scale)[1].any()
    assert not hash_grams(np.full(20, 60))[1].any()
    assert hash_grams(np.array([60, 64, 62, 67, 66, 72, 60]))[1].tolist() == [True]


def test_short_lines_have_no_grams() -> None:
    assert len(hash_grams(np.arange(GRAM))[0]) == 0
    assert len(winnow(np.zeros(0, np.int64), np.zeros(0, bool), window=3)) == 0


@settings(max_examples=20)
@given(st.lists(st.sampled_from([6, 12, 24, 36, 48]), min_size=3, max_size=20))
def test_tempo_changes_no_class(apart: list[int]) -> None:
    time = np.cumsum([0, *apart])
    assert np.array_equal(change_classes(time), change_classes(time * 2))


def test_what_is_usual_says_little_and_what_is_repeated_less() -> None:
    rng = np.random.default_rng(0)
    usual = np.cumsum(rng.choice([1, 2, -1, -2], 3000)) + 60
    known = learn_surprise([(usual, np.arange(3000) * 24)])
    leap, step = np.array([60, 61, 63, 74]), np.array([60, 61, 63, 64])
    assert known.pitch_bits(leap)[3] > known.pitch_bits(step)[3]
    figure = np.tile([60, 67, 64, 71, 62], 6)
    bits = known.pitch_bits(figure)
    assert bits[:5].sum() > 5 * bits[10:15].sum()
    assert bits.max() <= 4


def test_figures_of_accompaniment_say_little() -> None:
    rng = np.random.default_rng(1)
    known = learn_surprise([(rng.integers(50, 80, 3000), np.arange(3000) * 24)])
    chords = [(60, 67, 64, 67), (60, 69, 65, 69), (59, 67, 62, 67), (60, 69, 64, 69)]
    triads = np.array(chords).ravel()
    tune = rng.permutation(np.arange(55, 55 + len(triads)))
    assert known.pitch_bits(triads)[8:].max() <= 1
    assert known.pitch_bits(triads).sum() < 0.7 * known.pitch_bits(tune).sum()
    waltz = np.array([48, 64, 64, 43, 62, 62, 45, 64, 64, 43, 62, 62])
    assert known.pitch_bits(waltz)[6:].sum() < known.pitch_bits(tune)[6:12].sum() / 2
