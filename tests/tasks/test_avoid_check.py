"""Breaches of what is to be avoided are seen on the score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.brief import Brief
from motet.score import Score, make_score
from motet.tasks.avoid_check import check_avoided
from motet.theory.scale import Key


def tune(text: str, **options: object) -> Score:
    """A melody."""
    score = make_score(text, **options)  # type: ignore[arg-type]
    return score.with_parts(replace(score.parts[0], role="melody", name="Flute"))


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("syncopation", "C4:.5 D4:.5 C4:3", "C4:.5 D4:1 C4:2.5"),
        ("leaps", "C4:2 F4:2", "C4:2 F#4:2"),
        ("high notes", "C5:4", "C7:4"),
        ("low notes", "C6:4", "C4:4"),
        ("chromatic notes", "C4:4", "C#4:4"),
        ("melody", "", "C4:4"),
        ("flute", "", "C4:4"),
    ],
)
def test_each_trait(name: str, good: str, bad: str) -> None:
    for text, ok in ((good, True), (bad, False)):
        score = tune(text or "C4:4", programs=(73,))
        if not text:
            score = score.with_parts(replace(score.parts[0], role="bass", program=32))
        (found,) = check_avoided(score, Brief(avoid=name), Key("C"), {(0, 0)})
        assert found.ok is ok


def test_modes_and_sevenths() -> None:
    score = tune("C4:4", chords="C7:4")
    brief = Brief(avoid="major, minor, seventh chords")
    found = check_avoided(score, brief, Key("C"), {(0, 0)})
    assert [one.ok for one in found] == [False, True, False]


def test_a_human_hand_is_no_syncopation() -> None:
    score = tune("C4:1 D4:1 E4:2")
    notes = tuple(replace(n, onset_tick=max(0, n.onset_tick - 20)) for n in score.parts[0].notes)
    score = score.with_parts(replace(score.parts[0], notes=notes))
    (found,) = check_avoided(score, Brief(avoid="syncopation"), Key("C"), {(0, 0)})
    assert found.ok
