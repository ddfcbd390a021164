"""How led voices are played: held, in repeated quavers, broken, or plucked under a tune.

Conventions: the voices' pitches stay; a phrase of four bars has one manner, sections that return have theirs
again, and the last bar of a section is held. Times at `motet.units.DEFAULT_RESOLUTION`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from motet.arranger.plan import BarPlan, Plan, rng_for
from motet.score import Note, Part
from motet.units import DEFAULT_RESOLUTION

__all__ = ["MANNERS", "play_voices"]

_BEAT = DEFAULT_RESOLUTION
MANNERS = ("held", "crotchets", "quavers", "broken", "after")
"""Sounding on; repeated by the beat or the quaver; one voice answering the other; off the beat over a bass
on it."""
_SHARES = (0.25, 0.3, 0.3, 0.075, 0.075)


def play_voices(plan: Plan, voices: Sequence[Part]) -> list[Part]:
    """Return led voices with a manner of playing for each phrase.

    Parameters
    ----------
    plan : Plan
    voices : sequence of Part
        The highest first, the bass last.

    Returns
    -------
    list of Part
        The same pitches at the same harmonies.

    Examples
    --------
    >>> play_voices.__name__
    'play_voices'
    """
    out = []
    for k, part in enumerate(voices):
        is_bass = k == len(voices) - 1
        notes: list[Note] = []
        for note in part.notes:
            for piece in _by_bar(plan, note):
                bar = plan.bar_at(piece.onset_tick)
                notes += _played(piece, bar, _manner(plan, bar), k, is_bass)
        out.append(replace(part, notes=tuple(notes)))
    return out


def _manner(plan: Plan, bar: BarPlan) -> str:
    """Return how a bar is played."""
    if bar.is_ending or bar.is_pickup or bar.bar_in_section == bar.section_bars - 1:
        return "held"
    rng = rng_for(plan.seed, "texture", bar.label, bar.bar_in_section // 4)
    return str(rng.choice(MANNERS, p=_SHARES))


def _by_bar(plan: Plan, note: Note) -> list[Note]:
    """Return a note cut at bar lines, unless its bars are held."""
    found: list[Note] = []
    start = note.onset_tick
    while start < note.end_tick:
        bar = plan.bar_at(start)
        end = min(note.end_tick, bar.end_tick)
        if _manner(plan, bar) == "held" and found and _is_held(plan, found[-1]):
            found[-1] = replace(found[-1], duration_tick=end - found[-1].onset_tick)
        else:
            found.append(replace(note, onset_tick=start, duration_tick=end - start))
        start = max(end, start + 1)
    return found


def _is_held(plan: Plan, note: Note) -> bool:
    return _manner(plan, plan.bar_at(note.onset_tick)) == "held"


def _played(note: Note, bar: BarPlan, manner: str, voice: int, is_bass: bool) -> list[Note]:
    """Return the strokes of one note within a bar."""
    if manner == "held" or note.duration_tick < _BEAT:
        return [note]
    unit = _BEAT // 2
    if is_bass:
        steps = {"quavers": unit, "crotchets": 2 * unit, "after": 2 * unit}
        step = steps.get(manner, 4 * unit)
        length = step if manner != "after" else unit
        return _repeat(note, note.onset_tick, step, length)
    if manner == "crotchets":
        return _repeat(note, note.onset_tick, 2 * unit, 2 * unit)
    if manner == "quavers":
        return _repeat(note, note.onset_tick, unit, unit)
    place = note.onset_tick - bar.start_tick
    if manner == "after":
        shift = unit if place % _BEAT == 0 else 0
        return _repeat(note, note.onset_tick + shift, 2 * unit, unit) or [note]
    shift = unit if voice == 0 and place % _BEAT == 0 else 0
    return _repeat(note, note.onset_tick + shift, 2 * unit, 2 * unit if voice else unit) or [note]


def _repeat(note: Note, start: int, step: int, length: int) -> list[Note]:
    """Return a note struck again and again until its end, softly off its start."""
    found = []
    tick = start
    while tick < note.end_tick:
        end = min(tick + length, note.end_tick)
        soft = 0 if tick == note.onset_tick else 6
        found.append(
            replace(
                note, onset_tick=tick, duration_tick=end - tick,
                velocity=max(1, note.velocity - soft),
            )
        )  # fmt: skip
        tick += step
    return found
