"""The chords under a restyled tune: the source's own, coloured, thinned or exchanged within a style.

Conventions: a choice is made for each bar, or half bar where the source changes so often; the best path
weighs how well a chord carries the melody, how near it is to the source's chord, and how usual the
succession is in the style. Near the source weighs the more, the surer its chord and the smaller the
strength. First and last chords, and those before them that lead home, stay what they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from motet.arranger.style import Style
from motet.score import Bar, Note
from motet.tasks.restyle.source import Source
from motet.tasks.restyle.vocabulary import Vocabulary, colour_chord, read_vocabulary
from motet.theory.chord import NO_CHORD, Chord, make_chord
from motet.theory.chord_scale import chord_scale
from motet.theory.pitch import transpose_spelling
from motet.theory.scale import Key

__all__ = ["Harmony", "choose_harmony"]

FloatArray = npt.NDArray[np.float64]
_COLOUR_FROM, _EXCHANGE_FROM = 0.1, 0.35
_FIT, _NEAR, _STEP = 6.0, 7.0, 0.55
_STAY, _STUCK, _KNOWN, _MOST_STEP = 0.2, 1.3, 0.6, 2.0
_FOREIGN, _MOTION, _LOOSE, _CADENCE = 1.6, 1.2, 1.2, 3.0
_DWELT = 240
_RICH, _ENRICH_FROM = ("sevenths", "ninths"), 0.5
_FITS = 0.3


@dataclass(frozen=True, slots=True)
class _Slot:
    start: int
    end: int
    source: Chord
    key: Key
    weights: tuple[float, ...]
    dwelt: frozenset[int]
    is_fixed: bool
    is_new: bool = True  # whether the source changes its chord here
    is_cadence: bool = False  # whether it leads into an end


@dataclass(frozen=True, slots=True)
class Harmony:
    """Chords from tick 0, and how many of them are the source's by root and by sound."""

    chords: tuple[tuple[int, Chord], ...]
    share_root: float
    share_same: float


def choose_harmony(
    source: Source, style: Style, *, strength: float, is_kept: bool, melody: tuple[Note, ...]
) -> Harmony:
    """Return the chords of a restyled score.

    Parameters
    ----------
    source : Source
    style : Style
    strength : float, 0 to 1
    is_kept : bool
        Whether the source's chords stay as they are.
    melody : tuple of Note
        What must be carried.

    Returns
    -------
    Harmony

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.score import make_score
    >>> from motet.tasks.restyle.source import read_source
    >>> found = read_source(make_score("E4:2 D4:2 C4:4", chords="C:2 G7:2 C:4"))
    >>> done = choose_harmony(found, find_style("bossa"), strength=0.2, is_kept=False, melody=found.melody)
    >>> [chord.symbol for _, chord in done.chords]
    ['Cmaj7', 'G7', 'C6']
    """
    if is_kept or strength < _COLOUR_FROM:
        return _judged(source, list(source.chords))
    slots = _slots(source, melody)
    if strength < _EXCHANGE_FROM:
        found = [colour_chord(one.source, style, one.key, sung=one.dwelt) for one in slots]
    else:
        found = _best_path(slots, style, strength, source.p_chords)
        if style.colour in _RICH and strength >= _ENRICH_FROM:
            slots, found = _enriched(slots, found, melody)
    chords: list[tuple[int, Chord]] = []
    for slot, chord in zip(slots, found, strict=True):
        if not chords or chords[-1][1] != chord:
            chords.append((slot.start, chord))
    return _judged(source, chords)


def _judged(source: Source, chords: list[tuple[int, Chord]]) -> Harmony:
    """Return chords with the share of time in which they are the source's."""
    if not chords or chords[0][0] > 0:
        chords = [(0, NO_CHORD), *chords]
    edges = sorted({tick for tick, _ in chords} | {tick for tick, _ in source.chords})
    ends = [*edges[1:], source.score.bars[-1].end_tick]
    same = root = total = 0
    held = dict(chords)
    now = chords[0][1]
    for start, end in zip(edges, ends, strict=True):
        now = held.get(start, now)
        before = source.chord_at(start)
        if not before.root or end <= start:
            continue
        total += end - start
        root += (end - start) * (now.root_pc == before.root_pc)
        same += (end - start) * (set(before.pcs[:3]) <= set(now.pcs))
    return Harmony(tuple(chords), root / total if total else 1.0, same / total if total else 1.0)


