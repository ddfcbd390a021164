import numpy as np

from motet.audio.durations import gather_chords, write_ends


def ends(onset: list[float], end: list[float], pitch: list[int], *, is_line: bool) -> list[float]:
    heard = np.array(end)
    found = write_ends(
        np.array(onset),
        heard,
        np.array(pitch),
        line=np.round(heard * 4) / 4,
        step=np.full(len(onset), 0.25),
        is_line=is_line,
    )
    return found.tolist()


def test_small_gaps_are_closed() -> None:
    assert ends([0, 1, 1.5], [0.8, 1.4, 2.4], [60, 62, 64], is_line=True)[:2] == [1.0, 1.5]


def test_a_line_does_not_overlap() -> None:
    assert ends([0, 1, 2], [1.3, 2.6, 3.0], [60, 62, 64], is_line=True) == [1.0, 2.0, 3.0]


def test_a_long_rest_stays_a_rest() -> None:
    assert ends([0, 4], [1.05, 5.0], [60, 62], is_line=True) == [1.0, 5.0]


def test_a_staccato_quarter_is_no_sixteenth() -> None:
    assert ends([0, 1, 2], [0.32, 1.3, 2.3], [60, 62, 64], is_line=True)[:2] == [0.5, 1.5]


def test_a_held_note_goes_on_under_others() -> None:
    found = ends([0, 0, 1, 2, 3], [3.9, 0.9, 1.9, 2.9, 3.9], [48, 64, 65, 67, 69], is_line=False)
    assert found == [4.0, 1.0, 2.0, 3.0, 4.0]


def test_one_pitch_never_overlaps_itself() -> None:
    found = ends([0, 1, 1, 2], [2.6, 1.9, 1.8, 3], [60, 60, 64, 60], is_line=False)
    assert found[0] <= 1.0
    assert found[1] <= 2.0


def test_notes_of_a_chord_end_together() -> None:
    found = ends([0, 0, 0, 2], [1.9, 1.7, 2.05, 3], [60, 64, 67, 60], is_line=False)
    assert found[:3] == [2.0, 2.0, 2.0]


def test_chords_are_gathered() -> None:
    group, start = gather_chords(np.array([0.1, 0.12, 0.13, 0.3, 0.36]))
    assert group.tolist() == [0, 0, 0, 1, 2]
    assert np.allclose(start, [0.35 / 3, 0.3, 0.36])
    assert len(gather_chords(np.zeros(0))[1]) == 0
