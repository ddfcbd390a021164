"""Phrases of a band: what is cut out of a piece, and that it comes back the same."""

from __future__ import annotations

import numpy as np
import pytest

import motet
from motet.errors import ParameterError
from motet.phrases.band import (
    TRACKS,
    BandOptions,
    extract_band,
    find_metre,
    metre_steps,
    pack_roll,
    unpack_roll,
    vary_band,
)
from motet.phrases.band_write import band_to_grid
from motet.phrases.kinds import find_kind
from motet.score import make_score
from motet.tokens import GridScore, score_to_grid
from motet.tokens.layout import metre_value

ANY = BandOptions(least_tracks=1)


def _band(metre: str) -> GridScore:
    piece = motet.arrange(
        "| C | Am | F | G |", style="pop", bars=8, metre=metre, seed=2, humanise=0
    )
    return score_to_grid(piece.score).grid


def test_a_roll_holds_what_was_written() -> None:
    score = make_score(
        "C5:1 D5:1 r:2 | E5:4 | r:4 | C5:4",
        "C4+E4:2 D4+F4:2 | G4:4 | r:4 | r:4",
        "drums 36:1 38:1 36:1 38:1 | r:4 | r:4 | r:4",
        chords="C:4 G:4 Am:8",
    )
    (phrase,) = extract_band(score_to_grid(score).grid, ANY)
    roll = unpack_roll(phrase["roll"])
    assert phrase["present"].tolist() == [True, True, False, True, False]
    assert np.flatnonzero(phrase["attack"][0]).tolist() == [0, 4, 16, 48]
    assert np.flatnonzero(roll[0].any(axis=1)).tolist() == [
        *range(8),
        *range(16, 32),
        *range(48, 64),
    ]
    assert np.flatnonzero(roll[0, 4]).tolist() == [62 + 12 - 48]
    assert np.flatnonzero(roll[1, 9]).tolist() == [62 - 36, 65 - 36]
    assert np.flatnonzero(roll[3, 4]).tolist() == [1]  # the snare
    assert phrase["chord"].tolist() == [0] * 4 + [140] * 4 + [181] * 8


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8", "2/4"])
def test_a_phrase_comes_back_from_the_grid_as_it_was(metre: str) -> None:
    found = extract_band(_band(metre), ANY)
    assert found
    for phrase in found:
        grid = band_to_grid(phrase, qpm=100.0)
        (again,) = extract_band(grid, ANY)
        # a grid of one window is told by its parts anew: the roles must stay
        assert [TRACKS[at] for at in np.flatnonzero(again["present"])] == [
            TRACKS[at] for at in np.flatnonzero(phrase["present"])
        ]
        for name in phrase:
            assert np.array_equal(phrase[name], again[name]), name


def test_bars_of_three_quarters_leave_their_last_slots_empty() -> None:
    for phrase in extract_band(_band("3/4"), ANY):
        assert int(phrase["metre"]) == 1
        inside = np.arange(64) % 16 < metre_steps(1)
        assert not phrase["attack"][:, ~inside].any()
        assert not unpack_roll(phrase["roll"])[:, ~inside].any()


def test_metres_that_the_band_does_not_play_give_nothing() -> None:
    assert find_metre(metre_value(5, 4)) == -1
    assert extract_band(_band("5/4"), ANY) == []


def test_a_tune_alone_is_no_band() -> None:
    tune = score_to_grid(make_score("C5:4 | D5:4 | E5:4 | C5:4")).grid
    assert extract_band(tune) == []
    assert extract_band(tune, ANY) == []  # neither chords nor drums


def test_what_is_varied_stays_a_phrase() -> None:
    phrases = extract_band(_band("4/4"))
    batch = {name: np.stack([one[name] for one in phrases] * 20) for name in phrases[0]}
    varied = vary_band(batch, np.random.default_rng(0))
    assert not np.array_equal(varied["present"], batch["present"])
    assert (varied["present"] == varied["attack"].any(axis=2)).all()
    assert (varied["present"].sum(axis=1) >= 2).all()
    assert not (varied["roll"] & ~batch["roll"]).any()


def test_packing_loses_nothing(rng: np.random.Generator) -> None:
    roll = rng.random((3, 5, 64, 48)) < 0.1
    assert np.array_equal(unpack_roll(pack_roll(roll)), roll)


def test_options_are_checked() -> None:
    assert find_kind("band").options is BandOptions
    with pytest.raises(ParameterError, match="least_tracks"):
        BandOptions(least_tracks=6)
