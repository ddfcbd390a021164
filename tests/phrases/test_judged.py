"""Phrases to be judged: every part is heard, short pieces too, symbols are hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import motet
from motet.errors import ParameterError
from motet.phrases.band import TRACKS, unpack_roll
from motet.phrases.judged import (
    JudgedOptions,
    extract_judged,
    find_spans,
    fold_parts,
    hide_symbols,
    vary_judged,
)
from motet.score import make_score
from motet.tokens import score_to_grid


def test_every_part_that_plays_is_on_one_track() -> None:
    piece = motet.arrange("| C | Am | F | G |", style="pop", bars=8, seed=2, humanise=0)
    grid = score_to_grid(piece.score).grid
    folded = [part for parts in fold_parts(grid).values() for part in parts]
    assert sorted(folded) == sorted(set(grid.notes["part"].tolist()))


def test_four_voices_are_all_heard() -> None:
    voices = (
        "C5:4 D5:4 E5:4 C5:4",
        "G4:4 G4:4 G4:4 G4:4",
        "E4:4 D4:4 C4:4 E4:4",
        "C3:4 B2:4 C3:4 C3:4",
    )
    (phrase,) = extract_judged(
        score_to_grid(make_score(*voices, fifths=0)).grid, JudgedOptions(least_notes=1)
    )
    assert phrase["present"].tolist() == [True, False, True, False, True]
    inner = unpack_roll(phrase["roll"])[TRACKS.index("strings")][0]
    assert (np.flatnonzero(inner) + 48).tolist() == [64, 67]


def test_a_tune_of_two_bars_is_heard_twice_and_silence_not_at_all() -> None:
    (phrase,) = extract_judged(score_to_grid(make_score("C5:1 D5:1 E5:2 | C5:4")).grid)
    attack = phrase["attack"][0]
    assert attack.sum() == 8
    assert (attack[:32] == attack[32:]).all()
    grid = score_to_grid(make_score("C5:1 D5:1 E5:2 | C5:4")).grid
    assert extract_judged(replace(grid, notes=grid.notes[:0])) == []


def test_other_metres_are_passed_over() -> None:
    assert find_spans(score_to_grid(make_score("C4:5 " * 8, metre="5/4")).grid) == []


def test_symbols_are_hidden_and_each_phrase_is_spoilt() -> None:
    piece = motet.arrange("| C | Am | F | G |", style="pop", bars=16, seed=2, humanise=0)
    found = extract_judged(score_to_grid(piece.score).grid)
    batch = {name: np.stack([one[name] for one in found] * 4) for name in found[0]}
    varied = vary_judged(batch, np.random.default_rng(3))
    assert set(varied["chord"].ravel().tolist()) == {-1}
    assert set(hide_symbols(found[0])["bass"].tolist()) == {-1}
    changed = (varied["bad_roll"] != varied["roll"]).any(axis=(1, 2, 3))
    changed |= (varied["bad_attack"] != varied["attack"]).any(axis=(1, 2))
    assert changed.mean() > 0.9
    again = vary_judged(batch, np.random.default_rng(3))
    assert all(np.array_equal(one, again[name]) for name, one in varied.items())


def test_options_are_checked() -> None:
    with pytest.raises(ParameterError, match="per_piece"):
        JudgedOptions(per_piece=0)