def _slots(source: Source, melody: tuple[Note, ...]) -> list[_Slot]:
    """Return the places where a chord is chosen: bars, or halves of bars that change in the middle."""
    starts = [tick for tick, _ in source.chords]
    bars = source.score.bars
    ends = {source.score.bar_at(section.tick) for section in source.sections}
    found: list[_Slot] = []
    for bar in bars:
        inside = [tick for tick in starts if bar.start_tick < tick < bar.end_tick]
        edges = [bar.start_tick, *_cuts(bar, inside), bar.end_tick]
        for start, end in pairwise(edges):
            weights, dwelt = _sung(melody, start, end)
            chord = _longest(source, start, end)
            is_fixed = not any(one.source.root for one in found) or start >= source.chords[-1][0]
            is_fixed = is_fixed or bar.index == len(bars) - 1
            is_new = not found or found[-1].source.root_pc != chord.root_pc
            key = source.key_at(start)
            is_cadence = bar.index >= len(bars) - 3 or bar.index + 1 in ends
            is_fixed = is_fixed or (is_cadence and (chord.root_pc - key.tonic_pc) % 12 == 7)
            found.append(
                _Slot(start, end, chord, key, weights, dwelt, is_fixed, is_new, is_cadence)
            )
    return found


def _cuts(bar: Bar, inside: list[int]) -> list[int]:
    """Return where a bar is cut: at its middle beat, if the source changes about there."""
    if not inside:
        return []
    beats = bar.metre.beats_qn
    length = bar.duration_tick
    if len(beats) % 2 == 0 and not bar.is_irregular:
        middle = bar.start_tick + length // 2
        if any(abs(tick - middle) <= length // 4 for tick in inside):
            return [middle]
        return []
    return [max(inside)] if max(inside) - bar.start_tick >= length // 2 else []


def _sung(
    melody: tuple[Note, ...], start: int, end: int
) -> tuple[tuple[float, ...], frozenset[int]]:
    """Return how much each pitch class is sung in a stretch, and which of them are dwelt on."""
    weights = np.zeros(12)
    longest = np.zeros(12)
    for note in melody:
        overlap = min(note.end_tick, end) - max(note.onset_tick, start)
        if overlap > 0:
            weights[note.pitch % 12] += overlap * (1.6 if note.onset_tick == start else 1.0)
            longest[note.pitch % 12] += overlap
    total = weights.sum() or 1.0
    dwelt = frozenset(np.flatnonzero(longest >= _DWELT).tolist())
    return tuple((weights / total).tolist()), dwelt


def _longest(source: Source, start: int, end: int) -> Chord:
    """Return the source's chord that sounds longest in a stretch."""
    held: dict[Chord, int] = {}
    for k, (tick, chord) in enumerate(source.chords):
        until = source.chords[k + 1][0] if k + 1 < len(source.chords) else end
        overlap = min(until, end) - max(tick, start)
        if overlap > 0:
            held[chord] = held.get(chord, 0) + overlap
    return max(held, key=lambda chord: (held[chord], chord.symbol)) if held else NO_CHORD


def _best_path(slots: list[_Slot], style: Style, strength: float, p_chords: float) -> list[Chord]:
    """Return the cheapest chords, one a slot."""
    openness = (strength - _EXCHANGE_FROM) / (1 - _EXCHANGE_FROM)
    surety = 0.4 + 0.6 * p_chords
    near = _NEAR * (1.0 - 0.93 * openness) * surety
    step = _STEP * (0.4 + openness)
    stay = _STAY + _MOTION * openness
    pool: list[list[Chord]] = []
    vocabularies: list[Vocabulary] = []
    for slot in slots:
        vocabulary = read_vocabulary(style, slot.key)
        own = colour_chord(slot.source, style, slot.key, sung=slot.dwelt)
        names = {own.symbol: own}
        if not slot.is_fixed and slot.source.root:
            for chord in vocabulary.chords:
                coloured = colour_chord(chord, style, slot.key, sung=slot.dwelt)
                names.setdefault(coloured.symbol, coloured)
        pool.append(list(names.values()))
        vocabularies.append(vocabulary)
    foreign = _FOREIGN * (0.5 + openness)
    kinds = [{chord.quality for chord in one.chords} for one in vocabularies]
    owns = [
        np.array(
            [
                _own_cost(slot, chord, near)
                + foreign * (chord.quality not in known and bool(known))
                for chord in chords
            ]
        )
        for slot, chords, known in zip(slots, pool, kinds, strict=True)
    ]
    best = owns[0]
    back: list[npt.NDArray[np.int64]] = []
    for k in range(1, len(slots)):
        moves = np.array(
            [
                [
                    _move(slots[k - 1], slots[k], vocabularies[k], one, two, step, stay)
                    for one in pool[k - 1]
                ]
                for two in pool[k]
            ]
        )
        total = moves + best[None, :]
        source = np.argmin(total, axis=1)
        best = total[np.arange(len(pool[k])), source] + owns[k]
        back.append(source)
    at = int(np.argmin(best))
    path = [at]
    for source in reversed(back):
        at = int(source[at])
        path.append(at)
    path.reverse()
    return [pool[k][at] for k, at in enumerate(path)]


def _enriched(
    slots: list[_Slot], chords: list[Chord], melody: tuple[Note, ...]
) -> tuple[list[_Slot], list[Chord]]:
    """Return chords with more motion: ii before V, and V7 of ii where the tonic waits for it."""
    out_slots: list[_Slot] = []
    out: list[Chord] = []
    for k, (slot, chord) in enumerate(zip(slots, chords, strict=True)):
        before = chords[k - 1] if k else NO_CHORD
        after = chords[k + 1] if k + 1 < len(chords) else NO_CHORD
        middle = (slot.start + slot.end) // 2
        halves = [
            _part_of(slot, a, b, melody) for a, b in ((slot.start, middle), (middle, slot.end))
        ]
        is_long = slot.end - slot.start >= 4 * _DWELT * 2
        is_open = 0 < k < len(slots) - 1 and is_long and chord.root
        first, second = chord, chord
        if is_open and chord.is_dominant and (chord.root_pc - after.root_pc) % 12 == 7:
            name = transpose_spelling(chord.root, shift_fifths=1)
            two = make_chord(name, "m7" if not after.is_minor else "m7b5")
            if before.root_pc != two.root_pc and _misfit(halves[0], two) < _FITS:
                first = two
        is_home = chord.root_pc == slot.key.tonic_pc and not slot.key.is_minor
        if is_open and is_home and (after.root_pc - chord.root_pc) % 12 == 2 and after.is_minor:
            six = make_chord(transpose_spelling(chord.root, shift_fifths=3), "7")
            if _misfit(halves[1], six) < _FITS:
                second = six
        if first == second:
            out_slots.append(slot)
            out.append(chord)
        else:
            out_slots += halves
            out += [first, second]
    return out_slots, out


def _part_of(slot: _Slot, start: int, end: int, melody: tuple[Note, ...]) -> _Slot:
    weights, dwelt = _sung(melody, start, end)
    return replace(slot, start=start, end=end, weights=weights, dwelt=dwelt, is_new=False)


def _move(
    before: _Slot,
    slot: _Slot,
    vocabulary: Vocabulary,
    one: Chord,
    two: Chord,
    step: float,
    stay: float,
) -> float:
    """Return what it costs to go on with a chord: less for what the style or the source does."""
    if one.root_pc == two.root_pc:
        if one.is_minor != two.is_minor:
            return stay + _STUCK
        if one.bass_pc != two.bass_pc:
            return stay + step * min(_MOST_STEP, vocabulary.step(one, two)) / 2
        if one.symbol != two.symbol:
            return max(_STUCK, stay) + 0.2 * (one.is_dominant != two.is_dominant)
        return max(_STUCK, stay) if slot.is_new else stay
    cost = min(_MOST_STEP, vocabulary.step(one, two))
    if one.root_pc == before.source.root_pc and two.root_pc == slot.source.root_pc:
        cost = min(cost, _KNOWN)
    leads = (two.root_pc - one.root_pc) % 12 in (5, 11, 2, 9)
    is_chromatic = one.is_dominant and (one.root_pc - slot.key.tonic_pc) % 12 != 7
    return step * cost + _LOOSE * (is_chromatic and not leads)


def _own_cost(slot: _Slot, chord: Chord, near: float) -> float:
    """Return what a chord costs in its place: what it does to the melody, and how far it strays."""
    if not chord.root:
        return 0.0 if not slot.source.root else 3.0
    near = max(near, _CADENCE) if slot.is_cadence else near
    cost = _FIT * _misfit(slot, chord) + near * _distance(chord, slot.source, slot.key)
    if chord.bass_pc != chord.root_pc and chord.bass_pc not in (
        chord.third_pc,
        slot.source.bass_pc,
    ):
        cost += 0.5
    return cost


def _misfit(slot: _Slot, chord: Chord) -> float:
    """Return how badly a chord carries the melody, 0 to about 1.5."""
    tones = set(chord.pcs)
    scale = set(chord_scale(chord, slot.key))
    cost = 0.0
    for pc, weight in enumerate(slot.weights):
        if not weight or pc in tones:
            continue
        if (pc - 1) % 12 in tones:
            cost += weight * (1.6 if pc in slot.dwelt else 0.9)
        else:
            cost += weight * (0.45 if pc in scale else 1.4)
    return cost


def _distance(chord: Chord, source: Chord, key: Key) -> float:
    """Return how far a chord is from the source's: 0 for one root and mode, 1 for nothing shared."""
    if not source.root:
        return 0.5
    if chord.root_pc == source.root_pc:
        if chord.is_minor != source.is_minor:
            return 0.45
        above = (chord.root_pc - key.tonic_pc) % 12
        return 0.4 if chord.is_dominant and not source.is_dominant and above != 7 else 0.0
    shared = len(set(chord.pcs) & set(source.pcs[:3]))
    away = {3: 0.3, 2: 0.5}.get(shared, 0.85)
    outside = sum(pc not in key.pcs for pc in chord.pcs)
    return away + (0.08 if chord.is_dominant else 0.25) * outside
