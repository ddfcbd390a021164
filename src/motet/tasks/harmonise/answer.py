"""A counter-melody: it moves where the melody holds or rests, and holds where the melody moves.

Conventions: one voice, in the score's own ticks. Its rhythm is worked out from the melody's; its pitches are
chosen for the whole piece at once, or by a model on the same rhythm.

Source: Johann Joseph Fux, Gradus ad Parnassum (1725): contrary motion, no parallel perfect intervals,
dissonance by step and off the beat; the weights are ours.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from motet.score import Note, Part, Score
from motet.tasks.harmony import HeldHarmony, bent_tones, chord_tones
from motet.theory.pitch import spell_pitch
from motet.theory.scale import Key

__all__ = ["lay_rhythm", "line_cost", "write_answer"]

_REACH = 14
_NEVER = 60.0

Beat = tuple[int, int]


def lay_rhythm(score: Score, melody: Part, *, intensity: int = 3) -> tuple[Beat, ...]:
    """Return onsets and ends of a line that complements a melody.

    Parameters
    ----------
    score : Score
    melody : Part
        One voice.
    intensity : int, 1 to 5
        From 3 on it moves in eighths where there is room.

    Returns
    -------
    tuple of (onset, end), ticks

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C5:1 D5:1 E5:2 | F5:1 E5:1 D5:1 C5:1")
    >>> lay_rhythm(score, score.parts[0], intensity=1)
    ((0, 1440), (1440, 1920), (1920, 3840))
    """
    onsets = {note.onset_tick for note in melody.notes}
    places: list[int] = []
    for bar in score.bars:
        if bar.index == 0 and bar.number == 0 and score.n_bars > 1:
            continue
        places += _bar_places(score, bar.index, onsets, intensity)
    edges = [*places, score.bars[-1].end_tick]
    return tuple((a, b) for a, b in itertools.pairwise(edges) if b > a)


def _bar_places(score: Score, index: int, onsets: set[int], intensity: int) -> list[int]:
    """Return where the line strikes in a bar."""
    bar = score.bars[index]
    beats, at = [], float(bar.start_tick)
    for beat in bar.metre.beats_qn:
        if at < bar.end_tick - 1:
            beats.append(round(at))
        at += float(beat) * score.resolution
    ends = [*beats[1:], bar.end_tick]
    is_busy = [
        any(start <= tick < end for tick in onsets) for start, end in zip(beats, ends, strict=True)
    ]
    if index == score.n_bars - 1:
        return [bar.start_tick]
    found = [bar.start_tick]
    for k, (start, end) in enumerate(zip(beats, ends, strict=True)):
        if is_busy[k]:
            if k and not is_busy[k - 1] and end - start >= score.resolution:
                found.append(start)
            continue
        found.append(start)
        run = 0
        while k + run < len(beats) and not is_busy[k + run]:
            run += 1
        if intensity >= 3 and run >= 1 and (k + 1 == len(beats) or is_busy[k + 1]) and k:
            third = (end - start) // 3 if (end - start) * 2 == 3 * score.resolution else 0
            found += [start + third, start + 2 * third] if third else [start + (end - start) // 2]
    return sorted(set(found))


def write_answer(
    score: Score,
    melody: Part,
    key: Key,
    *,
    low: int,
    high: int,
    intensity: int = 3,
) -> tuple[Note, ...]:
    """Return a counter-melody over the chords of a score.

    Parameters
    ----------
    score : Score
        With chord symbols.
    melody : Part
        One voice.
    key : Key
    low, high : int, MIDI numbers
        The instrument's bounds; the line stays within about an octave of them, below the melody if it can.
    intensity : int, 1 to 5

    Returns
    -------
    tuple of Note

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("E5:2 F5:2 | D5:4 | C5:4", chords="C:4 G7:4 C:4")
    >>> line = write_answer(score, score.parts[0], Key("C"), low=48, high=72)
    >>> line[-1].pitch % 12 in (0, 4, 7), max(note.pitch for note in line) < 72
    (True, True)
    """
    held = HeldHarmony(score)
    beats = [one for one in lay_rhythm(score, melody, intensity=intensity) if held.at(one[0]).root]
    if not beats:
        return ()
    low, high = _place(melody, low, high)
    rows = [_candidates(score, held, key, beat, low, high) for beat in beats]
    best = [_own(score, held, melody, beats[0], p, low, high) for p in rows[0]]
    sources: list[list[int]] = []
    for t in range(1, len(beats)):
        source, costs = [], []
        for pitch in rows[t]:
            reach = [
                cost + _step(held, melody, beats[t - 1], beats[t], before, pitch)
                for cost, before in zip(best, rows[t - 1], strict=True)
            ]
            at = min(range(len(reach)), key=reach.__getitem__)
            source.append(at)
            costs.append(reach[at] + _own(score, held, melody, beats[t], pitch, low, high))
        sources.append(source)
        best = costs
    at = min(range(len(best)), key=best.__getitem__)
    path = [at]
    for source in reversed(sources):
        at = source[at]
        path.append(at)
    pitches = [row[k] for row, k in zip(rows, reversed(path), strict=True)]
    return tuple(
        Note(
            onset_tick=start, duration_tick=end - start, pitch=pitch, velocity=64,
            spelling=spell_pitch(pitch, fifths=key.fifths, chord_tones=held.at(start).tones()),
        )
        for (start, end), pitch in zip(beats, pitches, strict=True)
    )  # fmt: skip


def line_cost(score: Score, melody: Part, notes: Sequence[Note], key: Key) -> float:
    """Return how rough a line is against a melody, a note: lower is better.

    Parameters
    ----------
    score : Score
    melody : Part
    notes : sequence of Note
    key : Key

    Returns
    -------
    float
        0 for no notes.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("E5:2 F5:2", "G4:2 A4:2", "D#4:2 B2:2", chords="C:2 F:2")
    >>> smooth, rough = [line_cost(score, score.parts[0], part.notes, Key("C")) for part in score.parts[1:]]
    >>> smooth < rough
    True
    """
    if not notes:
        return 0.0
    held = HeldHarmony(score)
    low, high = min(n.pitch for n in notes), max(n.pitch for n in notes)
    total = 0.0
    for k, note in enumerate(notes):
        beat = (note.onset_tick, note.end_tick)
        total += _own(score, held, melody, beat, note.pitch, low, high)
        chord = held.at(note.onset_tick)
        if chord.root and note.pitch % 12 not in chord_tones(chord) | frozenset(key.pcs):
            total += 4.0
        if k:
            last = notes[k - 1]
            old = (last.onset_tick, last.end_tick)
            total += _step(held, melody, old, beat, last.pitch, note.pitch)
    return total / len(notes)


def _place(melody: Part, low: int, high: int) -> tuple[int, int]:
    """Return a range of about an octave and a half, under the melody where the instrument reaches."""
    pitches = sorted(note.pitch for note in melody.notes) or [72]
    middle = pitches[len(pitches) // 2]
    centre = middle - 9
    if centre - 6 < low:
        centre = max(low + 7, min(high - 7, middle + 9))
    return max(low, centre - 9), min(high, max(centre + 8, low + 9))


def _candidates(
    score: Score, held: HeldHarmony, key: Key, beat: Beat, low: int, high: int
) -> list[int]:
    """Return the pitches that may stand at a place."""
    chord = held.at(beat[0])
    tones = chord_tones(chord)
    allowed = set(tones)
    if not _is_strong(score, beat, held):
        allowed |= set(key.pcs) - bent_tones(key, chord)
    found = [p for p in range(low, high + 1) if p % 12 in allowed]
    return found or [(low + high) // 2]


def _is_strong(score: Score, beat: Beat, held: HeldHarmony) -> bool:
    """Whether a note must belong to its chord: on a beat, long, or where a chord begins."""
    bar = score.bars[score.bar_at(beat[0])]
    if any(one.start_tick == beat[0] for one in held.chords):
        return True
    at = float(bar.start_tick)
    for one in bar.metre.beats_qn:
        if round(at) == beat[0]:
            return True
        at += float(one) * score.resolution
    return beat[1] - beat[0] >= score.resolution


def _sung(melody: Part, tick: int) -> int:
    """Return the melody's pitch at a tick; -1 where it rests."""
    for note in melody.notes:
        if note.onset_tick > tick:
            break
        if note.onset_tick <= tick < note.end_tick:
            return note.pitch
    return -1


