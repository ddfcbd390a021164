"""New bars of a given score as a brief wants them played: feel, mood, articulation, no leap, no syncopation.

Conventions: only open cells change, given notes never. A feel moves new onsets within their beat and their
chord; a new chord and a bar line are never anticipated. Plucked bars go back to the bow where they end.

Offers `play_cells`, `restrain_cells`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from motet.arranger.feel import FEEL_SWINGS, feel_shift_ms
from motet.arranger.humanise import swing_tick
from motet.brief import Brief
from motet.engine.rules import CellRules
from motet.score import Bar, Control, Note, Part, Score
from motet.tasks.articulate import articulate
from motet.tasks.avoidance import all_beats, restrain_score
from motet.tasks.cast import PartPlan
from motet.tasks.emotion import mood_score

__all__ = ["play_cells", "restrain_cells"]

Cells = Collection[tuple[int, int]]
_CLEAR: Final = (
    43  # part of a quarter note by which a moved onset stays away from what is not its own
)


def restrain_cells(
    score: Score,
    rules: dict[tuple[int, int], CellRules],
    cast: Sequence[PartPlan],
    avoid: Collection[str],
    *,
    shift_semi: int,
) -> Score:
    """Return a score whose new cells neither leap nor syncopate where that is avoided; given notes stay.

    Parameters
    ----------
    score : Score
    rules : dict of (bar, part) to CellRules
        Of the new cells.
    cast : sequence of PartPlan
    avoid : collection of str
    shift_semi : int, semitones
        From sounding to normalised pitch.

    Returns
    -------
    Score

    Examples
    --------
    >>> restrain_cells.__name__
    'restrain_cells'
    """
    done = restrain_score(score, rules, cast, avoid, shift_semi=shift_semi)
    return score if done is score else _merged(score, done, set(rules))


def _merged(old: Score, new: Score, cells: Cells) -> Score:
    """Return a score with the notes of some cells as another has them."""
    parts = []
    for k, (part, other) in enumerate(zip(old.parts, new.parts, strict=True)):
        kept = [note for note in part.notes if (old.bar_at(note.onset_tick), k) not in cells]
        fresh = [note for note in other.notes if (old.bar_at(note.onset_tick), k) in cells]
        parts.append(replace(part, notes=(*kept, *fresh)) if fresh else part)
    return old.with_parts(*parts)


def play_cells(score: Score, cells: Cells, cast: Sequence[PartPlan], brief: Brief) -> Score:
    """Return a score whose new cells are played as a brief asks: feel, mood and articulation.

    Parameters
    ----------
    score : Score
        Its new notes are straight.
    cells : collection of (bar, part)
    cast : sequence of PartPlan
        A plan for each part.
    brief : Brief

    Returns
    -------
    Score
        The same notes, pitches and bars; given notes as they were.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.given import measure_part
    >>> score = make_score("C4:.5 D4:.5 E4:3 | C4:.5 D4:.5 E4:3 | C4:4")
    >>> cast = [measure_part(score, 0, [0])]
    >>> done = play_cells(score, {(1, 0)}, cast, Brief(feel="swing"))
    >>> [note.onset_tick % 1920 for note in done.parts[0].notes]
    [0, 240, 480, 0, 304, 480, 0]
    """
    done = score
    if brief.feel:
        parts = [_felt(score, k, cells, brief, cast[k].role) for k in range(len(score.parts))]
        done = score.with_parts(*parts)
    if brief.emotion is not None:
        done = _merged(done, mood_score(done, cast, brief), cells)
    return _articulated(done, cells, cast, brief) if brief.articulation else done


def _felt(score: Score, k: int, cells: Cells, brief: Brief, role: str) -> Part:
    """Return a part whose new onsets swing, or lie behind or ahead of the beat."""
    part = score.parts[k]
    swing = 0.5 + FEEL_SWINGS.get(brief.feel, 0.0) / 6
    late_ms = 0.0 if part.is_drums else feel_shift_ms(brief.feel, role)
    notes: list[Note] = []
    by_bar: dict[int, list[Note]] = {}
    for note in part.notes:
        at = score.bar_at(note.onset_tick)
        if (at, k) in cells:
            by_bar.setdefault(at, []).append(note)
        else:
            notes.append(note)
    edges = sorted({*all_beats(score), *(one.tick for one in score.chords)})
    given = list(notes)
    for number, own in by_bar.items():
        bar = score.bars[number]
        moved = [_moved(score, bar, note, swing, late_ms, edges) for note in own]
        is_same = len({one.onset_tick for one in moved}) == len({one.onset_tick for one in own})
        clash = any(
            one.onset_tick < other.end_tick and other.onset_tick < one.end_tick
            and one.pitch == other.pitch
            for one in moved for other in given
        )  # fmt: skip
        notes += moved if is_same and not clash else own
    return replace(part, notes=_unlapped(part.notes, notes))


def _moved(
    score: Score, bar: Bar, note: Note, swing: float, late_ms: float, edges: Sequence[int]
) -> Note:
    """Return a note at the place that a feel gives it, within its beat and its chord."""
    if not note.duration_tick:
        return note

    def place(tick: int) -> int:
        if swing == 0.5 or bar.metre.denominator > 4 or not tick - bar.start_tick >= 0:
            return tick
        own = swing_tick(tick - bar.start_tick, swing=swing, unit_tick=score.resolution)
        return bar.start_tick + own

    onset, end = place(note.onset_tick), place(note.end_tick)
    if late_ms:
        second = score.time.tick_to_s(note.onset_tick) + late_ms / 1000
        shift = round(score.time.s_to_tick(max(0.0, second))) - note.onset_tick
        clear = score.resolution // _CLEAR
        at = bisect_right(edges, note.onset_tick)
        before = edges[at - 1] if at else bar.start_tick
        after = edges[at] if at < len(edges) else bar.end_tick
        is_on = before == note.onset_tick
        starts_chord = any(one.tick == note.onset_tick for one in score.chords)
        low = before + clear if not is_on else bar.start_tick
        if is_on and (starts_chord or before == bar.start_tick):
            low = note.onset_tick
        onset = max(min(low, onset), min(onset + shift, after - clear, end - 1))
        onset = max(low, onset)
        end = max(onset + 1, end + min(0, shift))
    if (onset, end) == (note.onset_tick, note.end_tick):
        return note
    return replace(note, onset_tick=onset, duration_tick=max(1, end - onset), ties_tick=())


def _unlapped(before: Sequence[Note], after: Sequence[Note]) -> tuple[Note, ...]:
    """Return moved notes that ring into the next only where they did before."""
    old = sorted({note.onset_tick for note in before})
    new = sorted({note.onset_tick for note in after})
    if len(old) != len(new):
        return tuple(after)
    moved = dict(zip(new, old, strict=True))
    found = []
    for note in after:
        at = bisect_right(new, note.onset_tick)
        if at < len(new) and new[at] < note.end_tick and new[at] < moved[new[at]]:
            note = replace(note, duration_tick=new[at] - note.onset_tick, ties_tick=())
        found.append(note)
    return tuple(found)


def _articulated(score: Score, cells: Cells, cast: Sequence[PartPlan], brief: Brief) -> Score:
    """Return a score whose new cells are articulated; a plucked stretch is plucked nowhere else."""
    done = articulate(score, cast, brief)
    merged = _merged(score, done, cells)
    parts = []
    for k, (part, own, old) in enumerate(zip(merged.parts, done.parts, score.parts, strict=True)):
        spans = [
            one for one in own.spans
            if one not in old.spans and (score.bar_at(one.start_tick), k) in cells
        ]  # fmt: skip
        plucks = [one for one in own.controls if one not in old.controls]
        controls = [two for one in plucks for two in _stretches(score, k, cells, one, part.program)]
        parts.append(
            replace(part, spans=(*part.spans, *spans), controls=(*part.controls, *controls))
        )
    return merged.with_parts(*parts)


def _stretches(score: Score, k: int, cells: Cells, one: Control, home: int) -> list[Control]:
    """Return a change of program at the start of each run of new bars, and back at its end."""
    found = []
    for bar in score.bars:
        is_open, was_open = (bar.index, k) in cells, (bar.index - 1, k) in cells
        if is_open and not was_open:
            found.append(replace(one, tick=bar.start_tick))
        elif was_open and not is_open:
            found.append(replace(one, tick=bar.start_tick, value=home))
    return found
