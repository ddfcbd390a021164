"""A band by chance: the rates that were counted are the rates that are drawn."""

from __future__ import annotations

import numpy as np

import motet
from motet.phrases.band import extract_band, unpack_roll
from motet.suite.band_chance import learn_chance
from motet.tokens import score_to_grid


def test_rates_are_kept_and_conditions_too(rng: np.random.Generator) -> None:
    piece = motet.arrange("| C | Am | F | G |", style="pop", bars=16, seed=2, humanise=0)
    phrases = extract_band(score_to_grid(piece.score).grid)
    chance = learn_chance(phrases)
    drawn = [chance.draw(phrases[0], rng) for _ in range(60)]
    expected = np.mean([one["attack"] for one in phrases], axis=0).reshape(5, 4, 16).mean(axis=1)
    got = np.mean([one["attack"] for one in drawn], axis=0).reshape(5, 4, 16).mean(axis=1)
    assert np.abs(got[0] - expected[0]).max() < 0.2
    for one in drawn:
        assert np.array_equal(one["chord"], phrases[0]["chord"])
        roll = unpack_roll(one["roll"])
        assert roll[0].sum(axis=1).max() <= 1
        assert roll[3, ~one["attack"][3]].sum() == 0
