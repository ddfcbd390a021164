import numpy as np

from motet.audio.candidates import find_candidates, find_strikes
from motet.audio.network import FRAME_S, Posteriors


def heard(notes: list[tuple[int, int, int, float]], n: int = 200) -> Posteriors:
    """Return likelihoods of notes: start, end, column, height of the onset (0: none)."""
    onset, frame = np.zeros((2, n, 88), np.float32)
    for start, end, column, height in notes:
        onset[start, column] = height
        frame[start:end, column] = 0.8
    level = np.full((n, 88), -100, np.float32)
    return Posteriors(onset, frame, np.zeros((n, 264), np.float32), FRAME_S, level)


def rows(posteriors: Posteriors, **wishes: float) -> list[tuple[int, int, int]]:
    return find_candidates(posteriors, **wishes)[["start", "end", "column"]].tolist()


def test_a_struck_note_lasts_while_it_sounds() -> None:
    assert rows(heard([(20, 60, 40, 0.9), (20, 35, 44, 0.7)])) == [(20, 60, 40), (20, 35, 44)]


def test_a_short_gap_is_bridged_and_a_long_one_ends_the_note() -> None:
    short = heard([(20, 80, 40, 0.9)])
    short.frame[50:55, 40] = 0.25
    short.frame[55:80, 40] = 0.35
    assert rows(short) == [(20, 80, 40)]
    long = heard([(20, 80, 40, 0.9)])
    long.frame[50:65, 40] = 0.0
    assert rows(long)[0] == (20, 50, 40)


def test_a_note_struck_again_begins_anew() -> None:
    again = heard([(20, 50, 40, 0.9), (50, 90, 40, 0.6)])
    assert rows(again) == [(20, 50, 40), (50, 90, 40)]


def test_what_swells_without_an_onset_is_found() -> None:
    found = find_candidates(heard([(30, 90, 50, 0.0)]))
    assert found[["start", "end", "column", "is_late"]].tolist() == [(30, 90, 50, False)]


def test_what_fades_in_is_found_late_and_only_once() -> None:
    slow = heard([])
    slow.frame[40:140, 50] = np.concatenate([np.linspace(0.05, 0.9, 60), np.full(40, 0.9)])
    slow.frame[40:140, 51] = 0.6 * slow.frame[40:140, 50]
    found = find_candidates(slow)
    assert found["is_late"].tolist() == [True]
    assert found["column"].tolist() == [50]
    assert 50 <= found["start"][0] <= 65
    assert found["end"][0] == 140


def test_the_shortest_note_and_the_range_are_kept_to() -> None:
    few = heard([(20, 24, 40, 0.9), (60, 90, 10, 0.9), (60, 90, 80, 0.9)])
    assert rows(few, min_frames=5) == [(60, 90, 10), (60, 90, 80)]
    assert rows(few, low=20, high=79, min_frames=3) == [(20, 24, 40)]


def test_strikes_are_single_frames() -> None:
    flat = heard([(20, 60, 40, 0.0)])
    flat.onset[20:24, 40] = 0.7
    assert np.count_nonzero(find_strikes(flat)[:, 40]) == 1


def test_at_the_very_end_nothing_breaks() -> None:
    assert rows(heard([(198, 200, 40, 0.9)]), min_frames=2) == [(198, 200, 40)]
    assert rows(heard([(199, 200, 40, 0.9)])) == []
