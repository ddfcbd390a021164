"""Tempo map and bar lines."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.errors import ParameterError
from motet.score import BarLength, Metre, Tempo, TimeMap, lay_bars
from strategies import scores


def test_seconds_follow_the_tempo_map():
    time = TimeMap(480, (Tempo(tick=0, quarter_us=500_000), Tempo(tick=960, quarter_us=1_000_000)))
    assert [time.tick_to_s(tick) for tick in (0, 480, 960, 1440)] == [0.0, 0.5, 1.0, 2.0]


def test_the_last_of_two_tempos_at_a_tick_holds():
    time = TimeMap(480, (Tempo(tick=0, quarter_us=500_000), Tempo(tick=0, quarter_us=250_000)))
    assert time.tick_to_s(480) == 0.25


tempo_lists = st.lists(
    st.builds(Tempo, tick=st.integers(0, 5000), quarter_us=st.integers(100_000, 2_000_000)),
    max_size=5,
)


@given(tempo_lists, st.integers(0, 10_000))
def test_seconds_come_back_as_ticks(tempos, tick):
    time = TimeMap(96, tuple(sorted(tempos, key=lambda tempo: tempo.tick)))
    assert time.s_to_tick(time.tick_to_s(tick)) == pytest.approx(tick, abs=1e-6)


def test_a_metre_change_inside_a_bar_starts_a_new_bar():
    metres = (
        Metre(tick=0, numerator=4, denominator=4),
        Metre(tick=960, numerator=3, denominator=4),
    )
    bars = lay_bars(480, metres, (), 2400)
    assert [(bar.start_tick, bar.end_tick, bar.is_irregular) for bar in bars] == [
        (0, 960, True),
        (960, 2400, False),
    ]


def test_a_pickup_is_bar_number_0():
    bars = lay_bars(480, (), (BarLength(tick=0, duration_tick=480),), 2400)
    assert [(bar.number, bar.duration_tick) for bar in bars] == [(0, 480), (1, 1920)]


def test_bars_of_7_8():
    bars = lay_bars(480, (Metre(tick=0, numerator=7, denominator=8),), (), 1681)
    assert [bar.start_tick for bar in bars] == [0, 1680]


def test_hostile_lengths_are_refused_at_once():
    with pytest.raises(ParameterError, match="bars"):
        lay_bars(1, (Metre(tick=0, numerator=1, denominator=64),), (), 2**28)


@settings(max_examples=20)
@given(scores())
def test_bars_are_gapless_and_cover_the_score(score):
    assert score.bars[0].start_tick == 0
    assert score.bars[-1].end_tick >= score.end_tick
    for before, after in zip(score.bars, score.bars[1:], strict=False):
        assert before.end_tick == after.start_tick
        assert after.index == before.index + 1
    for bar in score.bars:
        assert score.bar_at(bar.start_tick) == score.bar_at(bar.end_tick - 1) == bar.index
