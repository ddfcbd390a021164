"""Pitches for a given rhythm, by the arranger's tune finder: used where no model is at work.

Conventions: rhythms are (position, duration) in grid positions from their bar line. Pitches sound.

Offers `find_pitches`, `plain_rhythm`, `tune_note`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from motet.arranger.plan import rng_for
from motet.arranger.tune import TuneNote, find_tune, judge_tune
from motet.evaluate.harmony import strong_places_tick
from motet.score import Note, Score
from motet.tasks.cast import PartPlan
from motet.tasks.harmony import HeldHarmony
from motet.theory.chord_scale import chord_scale
from motet.theory.pitch import spell_line
from motet.theory.scale import Key
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = ["find_pitches", "plain_rhythm", "tune_note"]

_CANDIDATES = 12
_PHRASE_BARS = 4


def tune_note(
    score: Score,
    held: HeldHarmony,
    key: Key,
    *,
    tick: int,
    duration_tick: int,
    goal: float,
    final: tuple[int, ...] = (),
    starts_phrase: bool = False,
) -> TuneNote:
    """Return what a note that begins at a tick must serve: its chord, scale, place and length.

    Parameters
    ----------
    score : Score
    held : HeldHarmony
        Of the score.
    key : Key
    tick, duration_tick : int
    goal : float, MIDI number
        Where the phrase lies.
    final : tuple of int
        Pitch classes on which a phrase may end here.
    starts_phrase : bool

    Returns
    -------
    TuneNote

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4", chords="G7:4")
    >>> tune_note(score, HeldHarmony(score), Key("C"), tick=0, duration_tick=480, goal=67).chord_pcs
    (7, 11, 2, 5)
    """
    chord = held.at(tick)
    scale = tuple(chord_scale(chord, key)) if chord.pcs else tuple(key.pcs)
    pcs = chord.pcs or tuple(key.pcs)
    bar = score.bars[score.bar_at(tick)]
    return TuneNote(
        chord_pcs=pcs[:4],
        scale_pcs=scale,
        favoured_pcs=scale,
        avoid_pcs=tuple(pc for pc in scale if pc not in pcs and (pc - 1) % 12 in pcs),
        is_strong=tick in strong_places_tick(bar),
        is_long=duration_tick >= score.resolution,
        goal=goal,
        final=final,
        starts_phrase=starts_phrase,
    )


def find_pitches(
    score: Score,
    k: int,
    plan: PartPlan,
    rhythms: Mapping[int, tuple[tuple[int, int], ...]],
    *,
    bars: Sequence[int],
    key: Key,
    seed: int = 0,
) -> Score:
    """Return a score with a line in a given rhythm, its pitches the most singable of several.

    Parameters
    ----------
    score : Score
        With the chords that the line goes by.
    k : int
        The part.
    plan : PartPlan
        Its range.
    rhythms : mapping of int to tuple of (position, duration)
        A bar without a rhythm holds one note.
    bars : sequence of int
        The bars to write.
    key : Key
    seed : int, >= 0

    Returns
    -------
    Score

    Examples
    --------
    >>> from motet.brief import PartBrief
    >>> from motet.score import Part
    >>> from motet.tasks.cast import plan_part
    >>> empty = Score(parts=(Part(),), length_tick=1920)
    >>> plan = plan_part(PartBrief(instrument="flute"), role="melody")
    >>> done = find_pitches(empty, 0, plan, {0: ((0, 48), (48, 48))}, bars=[0], key=Key("C"))
    >>> [note.onset_tick for note in done.parts[0].notes]
    [0, 960]
    """
    held = HeldHarmony(score)
    places: list[tuple[int, int]] = []
    for bar in sorted(bars):
        place = score.bars[bar]
        whole = (0, place.duration_tick * POSITIONS_PER_QN // score.resolution)
        for pos, dur in rhythms.get(bar, (whole,)):
            start = place.start_tick + round(pos * score.resolution / POSITIONS_PER_QN)
            places.append((start, max(1, round(dur * score.resolution / POSITIONS_PER_QN))))
    if not places:
        return score
    wanted = []
    for n, (tick, duration) in enumerate(places):
        bar = score.bar_at(tick)
        inside = (bar % _PHRASE_BARS + 0.5) / _PHRASE_BARS
        goal = plan.low + (plan.high - plan.low) * (0.4 + 0.3 * math.sin(math.pi * inside))
        is_last = n == len(places) - 1
        chord = held.at(tick)
        final = (chord.pcs[:1] or (key.tonic_pc,)) if is_last else ()
        starts = n == 0 or sum(places[n - 1]) < tick
        wanted.append(
            tune_note(
                score, held, key, tick=tick, duration_tick=duration, goal=goal, final=final,
                starts_phrase=starts,
            )
        )  # fmt: skip
    best: list[int] = []
    best_value = -math.inf
    for n in range(_CANDIDATES):
        rng = rng_for(seed, "line", plan.name, n)
        pitches = find_tune(wanted, low=plan.low, high=plan.high, rng=rng)
        value = judge_tune(pitches, low=plan.low, high=plan.high)
        if value > best_value:
            best, best_value = pitches, value
    tones = [held.at(tick).tones() for tick, _ in places]
    names = spell_line(best, fifths=key.fifths, chord_tones=tones)
    fresh = tuple(
        Note(onset_tick=tick, duration_tick=duration, pitch=pitch, spelling=name)
        for (tick, duration), pitch, name in zip(places, best, names, strict=True)
    )
    spans = [(score.bars[bar].start_tick, score.bars[bar].end_tick) for bar in bars]
    kept = tuple(
        note
        for note in score.parts[k].notes
        if not any(start <= note.onset_tick < end for start, end in spans)
    )
    parts = list(score.parts)
    parts[k] = replace(parts[k], notes=kept + fresh)
    return replace(score, parts=tuple(parts))


def plain_rhythm(score: Score, bar: int) -> tuple[tuple[int, int], ...]:
    """Return a plain rhythm for a bar, in grid positions: its beats, the last two joined.

    Parameters
    ----------
    score : Score
    bar : int

    Returns
    -------
    tuple of (position, duration)

    Examples
    --------
    >>> plain_rhythm(Score(length_tick=1920), 0)
    ((0, 24), (24, 24), (48, 48))
    """
    lengths = [round(float(one) * POSITIONS_PER_QN) for one in score.bars[bar].metre.beats_qn]
    starts = [sum(lengths[:n]) for n in range(len(lengths))]
    pairs = list(zip(starts, lengths, strict=True))
    if len(pairs) > 2:
        pairs[-2:] = [(pairs[-2][0], pairs[-2][1] + pairs[-1][1])]
    return tuple(pairs)
