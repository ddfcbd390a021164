"""A guitar under a melody."""

from __future__ import annotations

import pytest

from motet.score import make_score
from motet.tasks.harmonise.faults import is_fingerable
from motet.tasks.harmonise.fretted import choose_shapes, write_guitar
from motet.tasks.harmony import read_harmony
from motet.theory import Key, parse_chord


@pytest.mark.parametrize("metre", ["4/4", "3/4", "6/8", "2/4", "7/8"])
def test_every_grip_can_be_held(metre: str) -> None:
    bar = {"4/4": 4, "3/4": 3, "6/8": 3, "2/4": 2, "7/8": 3.5}[metre]
    chords = " ".join(f"{one}:{bar}" for one in ("C", "F#m7b5", "B7#9", "Ebmaj9", "G13"))
    score = make_score(" | ".join([f"E5:{bar}"] * 5), metre=metre, chords=chords)
    notes = write_guitar(score, read_harmony(score), Key("C"))
    grips: dict[int, list[int]] = {}
    for note in notes:
        grips.setdefault(note.onset_tick, []).append(note.pitch)
    assert all(is_fingerable(one) for one in grips.values())
    assert min(note.pitch for note in notes) >= 40
    assert len(grips) > 5


def test_the_hand_stays_where_it_is() -> None:
    shapes = choose_shapes([parse_chord(one) for one in ("F#m", "Bm", "C#m", "F#m")])
    places = [one.position for one in shapes]
    assert max(places) - min(places) <= 4
    assert choose_shapes([]) == ()


def test_the_bass_of_a_slash_chord_sounds_lowest() -> None:
    assert choose_shapes([parse_chord("C/G")])[0].pitches[0] % 12 == 7
