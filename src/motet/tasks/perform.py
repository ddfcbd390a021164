"""Performance: the written piece swung and humanised, so that the model's parts play with the band.

Conventions: the arranger's parts are laid again with the style's swing and a human hand; the model's
follow the swing and the feel, note by note, keep their velocities, and sing their lines through. A part
whose rhythm was asked for stays as it was drawn.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from motet.arranger.feel import feel_note
from motet.arranger.humanise import swing_note
from motet.arranger.plan import Plan
from motet.score import Note, Part, Score
from motet.tasks.articulate import articulate
from motet.tasks.emotion import mood_score
from motet.tasks.ground import lay_ground, plan_ground
from motet.tasks.plan import TaskPlan, phrase_ends
from motet.tasks.sing import sing_through

__all__ = ["perform"]

_SUNG = frozenset({"melody", "solo", "counter", "voice"})
_STIRRED = 0.3  # the arousal from which lines are detached


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
    ends = phrase_ends(plan.sections)
    is_detached = (
        bool(brief.articulation)
        or "syncopation" in brief.avoid  # a note held over a beat would be one
        or (brief.emotion or (0.0, 0.0))[1] > _STIRRED
    )
    for k, part in enumerate(score.parts):
        if k in ground:
            parts.append(replace(ground[k], name=part.name))
        elif plan.cast[k].rhythm:
            parts.append(part)
        else:
            role = plan.cast[k].role
            is_sung = role in _SUNG and not is_detached
            held = sing_through(score, part, ends=ends) if is_sung else part
            parts.append(replace(held, notes=_felt(band, held, role)))
    played_score = mood_score(score.with_parts(*parts), plan.cast, brief)
    return articulate(played_score, plan.cast, brief)


def _felt(band: Plan, part: Part, role: str) -> tuple[Note, ...]:
    """Return the notes of a part with the band's swing and feel, none now together or overlapping.

    Triplets stay where they are while other off-beats swing: a bar in which two onsets would meet so
    is left straight.
    """
    by_bar: dict[int, list[Note]] = {}
    for note in part.notes:
        by_bar.setdefault(band.bar_at(note.onset_tick).index, []).append(note)
    pairs: list[tuple[Note, Note]] = []
    for own in by_bar.values():
        moved = [feel_note(band, swing_note(band, note), role) for note in own]
        is_ordered = all(
            (one.onset_tick < two.onset_tick) == (here.onset_tick < there.onset_tick)
            for (one, two), (here, there) in zip(pairwise(own), pairwise(moved), strict=True)
        )
        pairs += zip(own, moved if is_ordered else own, strict=True)
    onsets = sorted({(was.onset_tick, now.onset_tick) for was, now in pairs})
    found = []
    for was, now in pairs:
        at = bisect_left(onsets, (was.end_tick, -1))
        end = min([now.end_tick, *(onset for _, onset in onsets[at : at + 1])])
        if now.duration_tick and now.onset_tick < end < now.end_tick:
            now = replace(now, duration_tick=end - now.onset_tick, ties_tick=())
        found.append(now)
    return tuple(found)
