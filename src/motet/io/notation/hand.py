"""Which hand, and so which staff, plays a note of a keyboard.

Source: own rule: hands keep near middle C's two sides, near where they were, and within their span.
"""

from __future__ import annotations

from motet.io.notation.grid import ReadNote
from motet.score import Part

__all__ = ["clef_strain", "has_two_staves", "split_hands"]

_MIDDLE_C = 60
_SPAN_SEMI = 14
_KEYBOARDS = frozenset({*range(0, 8), *range(16, 20), 8, 10, 46})
_NEVER = frozenset({*range(24, 40), *range(40, 43), *range(56, 80)})


def has_two_staves(part: Part) -> bool:
    """Return whether a part reads best on a brace of two staves.

    A part with a role, or with clefs, says itself how many staves it has; others are read by their
    range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [has_two_staves(make_score(text).parts[0]) for text in ("C2+E5:4", "C4+E5:4")]
    [True, False]
    """
    if part.n_staves > 1:
        return True
    if part.is_drums or part.role or part.clefs or not part.notes:
        return False
    share = 0.03 if part.program in _KEYBOARDS else 0.2
    return part.program not in _NEVER and min(clef_strain([n.pitch for n in part.notes])) > share


def clef_strain(pitches: list[int]) -> tuple[float, float]:
    """Return how many of the pitches lie beyond two ledger lines, in treble and in bass clef.

    Examples
    --------
    >>> clef_strain([40, 60, 62, 64])
    (0.25, 0.0)
    """
    n = max(1, len(pitches))
    treble = sum(not 57 <= pitch <= 84 for pitch in pitches) / n
    bass = sum(not 36 <= pitch <= 64 for pitch in pitches) / n
    return treble, bass


def split_hands(notes: list[ReadNote]) -> list[int]:
    """Return the staff, 1 (right hand) or 2 (left hand), of each note.

    Parameters
    ----------
    notes : list of ReadNote
        In order of onset. Where the score names a staff 2, it is kept by the caller.

    Returns
    -------
    list of int, same order

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.io.notation.grid import ReadingGrid
    >>> score = make_score("C2+G2+E4+C5:2 B2:1 B4:1")
    >>> split_hands(ReadingGrid(score).read_part(score.parts[0]))
    [2, 2, 1, 1, 2, 1]
    """
    staves = [1] * len(notes)
    groups: dict[int, list[int]] = {}
    for index, note in enumerate(notes):
        groups.setdefault(note.start, []).append(index)
    centre = {0: 0.0, 1: 69.0, 2: 48.0, 3: 0.0}  # 0 and 3: did the right, the left hand just play
    for start in sorted(groups):
        members = sorted(groups[start], key=lambda index: notes[index].note.pitch)
        pitches = [notes[index].note.pitch for index in members]
        costs = [_cost(pitches, split, centre) for split in range(len(pitches) + 1)]
        split = costs.index(min(costs))
        for place, index in enumerate(members):
            staves[index] = 2 if place < split else 1
        centre[0], centre[3] = float(split < len(pitches)), float(split > 0)
        for staff, mine in ((2, pitches[:split]), (1, pitches[split:])):
            if mine:
                centre[staff] = 0.6 * centre[staff] + 0.4 * sum(mine) / len(mine)
    if min(staves.count(1), staves.count(2)) * 25 < len(staves):
        return _split_by_chord(notes, groups)
    return staves


def _split_by_chord(notes: list[ReadNote], groups: dict[int, list[int]]) -> list[int]:
    """Return whole chords to one hand each: bass left, chords right, when one hand had them all."""
    staves = [1] * len(notes)
    for members in groups.values():
        middle = sum(notes[index].note.pitch for index in members) / len(members)
        for index in members:
            staves[index] = 1 if middle >= 55 else 2
    return staves


def _cost(pitches: list[int], split: int, centre: dict[int, float]) -> float:
    """Return how awkward it is that the lowest `split` pitches are the left hand's."""
    left, right = pitches[:split], pitches[split:]
    cost = 0.0
    for pitch in left:
        cost += _over(pitch - _MIDDLE_C)
    for pitch in right:
        cost += _over(_MIDDLE_C - pitch)
    for staff, mine in ((2, left), (1, right)):
        if mine:
            cost += 0.25 * abs(sum(mine) / len(mine) - centre[staff])
            cost += 8.0 * max(0, mine[-1] - mine[0] - _SPAN_SEMI)
    if left and right:
        cost += max(0.0, 7.0 - 0.9 * (right[0] - left[-1]))
    elif pitches and centre[0 if left else 3] > 0:
        cost += 1.5  # a hand that has just played stops
    return cost


def _over(semi: int) -> float:
    """Return the cost of reaching past middle C: little for a fourth, then more."""
    return 0.5 * max(0, semi) + 0.7 * max(0, semi - 5)
