import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.audio.grid import lay_grid
from motet.audio.heard import HeardBeats
from motet.score import Score


def beats_at(
    times: np.ndarray, *, first: int = 0, n_beats: int = 4, beat_qn: float = 1.0
) -> HeardBeats:
    place = (first + np.arange(len(times))) % n_beats
    metre = (n_beats, 4) if beat_qn == 1.0 else (3 * n_beats, 8)
    qpm = 60 / float(np.median(np.diff(times))) * beat_qn
    return HeardBeats(np.asarray(times, float), place, n_beats, beat_qn, metre, qpm, 0.5, 1.0)


def test_a_steady_recording_has_one_tempo() -> None:
    grid = lay_grid(beats_at(np.arange(33) * 0.512), end_s=16.0)
    assert len(grid.tempos) == 1
    assert abs(grid.tempos[0].qpm - 60 / 0.512) < 0.05
    assert not grid.bar_lengths


def test_beats_do_not_drift_over_an_hour() -> None:
    times = np.arange(7200) * 0.49987
    time = lay_grid(beats_at(times), end_s=times[-1]).time
    heard = np.array([time.tick_to_s(480 * k) for k in range(7200)])
    assert np.abs(heard - times).max() < 0.004


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.floats(0.25, 1.2), min_size=3, max_size=40),
    st.floats(0.0, 3.0),
    st.integers(0, 3),
    st.sampled_from([1.0, 1.5]),
)
def test_every_beat_sounds_where_it_was_heard(
    steps: list[float], lead: float, first: int, beat_qn: float
) -> None:
    times = lead + np.concatenate(([0.0], np.cumsum(steps)))
    grid = lay_grid(beats_at(times, first=first, beat_qn=beat_qn), end_s=times[-1] + 0.1)
    heard = np.array([grid.time.tick_to_s(int(tick)) for tick in grid.beat_tick])
    away = np.abs(heard[None, :] - times[:, None]).min(axis=1)
    period = float(np.median(np.diff(times[:5])))
    settled = 4 if lead <= period * 0.22 else 0  # a short lead is spread over the first bar
    assert away[settled:].max(initial=0.0) < 0.0045
    assert np.all(np.diff(grid.beat_tick) > 0)
    assert heard[-1] >= times[-1]


def test_the_bars_start_on_the_downbeats() -> None:
    times = np.arange(12) * 0.5
    grid = lay_grid(beats_at(times, first=3), end_s=5.9)
    score = Score(
        tempos=grid.tempos,
        metres=(grid.metre,),
        bar_lengths=grid.bar_lengths,
        length_tick=int(grid.beat_tick[-1]),
    )
    starts = [round(score.time.tick_to_s(bar.start_tick), 2) for bar in score.bars]
    assert starts[:3] == [0.0, 0.5, 2.5]
    assert score.bars[0].number == 0
    assert score.bars[-1].duration_tick == 1920


@pytest.mark.parametrize(("lead", "ticks"), [(0.25, 240), (0.5, 480), (0.13, 120), (1.0, 960)])
def test_silence_before_the_first_beat_is_a_rest(lead: float, ticks: int) -> None:
    grid = lay_grid(beats_at(lead + np.arange(9) * 0.5), end_s=4.0)
    assert grid.bar_lengths[0].duration_tick == ticks
    assert abs(grid.time.tick_to_s(ticks) - lead) < 0.004
    assert abs(grid.tempos[0].qpm / 120 - 1) < 0.12


def test_a_bar_that_lost_a_beat_is_short() -> None:
    times = np.arange(12) * 0.5
    beats = beats_at(times)
    place = np.array([0, 1, 2, 3, 0, 1, 2, 0, 1, 2, 3, 0])
    broken = HeardBeats(times, place, 4, 1.0, (4, 4), 120.0, 0.5, 1.0)
    assert [one.duration_tick for one in lay_grid(broken, end_s=5.6).bar_lengths] == [1440]
    assert not lay_grid(beats, end_s=5.6).bar_lengths


def test_a_recording_that_begins_inside_a_beat_keeps_its_tempo() -> None:
    times = np.concatenate(([-0.2], 0.4 + 0.6 * np.arange(9)))
    grid = lay_grid(beats_at(times, first=3), end_s=5.0)
    assert grid.bar_lengths[0].duration_tick == 320
    assert abs(grid.tempos[0].qpm - 100) < 1
    assert abs(grid.time.tick_to_s(320) - 0.4) < 0.004
