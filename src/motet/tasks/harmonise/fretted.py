"""A guitar under a melody: shapes that a hand can hold, near each other on the neck, picked or strummed.

Conventions: standard tuning, sounding pitches. A whole piece is weighed at once, so that the hand stays
where it is. Source of the shapes: `motet.theory.guitar`; the figures are our own.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from motet.score import Note, Score
from motet.tasks.harmony import HeldChord
from motet.theory.chord import Chord, make_chord
from motet.theory.guitar import GuitarShape, guitar_shapes
from motet.theory.pitch import spell_pitch
from motet.theory.scale import Key

__all__ = ["choose_shapes", "write_guitar"]

_MOST = 14
_VELOCITY = 66


def choose_shapes(chords: Sequence[Chord]) -> tuple[GuitarShape, ...]:
    """Return a shape for each chord, easy ones near each other.

    Parameters
    ----------
    chords : sequence of Chord
        Not `NO_CHORD`.

    Returns
    -------
    tuple of GuitarShape
        A chord that no hand can hold is played as its triad.

    Examples
    --------
    >>> from motet.theory import parse_chord
    >>> [one.frets for one in choose_shapes([parse_chord("C"), parse_chord("G7")])]
    [(-1, 3, 2, 0, 1, 0), (3, 2, 0, 0, 0, 1)]
    """
    options = [_shapes(chord)[:_MOST] for chord in chords]
    best = [0.5 * k for k in range(len(options[0]))] if options else []
    sources: list[list[int]] = []
    for before, now in itertools.pairwise(options):
        source, costs = [], []
        for k, shape in enumerate(now):
            reach = [cost + _move(one, shape) for cost, one in zip(best, before, strict=True)]
            at = min(range(len(reach)), key=reach.__getitem__)
            source.append(at)
            costs.append(reach[at] + 0.5 * k)
        sources.append(source)
        best = costs
    if not options:
        return ()
    at = min(range(len(best)), key=best.__getitem__)
    path = [at]
    for source in reversed(sources):
        at = source[at]
        path.append(at)
    return tuple(row[k] for row, k in zip(options, reversed(path), strict=True))


def _shapes(chord: Chord) -> tuple[GuitarShape, ...]:
    """Return the shapes of a chord, or of what is left when upper tones and bass go."""
    found = guitar_shapes(chord, high=76)
    simpler = [
        make_chord(chord.root, chord.quality),
        make_chord(chord.root, "min" if chord.is_minor else "maj"),
    ]
    for other in simpler:
        if found:
            break
        found = guitar_shapes(other, high=76)
    return found


def _move(one: GuitarShape, other: GuitarShape) -> float:
    """Return how far a hand travels from one shape to another."""
    if one.frets == other.frets:
        return 0.0
    kept = sum(a == b and a > 0 for a, b in zip(one.frets, other.frets, strict=True))
    far = abs(one.position - other.position) if one.position and other.position else 0
    return 0.6 * far + 0.15 * abs(one.pitches[-1] - other.pitches[-1]) - 0.3 * kept


def write_guitar(score: Score, spans: Sequence[HeldChord], key: Key) -> tuple[Note, ...]:
    """Return the notes of a guitar: bass and picked strings, one figure for each kind of metre.

    Parameters
    ----------
    score : Score
    spans : sequence of HeldChord
    key : Key

    Returns
    -------
    tuple of Note

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.harmony import read_harmony
    >>> score = make_score("E4:4 | D4:4", chords="C:4 G7:4")
    >>> len(write_guitar(score, read_harmony(score), Key("C"))) > 10
    True
    """
    sounding = [span for span in spans if span.chord.root]
    shapes = choose_shapes([span.chord for span in sounding])
    found: list[Note] = []
    last_bar = score.bars[-1].start_tick
    for span, shape in zip(sounding, shapes, strict=True):
        start = span.start_tick
        while start < span.end_tick:
            bar = score.bars[score.bar_at(start)]
            end = min(bar.end_tick, span.end_tick)
            picks = (
                [(start, end, shape.pitches, 0)]
                if start >= last_bar
                else _pick(score, start, end, shape)
            )
            for tick, until, pitches, stress in picks:
                for pitch in pitches:
                    name = spell_pitch(pitch, fifths=key.fifths, chord_tones=span.chord.tones())
                    found.append(
                        Note(
                            onset_tick=tick,
                            duration_tick=max(1, until - tick),
                            pitch=pitch,
                            velocity=_VELOCITY + stress,
                            spelling=name,
                        )
                    )
            start = end
    return tuple(found)


def _pick(
    score: Score, start: int, end: int, shape: GuitarShape
) -> list[tuple[int, int, tuple[int, ...], int]]:
    """Return what is picked in a stretch of a bar: (tick, end, pitches, stress)."""
    bar = score.bars[score.bar_at(start)]
    low, *upper = shape.pitches
    top = upper[-3:]
    second = upper[0] if len(upper) > 3 else low
    beats, at = [], float(bar.start_tick)
    for beat in bar.metre.beats_qn:
        if start <= round(at) < end:
            beats.append(round(at))
        at += float(beat) * score.resolution
    if not beats or beats[0] > start:
        beats.insert(0, start)
    ends = [*beats[1:], end]
    eighth = score.resolution // 2
    found: list[tuple[int, int, tuple[int, ...], int]] = []
    for k, (tick, until) in enumerate(zip(beats, ends, strict=True)):
        if until - tick == 3 * eighth:
            bass = low if k % 2 == 0 else second
            line = (bass, top[0], top[-1])
            for j, pitch in enumerate(line):
                stop = until if j == 0 else tick + (j + 1) * eighth
                found.append((tick + j * eighth, stop, (pitch,), 6 if j == 0 else -4))
        elif len(beats) == 3:
            if k == 0:
                found.append((tick, end, (low,), 8))
            else:
                found.append((tick, until, tuple(top), -3))
        elif k % 2 == 0:
            bass = low if k % 4 == 0 else second
            found.append((tick, until, (bass,), 8))
            if until - tick >= 2 * eighth:
                found.append((tick + eighth, until, tuple(top[:1]), -8))
        else:
            found.append((tick, until, tuple(top), -2))
    return found
