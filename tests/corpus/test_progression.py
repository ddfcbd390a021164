"""Drawn progressions can be read in every key and colour, and come to rest."""

from __future__ import annotations

import numpy as np
import pytest

from motet.corpus.progression import draw_progression
from motet.theory.progression import parse_progression
from motet.theory.scale import parse_key


@pytest.mark.parametrize("colour", ["triads", "sevenths", "ninths", "blues"])
@pytest.mark.parametrize("key", ["C", "F#", "A minor", "Eb minor"])
def test_every_progression_can_be_read(colour: str, key: str) -> None:
    home = parse_key(key)
    for seed in range(25):
        text = draw_progression(
            np.random.default_rng(seed),
            labels=(("verse", 8), ("chorus", 6), ("C", 3), ("x", 1)),
            is_minor=home.is_minor,
            colour=colour,
        )
        song = parse_progression(text, key=home)
        assert song.n_bars == 18
        assert song.sections == ((0, "verse"), (8, "chorus"), (14, "C"), (17, "x"))


def test_the_tonic_is_the_most_usual_chord() -> None:
    text = " ".join(
        draw_progression(
            np.random.default_rng(seed), labels=(("A", 8),), is_minor=False, colour="triads"
        )
        for seed in range(60)
    )
    song = parse_progression(text, key=parse_key("C"))
    roots = [chord.root_pc for chord in song.chords]
    counts = np.bincount(roots, minlength=12)
    assert counts.argmax() == 0
    assert counts[[0, 5, 7, 9]].sum() > 0.6 * len(roots)


def test_the_same_seed_gives_the_same_text() -> None:
    def text(seed: int) -> str:
        rng = np.random.default_rng(seed)
        return draw_progression(rng, labels=(("A", 8),), is_minor=True, colour="sevenths")

    assert text(1) == text(1) != text(2)
