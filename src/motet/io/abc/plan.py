"""What the ABC writer writes where: the lines of a part, each with one chord or rest at a time.

Conventions: a line is one ABC voice; a piece is a note, chord or rest within one bar, cut where a
tie, a bar line or a chord symbol needs it.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from fractions import Fraction

from motet.score import Bar, Note, Part, Score, quantise

__all__ = ["Piece", "Strand", "cut_bars", "is_written_time", "lay_strands", "settle"]

_FINEST = {1: 32, 3: 8, 5: 4, 7: 4, 9: 2}
_GRIDS = (8, 6)
_FINE_GRIDS = (16, 12)


@dataclass(slots=True)
class Strand:
    """One ABC voice: chords in order of time that do not overlap, and grace notes by tick."""

    staff: int
    voice: int
    is_first: bool = True
    chords: list[tuple[Note, ...]] = field(default_factory=list)
    graces: dict[int, list[Note]] = field(default_factory=dict)
    end_tick: int = 0


@dataclass(slots=True)
class Piece:
    """Something to write: ``notes`` is empty for a rest; it may go on from or into a neighbour."""

    start: int
    end: int
    notes: tuple[Note, ...] = ()
    is_continued: bool = False
    goes_on: bool = False


def is_written_time(duration: Fraction) -> bool:
    """Return whether a length in quarter notes is one that people write.

    Examples
    --------
    >>> is_written_time(Fraction(2, 3)), is_written_time(Fraction(479, 480))
    (True, False)
    """
    low = duration.denominator & -duration.denominator
    return low <= _FINEST.get(duration.denominator // low, 0)


def settle(score: Score) -> tuple[Score, int]:
    """Return the score with times that can be written, and how many notes that moved.

    Parameters
    ----------
    score : Score

    Returns
    -------
    tuple of Score and int

    Examples
    --------
    >>> from motet.score import make_score
    >>> settle(make_score("C4:1 D4:1"))[1], settle(make_score("C4:1.01 D4:1"))[1]
    (0, 2)
    """
    known: dict[int, bool] = {}
    starts = [bar.start_tick for bar in score.bars]

    def is_good(tick: int) -> bool:
        if tick not in known:
            known[tick] = is_written_time(Fraction(tick, score.resolution))
        return known[tick]

    def is_placed(note: Note) -> bool:
        at = note.onset_tick - starts[bisect_right(starts, note.onset_tick) - 1]
        return is_good(at) and is_good(note.duration_tick)

    notes = [note for part in score.parts for note in part.notes]
    good = [note for note in notes if is_placed(note)]
    if len(good) == len(notes):
        return score, 0
    n_fine = sum(_is_fine(Fraction(note.onset_tick, score.resolution)) for note in good)
    is_fine = n_fine > 0.1 * len(notes)  # rather exact than played: 64ths must not fall together
    settled = quantise(score, grids=_FINE_GRIDS if is_fine else _GRIDS).score
    moved = 0
    for before, after in zip(score.parts, settled.parts, strict=True):
        old = {(note.onset_tick, note.end_tick, note.pitch) for note in before.notes}
        moved += sum((n.onset_tick, n.end_tick, n.pitch) not in old for n in after.notes)
    return settled, max(moved, 1)


def _is_fine(place: Fraction) -> bool:
    """Tell whether a place in quarter notes lies between 32nds and between sextuplets."""
    return not any((place * n).denominator == 1 for n in _GRIDS)


def lay_strands(part: Part) -> list[Strand]:
    """Return the ABC voices that a part needs, staff by staff.

    Parameters
    ----------
    part : Part

    Returns
    -------
    list of Strand
        At least one.

    Examples
    --------
    >>> long = Note(onset_tick=0, duration_tick=960, pitch=60)
    >>> short = Note(onset_tick=480, duration_tick=480, pitch=64)
    >>> len(lay_strands(Part(notes=(long, short))))
    2
    """
    chords: dict[tuple[int, int], dict[tuple[int, int, tuple[int, ...]], list[Note]]] = {}
    graces: dict[tuple[int, int], list[Note]] = {}
    for note in part.notes:
        home = (note.staff, note.voice)
        if note.grace:
            graces.setdefault(home, []).append(note)
        elif note.duration_tick > 0:
            key = (note.onset_tick, note.duration_tick, note.ties_tick)
            chords.setdefault(home, {}).setdefault(key, []).append(note)
    strands: list[Strand] = []
    for home in sorted({*chords, *graces} or {(1, 1)}):
        mine = [Strand(*home)]
        for (onset, duration, _), notes in sorted(chords.get(home, {}).items()):
            strand = next((one for one in mine if one.end_tick <= onset), None)
            if strand is None:
                strand = Strand(*home, is_first=False)
                mine.append(strand)
            strand.chords.append(tuple(notes))
            strand.end_tick = onset + duration
        for note in graces.get(home, []):
            mine[0].graces.setdefault(note.onset_tick, []).append(note)
        strands += mine
    return strands


def cut_bars(strand: Strand, bars: tuple[Bar, ...], cuts: list[int]) -> list[list[Piece]]:
    """Return the pieces of each bar.

    Parameters
    ----------
    strand : Strand
    bars : tuple of Bar
    cuts : list of int, ticks, sorted
        Where a note or rest that lasts longer is cut: chord symbols, changes.

    Returns
    -------
    list of list of Piece

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("r:3 C4:2")
    >>> pieces = cut_bars(lay_strands(score.parts[0])[0], score.bars, [])
    >>> [(one.start, one.end, one.goes_on) for bar in pieces for one in bar]
    [(0, 1440, False), (1440, 1920, True), (1920, 2400, False), (2400, 3840, False)]
    """
    edges = [bar.start_tick for bar in bars]
    out: list[list[Piece]] = [[] for _ in bars]
    end = bars[-1].end_tick
    at = 0

    def put(start: int, stop: int, notes: tuple[Note, ...], own: tuple[int, ...]) -> None:
        first, last = bisect_right(edges, start), bisect_right(edges, stop - 1)
        points = {start, stop, *edges[first:last], *own}
        points |= set(cuts[bisect_right(cuts, start) : bisect_right(cuts, stop - 1)])
        ordered = sorted(point for point in points if start <= point <= stop)
        for k in range(len(ordered) - 1):
            bar = bisect_right(edges, ordered[k]) - 1
            goes_on = bool(notes) and ordered[k + 1] < stop
            out[bar].append(
                Piece(ordered[k], ordered[k + 1], notes, bool(notes) and k > 0, goes_on)
            )

    for notes in strand.chords:
        onset = notes[0].onset_tick
        if onset > at:
            put(at, onset, (), ())
        put(onset, notes[0].end_tick, notes, tuple(onset + tie for tie in notes[0].ties_tick))
        at = notes[0].end_tick
    if at < end:
        put(at, end, (), ())
    return out
