"""Chords as states of a key, and back."""

from __future__ import annotations

import pytest

from motet.tasks.harmonise.kind import (
    KINDS,
    N_STATES,
    chord_state,
    degree_spelling,
    kind_of,
    state_chord,
)
from motet.theory import QUALITIES, Key, parse_chord
from motet.theory.chord import NO_CHORD


@pytest.mark.parametrize(
    "key", [Key("C"), Key("Eb"), Key("F#"), Key("A", "minor"), Key("G#", "minor")]
)
def test_every_state_is_a_chord_of_its_own(key: Key) -> None:
    assert [chord_state(state_chord(one, key), key) for one in range(N_STATES)] == list(
        range(N_STATES)
    )


def test_moving_chord_and_key_keeps_the_state() -> None:
    assert chord_state(parse_chord("D7"), Key("C")) == chord_state(parse_chord("Bb7"), Key("Ab"))
    assert chord_state(NO_CHORD, Key("C")) == -1


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [("C6", "maj"), ("Cadd9", "maj"), ("C9", "7"), ("C7b9", "7"), ("Cm6", "min"), ("Cmaj9", "maj7"),
     ("Cm11", "m7"), ("Cdim7", "dim7"), ("C+", "aug"), ("Csus2", "sus4"), ("Cm7b5", "m7b5")],
)  # fmt: skip
def test_kinds_by_hand(symbol: str, kind: str) -> None:
    assert KINDS[kind_of(parse_chord(symbol).quality)] == kind


def test_all_qualities_have_a_kind() -> None:
    assert {kind_of(one) for one in QUALITIES} <= set(range(len(KINDS)))


def test_what_leads_up_is_sharp() -> None:
    assert degree_spelling(1, Key("C"), rises=True) == "C#"
    assert degree_spelling(1, Key("C")) == "Db"
    assert degree_spelling(6, Key("F")) in ("Cb", "B")
