"""Chords for hands on strings."""

from __future__ import annotations

from motet.score import make_score
from motet.tasks.ensemble.grip import lay_grips
from motet.tasks.harmonise.faults import is_fingerable
from motet.theory.instrument import find_instrument


def test_a_guitar_gets_grips_it_can_hold_and_all_of_the_melody() -> None:
    score = make_score("E5:1 F5:1 G5:2", "C3:2 G2:2", "C4+E4+G4+B4+D5:2 B3+D4+F4+G4:2")
    rows = [part.notes for part in score.parts]
    guitar = find_instrument("nylon_guitar")
    notes, n_out = lay_grips(guitar, *rows, resolution=480)
    assert n_out > 0
    for tick in {note.onset_tick for note in notes}:
        assert is_fingerable(sorted(n.pitch for n in notes if n.onset_tick == tick))
    classes = {(n.onset_tick, n.pitch % 12) for n in notes}
    assert {(n.onset_tick, n.pitch % 12) for n in rows[0]} <= classes
    assert all(guitar.low <= note.pitch <= guitar.high for note in notes)
