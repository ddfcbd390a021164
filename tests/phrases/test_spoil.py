"""Spoilt phrases: changed, but still phrases of the same shape and metre."""

from __future__ import annotations

import numpy as np
import pytest

import motet
from motet.phrases.band import unpack_roll
from motet.phrases.judged import extract_judged
from motet.phrases.spoil import WAYS, spoil_rolls
from motet.tokens import score_to_grid


@pytest.fixture(scope="module")
def waltz() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Thirty-two phrases in 3/4."""
    piece = motet.arrange("| C | Am | F | G |", style="waltz", bars=16, seed=2, humanise=0)
    found = extract_judged(score_to_grid(piece.score).grid)
    many = [found[at % len(found)] for at in range(32)]
    return (
        unpack_roll(np.stack([one["roll"] for one in many])),
        np.stack([one["attack"] for one in many]),
        np.stack([one["metre"] for one in many]),
    )


def test_a_spoilt_phrase_is_still_a_phrase(waltz: tuple[np.ndarray, ...]) -> None:
    roll, attack, metre = waltz
    assert set(metre.tolist()) == {1}
    before = roll.copy()
    spoilt, begun, ways = spoil_rolls(roll, attack, metre, np.random.default_rng(1))
    assert (roll == before).all()
    assert spoilt.shape == roll.shape
    assert not spoilt.reshape(32, 5, 4, 16, 48)[:, :, :, 12:].any()
    assert not begun.reshape(32, 5, 4, 16)[:, :, :, 12:].any()
    assert not (begun & ~spoilt.any(axis=3)).any()
    assert 0 <= ways.min() <= ways.max() < len(WAYS)
    assert len(set(ways.tolist())) > len(WAYS) // 2
    changed = (spoilt != roll).any(axis=(1, 2, 3)) | (begun != attack).any(axis=(1, 2))
    assert changed.mean() > 0.9


def test_silence_stays_silence() -> None:
    roll, attack = np.zeros((2, 5, 64, 48), bool), np.zeros((2, 5, 64), bool)
    spoilt, begun, _ = spoil_rolls(roll, attack, np.zeros(2, int), np.random.default_rng(0))
    assert not spoilt.any()
    assert not begun.any()
