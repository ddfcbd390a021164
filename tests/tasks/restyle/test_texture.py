"""Manners of playing change strokes, never harmony."""

from __future__ import annotations

from itertools import pairwise

import pytest

from motet.score import Score
from motet.tasks.restyle import restyle


def sounding(score: Score, part: int) -> set[tuple[int, int]]:
    """Which pitch class a part plays in which bar."""
    return {(score.bar_at(n.onset_tick), n.pitch % 12) for n in score.parts[part].notes}


@pytest.mark.parametrize("seed", [1, 5])
def test_a_quartet_strikes_what_it_would_hold(song: Score, seed: int) -> None:
    held = restyle(song, to="string-quartet", intensity=2, seed=seed, humanise=0).score
    played = restyle(song, to="string-quartet", intensity=3, seed=seed, humanise=0).score
    for part in (1, 2, 3):
        assert sounding(played, part) >= sounding(held, part)
        notes = played.parts[part].notes
        assert all(a.end_tick <= b.onset_tick for a, b in pairwise(notes))
    assert played.n_notes > held.n_notes


def test_the_last_bar_is_held(song: Score) -> None:
    score = restyle(song, to="string-quartet").score
    last = score.bars[-1]
    for part in score.parts[1:]:
        assert [n.end_tick for n in part.notes if n.onset_tick >= last.start_tick][
            -1
        ] == last.end_tick
