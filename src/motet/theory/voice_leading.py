"""Part writing: chords for a choir or section in which every voice has its own range.

Conventions: voices run from the lowest to the highest; each chord gives one pitch for each voice.
The whole progression is weighed at once, so an early voicing makes room for a later one.

Source: Aldwell and Schachter, Harmony and Voice Leading: ranges, spacing up to an octave between the
upper voices, doubling, the leading tone, parallels, overlap. The weights are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from motet.errors import ParameterError
from motet.theory.chord import Chord
from motet.theory.scale import Key
from motet.theory.voicing import parallel_perfects

__all__ = ["SATB", "lead_voices"]

SATB: tuple[tuple[int, int], ...] = ((40, 60), (48, 67), (55, 74), (60, 79))
"""Ranges of bass, tenor, alto and soprano, MIDI numbers."""

_BEAM = 40
_MAX_LAYOUTS = 400


@lru_cache(maxsize=4096)
def _layouts(chord: Chord, ranges: tuple[tuple[int, int], ...]) -> tuple[tuple[int, ...], ...]:
    """Return the layouts of a chord in which each voice keeps its range, the best first."""
    n = len(ranges)
    sounding = list(dict.fromkeys((chord.bass_pc, *chord.pcs)))
    found: list[tuple[int, ...]] = []

    def grow(voices: tuple[int, ...]) -> None:
        place = len(voices)
        if place == n:
            found.append(voices)
            return
        low, high = ranges[place]
        pcs = [chord.bass_pc] if place == 0 else sounding
        floor = voices[-1] if voices else low
        ceiling = high if place <= 1 else min(high, voices[-1] + 12)
        for pitch in range(max(low, floor), ceiling + 1):
            if pitch % 12 in pcs and not (pitch == floor and voices and place > 1):
                grow((*voices, pitch))

    grow(())
    ranked = sorted(found, key=lambda one: (_flaws(one, chord, ranges), one))
    return tuple(ranked[:_MAX_LAYOUTS])


def _flaws(voices: tuple[int, ...], chord: Chord, ranges: tuple[tuple[int, int], ...]) -> float:
    """Return how far a single layout is from a good one."""
    pcs = [pitch % 12 for pitch in voices]
    cost = 0.0
    for pc in chord.pcs:
        if pc not in pcs:
            cost += 1.0 if pc == chord.fifth_pc and 7 in chord.intervals else 6.0
    if chord.third_pc >= 0:
        cost += 1.5 * max(0, pcs.count(chord.third_pc) - 1)
    if 10 in chord.intervals or 11 in chord.intervals:
        cost += 3.0 * max(0, pcs.count(chord.seventh_pc) - 1)
    for pitch, (low, high) in zip(voices, ranges):
        cost += 0.06 * abs(pitch - (low + high) / 2)
    if len(voices) > 1 and voices[1] - voices[0] < 3 and voices[0] < 52:
        cost += 2.0
    return cost


def _step(before: tuple[int, ...], after: tuple[int, ...], leading_pc: int, tonic_pc: int) -> float:
    """Return how rough it is to go from one layout to the next."""
    cost = 8.0 * parallel_perfects(before, after)
    top = len(before) - 1
    for place, (old, new) in enumerate(zip(before, after)):
        leap = abs(new - old)
        cost += leap * (0.35 if place == 0 else 0.8)
        if place and leap > 5:
            cost += 1.0 + 0.5 * (leap - 5)
        if place and old % 12 == leading_pc and tonic_pc in {p % 12 for p in after}:
            cost += 0.0 if new - old == 1 else (1.0 if place < top else 3.0)
        if place < top and (new > before[place + 1] or old > after[place + 1]):
            cost += 2.0
    if top >= 1 and (after[top] - after[0]) % 12 in (0, 7):
        low_step, high_step = after[0] - before[0], after[top] - before[top]
        if low_step * high_step > 0 and abs(high_step) > 2:
            cost += 2.0
    return cost


def lead_voices(
    chords: Sequence[Chord],
    *,
    ranges: tuple[tuple[int, int], ...] = SATB,
    key: Key | None = None,
) -> tuple[tuple[int, ...], ...]:
    """Return chords written out for voices, smoothly and without parallel fifths where possible.

    Parameters
    ----------
    chords : sequence of Chord
    ranges : tuple of (int, int), MIDI numbers
        Lowest and highest pitch of each voice, the lowest voice first; 2 to 6 voices.
    key : Key or None
        When given, its leading tone rises to the tonic.

    Returns
    -------
    tuple of tuple of int
        For each chord one pitch a voice, from the lowest; the lowest voice has the chord's bass.
        Empty under `NO_CHORD`, and where the ranges hold no layout.

    Raises
    ------
    ParameterError
        `ranges` does not have 2 to 6 voices, or one is upside down.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> from motet.theory.scale import parse_key
    >>> chords = [parse_chord(one) for one in ("C", "F", "G7", "C")]
    >>> [len(voices) for voices in lead_voices(chords, key=parse_key("C"))]
    [4, 4, 4, 4]
    """
    if not 2 <= len(ranges) <= 6 or any(low > high for low, high in ranges):
        raise ParameterError(
            f"ranges must have 2 to 6 (low, high) pairs with low <= high, got {ranges}; "
            "leave it out for soprano, alto, tenor and bass",
            zh=f"ranges 须有 2 到 6 组(低, 高),且低不大于高,收到 {ranges};四部合唱可省略此参数",
        )
    leading_pc = (key.tonic_pc + 11) % 12 if key else -1
    tonic_pc = key.tonic_pc if key else -2
    paths: list[tuple[float, tuple[tuple[int, ...], ...], tuple[int, ...]]] = [(0.0, (), ())]
    for chord in chords:
        layouts = _layouts(chord, ranges) if chord.root else ()
        if not layouts:
            paths = [(cost, (*path, ()), last) for cost, path, last in paths]
            continue
        best: list[tuple[float, tuple[tuple[int, ...], ...], tuple[int, ...]]] = []
        for layout in layouts:
            own = _flaws(layout, chord, ranges)
            if leading_pc >= 0:
                own += 4.0 * max(0, [pitch % 12 for pitch in layout].count(leading_pc) - 1)
            options = (
                (cost + (_step(last, layout, leading_pc, tonic_pc) if last else 0.0), path)
                for cost, path, last in paths
            )
            cost, path = min(options)
            best.append((cost + own, (*path, layout), layout))
        best.sort()
        paths = best[:_BEAM]
    return paths[0][1]
