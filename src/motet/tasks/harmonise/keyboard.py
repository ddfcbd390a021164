"""A piano under a melody: a bass figure for the left hand, voice-led chords for the right.

Conventions: no hand spans more than a ninth; the right hand stays below the melody where the register
lets it. Each metre has its own figure; bars in which the melody is busy are played plainer.

Source: own figures, after the accompaniments of songs and dances (Alberti, waltz, rolling 6/8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motet.score import Note, Part, Score
from motet.tasks.harmony import HeldChord
from motet.theory.chord import Chord
from motet.theory.pitch import spell_pitch
from motet.theory.scale import Key
from motet.theory.voicing import voice_chord

__all__ = ["HAND_SEMI", "write_piano"]

HAND_SEMI = 14
"""The widest that one hand plays at once."""

_LEFT = (33, 52)
_RIGHT = (55, 74)
_VELOCITY = 64


@dataclass(slots=True)
class _Hands:
    """Where the hands are."""

    bass: int = 43
    chord: tuple[int, ...] = ()


def write_piano(
    score: Score, melody: Part, spans: Sequence[HeldChord], key: Key, *, adventure: int = 1
) -> tuple[Note, ...]:
    """Return the notes of an accompaniment on the piano.

    Parameters
    ----------
    score : Score
    melody : Part
    spans : sequence of HeldChord
    key : Key
    adventure : int, 1 to 3
        From 3 on chords have four notes.

    Returns
    -------
    tuple of Note
        ``staff`` 1 is the right hand.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.harmony import read_harmony
    >>> score = make_score("E5:2 F5:1 | D5:2 E5:1", metre="3/4", chords="C:3 G7:3")
    >>> notes = write_piano(score, score.parts[0], read_harmony(score), Key("C"))
    >>> len(notes), min(note.pitch for note in notes) < 55
    (12, True)
    """
    hands = _Hands()
    found: list[Note] = []
    last_tick = score.bars[-1].start_tick
    for span in spans:
        if not span.chord.root:
            continue
        for start, end in _bars_of(score, span):
            tops = [n.pitch for n in melody.notes if n.onset_tick < end and n.end_tick > start]
            ceiling = min(tops, default=_RIGHT[1] + 1)
            right = _right_hand(span.chord, hands, ceiling, adventure)
            left = _left_hand(span.chord, hands)
            is_end = start >= last_tick
            found += _play(score, start, end, span.chord, left, right, key, is_end=is_end)
            hands.chord, hands.bass = right, left[0]
    return tuple(found)


def _bars_of(score: Score, span: HeldChord) -> list[tuple[int, int]]:
    """Return a chord's stretch, cut at bar lines."""
    found, start = [], span.start_tick
    while start < span.end_tick:
        bar = score.bars[score.bar_at(start)]
        end = min(bar.end_tick, span.end_tick)
        found.append((start, end))
        start = end
    return found


def _right_hand(chord: Chord, hands: _Hands, ceiling: int, adventure: int) -> tuple[int, ...]:
    """Return a close voicing near the last, under the melody where there is room."""
    high = min(_RIGHT[1], ceiling - 1)
    low = _RIGHT[0]
    if high - low < 9:
        low, high = max(48, high - 12), max(high, 60)
    n_voices = 4 if adventure >= 3 and len(chord.pcs) > 4 else 3
    kind = "rootless" if len(chord.pcs) >= 4 and adventure >= 2 else "close"
    found = voice_chord(
        chord, low=low, high=high, n_voices=n_voices, kind=kind, previous=hands.chord
    )
    while len(found) > 2 and found[-1] - found[0] > HAND_SEMI:
        found = found[1:]
    return found


def _left_hand(chord: Chord, hands: _Hands) -> tuple[int, ...]:
    """Return bass, fifth and octave near the last bass."""
    options = [p for p in range(*_LEFT) if p % 12 == chord.bass_pc]
    bass = min(options, key=lambda p: (abs(p - hands.bass) + 0.4 * abs(p - 41), p))
    fifth = next(
        (p for p in range(bass + 3, bass + 11) if p % 12 == chord.fifth_pc),
        bass + 12,
    )
    return bass, fifth, bass + 12


def _play(
    score: Score,
    start: int,
    end: int,
    chord: Chord,
    left: tuple[int, ...],
    right: tuple[int, ...],
    key: Key,
    *,
    is_end: bool,
) -> list[Note]:
    """Return a stretch of a bar in the figure of its metre."""
    bar = score.bars[score.bar_at(start)]
    beats = [bar.start_tick]
    for beat in bar.metre.beats_qn:
        beats.append(beats[-1] + round(float(beat) * score.resolution))
    inside = [b for b in beats[:-1] if start < b < end]
    places = [start, *inside]
    found: list[Note] = []

    def add(tick: int, until: int, pitches: Sequence[int], staff: int, stress: int) -> None:
        for pitch in pitches:
            name = spell_pitch(pitch, fifths=key.fifths, chord_tones=chord.tones())
            found.append(
                Note(
                    onset_tick=tick,
                    duration_tick=max(1, until - tick),
                    pitch=pitch,
                    velocity=_VELOCITY + stress,
                    spelling=name,
                    staff=staff,
                )
            )

    bass, fifth, octave = left
    if is_end or len(places) == 1:
        add(start, end, (bass, octave) if is_end else (bass,), 2, 4)
        add(start, end, right, 1, 0)
        return found
    compound = float(bar.metre.beats_qn[0]) == 1.5
    ends = [*places[1:], end]
    if compound:
        for k, (tick, until) in enumerate(zip(places, ends, strict=True)):
            third = (until - tick) // 3
            add(tick, until, (bass if k % 2 == 0 else fifth,), 2, 4 - 4 * (k % 2))
            inner = right[1:] or right
            for j, pitches in enumerate((right[:1], inner[:1], right[-1:])):
                add(tick + j * third, tick + (j + 1) * third, pitches, 1, -4)
        return found
    if len(places) == 3:
        add(places[0], end, (bass,), 2, 6)
        for tick, until in zip(places[1:], ends[1:], strict=True):
            add(tick, until, right, 1, -4)
        return found
    half = len(places) // 2
    for k, (tick, until) in enumerate(zip(places, ends, strict=True)):
        middle = (tick + until) // 2
        below = bass if k % 2 == 0 else octave
        add(tick, middle, (below,), 2, 5 if k == 0 else 0)
        add(middle, until, (fifth,), 2, -6)
    add(start, places[half] if half else end, right, 1, 0)
    if half:
        add(places[half], end, right, 1, -4)
    return found
