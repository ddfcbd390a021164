"""What is lost is counted."""

from dataclasses import replace

from motet.io.abc.loss import abc_losses
from motet.score import Control, make_score


def test_velocities_and_controls_are_counted():
    score = make_score("C4:1 D4:1")
    part = score.parts[0]
    loud = replace(part.notes[1], velocity=99)
    part = replace(
        part,
        notes=(part.notes[0], loud),
        controls=(Control(tick=0, kind="cc", number=7, value=9),),
    )
    found = abc_losses(score.with_parts(part))
    assert [(loss.n, loss.en) for loss in found] == [
        (1, "velocities are not written"),
        (1, "controllers, bends and program changes are not written"),
    ]
