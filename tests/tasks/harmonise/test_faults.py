"""Voice leading, counted by hand-made examples."""

from __future__ import annotations

import pytest

from motet.score import make_score
from motet.tasks.harmonise.faults import Faults, count_faults, is_fingerable, verticalities
from motet.theory import GUITAR_TUNING, Key
from motet.theory.chord import parse_chord
from motet.theory.guitar import guitar_shapes

C = Key("C")


@pytest.mark.parametrize(
    ("rows", "name", "n"),
    [
        ([(48, 55, 64, 72), (50, 57, 65, 74)], "parallels", 2),  # fifths below, octaves outside
        ([(48, 55, 64, 72), (48, 57, 65, 72)], "parallels", 0),
        ([(60, 55, 64, 72), (60, 55, 64, 72)], "crossings", 2),  # counted at each verticality
        ([(43, 55, 62, 71), (48, 55, 64, 67)], "leading", 1),
        ([(43, 55, 62, 71), (48, 55, 64, 72)], "leading", 0),
        ([(43, 53, 62, 71), (48, 57, 64, 72)], "sevenths", 1),
        ([(43, 53, 62, 71), (48, 52, 64, 72)], "sevenths", 0),
        ([(43, 59, 62, 71)], "doubled", 1),
        ([(48, 52, 67, 72)], "spacing", 1),
    ],
)
def test_each_fault(rows: list[tuple[int, ...]], name: str, n: int) -> None:
    assert getattr(count_faults(rows, C), name) == n


def test_ranges_and_the_given_top() -> None:
    rows = [(48, 55, 64, 100)]
    assert count_faults(rows, C, ranges=((50, 60), (50, 60), (50, 70), (60, 80))).range == 2
    assert count_faults(rows, C, ranges=((50, 60), (50, 60), (50, 70)), given_top=True).range == 1
    assert count_faults(rows, C, given_top=True).spacing == 0


def test_verticalities_need_all_voices() -> None:
    score = make_score("C3:2 r:1 C3:1", "E4:1 F4:1 G4:2")
    assert [tick for tick, _ in verticalities(score.parts)] == [0, 480, 1440]


def test_words_in_both_languages() -> None:
    en, zh = Faults(n_chords=4, parallels=1).tell()
    assert "parallel" in en
    assert "平行" in zh
    assert Faults(n_chords=4).tell()[0] == "none in 4 chords"
    assert Faults(parallels=1, leading=2).total == 3


@pytest.mark.parametrize("symbol", ["C", "F", "Bm7b5", "G13", "F#m", "Ebmaj7", "D9"])
def test_shapes_that_theory_finds_can_be_held(symbol: str) -> None:
    assert all(is_fingerable(shape.pitches) for shape in guitar_shapes(parse_chord(symbol))[:10])


def test_what_no_hand_can_hold() -> None:
    assert not is_fingerable((40, 41))  # one string
    assert not is_fingerable(tuple(range(60, 67)))  # seven notes
    assert not is_fingerable((39,))  # below the lowest string
    assert is_fingerable(GUITAR_TUNING)
