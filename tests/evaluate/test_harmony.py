"""Measures of harmony: by hand, and against a slow twin."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motet.evaluate import chord_tone_share, consonance, strong_places_tick
from motet.score import Note, Part, Score, make_score


def slow_consonance(score: Score) -> float:
    """Every pair of notes, one after another."""
    notes = [note for part in score.parts if not part.is_drums for note in part.notes]
    good = total = 0
    for one, two in itertools.combinations(notes, 2):
        overlap = min(one.end_tick, two.end_tick) - max(one.onset_tick, two.onset_tick)
        if overlap > 0:
            total += overlap
            good += overlap * (abs(one.pitch - two.pitch) % 12 in {0, 3, 4, 5, 7, 8, 9})
    return good / total if total else math.nan


@pytest.mark.parametrize(
    ("names", "share"),
    [("C4+E4", 1.0), ("C4+D4", 0.0), ("C4+F#4", 0.0), ("C3+G5", 1.0), ("C4+E4+G4+B4", 5 / 6)],
)
def test_single_chords(names: str, share: float) -> None:
    assert consonance(make_score(f"{names}:1")) == pytest.approx(share)


def test_overlap_is_the_weight() -> None:
    assert consonance(make_score("C4:4", "E4:1 D4:3")) == 0.25


@pytest.mark.parametrize("text", ["C4:1 D4:1", "drums 36+38:1", ""])
def test_where_nothing_sounds_together_it_is_undefined(text: str) -> None:
    assert math.isnan(consonance(make_score(text)))


note = st.builds(
    lambda onset, duration, pitch: Note(onset_tick=onset, duration_tick=duration, pitch=pitch),
    st.integers(0, 40),
    st.integers(1, 20),
    st.integers(40, 80),
)


@settings(max_examples=40)
@given(st.lists(st.lists(note, max_size=10), min_size=1, max_size=3))
def test_it_equals_the_slow_twin(parts: list[list[Note]]) -> None:
    score = Score(parts=tuple(Part(notes=tuple(notes)) for notes in parts))
    assert consonance(score) == pytest.approx(slow_consonance(score), nan_ok=True)


@pytest.mark.parametrize(
    ("metre", "places"),
    [("4/4", (0, 960)), ("3/4", (0,)), ("6/8", (0, 720)), ("2/4", (0, 480)), ("7/8", (0,))],
)
def test_strong_places(metre: str, places: tuple[int, ...]) -> None:
    assert strong_places_tick(make_score("C4:8", metre=metre).bars[0]) == places


def test_only_strong_beats_count_for_chord_tones() -> None:
    score = make_score("C4:1 D4:1 E4:1 F4:1", chords="C:4")
    assert chord_tone_share(score) == 1.0
    assert chord_tone_share(make_score("D4:2 E4:2", chords="C:4")) == 0.5


def test_a_slash_bass_belongs_to_its_chord() -> None:
    assert chord_tone_share(make_score("F#3:4", chords="C/F#:4")) == 1.0


def test_without_chords_it_is_undefined() -> None:
    assert math.isnan(chord_tone_share(make_score("C4:4")))
    assert math.isnan(chord_tone_share(make_score("C4:4", chords="N.C.:4")))
    assert math.isnan(chord_tone_share(make_score("r:1 C4:1", chords="C:4")))
