"""Cells of a given score: the model's notes in the score's own ticks."""

from __future__ import annotations

from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.score import make_score
from motet.tasks.given import measure_part
from motet.tasks.job import write_given
from motet.theory import parse_key


def test_other_parts_and_ticks_that_the_grid_cannot_say_stay(bundle: Bundle) -> None:
    score = make_score(
        "C4:0.2 D4:0.3 E4:3.5 | C4:4", "C3:0.19 G3:3.81 | C3:4", resolution=1000, fifths=0
    )
    plans = {k: measure_part(score, k, [0, 1]) for k in (0, 1)}
    written = write_given(
        score, {(1, 0)}, plans, rows=(0, 1), brief=Brief(harmony="scale", candidates=1),
        key=parse_key("C"), chords=(), bundle=bundle,
    )  # fmt: skip
    assert written.score.parts[1] == score.parts[1]
    assert written.score.parts[0].notes[:3] == score.parts[0].notes[:3]
    assert written.score.parts[0].notes[3:]  # written by the model, or taken up from bar 1
