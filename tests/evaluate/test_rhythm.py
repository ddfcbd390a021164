"""Measures of rhythm on scores small enough to count by hand."""

from __future__ import annotations

import math

import pytest

from motet.evaluate import (
    empty_bar_share,
    mean_duration_qn,
    note_density,
    onset_entropy_bits,
    rhythm_repetition,
)
from motet.score import Score, make_score

MEASURES = (empty_bar_share, mean_duration_qn, note_density, onset_entropy_bits, rhythm_repetition)


@pytest.mark.parametrize("measure", MEASURES)
def test_without_notes_it_is_undefined(measure: object) -> None:
    assert callable(measure)
    assert math.isnan(measure(Score()))


def test_notes_together_are_one_onset() -> None:
    assert onset_entropy_bits(make_score("C4+E4+G4:2 C4:2")) == 1.0
    assert note_density(make_score("C4+E4+G4:2 C4:2")) == 0.5


def test_triplets_and_sixteenths_are_different_places() -> None:
    third = 1 / 3
    score = make_score(f"C4:{third} D4:{third} E4:{third} C4:0.25 D4:0.25 E4:0.25 F4:0.25")
    assert onset_entropy_bits(score) == pytest.approx(math.log2(7))


def test_a_rhythm_returns_only_in_its_own_part() -> None:
    assert rhythm_repetition(make_score("C4:4 | D4:4", "C3:2 D3:2 | C3:2 E3:2")) == 0.5
    assert rhythm_repetition(make_score("C4:4", "C3:4")) == 0.0


def test_silent_bars_are_not_a_rhythm() -> None:
    assert rhythm_repetition(make_score("C4:4 | r:4 | r:4 | C4:4")) == 0.5


def test_a_held_bar_is_not_empty() -> None:
    assert empty_bar_share(make_score("C4:12 | r:4")) == 0.0
    assert empty_bar_share(make_score("C4:4 | r:4 | r:4 | C4:4")) == 0.5


def test_a_note_that_ends_on_the_bar_line_does_not_fill_the_next_bar() -> None:
    assert empty_bar_share(make_score("C4:4", "C3:8")) == 0.25


def test_parts_that_never_play_do_not_count() -> None:
    score = make_score("C4:4", "C3:4")
    silent = score.with_parts(score.parts[0], make_score("r:1").parts[0])
    assert empty_bar_share(silent) == 0.0


def test_density_counts_played_bars_only() -> None:
    assert note_density(make_score("C4:1 C4:1 C4:1 C4:1 | r:4 | C4:4")) == 5 / 8
    assert note_density(make_score("drums 36:1 38:1 36:1 38:1")) == 1.0


def test_durations_of_drums_do_not_count() -> None:
    assert mean_duration_qn(make_score("C4:1 D4:3", "drums 36:8")) == 2.0
