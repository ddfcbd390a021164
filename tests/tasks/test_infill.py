"""Infill: the selection is new, everything else identical."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motet.engine.bundle import Bundle
from motet.errors import ConstraintError, ParameterError
from motet.score import BarLength, Note, Part, Score, make_score
from motet.tasks.infill import infill, infill_candidates, select_cells
from motet.tasks.layer import pitches_of, rhythm_of


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


def test_kept_pitches_come_in_order_in_another_rhythm(bundle: Bundle) -> None:
    score = piece()
    found = infill(score, bars="1-8", parts=[0], keep_pitch="Part 1:1-7", bundle=bundle, seed=2)
    for bar in range(7):
        old, new = (
            pitches_of(
                [n for n in one.parts[0].notes if one.bar_at(n.onset_tick) == bar], resolution=480
            )
            for one in (score, found.score)
        )
        assert old == new
    assert found.score.parts[1] == score.parts[1]
    assert rhythm_of(found.score.parts[0].notes) != rhythm_of(score.parts[0].notes)


def test_a_played_rhythm_stays_to_the_tick(bundle: Bundle) -> None:
    score = piece()
    played = [replace(n, onset_tick=n.onset_tick + 7 * (k % 3)) for k, n in
              enumerate(score.parts[0].notes)]  # fmt: skip
    score = replace(score, parts=(replace(score.parts[0], notes=tuple(played)), score.parts[1]))
    found = infill(score, bars="2-5", parts=[0], keep_rhythm=["Part 1"], bundle=bundle, seed=1)
    assert rhythm_of(found.score.parts[0].notes) == rhythm_of(score.parts[0].notes)
    assert found.score.parts[0] != score.parts[0]


def test_candidates_are_ranked_and_keep_the_same(bundle: Bundle) -> None:
    score = piece()
    found = infill_candidates(score, n=3, bars="2-3", parts=[0], bundle=bundle, seed=5)
    totals = [one.stretches[0].figures[0].total for one in found]
    assert len(found) == 3
    assert totals == sorted(totals, reverse=True)
    assert found[0].score == infill(score, bars="2-3", parts=[0], bundle=bundle, seed=5).score
    assert all(one.score.parts[1] == score.parts[1] for one in found)


def test_both_layers_kept_leave_nothing(bundle: Bundle) -> None:
    with pytest.raises(ConstraintError, match="nothing is left"):
        infill(piece(), bars="1", keep_rhythm=True, keep_pitch=True, bundle=bundle)


def test_a_kept_rhythm_may_ring_into_given_bars(bundle: Bundle) -> None:
    """Players hold notes a little over the bar line; the rule for new notes is not theirs."""
    score = piece()
    held = [
        replace(n, duration_tick=n.duration_tick + 40) if n.end_tick % 1920 == 0 else n
        for n in score.parts[0].notes
    ]
    score = replace(score, parts=(replace(score.parts[0], notes=tuple(held)), score.parts[1]))
    found = infill(score, bars="1-2", parts=[0], keep_rhythm=True, bundle=bundle, seed=1)
    assert rhythm_of(found.score.parts[0].notes) == rhythm_of(score.parts[0].notes)
