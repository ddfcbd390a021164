"""The score: order, look-ups, limits."""

import pickle

import pytest

from motet.errors import ParameterError
from motet.score import (
    BarLength,
    ChordSymbol,
    KeySignature,
    Metre,
    Score,
    Tempo,
    make_score,
)
from strategies import full_score


def test_an_empty_score_has_one_bar_of_four_four():
    score = Score()
    assert (score.n_bars, score.end_tick, score.n_notes) == (1, 0, 0)
    assert score.bars[0].duration_tick == 1920


def test_events_are_sorted():
    late, early = ChordSymbol(tick=9, symbol="G"), ChordSymbol(tick=0, symbol="C")
    assert Score(chords=(late, early)).chords == (early, late)


def test_what_holds_at_a_tick():
    score = full_score()
    assert [score.chord_at(tick).symbol for tick in (0, 1919, 1920)] == ["C", "C", "G/B"]
    assert score.key_at(5000).fifths == 1
    assert score.metre_at(0).numerator == 4
    assert Score().key_at(0) is None
    assert Score().chord_at(0) is None
    assert Score().metre_at(0).numerator == 4


def test_length_may_be_longer_than_the_notes():
    assert Score(length_tick=5000).n_bars == 3


def test_parts_by_name():
    score = make_score("C4:1", "drums 36:1")
    assert score.part("Drums").is_drums
    with pytest.raises(ParameterError, match="Part 1"):
        score.part("Flute")


def test_equal_scores_are_equal_and_hash_alike_after_use():
    one, two = full_score(), full_score()
    assert one.n_bars == 3
    assert one == two
    assert hash(one) == hash(two)
    assert pickle.loads(pickle.dumps(one)) == two


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"resolution": 0}, "resolution"),
        ({"resolution": 40_000}, "resolution"),
        ({"length_tick": -1}, "length_tick"),
        ({"tempos": (Tempo(tick=0, quarter_us=0),)}, "tempo"),
        ({"tempos": (Tempo(tick=-1, quarter_us=1),)}, "tempo"),
        ({"metres": (Metre(tick=0, numerator=3, denominator=3),)}, "metre"),
        ({"metres": (Metre(tick=0, numerator=0, denominator=4),)}, "metre"),
        ({"keys": (KeySignature(tick=0, fifths=8),)}, "key"),
        ({"bar_lengths": (BarLength(tick=0, duration_tick=0),)}, "bar length"),
    ],
)
def test_impossible_scores_are_refused(values, match):
    with pytest.raises(ParameterError, match=match):
        Score(**values)
