"""Two hands on two staves."""

from __future__ import annotations

from dataclasses import replace

from motet.io.notation.grid import ReadingGrid
from motet.io.notation.hand import clef_strain, has_two_staves, split_hands
from motet.score import make_score


def hands(text: str) -> list[int]:
    score = make_score(text)
    return split_hands(ReadingGrid(score).read_part(score.parts[0]))


def test_bass_left_and_melody_right() -> None:
    assert hands("C3+E5:1 G3+D5:1 C3+C5:1 G3+G4:1") == [2, 1] * 4


def test_a_close_chord_stays_in_one_hand() -> None:
    left = hands("C2+G2+C5:1 C3+E3+G3+C5:1")
    assert left == [2, 2, 1, 2, 2, 2, 1]


def test_bass_and_chords_alternate_between_the_hands() -> None:
    assert hands("C3:1 G3+C4+E4:1 G3+C4+E4:1") == [2, 1, 1, 1, 1, 1, 1]


def test_a_guitar_has_one_staff() -> None:
    guitar = make_score("E2+E5:4", programs=(24,)).parts[0]
    piano = make_score("E2+E5:4").parts[0]
    assert (has_two_staves(guitar), has_two_staves(piano)) == (False, True)


def test_strain_counts_ledger_lines() -> None:
    assert clef_strain([72, 74]) == (0.0, 1.0)


def test_a_part_with_a_role_keeps_the_staves_it_says() -> None:
    wide = make_score("E2+E5:4").parts[0]
    for role in ("pad", "comping", "strings", "melody"):
        assert not has_two_staves(replace(wide, role=role, program=16))
        assert has_two_staves(replace(wide, role=role, n_staves=2))
    assert has_two_staves(wide)
