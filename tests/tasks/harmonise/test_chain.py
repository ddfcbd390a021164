"""Chains of chords: drawn and weighed exactly."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from motet.tasks.harmonise.chain import draw_chain, make_links, weigh_places, widen
from motet.tasks.harmonise.palette import find_palette
from motet.theory import Key, parse_chord


@pytest.mark.parametrize("adventure", [1, 2, 3])
def test_links_are_probabilities(adventure: int) -> None:
    begin, follow = make_links(find_palette(Key("C"), adventure), Key("C"), warmth=1.4)
    assert begin.sum() == pytest.approx(1.0)
    assert np.allclose(follow.sum(axis=1), 1.0)


def test_weights_agree_with_all_ways_counted() -> None:
    begin, follow = (
        np.array([0.5, 0.3, 0.2]),
        np.array([[0, 0.7, 0.3], [0.4, 0, 0.6], [0.9, 0.1, 0]]),
    )
    found = weigh_places(begin, follow, [None, None, [0]])
    total = np.zeros((3, 3))
    for a in range(3):
        for b in range(3):
            p = begin[a] * follow[a, b] * follow[b, 0]
            total[0, a] += p
            total[1, b] += p
    assert np.allclose(found[:2], total[:2] / total[:2].sum(axis=1, keepdims=True), atol=1e-6)


def test_draws_are_as_often_as_weighed() -> None:
    begin, follow = (
        np.array([0.5, 0.3, 0.2]),
        np.array([[0, 0.7, 0.3], [0.4, 0, 0.6], [0.9, 0.1, 0]]),
    )
    rng = np.random.default_rng(3)
    drawn = [draw_chain(begin, follow, [None, None, [0]], rng) for _ in range(3000)]
    share = np.mean([one[1] == 1 for one in drawn if one is not None])
    assert share == pytest.approx(weigh_places(begin, follow, [None, None, [0]])[1, 1], abs=0.03)


def test_devices_lead_where_they_must() -> None:
    palette = find_palette(Key("C"), 3)
    begin, follow = make_links(palette, Key("C"))
    rng = np.random.default_rng(0)
    n_led = n_all = 0
    for _ in range(60):
        path = draw_chain(begin, follow, [None] * 8, rng)
        assert path is not None
        for a, b in pairwise(path):
            if palette[a].device == "secondary":
                n_all += 1
                n_led += palette[b].chord.root_pc in palette[a].leads
    assert n_led > 0.9 * n_all > 0


def test_what_cannot_be_is_none() -> None:
    begin, follow = np.array([1.0, 0.0]), np.array([[0.0, 1.0], [1.0, 0.0]])
    assert draw_chain(begin, follow, [[0], [0]], np.random.default_rng(0)) is None


def test_given_chords_join_the_palette_and_colours_fit_the_style() -> None:
    wide = widen(Key("C"), 3, [parse_chord("F#m"), None], colour="triads")
    symbols = {entry.chord.symbol for entry in wide}
    assert "F#m" in symbols
    assert not symbols & {"Cmaj9", "G13", "Dm9"}
    full = {entry.chord.symbol for entry in widen(Key("C"), 1, colour="sevenths")}
    assert {"Cmaj7", "Dm7", "G7", "Am7"} <= full
    assert "C" not in full
