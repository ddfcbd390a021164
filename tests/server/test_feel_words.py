"""Words move the sliders in the direction that people mean."""

from __future__ import annotations

import pytest

from motet.server.feel_words import read_moves


@pytest.mark.parametrize(
    ("text", "moves"),
    [
        ("make it darker and busier", {"brightness": -0.5, "density": 0.5}),
        ("much more energetic", {"energy": 0.9}),
        ("slightly calmer", {"energy": -0.25}),
        ("not so sad", {"brightness": 0.5}),
        ("simpler, with more space", {"density": -1.0}),
        ("更暗、更密", {"brightness": -0.5, "density": 0.5}),
        ("非常紧张", {"tension": 0.9}),
        ("稍微平静一点", {"energy": -0.25}),
        ("不要太忙", {"density": -0.5}),
        ("less busy", {"density": -0.5}),
        ("a waltz in G", {}),
    ],
)
def test_moves(text: str, moves: dict[str, float]) -> None:
    assert read_moves(text) == moves
