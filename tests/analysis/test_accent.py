"""Accents: each row says what its name says, on tiny scores counted by hand."""

from __future__ import annotations

import numpy as np

from motet.analysis.accent import ACCENTS, find_accents
from motet.score import make_score


def row(name: str, text: str) -> np.ndarray:
    found = find_accents(make_score(text))
    assert found is not None
    return found.strength[ACCENTS.index(name)]


def test_nothing_sounds() -> None:
    assert find_accents(make_score()) is None


def test_rows_are_centred_with_unit_spread() -> None:
    found = find_accents(make_score("C4+E4:2 G4:1 C3:1"))
    assert found is not None
    assert np.allclose(found.strength.mean(axis=1), 0)
    spread = found.strength.std(axis=1)
    assert all(np.isclose(one, 1) or one == 0 for one in spread)


def test_long_notes_low_notes_and_chords_stand_out() -> None:
    text = "C4:1 C4:2 C4:1"
    assert row("duration", text).argmax() == 4
    assert row("low", "C4:1 C3:1 E4:1").argmax() == 4
    assert row("onset", "C4:1 C4+E4+G4:1 C4:1").argmax() == 4
    assert row("harmony", "C4+E4+G4:2 B3+D#4+F#4:2").argmax() == 8


def test_sound_without_onset_is_held() -> None:
    held = row("held", "C4:1 C4:1")
    assert held[0] < 0 < held[1]


def test_ends_are_told_in_sixteenths() -> None:
    found = find_accents(make_score("r:1 C4:1 D4:2"))
    assert found is not None
    assert (found.first_step, found.last_onset_step, found.end_step) == (4, 8, 16)
