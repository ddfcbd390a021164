"""Infill: the selection is new, everything else identical."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motet.engine.bundle import Bundle
from motet.errors import ConstraintError, ParameterError
from motet.score import BarLength, Note, Part, Score, make_score
from motet.tasks.infill import infill, select_cells


def piece() -> Score:
    """Eight bars for two parts, notes held over bar lines."""
    return make_score(
        "C5:1 D5:1 E5:2 | G5:3 E5:3 | D5:2 | C5:1 D5:1 E5:1 F5:1 | G5:4 | A5:2 G5:2 | E5:4 | C5:4",
        "C3:6 G2:2 | C3:4 | F3:4 | G3:2 G2:2 | C3:4 | F3:2 G3:2 | C3:4",
    )


def outside(score: Score, part: int, bars: set[int]) -> list[Any]:
    """Notes of a part that begin outside some bars."""
    return [n for n in score.parts[part].notes if score.bar_at(n.onset_tick) not in bars]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 8), st.integers(0, 3), st.integers(0, 1), st.integers(0, 50))
def test_all_other_notes_are_identical(
    bundle: Bundle, first: int, more: int, part: int, seed: int
) -> None:
    score = piece()
    last = min(8, first + more)
    found = infill(
        score, bars=f"{first}-{last}", parts=[part], seed=seed, bundle=bundle, candidates=1
    )
    bars = set(range(first - 1, last))
    assert found.score.parts[1 - part] == score.parts[1 - part]
    assert outside(found.score, part, bars) == outside(score, part, bars)
    assert found.adherence.is_met, found.adherence.table()
    assert found.score.n_bars == score.n_bars


def test_the_selection_is_new_and_keeps_the_measured_bounds(bundle: Bundle) -> None:
    score = piece()
    found = infill(score, bars="3-6", bundle=bundle, seed=1)
    assert found.writers == ("model", "model")
    assert found.score != score
    melody = [n for n in found.score.parts[0].notes if 2 <= found.score.bar_at(n.onset_tick) <= 5]
    assert melody
    assert all(72 <= note.pitch <= 81 for note in melody)
    assert found.facts()["adherence"]["is_met"]


def test_a_kept_rhythm_changes_pitches_only(bundle: Bundle) -> None:
    score = piece()
    found = infill(score, bars="4-6", parts=[0], keep_rhythm=True, bundle=bundle, seed=3)
    old, new = score.parts[0].notes, found.score.parts[0].notes
    assert [(n.onset_tick, n.duration_tick) for n in old] == [
        (n.onset_tick, n.duration_tick) for n in new
    ]
    assert [n.pitch for n in old] != [n.pitch for n in new]


def test_selections_and_locks() -> None:
    score = piece()
    assert select_cells(score, bars="2", parts=["Part 1"]) == {(1, 0)}
    assert select_cells(score, bars="1-2", locks="2") == {(0, 0), (0, 1)}
    assert select_cells(score, bars="1-2", locks=["Part 2"]) == {(0, 0), (1, 0)}
    assert select_cells(score, bars="1-2", locks=["Part 2:1", "Part 1:2"]) == {(0, 0), (1, 1)}
    with pytest.raises(ConstraintError, match="nothing is left"):
        select_cells(score, bars="1", locks=["1"])


def test_a_pickup_is_bar_nought() -> None:

    notes = tuple(Note(onset_tick=480 * k, duration_tick=480, pitch=60) for k in range(5))
    score = Score(parts=(Part(notes=notes),), bar_lengths=(BarLength(tick=0, duration_tick=480),))
    assert select_cells(score, bars="0") == {(0, 0)}
    assert select_cells(score, bars="1") == {(1, 0)}


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"bars": "99"}, "99"),
        ({"bars": "x"}, "x"),
        ({"bars": "1", "parts": ["Kazoo"]}, "Kazoo"),
        ({"bars": "1", "locks": ["Kazoo"]}, "Kazoo"),
        ({"bars": "1", "chords": "C"}, "chords"),
    ],
)
def test_what_cannot_be_is_refused(bundle: Bundle, options: dict[str, Any], word: str) -> None:
    with pytest.raises(ParameterError, match=word):
        infill(piece(), bundle=bundle, **options)
