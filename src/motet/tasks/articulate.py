"""Articulation: how long notes sound, and the marks over them; and whether a part is so articulated.

Conventions: a note's room is the time to the next onset of its part. Legato fills the room (a rest of a
quarter or less is filled too) and is slurred in single lines; tenuto fills it and is marked; staccato,
portato and pizzicato sound for a share of their room and are marked; marcato is marked and louder. Drums
have no articulation. A part whose rhythm was asked for keeps its durations and is only marked. The last
bar stays as it is written. Pizzicato is for bowed strings: asked of a whole piece, others play staccato.

Source: the shares are within what players do: Bruno Repp, "Acoustics, perception, and production of legato
articulation on a digital piano", Journal of the Acoustical Society of America 97 (1995), 3862-3874, and
our own for detached notes.

Offers `articulate`, `check_articulation`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from motet.brief import Brief, articulation_title
from motet.score import Control, Note, Part, Score, Span
from motet.tasks.avoidance import all_beats
from motet.tasks.cast import PartPlan
from motet.tasks.check import Check
from motet.tasks.measure import part_polyphony
from motet.theory.instrument import find_instrument

__all__ = ["articulate", "articulation_of", "check_articulation"]

_SHARES: Final = {
    "staccato": (0.59, 0.76), "pizzicato": (0.59, 0.76), "portato": (0.79, 0.86), "marcato": (0.86, 0.91),
}  # fmt: skip
"""Of notes of a quarter at most, and of longer ones: no even part, so that notation knows them for played
notes and prints what was meant with its mark, not a shorter note and a rest."""
_FILLING: Final = frozenset({"legato", "tenuto"})
_LOUDER: Final = {"marcato": 10}
_LONGEST_QN: Final = 1.5  # notes longer than this stay long whatever the touch
_TOGETHER: Final = 8  # part of a quarter note within which onsets are one
_PIZZICATO_PROGRAM: Final = 45
_JUDGED: Final = {  # held share of the room, lowest and highest mean
    "legato": (0.9, 9.0), "tenuto": (0.9, 9.0), "staccato": (0.0, 0.79), "portato": (0.0, 0.9),
    "pizzicato": (0.0, 0.79), "marcato": (0.0, 9.0),
}  # fmt: skip


def articulation_of(brief: Brief, k: int, plan: PartPlan | None = None) -> str:
    """Return the articulation that is asked of a part, empty for none.

    Parameters
    ----------
    brief : Brief
    k : int
        Index of the part.
    plan : PartPlan or None
        Tells what plays it.

    Returns
    -------
    str

    Examples
    --------
    >>> articulation_of(Brief(articulation="legato", parts="flute"), 0)
    'legato'
    """
    wish = brief.parts[k] if k < len(brief.parts) else None
    asked = (wish.articulation if wish is not None else "") or brief.articulation
    found = plan.found if plan is not None else (wish.found if wish is not None else None)
    if found is not None and found.is_drums:
        return ""
    if asked == "pizzicato" and found is not None and found.family != "strings":
        return "staccato"
    return asked


def articulate(score: Score, cast: Sequence[PartPlan], brief: Brief) -> Score:
    """Return a score articulated as its brief asks.

    Parameters
    ----------
    score : Score
        Part k is ``cast[k]``.
    cast : sequence of PartPlan
    brief : Brief

    Returns
    -------
    Score
        The same notes at the same places; durations and marks are others.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.cast import choose_cast
    >>> brief = Brief(parts="flute", articulation="staccato")
    >>> played = articulate(make_score("C4:1 D4:3 | C4:4"), choose_cast(brief), brief)
    >>> [(n.duration_tick, n.articulations) for n in played.parts[0].notes]
    [(283, ('staccato',)), (1440, ()), (1920, ())]
    """
    parts = []
    for k, (part, plan) in enumerate(zip(score.parts, cast, strict=True)):
        asked = articulation_of(brief, k, plan)
        beats = all_beats(score) if "syncopation" in brief.avoid else []
        parts.append(_articulated(score, part, plan, asked, beats) if asked else part)
    return score.with_parts(*parts)


def _rooms(score: Score, part: Part, *, is_line: bool = False) -> list[int]:
    """Return for each note the time to the next onset of the part; a strummed chord is one onset."""
    onsets = sorted({note.onset_tick for note in part.notes})
    near = 0 if is_line else score.resolution // _TOGETHER
    found = []
    for note in part.notes:
        at = bisect_right(onsets, note.onset_tick + near)
        following = onsets[at] if at < len(onsets) else score.end_tick
        found.append(max(1, following - note.onset_tick))
    return found


def _articulated(
    score: Score, part: Part, plan: PartPlan, asked: str, beats: Sequence[int]
) -> Part:
    """Return one part in an articulation."""
    last_tick = score.bars[-1].start_tick
    longest = round(_LONGEST_QN * score.resolution)
    notes: list[Note] = []
    rooms = _rooms(score, part, is_line=plan.polyphony == 1)
    for note, room in zip(part.notes, rooms, strict=True):
        if note.onset_tick >= last_tick or not note.duration_tick:
            notes.append(note)
            continue
        duration, is_short = note.duration_tick, min(note.duration_tick, room) <= longest
        if asked in _FILLING:
            if duration < room <= duration + score.resolution:
                duration = max(duration, _unsyncopated(note.onset_tick, room, beats))
        elif is_short:
            value = min(duration, room)
            duration = max(1, round(_SHARES[asked][value > score.resolution] * value))
        marks = note.articulations
        if asked != "legato" and (is_short or asked == "tenuto"):
            marks = tuple(dict.fromkeys((*marks, asked)))
        notes.append(
            replace(
                note,
                duration_tick=note.duration_tick if plan.rhythm else duration,
                velocity=min(127, note.velocity + _LOUDER.get(asked, 0)),
                articulations=marks,
                ties_tick=note.ties_tick if duration == note.duration_tick else (),
            )
        )
    done = replace(part, notes=tuple(notes))
    if asked == "legato" and plan.polyphony == 1:
        done = replace(done, spans=(*done.spans, *_slurs(score, done)))
    if asked == "pizzicato":
        pluck = Control(tick=0, kind="program", number=0, value=_PIZZICATO_PROGRAM)
        done = replace(done, controls=(*done.controls, pluck))
    return done


def _unsyncopated(onset: int, room: int, beats: Sequence[int]) -> int:
    """Return how much of its room a note may fill without being held from off the beat over a beat."""
    at = bisect_right(beats, onset)
    if not beats or at >= len(beats) or beats[at - 1] == onset:
        return room
    return min(room, beats[at] - onset)


def _slurs(score: Score, part: Part) -> list[Span]:
    """Return a slur over each run of joined notes of a bar."""
    found: list[Span] = []
    run: list[Note] = []
    for note in (*part.notes, None):
        joins = (
            note is not None
            and run
            and note.onset_tick - run[-1].end_tick <= score.resolution // 16
            and score.bar_at(note.onset_tick) == score.bar_at(run[0].onset_tick)
        )
        if not joins:
            if len(run) > 1:
                # Within the last note: a hand may strike the next one early.
                end_tick = run[-1].onset_tick + max(1, run[-1].duration_tick * 3 // 4)
                found.append(Span(kind="slur", start_tick=run[0].onset_tick, end_tick=end_tick))
            run = []
        if note is not None:
            run.append(note)
    return found


def _is_bowed(part: Part) -> bool:
    """Whether a part is played by bowed strings, as its program tells."""
    return find_instrument(part.program).family == "strings"


def check_articulation(score: Score, brief: Brief) -> list[Check]:
    """Return for each part whose articulation is asked for how its notes are held and marked.

    Parameters
    ----------
    score : Score
    brief : Brief

    Returns
    -------
    list of Check

    Examples
    --------
    >>> from motet.score import make_score
    >>> brief = Brief(parts="flute", articulation="legato")
    >>> [one.ok for one in check_articulation(make_score("C4:1 D4:1 E4:2 | C4:4"), brief)]
    [True]
    """
    found = []
    last_tick = score.bars[-1].start_tick
    longest = _LONGEST_QN * score.resolution
    for k, part in enumerate(score.parts):
        asked = articulation_of(brief, k)
        if not asked or part.is_drums:
            continue
        is_named = k < len(brief.parts)
        if asked == "pizzicato" and not is_named and not _is_bowed(part):
            asked = "staccato"
        rooms = _rooms(score, part, is_line=part_polyphony(score, k) == 1)
        rows = [
            (min(note.duration_tick / room, 1.0), asked in note.articulations)
            for note, room in zip(part.notes, rooms, strict=True)
            if note.onset_tick < last_tick
            and 0 < room <= longest
            and note.duration_tick
            and not (asked in _FILLING and room - note.duration_tick > score.resolution)
        ]
        if not rows:
            continue
        share = sum(held for held, _ in rows) / len(rows)
        marked = sum(mark for _, mark in rows) / len(rows)
        low, high = _JUDGED[asked]
        if asked in _FILLING and "syncopation" in brief.avoid:
            low = 0.0  # it may not fill what reaches over a beat
        keeps = bool(k < len(brief.parts) and brief.parts[k].rhythm)
        ok = (keeps or low <= share <= high) and (asked == "legato" or marked > 0.75)
        name = part.name or str(k + 1)
        found.append(
            Check(
                name="articulation",
                what=(f"{name}: articulation", f"{name}:奏法"),
                requested=articulation_title(asked),
                measured=(
                    f"held {100 * share:.0f} %, marked {100 * marked:.0f} %",
                    f"保持 {100 * share:.0f} %,记号 {100 * marked:.0f} %",
                ),
                ok=ok if asked in _JUDGED else None,
            )
        )
    return found
