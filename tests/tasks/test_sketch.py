"""Sketches: ranked, unlike one another, in key, and the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

import motet
from motet.engine.write import Cancel
from motet.errors import BusyError, ParameterError
from motet.tasks.sketch import SKETCHER, sketch


def test_ideas_are_ranked_distinct_and_obey() -> None:
    found = sketch(5, chords="Dm7 G7 Cmaj7 Am7", style="bossa", seed=4)
    marks = [one.mark for one in found]
    assert marks == sorted(marks, reverse=True)
    assert (len(found), found.n_written) == (5, 20)
    notes = {
        tuple(sorted((n.onset_tick, n.pitch) for n in one.piece.score.parts[0].notes))
        for one in found
    }
    assert len(notes) == 5
    for one in found:
        assert one.chords == "Dm7 G7 Cmaj7 Am7"
        assert one.piece.bundle == SKETCHER
        checks = {check.name: check.ok for check in one.piece.adherence.checks}
        assert (checks["chords"], checks["key"], checks["range"]) == (True, True, True)


def test_the_same_seed_gives_the_same_ideas() -> None:
    first, again = sketch(2, seed=9), sketch(2, seed=9)
    assert [one.piece.score for one in first] == [one.piece.score for one in again]
    assert sketch(2, seed=10)[0].piece.score != first[0].piece.score


def test_what_is_left_open_differs_from_idea_to_idea() -> None:
    found = sketch(6, seed=1)
    assert len({one.style for one in found}) > 2
    assert "6 ideas of 24" in found.summary("en")
    assert "想法" in found.summary("zh")
    assert found.facts()["ideas"][0]["bundle"] == SKETCHER


def test_a_waltz_of_two_parts_can_be_asked_for() -> None:
    (one,) = sketch(1, metre="3/4", parts=("melody", "chords"), bars=6, seed=2)
    assert [part.role for part in one.piece.score.parts] == ["melody", "comping"]
    assert one.piece.score.n_bars == 6
    assert np.isfinite(one.mark)


def test_an_idea_is_ground_to_go_on_from() -> None:
    (one,) = sketch(1, chords="C Am F G", style="pop", seed=3)
    longer = motet.continue_score(one.piece.score, bars=1, seed=1, candidates=1)
    assert longer.score.n_bars == 5


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"n": 0}, "n must be 1 to 48"),
        ({"bars": 99}, "bars must be 1 to 32"),
        ({"parts": ("harp",)}, "parts must be some of"),
        ({"parts": ()}, "parts must be some of"),
        ({"bundle": "small"}, "cannot sketch"),
    ],
)
def test_what_cannot_be_is_refused(asked: dict[str, object], told: str) -> None:
    with pytest.raises(ParameterError, match=told):
        sketch(**{"n": 2, **asked})  # type: ignore[arg-type]


def test_a_cancelled_call_says_so() -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(BusyError):
        sketch(2, cancel=cancel)
