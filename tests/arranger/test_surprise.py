"""Surprise: little is plain, much is bold, and the harmony still begins and ends at home."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from motet.arranger.form import parse_form
from motet.arranger.harmony import invent_harmony
from motet.arranger.style_file import find_style
from motet.arranger.surprise import measure_boldness
from motet.theory.scale import parse_key

BEATS = (Fraction(1),) * 4


def boldness(style: str, key: str, surprise: float, seed: int) -> float:
    """How far the invented chords of a piece leave its key."""
    bars = invent_harmony(
        find_style(style), parse_key(key), parse_form("A8 B8 A8"), beats_qn=BEATS, seed=seed,
        surprise=surprise,
    )  # fmt: skip
    return measure_boldness(
        [chord for section in bars for bar in section for _, _, chord in bar], parse_key(key)
    )


@pytest.mark.parametrize("style", ["pop", "folk", "bossa", "classical"])
@pytest.mark.parametrize("key", ["D", "G minor"])
def test_more_surprise_leaves_the_key_further(style: str, key: str) -> None:
    means = [np.mean([boldness(style, key, s, seed) for seed in range(4)]) for s in (0, 0.5, 1)]
    assert means[0] <= means[1] + 0.02 < means[2]
    assert means[0] < 0.2


def test_nothing_asked_changes_nothing() -> None:
    pop, key, form = find_style("pop"), parse_key("C"), parse_form("A8 B8")
    one, other = (
        invent_harmony(pop, key, form, beats_qn=BEATS, seed=5, surprise=None) for _ in range(2)
    )
    assert one == other
    bold = invent_harmony(pop, key, form, beats_qn=BEATS, seed=5, surprise=1.0)
    assert bold[-1][-1] == one[-1][-1]
