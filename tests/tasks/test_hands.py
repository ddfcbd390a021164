"""Two hands on one keyboard."""

from __future__ import annotations

from dataclasses import replace

import motet
from motet.brief import Brief
from motet.score import make_score
from motet.tasks.hands import Hands, join_hands, lay_hands


def roles(brief: Brief) -> list[str]:
    return [part.role for part in lay_hands(brief)[0].parts]


def test_who_gets_two_hands() -> None:
    assert roles(Brief(parts="piano")) == ["melody", "comping", "bass"]
    assert roles(Brief(parts="piano,acoustic_bass,drums")) == ["melody", "comping", "bass", "drums"]
    assert roles(Brief(parts="flute,piano")) == ["melody", "comping", "bass"]
    assert roles(Brief(style="piano-romantic")) == ["melody", "comping", "bass"]
    assert lay_hands(Brief(style="piano-romantic"))[1][0].parts == (0, 1, 2)


def test_a_single_voice_takes_the_tune() -> None:
    assert roles(Brief(parts="piano,cello")) == ["comping", "bass", "melody"]
    assert roles(Brief(parts="piano:melody,cello")) == ["melody", "bass"]


def test_what_is_asked_exactly_stays_one_part() -> None:
    for brief in (
        Brief(parts="piano:melody"),
        Brief(parts=[{"instrument": "piano", "polyphony": 2}]),
        Brief(parts="flute,piano,acoustic_bass"),
        Brief(parts="nylon_guitar"),
        Brief(parts="piano", ground="model"),
    ):
        assert lay_hands(brief)[1] == ()


def test_a_bass_that_is_avoided_stays_away() -> None:
    assert roles(Brief(parts="piano", avoid=("bass",))) == ["melody", "comping"]


def test_chords_out_of_reach_change_hands() -> None:
    hands = (Hands("Piano", (0, 1, 2), (1, 2, 2)),)
    far = make_score("C5:4 | C6:4", "E4+G4:4 | E4:4", "C2:4 | C2:4")
    parts = [
        replace(part, role=role)
        for part, role in zip(far.parts, ("melody", "comping", "bass"), strict=True)
    ]
    joined, who = join_hands(far.with_parts(*parts), ("model",) * 3, hands)
    assert who == ("model",)
    found = [(note.onset_tick, note.pitch, note.staff) for note in joined.parts[0].notes]
    assert found == [(0, 36, 2), (0, 64, 1), (0, 67, 1), (0, 72, 1), (1920, 36, 2), (1920, 84, 1)]


def test_a_solo_piano_is_one_part_on_two_staves() -> None:
    piece = motet.compose(parts="piano", bars=4, key="G", seed=2, candidates=1)
    assert [(part.role, part.n_staves) for part in piece.parts] == [("melody", 2)]
    assert {note.staff for note in piece.parts[0].notes} == {1, 2}
    assert piece.writers == ("both",)
    assert "Piano (model and arranger)" in piece.summary()
    assert piece.brief.parts[0].role == ""
