"""Weights in few bits: layout by hand, and how far they may be off."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.export.quantise import Quantised, dequantise, quantise


def test_a_block_that_is_exact_stays_exact() -> None:
    levels = np.arange(-8, 8, dtype=np.float32)
    weight = np.concatenate([levels, levels])[None, :] * 0.5
    packed = quantise(weight, bits=4)
    assert packed.scales.tolist() == [[0.5]]
    assert packed.packed[0, 0, :2].tolist() == [0x10, 0x32]  # the lower half of a byte comes first
    assert np.array_equal(dequantise(packed), weight)


def test_the_packed_layout_is_read_by_hand() -> None:
    packed = np.zeros((1, 1, 16), dtype=np.uint8)
    packed[0, 0, 0] = 0xF7
    scales = np.array([[2.0]], dtype=np.float32)
    weight = dequantise(Quantised(packed=packed, scales=scales, bits=4))
    assert weight[0, :3].tolist() == [-2.0, 14.0, -16.0]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([4, 8]), st.floats(1e-3, 1e2))
def test_no_weight_moves_further_than_a_level(seed: int, bits: int, spread: float) -> None:
    rng = np.random.default_rng(seed)
    weight = (rng.standard_normal((3, 64)) * spread).astype(np.float32)
    packed = quantise(weight, bits=bits)
    step = np.abs(packed.scales).repeat(32, axis=1)
    error = np.abs(dequantise(packed) - weight)
    largest = np.abs(weight).reshape(3, 2, 32).max(axis=2).repeat(32, axis=1)
    assert (error <= np.maximum(step, 0.25 * largest)).all()
    rms = float(np.sqrt(np.mean(error**2)) / np.sqrt(np.mean(weight**2)))
    assert rms < (0.12 if bits == 4 else 0.008)
    assert np.array_equal(packed.scales, packed.scales.astype(np.float16).astype(np.float32))


def test_searching_the_scale_is_no_worse_than_the_widest() -> None:
    weight = np.random.default_rng(3).standard_normal((16, 32)).astype(np.float32)
    peak = weight[np.arange(16), np.abs(weight).argmax(axis=1)][:, None]
    scale = (-peak / 8).astype(np.float16).astype(np.float32)
    plain = np.clip(np.rint(weight / scale), -8, 7) * scale
    error = np.square(dequantise(quantise(weight, bits=4)) - weight).sum(axis=1)
    assert (error <= np.square(plain - weight).sum(axis=1) * 1.0001).all()
    assert error.sum() < 0.97 * np.square(plain - weight).sum()


def test_a_block_of_zeros_stays_zero() -> None:
    assert not dequantise(quantise(np.zeros((2, 32), dtype=np.float32), bits=4)).any()


@pytest.mark.parametrize(
    ("weight", "bits", "message"),
    [
        (np.zeros((2, 32), np.float32), 3, "4 or 8"),
        (np.zeros((2, 30), np.float32), 4, "multiple of 32"),
        (np.full((1, 32), np.nan, np.float32), 8, "finite"),
    ],
)
def test_what_cannot_be_quantised_is_refused(weight: np.ndarray, bits: int, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        quantise(weight, bits=bits)
