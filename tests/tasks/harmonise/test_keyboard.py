"""A piano under a melody."""

from __future__ import annotations

import pytest

from motet.score import Part, make_score
from motet.tasks.harmonise.keyboard import HAND_SEMI, write_piano
from motet.tasks.harmony import read_harmony
from motet.theory import Key

_METRES = {"4/4": 4.0, "3/4": 3.0, "6/8": 3.0, "2/4": 2.0, "7/8": 3.5, "12/8": 6.0, "5/4": 5.0}


@pytest.mark.parametrize("metre", _METRES)
@pytest.mark.parametrize("adventure", [1, 3])
def test_hands_fit_in_every_metre(metre: str, adventure: int) -> None:
    bar = _METRES[metre]
    chords = " ".join(f"{one}:{bar:g}" for one in ("Cmaj9", "A7b9", "Dm9", "G13", "C6"))
    score = make_score(" | ".join([f"E5:{bar:g}"] * 5), metre=metre, chords=chords)
    notes = write_piano(score, score.parts[0], read_harmony(score), Key("C"), adventure=adventure)
    hands: dict[tuple[int, int], list[int]] = {}
    for note in notes:
        hands.setdefault((note.onset_tick, note.staff), []).append(note.pitch)
        assert note.end_tick <= score.bars[-1].end_tick
    assert max(max(one) - min(one) for one in hands.values()) <= HAND_SEMI
    assert {bar.start_tick for bar in score.bars} <= {note.onset_tick for note in notes}


def test_the_right_hand_stays_under_the_melody() -> None:
    score = make_score("D5:4 | E5:4", chords="G7:4 C:4")
    notes = write_piano(score, score.parts[0], read_harmony(score), Key("C"))
    assert max(note.pitch for note in notes) < 74


def test_without_a_melody_it_plays_too() -> None:
    score = make_score("C5:4", chords="C:4")
    notes = write_piano(score, Part(), read_harmony(score), Key("C"))
    assert {note.pitch % 12 for note in notes} == {0, 4, 7}
