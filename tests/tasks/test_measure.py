"""Numbers read off a finished score."""

from __future__ import annotations

from motet.score import make_score
from motet.tasks.measure import (
    chord_tone_counts,
    key_counts,
    onset_positions,
    part_density,
    part_polyphony,
    part_range,
)
from motet.theory import parse_key


def test_ranges() -> None:
    assert part_range(make_score("C4:1 G5:1").parts[0]) == (60, 79)
    assert part_range(make_score("r:4").parts[0]) is None


def test_polyphony_counts_held_notes_but_not_what_ends_where_another_begins() -> None:
    score = make_score("C4+E4:2 G4:2 | C4:4")
    assert part_polyphony(score, 0) == 2
    assert part_polyphony(score, 0, bars=[1]) == 1


def test_drums_count_what_is_struck_together() -> None:
    assert part_polyphony(make_score("drums 36+42:1 42:1"), 0) == 2


def test_density_looks_at_bars_that_play() -> None:
    score = make_score("C4:1 D4:1 E4:2 | r:4 | C4:4")
    assert part_density(score, 0) == 0.5
    assert part_density(score, 0, bars=[1]) is None
    assert onset_positions(score, 0, 0) == (0, 24, 48)


def test_a_key_is_bent_by_its_chords() -> None:
    score = make_score("C4:1 C#4:1 F#4:2", chords="C:1 A7:3")
    assert key_counts(score, [0], parse_key("C")) == (2, 3)
    assert key_counts(score, [0], parse_key("C"), bars=[3]) == (0, 0)


def test_strong_beats_ask_for_chord_tones() -> None:
    score = make_score("D4:1 D4:1 E4:2 | G4:4", chords="C:8")
    assert chord_tone_counts(score, [0]) == (2, 3)
    assert chord_tone_counts(score, [0], bars=[0]) == (1, 2)
