"""A band from noise: bounds hold by construction, the same seed gives the same notes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from motet.engine.bundle import load_bundle
from motet.engine.generate import check_written, generate
from motet.engine.noise_driver import draw_noise, judge_phrases, parts, write
from motet.engine.phrase_ask import PhraseAsk
from motet.engine.probe import practice_grid
from motet.engine.write import Cancel
from motet.errors import ConstraintError
from motet.phrases.band import TRACKS, BandOptions, extract_band
from motet.tokens.layout import metre_length, metre_value

BUNDLE = load_bundle("gan-band")
BAND = PhraseAsk(grid=practice_grid(0, 8), parts=TRACKS, n=3, seed=5)


def test_scale_range_and_polyphony_are_kept() -> None:
    ask = replace(BAND, low_midi=43, high_midi=79, max_polyphony=2)
    for grid in generate(BUNDLE, ask):
        assert check_written(ask, grid) == ()
        assert {int(one) for one in np.unique(grid.notes["part"])} == set(range(5))


def test_the_same_seed_gives_the_same_notes_and_another_does_not() -> None:
    first, again = write(BUNDLE, BAND), write(BUNDLE, BAND)
    assert all(one.equals(two) for one, two in zip(first, again, strict=True))
    assert not first[0].equals(first[1])
    assert not write(BUNDLE, replace(BAND, seed=6))[0].equals(first[0])
    alone = write(BUNDLE, replace(BAND, n=1))
    assert alone[0].equals(first[0])


def test_given_notes_stay_and_bars_that_fill_no_window_are_written() -> None:
    ask = PhraseAsk(grid=practice_grid(2, 3), parts=("melody",))
    (grid,) = generate(BUNDLE, ask)
    assert check_written(ask, grid) == ()
    assert grid.n_bars == 5


def test_three_quarters_are_played_and_five_refused() -> None:
    def in_metre(value: int) -> PhraseAsk:
        bars = BAND.grid.bars.copy()
        bars["metre"], bars["length"] = value, metre_length(value)
        chords = BAND.grid.chords[BAND.grid.chords["pos"] < metre_length(value)]
        return replace(BAND, n=1, grid=replace(BAND.grid, bars=bars, chords=chords))

    ask = in_metre(metre_value(3, 4))
    (grid,) = generate(BUNDLE, ask)
    assert check_written(ask, grid) == ()
    assert grid.notes["pos"].max() < 72
    with pytest.raises(ConstraintError, match="bar 1: this bundle plays"):
        generate(BUNDLE, in_metre(metre_value(5, 4)))


def test_a_cancelled_ask_writes_nothing() -> None:
    cancel = Cancel()
    cancel.set()
    assert write(BUNDLE, BAND, cancel=cancel) == []


def test_the_noise_of_a_phrase_stays_and_that_of_bars_changes() -> None:
    first, second = (draw_noise(BUNDLE.config, BAND, window=at) for at in (0, 1))
    same = (first == second).mean(axis=1)
    assert first.shape == (3, 304)
    assert ((same > 0.3) & (same < 0.7)).all()
    calm = draw_noise(BUNDLE.config, replace(BAND, temperature=0.5), window=0)
    assert np.allclose(calm, 0.5 * first)
    assert abs(float(first.std()) - 1) < 0.1


def test_the_critic_judges_each_phrase_by_itself() -> None:
    assert parts(BUNDLE) == TRACKS
    found = [extract_band(one, BandOptions(per_piece=1))[0] for one in write(BUNDLE, BAND)]
    together = judge_phrases(BUNDLE, found)
    alone = [float(judge_phrases(BUNDLE, [one])[0]) for one in found]
    assert np.allclose(together, alone, atol=1e-4)
    assert len({round(one, 3) for one in alone}) == len(found)
