"""Variants: each its seed, the best first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.errors import ParameterError
from motet.tasks import compose
from motet.tasks.ensemble.variants import compose_variants, judge_piece, rank_pieces

WISH = {"bars": 4, "parts": "flute,piano", "ground": "arranger", "candidates": 1}


def test_seeds_count_up_and_the_best_is_first() -> None:
    told: list[tuple[int, int]] = []
    found = compose_variants(
        WISH, n=3, seed=7, on_piece=lambda done, total: told.append((done, total))
    )
    assert {one.seed for one in found} == {7, 8, 9}
    assert told == [(1, 3), (2, 3), (3, 3)]
    keys = [(one.n_missed, -one.figure) for one in found]
    assert keys == sorted(keys)
    alone = compose(seed=found[0].seed, **WISH)
    assert alone.score == found[0].piece.score
    assert judge_piece(alone) == found[0].figure


def test_one_that_misses_comes_last() -> None:
    good = compose(**WISH)
    ranked = rank_pieces([good, compose(seed=1, **WISH)])
    assert len(ranked) == 2


@pytest.mark.parametrize("n", [0, 65, True])
def test_mistakes(n: int) -> None:
    with pytest.raises(ParameterError):
        compose_variants(WISH, n=n)


def test_a_stretch_that_only_takes_over_earlier_bars_has_no_say() -> None:
    piece = compose(bars=4, parts="flute", seed=1, candidates=1)
    empty = replace(piece.stretches[0], figures=())
    assert judge_piece(replace(piece, stretches=(empty, *piece.stretches))) == judge_piece(piece)
    assert 0 < judge_piece(replace(piece, stretches=(empty,))) <= 1
