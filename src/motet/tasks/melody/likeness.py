"""How much of a tune is left in a variation of it, measured on the notes.

Conventions: a tune is a line of notes, one at a time. A note is kept where one with its onset and pitch is
there; an onset where a note begins there; a move is the direction from one beat's sounding pitch to the
next's, and it is kept where it goes the same way. Pitches that only moved to the parallel mode count as
changed. Shares over nothing are 1.

Offers `Likeness`, `measure_likeness`, `top_line`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from motet.score import Note, Part, Score

__all__ = ["Likeness", "measure_likeness", "top_line"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What was kept, as shares from 0 to 1, and how many notes there were and are."""

    notes: float
    onsets: float
    moves: float
    n_before: int
    n_after: int

    @property
    def kept(self) -> float:
        """One share for all three: their mean."""
        return (self.notes + self.onsets + self.moves) / 3


def top_line(part: Part) -> tuple[Note, ...]:
    """Return the highest note of every onset of a part; grace notes left out.

    Parameters
    ----------
    part : Part

    Returns
    -------
    tuple of Note, in order

    Examples
    --------
    >>> from motet.score import make_score
    >>> [note.pitch for note in top_line(make_score("C4+E4:1 D4:1").parts[0])]
    [64, 62]
    """
    best: dict[int, Note] = {}
    for note in part.notes:
        if note.duration_tick and (
            note.onset_tick not in best or note.pitch > best[note.onset_tick].pitch
        ):
            best[note.onset_tick] = note
    return tuple(best[tick] for tick in sorted(best))


def measure_likeness(score: Score, old: Sequence[Note], new: Sequence[Note]) -> Likeness:
    """Return how much of a line is left in another.

    Parameters
    ----------
    score : Score
        Whose beats count.
    old, new : sequence of Note
        Lines, in order.

    Returns
    -------
    Likeness

    Examples
    --------
    >>> from motet.score import make_score
    >>> old, new = (make_score(text) for text in ("C4:1 E4:1 G4:1 E4:1", "C4:1 E4:.5 F4:.5 G4:1 D4:1"))
    >>> found = measure_likeness(old, old.parts[0].notes, new.parts[0].notes)
    >>> found.notes, found.onsets, found.moves
    (0.75, 1.0, 1.0)
    """
    own = {(note.onset_tick, note.pitch) for note in old}
    now = {(note.onset_tick, note.pitch) for note in new}
    ticks, later = {note.onset_tick for note in old}, {note.onset_tick for note in new}
    return Likeness(
        notes=len(own & now) / len(own) if own else 1.0,
        onsets=len(ticks & later) / len(ticks) if ticks else 1.0,
        moves=_moves(score, old, new),
        n_before=len(old),
        n_after=len(new),
    )


def _moves(score: Score, old: Sequence[Note], new: Sequence[Note]) -> float:
    """Return the share of moves between beats that go the same way."""
    beats = []
    for bar in score.bars:
        at = 0.0
        for beat in bar.metre.beats_qn:
            beats.append(bar.start_tick + round(at * score.resolution))
            at += float(beat)
    before, after = _sounding(old, beats), _sounding(new, beats)
    same = total = 0
    for k in range(1, len(beats)):
        steps = [
            (line[k] or 0) - (line[k - 1] or 0) if line[k] and line[k - 1] else None
            for line in (before, after)
        ]
        if steps[0] is None or steps[0] == 0:
            continue
        total += 1
        same += steps[1] is not None and steps[0] * steps[1] > 0
    return same / total if total else 1.0


def _sounding(line: Sequence[Note], ticks: Sequence[int]) -> list[int | None]:
    """Return the last pitch that began by each tick."""
    onsets = [note.onset_tick for note in line]
    found: list[int | None] = []
    for tick in ticks:
        k = bisect_right(onsets, tick) - 1
        found.append(line[k].pitch if k >= 0 else None)
    return found
