"""Habits of harmony: counted tables."""

from __future__ import annotations

import numpy as np
import pytest

from motet.tasks.harmonise.habits import find_habits, guess_home, surprise_bits, tone_habits
from motet.tasks.harmonise.kind import KINDS, chord_state
from motet.theory import Key, parse_chord


def chords(text: str) -> list:  # type: ignore[type-arg]
    return [parse_chord(one) for one in text.split()]


@pytest.mark.parametrize("mode", ["major", "minor", "dorian", "mixolydian"])
@pytest.mark.parametrize("style", ["", "bossa", "hymn"])
def test_rows_are_probabilities(mode: str, style: str) -> None:
    habits = find_habits(mode, style=style)
    assert np.allclose(habits.follow.sum(axis=1), 1.0)
    assert np.all(habits.follow.diagonal() == 0)
    assert habits.begin.sum() == pytest.approx(1.0)
    assert np.isfinite(habits.bits[~np.eye(len(habits.bits), dtype=bool)]).all()


def test_a_style_has_its_own_habits() -> None:
    key = Key("C")
    am, f = chord_state(parse_chord("Am"), key), chord_state(parse_chord("F"), key)
    assert find_habits("major", style="pop").follow[am, f] > find_habits("major").follow[am, f]


def test_plain_progressions_surprise_less() -> None:
    key = Key("C")
    order = ["C F G7 C", "C A7 Dm G7 C", "C Eb Gb A C"]
    bits = [np.mean(surprise_bits(chords(one), key)) for one in order]
    assert bits == sorted(bits)
    assert bits[0] < bits[-1] - 2


def test_repeats_add_nothing_and_no_chord_is_skipped() -> None:
    key = Key("C")
    assert surprise_bits(chords("C C G7 G7 C"), key) == surprise_bits(chords("C G7 C"), key)
    assert surprise_bits(chords("N.C."), key) == ()


def test_surprise_moves_with_the_key() -> None:
    assert surprise_bits(chords("C F G7 C"), Key("C")) == surprise_bits(
        chords("D G A7 D"), Key("D")
    )


def test_chord_tones_are_sung_more_than_others() -> None:
    table = tone_habits()[1]
    major = KINDS.index("maj")
    assert min(table[major, [0, 4, 7]]) > max(table[major, [1, 3, 6, 8, 10]])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("C G Am F", "C major"),
        ("Am G F E7", "A minor"),
        ("Ebmaj7 Cm7 Fm7 Bb7", "Eb major"),
        ("", "C major"),
    ],
)
def test_keys_of_progressions(text: str, name: str) -> None:
    assert guess_home(tuple(chords(text))).name() == name
