"""Performance: the written piece swung and humanised, so that the model's parts play with the band.

Conventions: the arranger's parts are laid again with the style's swing and a human hand; the model's
follow the swing and the feel, note by note, and keep their velocities. A part whose rhythm was asked for
stays as it was drawn.
"""

from __future__ import annotations

from dataclasses import replace

from motet.arranger.feel import feel_note
from motet.arranger.humanise import swing_note
from motet.score import Score
from motet.tasks.articulate import articulate
from motet.tasks.emotion import mood_score
from motet.tasks.ground import lay_ground, plan_ground
from motet.tasks.plan import TaskPlan

__all__ = ["perform"]


def perform(plan: TaskPlan, score: Score) -> Score:
    """Return a written piece as it is played.

    Parameters
    ----------
    plan : TaskPlan
        Of `motet.tasks.plan.plan_brief`.
    score : Score
        Straight, every part written.

    Returns
    -------
    Score
        The same notes, pitches and bars; onsets swung where the style swings.

    Examples
    --------
    >>> from motet.brief import Brief
    >>> from motet.tasks.plan import plan_brief
    >>> plan = plan_brief(Brief(style="swing", bars=4), has_model=False)
    >>> perform(plan, plan.score).n_bars
    4
    """
    brief, frame = plan.brief, plan.frame
    if frame is None:
        return score
    played = [k for k, writer in enumerate(plan.writers) if writer == "arranger"]
    ground = lay_ground(
        frame, plan.cast, played, seed=brief.seed, intensity=brief.intensity or 3,
        swing=brief.swing, humanise=brief.humanise, manner=plan.manner,
    )  # fmt: skip
    band = plan_ground(
        frame, seed=brief.seed, intensity=brief.intensity or 3, swing=brief.swing,
        manner=plan.manner,
    )  # fmt: skip
    parts = []
    for k, part in enumerate(score.parts):
        if k in ground:
            parts.append(replace(ground[k], name=part.name))
        elif plan.cast[k].rhythm:
            parts.append(part)
        else:
            role = plan.cast[k].role
            notes = (feel_note(band, swing_note(band, note), role) for note in part.notes)
            parts.append(replace(part, notes=tuple(notes)))
    played_score = mood_score(score.with_parts(*parts), plan.cast, brief)
    return articulate(played_score, plan.cast, brief)
