"""What a finished score does, measured part by part: the numbers behind an adherence report.

Conventions: everything is read off the score alone, in ticks. Onsets closer than a grid position
(a twenty-fourth of a quarter note) count as together, so that a humanised part is judged like a plain
one. Grace notes and drums have no pitch to judge.
"""

from __future__ import annotations

from collections.abc import Collection

from motet.score import Note, Part, Score
from motet.tasks.harmony import HeldHarmony, chord_tones
from motet.theory.scale import Key
from motet.tokens.vocab import POSITIONS_PER_QN

__all__ = [
    "chord_tone_counts",
    "key_counts",
    "onset_positions",
    "part_density",
    "part_polyphony",
    "part_range",
]

Bars = Collection[int]


def _notes(score: Score, part: int, bars: Bars | None) -> list[Note]:
    """Return the notes of a part that begin in some bars, all when None; grace notes left out."""
    return [
        note
        for note in score.parts[part].notes
        if note.duration_tick and (bars is None or score.bar_at(note.onset_tick) in bars)
    ]


def part_range(part: Part) -> tuple[int, int] | None:
    """Return the lowest and highest pitch of a part, None when it has no note.

    Parameters
    ----------
    part : Part

    Returns
    -------
    (int, int) or None, MIDI numbers

    Examples
    --------
    >>> from motet.score import make_score
    >>> part_range(make_score("C4:1 G4:1").parts[0])
    (60, 67)
    """
    pitches = [note.pitch for note in part.notes]
    return (min(pitches), max(pitches)) if pitches else None


def part_polyphony(score: Score, part: int, *, bars: Bars | None = None) -> int:
    """Return how many notes of a part sound together at most.

    Parameters
    ----------
    score : Score
    part : int
    bars : collection of int or None
        Only notes that begin there are new; what sounds into them counts too.

    Returns
    -------
    int, >= 0

    Examples
    --------
    >>> from motet.score import make_score
    >>> part_polyphony(make_score("C4+E4:2 G4:2"), 0)
    2
    """
    notes = [note for note in score.parts[part].notes if note.duration_tick]
    if score.parts[part].is_drums:
        counts: dict[int, int] = {}
        for note in notes:
            if bars is None or score.bar_at(note.onset_tick) in bars:
                counts[note.onset_tick] = counts.get(note.onset_tick, 0) + 1
        return max(counts.values(), default=0)
    edges = sorted([(n.end_tick, 0) for n in notes] + [(n.onset_tick, 1) for n in notes])
    most = sounding = 0
    for tick, is_start in edges:
        sounding += 1 if is_start else -1
        if is_start and (bars is None or score.bar_at(tick) in bars):
            most = max(most, sounding)
    return most


def onset_positions(score: Score, part: int, bar: int) -> tuple[int, ...]:
    """Return where a part begins notes in a bar.

    Parameters
    ----------
    score : Score
    part, bar : int

    Returns
    -------
    tuple of int, grid positions from the bar line, ascending, each once

    Examples
    --------
    >>> from motet.score import make_score
    >>> onset_positions(make_score("C4+E4:1.5 G4:2.5"), 0, 0)
    (0, 36)
    """
    start = score.bars[bar].start_tick
    return tuple(
        sorted(
            {
                round((note.onset_tick - start) * POSITIONS_PER_QN / score.resolution)
                for note in _notes(score, part, (bar,))
            }
        )
    )


def part_density(score: Score, part: int, *, bars: Bars | None = None) -> float | None:
    """Return how many onsets a quarter note a part has over the bars in which it begins notes.

    Parameters
    ----------
    score : Score
    part : int
    bars : collection of int or None
        Bars to look at; all when None.

    Returns
    -------
    float or None, onsets a quarter note
        None where it begins nothing.

    Examples
    --------
    >>> from motet.score import make_score
    >>> part_density(make_score("C4+E4:2 G4:2 | r:4"), 0)
    0.5
    """
    total = 0
    length = 0.0
    for bar in range(score.n_bars) if bars is None else bars:
        found = onset_positions(score, part, bar)
        if found:
            total += len(found)
            length += score.bars[bar].duration_tick / score.resolution
    return total / length if length else None


def key_counts(
    score: Score, parts: Collection[int], key: Key, *, bars: Bars | None = None
) -> tuple[int, int]:
    """Return how many notes belong to a key bent by the chords, and how many there are.

    Parameters
    ----------
    score : Score
    parts : collection of int
    key : Key
    bars : collection of int or None

    Returns
    -------
    (int, int)

    Examples
    --------
    >>> from motet.score import make_score
    >>> key_counts(make_score("C4:1 C#4:1 D4:2", chords="C:1 A7:3"), [0], Key("C"))
    (3, 3)
    """
    held = HeldHarmony(score)
    inside = total = 0
    for part in parts:
        if score.parts[part].is_drums:
            continue
        for note in _notes(score, part, bars):
            total += 1
            tick = note.onset_tick + score.resolution // (2 * POSITIONS_PER_QN)
            inside += note.pitch % 12 in held.allowed(key, tick)
    return inside, total


def chord_tone_counts(
    score: Score, parts: Collection[int], *, bars: Bars | None = None
) -> tuple[int, int]:
    """Return how many notes struck on strong places belong to the chord there, and how many are struck.

    Parameters
    ----------
    score : Score
    parts : collection of int
    bars : collection of int or None

    Returns
    -------
    (int, int)

    Examples
    --------
    >>> from motet.score import make_score
    >>> chord_tone_counts(make_score("C4:1 D4:1 F4:1 G4:1", chords="C:4"), [0])
    (1, 2)
    """
    held = HeldHarmony(score)
    inside = total = 0
    near = score.resolution // (2 * POSITIONS_PER_QN)
    strong: dict[int, tuple[int, ...]] = {}
    for part in parts:
        if score.parts[part].is_drums:
            continue
        for note in _notes(score, part, bars):
            bar = score.bar_at(note.onset_tick)
            if bar not in strong:
                strong[bar] = held.strong_ticks(bar)
            tick = next((t for t in strong[bar] if abs(t - note.onset_tick) <= near), None)
            if tick is not None:
                total += 1
                inside += note.pitch % 12 in chord_tones(held.at(tick))
    return inside, total
