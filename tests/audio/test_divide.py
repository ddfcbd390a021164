import numpy as np
import pytest

from motet.audio.divide import choose_divisions, divisions_for, snap_places

QUARTERS = divisions_for(beat_qn=1.0, beat_s=0.5)


def chosen(places: list[float], *, beat_s: float = 0.5, swing: float = 0.5) -> list[str]:
    options = divisions_for(beat_qn=1.0, beat_s=beat_s, swing=swing)
    n = int(max(places)) + 1
    found = choose_divisions(np.array(places), np.full(n, beat_s), n_beats=n, options=options)
    return [options[k].name for k in found]


def test_simple_is_likelier() -> None:
    assert chosen([0.02, 1.53, 2.0]) == ["1", "2", "1"]


def test_triplets_and_sixteenths_are_told_apart() -> None:
    assert chosen([0, 0.34, 0.66, 1.0, 1.26, 1.5, 1.74]) == ["3", "4"]


def test_jitter_makes_no_new_rhythm() -> None:
    rng = np.random.default_rng(0)
    places = np.sort(np.arange(64) * 0.5 + rng.normal(size=64) * 0.02).clip(0)
    assert set(chosen(places.tolist())) <= {"1", "2"}


def test_swung_eighths_are_a_third_late() -> None:
    options = divisions_for(beat_qn=1.0, beat_s=0.4, swing=0.62)
    places = np.array([0.0, 0.62, 1.0, 1.63, 2.0, 2.6])
    found = choose_divisions(places, np.full(3, 0.4), n_beats=3, options=options)
    assert [options[k].name for k in found] == ["swing"] * 3
    snapped = snap_places(places, found, options)
    assert np.allclose(snapped, [0, 2 / 3, 1, 5 / 3, 2, 8 / 3])


def test_one_odd_beat_goes_with_its_neighbours() -> None:
    triplets = [k + m / 3 for k in range(6) for m in range(3)]
    places = [one for one in triplets if int(one) != 3] + [3.0, 3.34, 3.55]
    assert chosen(sorted(places))[3] == "3"


def test_a_compound_beat_has_three_eighths() -> None:
    options = divisions_for(beat_qn=1.5, beat_s=0.7)
    places = np.array([0.0, 0.33, 0.67, 1.0, 1.66])
    found = choose_divisions(places, np.full(2, 0.7), n_beats=2, options=options)
    assert [options[k].name for k in found] == ["3", "3"]


def test_an_eighth_as_beat_is_hardly_divided() -> None:
    assert [one.name for one in divisions_for(beat_qn=0.5, beat_s=0.2)] == ["1", "2"]


@pytest.mark.parametrize("beat_s", [0.3, 0.9])
def test_slow_beats_may_be_divided_finely(beat_s: float) -> None:
    has_fine = "8" in [one.name for one in divisions_for(beat_qn=1.0, beat_s=beat_s)]
    assert has_fine == (beat_s > 0.62)


def test_a_place_may_go_to_the_next_beat() -> None:
    assert snap_places(np.array([0.96]), np.array([1]), QUARTERS).tolist() == [1.0]


def test_no_onsets_leave_every_beat_whole() -> None:
    found = choose_divisions(np.zeros(0), np.full(4, 0.5), n_beats=4, options=QUARTERS)
    assert found.tolist() == [0, 0, 0, 0]
