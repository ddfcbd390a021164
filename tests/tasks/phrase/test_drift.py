"""Variations around a phrase: nearer for less, and nothing else touched."""

from __future__ import annotations

import pytest

import motet
from motet.errors import ParameterError
from motet.score import Score, make_score
from motet.tasks.phrase import drift

TUNE = "C5:1 D5:0.5 E5:0.5 F5:1 G5:1 | A5:1 G5:1 E5:2 | F5:1 E5:1 D5:1 C5:1 | D5:1 B4:1 C5:2"


def _alike(a: Score, b: Score) -> float:
    one = {(n.onset_tick, n.pitch) for n in a.parts[0].notes}
    two = {(n.onset_tick, n.pitch) for n in b.parts[0].notes}
    return len(one & two) / len(one | two)


def test_more_is_farther_and_nothing_is_near() -> None:
    tune = make_score(TUNE, fifths=0)
    near = [_alike(tune, drift(tune, amount=amount, seed=1)[0].score) for amount in (0, 0.4, 1)]
    assert near[0] > 0.8
    assert near[0] >= near[1] > near[2]


def test_chords_bars_and_other_parts_stay() -> None:
    song = make_score(TUNE, "C3:4 F3:4 D3:4 C3:4", chords="C:4 F:4 Dm:4 C:4", fifths=0)
    (piece,) = drift(song, amount=0.8, bars="3-4", seed=2)
    after = piece.score
    assert after.parts[1] == song.parts[1]
    assert after.chords == song.chords
    assert after.n_bars == song.n_bars
    half = 2 * 4 * song.resolution
    early = [n for n in song.parts[0].notes if n.onset_tick < half]
    assert [n for n in after.parts[0].notes if n.onset_tick < half] == early
    white = {0, 2, 4, 5, 7, 9, 11}
    assert {n.pitch % 12 for n in after.parts[0].notes} <= white
    assert piece.writers == ("model", "given")


def test_motet_vary_takes_an_amount() -> None:
    tune = make_score(TUNE, fifths=0)
    found = motet.variations(tune, n=2, amount=0.6, seed=3)
    assert len(found) == 2
    assert found[0].score != found[1].score
    assert found[0].bundle == "vae-melody-2"
    with pytest.raises(ParameterError, match="takes no kind"):
        motet.vary(tune, amount=0.5, kind="ornament")
    with pytest.raises(ParameterError, match="0 to 1"):
        motet.vary(tune, amount=2)
