"""The checks of one part of a finished score against what was asked of it."""

from __future__ import annotations

from dataclasses import replace

from motet.brief import PartBrief
from motet.brief.text import read_rhythm
from motet.score import Score
from motet.tasks.cast import SINGLE
from motet.tasks.check import Check, same
from motet.tasks.measure import onset_positions, part_density, part_polyphony, part_range
from motet.theory.pitch import pitch_name
from motet.tokens.vocab import DRUM_PROGRAM, POSITIONS_PER_QN

__all__ = ["check_part"]


def check_part(
    score: Score, k: int, wish: PartBrief | None, bars: list[int], *, is_whole: bool
) -> list[Check]:
    """Return the checks of one part: program, range, polyphony, density, rhythm, rests, and that it plays.

    Parameters
    ----------
    score : Score
    k : int
        Index of the part.
    wish : PartBrief or None
        What was asked of it; None only counts its notes.
    bars : list of int
        The bars that were written.
    is_whole : bool
        Whether they are all bars, so that the whole part's range counts.

    Returns
    -------
    list of Check

    Examples
    --------
    >>> from motet.score import make_score
    >>> wish = PartBrief(instrument="piano", high=72)
    >>> found = check_part(make_score("C6:4"), 0, wish, [0], is_whole=True)
    >>> [one.name for one in found if one.ok is False]
    ['range']
    """
    part = score.parts[k]
    name = part.name or str(k + 1)
    found: list[Check] = []

    def add(what: str, en: str, zh: str, requested: str, measured: str, ok: bool | None) -> None:
        found.append(
            Check(
                name=what, what=(f"{name}: {en}", f"{name}:{zh}"), requested=same(requested),
                measured=same(measured), ok=ok,
            )
        )  # fmt: skip

    inside = set(bars)
    notes = [note for note in part.notes if score.bar_at(note.onset_tick) in inside]
    rests = {bar - 1 for bar in wish.rests} if wish is not None else set()
    add("plays", "notes", "音符数", "", str(len(notes)), bool(notes) if bars else None)
    if wish is None:
        return found
    program = DRUM_PROGRAM if part.is_drums else part.program
    add("program", "program", "音色号", str(wish.program), str(program), program == wish.program)
    span = part_range(part if is_whole else replace(part, notes=tuple(notes)))
    if span is not None and not part.is_drums:
        low = wish.found.low if wish.low is None else wish.low
        high = wish.found.high if wish.high is None else wish.high
        add(
            "range", "range", "音域", f"{pitch_name(low)} to {pitch_name(high)}",
            f"{pitch_name(span[0])} to {pitch_name(span[1])}", low <= span[0] and span[1] <= high,
        )  # fmt: skip
    most = part_polyphony(score, k, bars=inside)
    limit = wish.polyphony
    if limit is None and (wish.role in SINGLE or wish.found.max_polyphony == 1):
        limit = 1
    add(
        "polyphony", "notes at once", "同时发声数", str(limit or ""), str(most),
        None if limit is None else most <= limit,
    )  # fmt: skip
    played = [bar for bar in bars if bar not in rests]
    judged = [bar for bar in played if bar < score.n_bars - 1] or played
    density = part_density(score, k, bars=judged)
    if density is not None:
        asked = wish.density
        add(
            "density", "onsets a quarter", "每四分音符起音",
            f"{asked[0]:g} to {asked[1]:g}" if asked else "", f"{density:.3g}",
            None if asked is None else _is_dense(score, k, judged, asked),
        )  # fmt: skip
    if wish.rhythm:
        right = sum(onset_positions(score, k, bar) == _rhythm(score, wish, bar) for bar in played)
        add("rhythm", "bars in the rhythm", "符合节奏的小节", str(len(played)),
            str(right), right == len(played))  # fmt: skip
    if rests:
        sounding = sum(
            1
            for bar in rests & inside
            for note in part.notes
            if note.onset_tick < score.bars[bar].end_tick
            and note.end_tick > score.bars[bar].start_tick
        )
        add("rests", "notes in its rests", "休止中的音符", "0", str(sounding), sounding == 0)
    return found


def _is_dense(score: Score, k: int, bars: list[int], asked: tuple[float, float]) -> bool:
    """Whether the onsets lie within the bounds, to one whole onset."""
    length = sum(score.bars[bar].duration_tick for bar in bars) / score.resolution
    total = sum(len(onset_positions(score, k, bar)) for bar in bars)
    return asked[0] * length - 1 < total < asked[1] * length + 1


def _rhythm(score: Score, wish: PartBrief, bar: int) -> tuple[int, ...]:
    """Return the onsets that a fixed rhythm asks of a bar, in grid positions."""
    bars = read_rhythm(wish.rhythm)
    length = round(score.bars[bar].duration_tick * POSITIONS_PER_QN / score.resolution)
    return tuple(sorted({round(start * length) for start, _ in bars[bar % len(bars)]}))
