"""Feel, groove and surprise are measured on the notes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motet.brief import Brief
from motet.score import Score, make_score
from motet.tasks.adherence import check_adherence
from motet.tasks.feel_check import check_feel, check_groove, check_surprise
from motet.tasks.perform import perform
from motet.tasks.plan import plan_brief
from motet.theory.scale import Key


def played(**options: object) -> tuple[Score, tuple[str, ...], Brief]:
    """What the arranger plays for a brief."""
    brief = Brief(bars=8, seed=3, **options)  # type: ignore[arg-type]
    plan = plan_brief(brief, has_model=False)
    return perform(plan, plan.score), plan.writers, brief


@pytest.mark.parametrize(
    ("style", "feel"),
    [("pop", "shuffle"), ("pop", "swing"), ("swing", "straight"), ("rock", "laid-back"),
     ("rock", "pushed")],
)  # fmt: skip
def test_each_feel_is_measured_where_it_is_and_missed_where_it_is_not(
    style: str, feel: str
) -> None:
    score, _, brief = played(style=style, feel=feel)
    assert [one.ok for one in check_feel(score, brief)] == [True]
    plain, _, _ = played(style=style)
    assert [one.ok for one in check_feel(plain, brief)] == [False]


def test_a_groove_is_recognised() -> None:
    score, writers, brief = played(groove="bossa")
    assert [one.ok for one in check_groove(score, brief, writers)] == [True]
    moved = tuple(
        replace(part, notes=tuple(replace(n, onset_tick=n.onset_tick + 80) for n in part.notes))
        for part in score.parts
    )
    other = score.with_parts(*moved)
    assert [one.ok for one in check_groove(other, brief, writers)] == [False]


def test_little_surprise_stays_at_home() -> None:
    score = make_score("C4:8", chords="C:4 Fm:4")
    assert [one.ok for one in check_surprise(score, Brief(surprise=0.1), Key("C"))] == [False]
    assert [one.ok for one in check_surprise(score, Brief(surprise=0.9), Key("C"))] == [None]


def test_the_report_has_a_row_for_each_wish() -> None:
    score, writers, brief = played(
        groove="bossa", feel="laid-back", surprise=0.1, articulation="staccato", avoid="drums",
        emotion="1: calm, 5: excited",
    )  # fmt: skip
    names = [one.name for one in check_adherence(score, brief, writers=writers).checks]
    wanted = {"groove", "feel", "surprise", "articulation", "avoid", "emotion curve, arousal"}
    assert wanted <= set(names)