def _own(
    score: Score, held: HeldHarmony, melody: Part, beat: Beat, pitch: int, low: int, high: int
) -> float:
    """Return what a pitch costs where it stands."""
    chord = held.at(beat[0])
    cost = 0.05 * abs(pitch - (low + high) / 2)
    if chord.root:
        if pitch % 12 in chord.guide_tones:
            cost -= 0.4
        elif pitch % 12 not in chord_tones(chord):
            cost += 0.5 + (3.0 if _is_strong(score, beat, held) else 0.0)
    top = _sung(melody, beat[0])
    if top >= 0:
        gap = abs(top - pitch)
        if gap % 12 == 0:
            cost += 1.2
        elif gap in (1, 2, 13):
            cost += 3.0
        elif gap % 12 in (3, 4, 8, 9):
            cost -= 0.4
        if pitch > top:
            cost += 0.8
    return cost


def _step(held: HeldHarmony, melody: Part, old: Beat, new: Beat, before: int, pitch: int) -> float:
    """Return what it costs to go from one pitch to the next."""
    size = abs(pitch - before)
    if size > _REACH:
        return _NEVER
    cost = (
        1.3 if size == 0 else 0.0 if size <= 2 else 0.5 if size <= 4 else 1.4 if size <= 7 else 3.0
    )
    if size in (6, 10, 11):
        cost += 1.5
    for tick, own in ((old[0], before), (new[0], pitch)):
        chord = held.at(tick)
        if chord.root and own % 12 not in chord_tones(chord) and size > 2:
            cost += 4.0
    top_old, top_new = _sung(melody, old[0]), _sung(melody, new[0])
    if top_old >= 0 and top_new >= 0 and top_new != top_old and size:
        is_similar = (top_new - top_old) * (pitch - before) > 0
        cost += 0.4 if is_similar else -0.4
        gaps = (top_old - before) % 12, (top_new - pitch) % 12
        if is_similar and gaps[0] == gaps[1] and gaps[0] in (0, 7):
            cost += 6.0
    return cost
