"""Phrases of steps: what is cut out of a piece, what is left out, and the same music back."""

import numpy as np
import pytest

from motet.errors import ParameterError
from motet.phrases.kinds import find_kind
from motet.phrases.steps import KIND, StepOptions, extract, to_grid, vary
from motet.score import make_score
from motet.tokens import score_to_grid

TUNE = "C5:1 D5:0.5 E5:0.5 F5:1 G5:1 | A5:1.5 G5:0.5 E5:2"


def _grid(*voices, **options):
    return score_to_grid(make_score(*voices, **options), key="none").grid


def test_a_phrase_is_the_same_music_back():
    grid = _grid(TUNE)
    (phrase,) = extract(grid, StepOptions(bars=2))
    back = to_grid(phrase["tokens"], n_steps=int(phrase["n_steps"]), content="melody")
    for name in ("bar", "pos", "dur", "pitch"):
        assert back.notes[name].tolist() == grid.notes[name].tolist()
    assert back.bars["length"].tolist() == [96, 96]


def test_a_trio_keeps_its_three_voices():
    drums = "36:0.5 42:0.5 38:0.5 42:0.5 36:0.5 42:0.5 38:0.5 42:0.5"
    grid = _grid(f"{TUNE} {TUNE}", "C3:1 G2:1 C3:1 G2:1 " * 4, "drums " + f"{drums} " * 4)
    options = StepOptions(bars=4, content="trio")
    (phrase,) = extract(grid, options)
    assert phrase["tokens"].shape == (4, 16, 3)
    back = to_grid(phrase["tokens"], n_steps=16, content="trio")
    for part, role in enumerate(("melody", "bass", "drums")):
        mine = back.notes[back.notes["part"] == part]
        were = grid.notes[grid.notes["part"] == part]
        assert back.parts[part].role == role
        assert mine[["bar", "pos", "pitch"]].tolist() == were[["bar", "pos", "pitch"]].tolist()


@pytest.mark.parametrize(
    "voice",
    ["C5:8", "C5+E5+G5:1 D5+F5:1 E5+G5:1 F5+A5:1 | C5+E5:1 D5+F5:1 E5+G5:1 F5+A5:1"],
)
def test_phrases_that_say_little_or_are_chords_are_left_out(voice):
    assert extract(_grid(voice), StepOptions(bars=2)) == []


def test_triplets_are_left_out():
    triplets = " ".join(f"{one}:0.3333333" for one in ("C5", "D5", "E5") * 8)
    assert extract(_grid(triplets), StepOptions(bars=2)) == []


def test_three_four_has_twelve_steps():
    grid = _grid("C5:1 D5:1 E5:1 F5:1 G5:1 E5:1", metre="3/4")
    (phrase,) = extract(grid, StepOptions(bars=2))
    assert int(phrase["n_steps"]) == 12
    assert not phrase["tokens"][:, 12:].any()


def test_varying_moves_whole_phrases_and_keeps_rhythm():
    phrases = extract(_grid(f"{TUNE} " * 12), StepOptions(bars=2)) * 6
    batch = {name: np.stack([one[name] for one in phrases]) for name in phrases[0]}
    varied = vary(batch, np.random.default_rng(0))
    was, now = batch["tokens"].astype(int), varied["tokens"].astype(int)
    moved = (was != now).any((1, 2, 3))
    assert 0 < moved.sum() < len(was) / 2
    assert ((was > 1) == (now > 1)).all()
    for k in np.flatnonzero(moved):
        assert len(np.unique((now - was)[k][was[k] > 1])) == 1
    assert now.dtype.kind == "i"
    assert varied["tokens"].dtype == batch["tokens"].dtype


def test_options_are_checked_and_the_kind_is_known():
    assert find_kind("steps") is KIND
    with pytest.raises(ParameterError, match="2, 4 or 16"):
        StepOptions(bars=3)
    with pytest.raises(ParameterError, match="content"):
        StepOptions(content="choir")
