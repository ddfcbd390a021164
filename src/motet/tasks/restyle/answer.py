"""The line beside the tune: written by the model under the band's chords, or the arranger's if that is better.

Conventions: the model sees tune, bass and chords, straight and on the grid; it writes the part whose role is
``"counter"``, below the tune. Both lines are judged by the same figures: it should move where the tune
rests or holds, sound well with it, and not double it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from motet.arranger.humanise import swing_note
from motet.arranger.plan import Plan
from motet.brief import Brief
from motet.engine.bundle import Bundle
from motet.engine.write import Cancel
from motet.errors import ConstraintError
from motet.score import Part, Score
from motet.tasks.cast import PartPlan
from motet.tasks.given import measure_part
from motet.tasks.job import Written, write_given
from motet.theory.scale import Key

__all__ = ["Answer", "answer_tune", "judge_line"]

_DENSITY = (0.4, 2.0)
_LEAST_RANGE_SEMI = 12
_CONSONANT = frozenset({3, 4, 5, 7, 8, 9})


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A score with its line beside the tune, who wrote that, and the model's draft if it was asked."""

    score: Score
    part: int
    writer: str
    written: Written
    figures: tuple[float, float]


def answer_tune(
    band: Score,
    straight: Score,
    plan: Plan,
    *,
    brief: Brief,
    key: Key,
    bundle: Bundle,
    on_bar: Callable[[int, int], None] | None = None,
    cancel: Cancel | None = None,
    originality: bool = True,
) -> Answer | None:
    """Return the band with the better of two lines beside the tune.

    Parameters
    ----------
    band : Score
        As it is played.
    straight : Score
        The same, on the grid.
    plan : Plan
        For the swing.
    brief : Brief
        Style, candidates, temperature, seed.
    key : Key
    bundle : Bundle
    on_bar, cancel, originality
        As for `motet.tasks.job.write_given`.

    Returns
    -------
    Answer or None
        None where the style has no such line, or no line can be written there.

    Examples
    --------
    >>> answer_tune.__name__
    'answer_tune'
    """
    part = next((k for k, one in enumerate(straight.parts) if one.role == "counter"), None)
    if part is None or len(straight.parts) != len(band.parts):
        return None
    sounding = [one.tick for one in straight.chords if one.symbol != "N.C."]
    first = straight.bar_at(
        max(straight.parts[0].notes[0].onset_tick, sounding[0] if sounding else 0)
    )
    first += straight.bars[first].number == 0 and straight.n_bars > 1
    cells = {(bar, part) for bar in range(first, straight.n_bars)}
    bass = next((k for k, one in enumerate(straight.parts) if one.role == "bass"), part)
    rows = tuple(sorted({0, part, bass}))
    plans = {k: measure_part(straight, k, range(first, straight.n_bars)) for k in rows}
    plans[part] = _bounds(plans[part], straight)
    try:
        written = write_given(
            straight, cells, plans, rows=rows, brief=brief, key=key, chords=straight.chords,
            bundle=bundle, ends=True, in_one_go=False, on_bar=on_bar, cancel=cancel,
            originality=originality,
        )  # fmt: skip
    except ConstraintError:
        return None
    tune = straight.parts[0]
    theirs = judge_line(straight.parts[part], tune, straight.resolution)
    own = judge_line(written.score.parts[part], tune, straight.resolution)
    if own <= theirs:
        return Answer(
            score=band, part=part, writer="arranger", written=written, figures=(own, theirs)
        )
    notes = tuple(swing_note(plan, note) for note in written.score.parts[part].notes)
    parts = list(band.parts)
    parts[part] = replace(parts[part], notes=notes)
    done = replace(band, parts=tuple(parts))
    return Answer(score=done, part=part, writer="model", written=written, figures=(own, theirs))


def _bounds(plan: PartPlan, score: Score) -> PartPlan:
    """Return the bounds of a line beside the tune: below most of it, where its instrument sounds."""
    pitches = [note.pitch for note in score.parts[0].notes if note.duration_tick]
    found = plan.found
    top = int(np.percentile(pitches, 40)) if pitches else found.comfortable_high
    high = min(found.comfortable_high, max(top, found.comfortable_low + _LEAST_RANGE_SEMI))
    low = max(found.low, min(found.comfortable_low, high - _LEAST_RANGE_SEMI), high - 19)
    return replace(
        plan, role="counter", low=low, high=high, density=_DENSITY, polyphony=1, may_rest=False,
        asked=frozenset(),
    )  # fmt: skip


def judge_line(line: Part, tune: Part, resolution: int) -> float:
    """Return how well a line goes beside a tune, 0 to 1.

    Parameters
    ----------
    line, tune : Part
    resolution : int, ticks a quarter note

    Returns
    -------
    float
        The mean of: consonant time with the tune (unisons and octaves do not count), onsets where the
        tune has none, moves by step or small leap, and how many quarters have an onset (up to one
        in two).

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C5:2 D5:2 E5:4", "r:1 E4:1 F4:1 G4:1 C4:2 D4:2", "C5:2 D5:2 E5:4")
    >>> tune, line, double = score.parts
    >>> judge_line(line, tune, 480) > judge_line(double, tune, 480)
    True
    """
    notes = [note for note in line.notes if note.duration_tick]
    sung = [note for note in tune.notes if note.duration_tick]
    if len(notes) < 2 or not sung:
        return 0.0
    good = total = 0
    starts = np.array([note.onset_tick for note in sung])
    ends = np.array([note.end_tick for note in sung])
    pitches = np.array([note.pitch for note in sung])
    for note in notes:
        overlap = np.minimum(ends, note.end_tick) - np.maximum(starts, note.onset_tick)
        for k in np.flatnonzero(overlap > 0).tolist():
            total += int(overlap[k])
            good += int(overlap[k]) * (abs(int(pitches[k]) - note.pitch) % 12 in _CONSONANT)
    onsets = set(starts.tolist())
    free = sum(note.onset_tick not in onsets for note in notes) / len(notes)
    moves = np.abs(np.diff([note.pitch for note in notes]))
    smooth = float(np.mean((moves > 0) & (moves <= 4)))
    length = max(note.end_tick for note in sung) / resolution
    density = min(1.0, 2.0 * len(notes) / max(1.0, length))
    return float((good / total if total else 0.0) + free + smooth + density) / 4
