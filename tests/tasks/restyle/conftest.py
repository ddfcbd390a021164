"""Small songs whose every note is known."""

from __future__ import annotations

import pytest

from motet.score import Score, make_score
from motet.tasks.restyle.source import Source, read_source

TUNE = (
    "E4:1 E4:1 F4:1 G4:1 | G4:1 F4:1 E4:1 D4:1 | C4:1 C4:1 D4:1 E4:1 | E4:1.5 D4:0.5 D4:2 | "
    "E4:1 E4:1 F4:1 G4:1 | G4:1 F4:1 E4:1 D4:1 | C4:1 C4:1 D4:1 E4:1 | D4:1.5 C4:0.5 C4:2"
)
BASS = "C3:4 | G2:4 | A2:4 | G2:4 | C3:4 | G2:4 | A2:4 | C3:4"
CHORDS = "C:4 G7:4 Am:4 G7:4 C:4 G7:4 Am:4 C:4"


@pytest.fixture
def song() -> Score:
    """Eight bars of a tune and a bass line with chords, in C."""
    return make_score(TUNE, BASS, chords=CHORDS, fifths=0)


@pytest.fixture
def source(song: Score) -> Source:
    return read_source(song)


@pytest.fixture
def waltz() -> Score:
    """Four bars in three, with an upbeat kept as a short first bar."""
    return make_score("C4:1 E4:1 G4:1 | A4:2 G4:1 | F4:1 D4:1 B3:1 | C4:3", metre="3/4", fifths=0)
