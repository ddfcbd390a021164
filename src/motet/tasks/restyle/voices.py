"""Inner voices led one by one under a tune: chorale, string quartet, organ.

Conventions: at each harmonic place (a chord's start, and a beat of the tune where it moves) every voice
takes a tone of the chord; the cheapest path over time has small steps, no crossing, no parallel fifths or
octaves with its neighbours, no doubled leading tone, and all tones of the chord. The bass begins each
chord on its lowest tone. Weights are our own.

Source: rules of part-writing as in Walter Piston, Harmony (Norton, 1941), chapters on harmonic
progression and voice leading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from motet.arranger.plan import Plan
from motet.score import Note, Part
from motet.theory.chord import Chord
from motet.theory.pitch import spell_pitch
from motet.theory.scale import Key

__all__ = ["lead_under", "write_voices"]

_BEAM = 40
_MOST = 90


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    chord: Chord
    top: int | None


def write_voices(
    plan: Plan, melody: Part, band: Sequence[Part], *, key: Key, ties: bool = True
) -> list[Part]:
    """Return the band's parts with its voices led one by one under the tune.

    Parameters
    ----------
    plan : Plan
    melody : Part
    band : sequence of Part
        The highest voice first, the bass last; their notes are written anew.
    key : Key
    ties : bool
        Whether a voice that stays sounds on; else it is struck with the others.

    Returns
    -------
    list of Part

    Examples
    --------
    >>> write_voices.__name__
    'write_voices'
    """
    ranges = [(spec.low, spec.high) for spec in plan.style.parts]
    if len(band) != len(ranges):
        return list(band)
    places = _places(plan, melody)
    found = lead_under(
        [one.chord for one in places], [one.top for one in places], ranges=ranges, key=key
    )
    out = []
    for k, part in enumerate(band):
        notes: list[Note] = []
        for place, voices in zip(places, found, strict=True):
            if not voices:
                continue
            pitch = voices[k]
            last = notes[-1] if notes else None
            bar_start = plan.bar_at(place.start).start_tick == place.start
            if (
                ties and last is not None and last.pitch == pitch and last.end_tick == place.start
                and not bar_start
            ):  # fmt: skip
                notes[-1] = replace(last, duration_tick=place.end - last.onset_tick)
                continue
            notes.append(
                Note(
                    onset_tick=place.start, duration_tick=place.end - place.start, pitch=pitch,
                    velocity=66 if k < len(band) - 1 else 70,
                    spelling=spell_pitch(pitch, fifths=key.fifths, chord_tones=place.chord.tones()),
                )
            )  # fmt: skip
        out.append(replace(part, notes=_passing(notes, plan, key, ranges[k])))
    return out


def _places(plan: Plan, melody: Part) -> list[_Place]:
    """Return where the voices move: at chords, and on the beats on which the tune begins a note."""
    onsets = {note.onset_tick for note in melody.notes if note.duration_tick}
    edges: set[int] = {span.start_tick for span in plan.harmony}
    for bar in plan.bars:
        if bar.is_pickup:
            continue
        tick = bar.start_tick
        for beat in bar.metre.beats_qn:
            if tick in onsets and tick < bar.end_tick:
                edges.add(tick)
            tick += round(beat * 480)
    silent = {bar.index for bar in plan.bars if bar.is_pickup}
    ordered = sorted(edge for edge in edges if plan.bar_at(edge).index not in silent)
    tune = sorted(
        (note for note in melody.notes if note.duration_tick), key=lambda note: note.onset_tick
    )
    found: list[_Place] = []
    for k, start in enumerate(ordered):
        end = ordered[k + 1] if k + 1 < len(ordered) else plan.end_tick
        top = next((n.pitch for n in reversed(tune) if n.onset_tick <= start < n.end_tick), None)
        found.append(_Place(start, end, plan.span_at(start).chord, top))
    return found


def lead_under(
    chords: Sequence[Chord],
    tops: Sequence[int | None],
    *,
    ranges: Sequence[tuple[int, int]],
    key: Key,
) -> list[tuple[int, ...]]:
    """Return a pitch a voice for every place, under a given top line.

    Parameters
    ----------
    chords : sequence of Chord
    tops : sequence of int or None
        Pitch of the tune there; None in its rests.
    ranges : sequence of (int, int), MIDI numbers
        The highest voice first, the bass last.
    key : Key

    Returns
    -------
    list of tuple of int
        Empty where there is no chord.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> chords = [parse_chord(one) for one in ("C", "F", "G7", "C")]
    >>> found = lead_under(chords, [72, 72, 71, 72], ranges=((55, 72), (48, 67), (40, 60)), key=Key("C"))
    >>> [one[-1] % 12 for one in found], all(a >= b >= c for a, b, c in found)
    ([0, 5, 7, 0], True)
    """
    paths: list[tuple[float, tuple[tuple[int, ...], ...], tuple[int, ...]]] = [(0.0, (), ())]
    before_top: int | None = None
    leading = (key.tonic_pc + 11) % 12
    for chord, top in zip(chords, tops, strict=True):
        if not chord.root:
            paths = [(cost, (*path, ()), last) for cost, path, last in paths]
            before_top = top
            continue
        layouts = _layouts(chord, top, ranges, leading)
        fresh: list[tuple[float, tuple[tuple[int, ...], ...], tuple[int, ...]]] = []
        for own, layout in layouts:
            cost, path = min(
                (cost + _moves(last, layout, before_top, top), path) for cost, path, last in paths
            )
            fresh.append((cost + own, (*path, layout), layout))
        fresh.sort(key=lambda one: (one[0], one[2]))
        paths = fresh[:_BEAM]
        before_top = top
    return list(paths[0][1])


def _layouts(
    chord: Chord, top: int | None, ranges: Sequence[tuple[int, int]], leading: int
) -> list[tuple[float, tuple[int, ...]]]:
    """Return the best layouts of a chord under a top note, each with its own flaws."""
    options = []
    for k, (low, high) in enumerate(ranges):
        pcs = {chord.bass_pc} if k == len(ranges) - 1 else set(chord.pcs)
        ceiling = high if top is None else min(high, max(top, low + 11))
        options.append([pitch for pitch in range(low, ceiling + 1) if pitch % 12 in pcs] or [low])
    needed = set(chord.pcs) - {chord.fifth_pc}
    found = []
    for layout in product(*options):
        if any(one < two for one, two in pairwise(layout)):
            continue
        sounding = [pitch % 12 for pitch in (*layout, *(() if top is None else (top,)))]
        cost = 3.0 * len(needed - set(sounding)) + 1.0 * (chord.fifth_pc not in sounding)
        cost += 3.5 * max(0, sounding.count(leading) - 1)
        if chord.seventh_pc >= 0:
            cost += 2.5 * max(0, sounding.count(chord.seventh_pc) - 1)
        cost += 0.8 * max(0, sounding.count(chord.third_pc) - 1)
        upper = (*(() if top is None else (top,)), *layout[:-1])
        for one, two in pairwise(upper):
            gap = one - two
            cost += (
                0.3 * max(0, gap - 12) + 1.5 * (gap < 0) + 0.7 * (gap == 0) + 1.2 * (0 < gap < 2)
            )
        for pitch, (low, high) in zip(layout, ranges, strict=True):
            cost += 0.03 * abs(pitch - (low + high) / 2)
        found.append((cost, layout))
    found.sort()
    return found[:_MOST] or [(9.0, tuple(low for low, _ in ranges))]


def _moves(
    before: tuple[int, ...], after: tuple[int, ...], top_before: int | None, top_after: int | None
) -> float:
    """Return what it costs to go from one layout to the next."""
    if not before:
        return 0.0
    cost = 0.0
    for k, (one, two) in enumerate(zip(before, after, strict=True)):
        gap = abs(two - one)
        cost += (0.12 if k < len(before) - 1 else 0.06) * gap + (0.8 if gap > 7 else 0.0)
        cost += 1.5 * (gap == 6) + 2.0 * (gap in (10, 11) or gap > 12)
    old = (*(() if top_before is None else (top_before,)), *before)
    new = (*(() if top_after is None else (top_after,)), *after)
    if len(old) != len(new):
        old, new = before, after
    for i in range(len(old)):
        for j in range(i + 1, len(old)):
            was, now = (old[i] - old[j]) % 12, (new[i] - new[j]) % 12
            if was == now and was in (0, 7) and old[i] != new[i] and old[j] != new[j]:
                cost += 4.0
    return cost


def _passing(notes: list[Note], plan: Plan, key: Key, span: tuple[int, int]) -> tuple[Note, ...]:
    """Return a voice with passing notes where it moves a third after a beat or more."""
    out: list[Note] = []
    scale = set(key.pcs)
    for k, note in enumerate(notes):
        after = notes[k + 1] if k + 1 < len(notes) else None
        gap = 0 if after is None else after.pitch - note.pitch
        beat = 480
        if (
            after is not None and abs(gap) in (3, 4) and note.duration_tick >= beat
            and after.onset_tick == note.end_tick and (k * 7 + plan.seed) % 3 != 0
        ):  # fmt: skip
            step = 1 if gap > 0 else -1
            middle = next(
                (p for p in (note.pitch + 2 * step, note.pitch + step) if p % 12 in scale), None
            )
            if middle is not None and span[0] <= middle <= span[1]:
                half = beat // 2
                out.append(replace(note, duration_tick=note.duration_tick - half))
                out.append(
                    replace(
                        note, onset_tick=note.end_tick - half, duration_tick=half, pitch=middle,
                        velocity=max(1, note.velocity - 4),
                        spelling=spell_pitch(middle, fifths=key.fifths),
                    )
                )  # fmt: skip
                continue
        out.append(note)
    return tuple(out)
