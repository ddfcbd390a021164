"""Held tones: which notes of a voice go on sounding, tied, in the chords that come after them.

Conventions: units from the start of the score. A note that outlasts the next onset only a little is
legato and is cut there.

Source: own rule. Instruments that ring after the stroke (piano, guitar) are cut as players expect;
what is blown, bowed, sung or held by a key is tied.
"""

from __future__ import annotations

from motet.io.notation.grid import ReadNote
from motet.io.notation.metre import UNITS_PER_QN

__all__ = ["carry_held"]

_QN = UNITS_PER_QN
_LEGATO = _QN * 45 // 100
_PIANOS = frozenset(range(8))
_RINGING = frozenset({*range(8, 16), *range(24, 40), *range(45, 48), *range(104, 109)})


def carry_held(groups: list[list[ReadNote]], program: int) -> list[list[ReadNote]]:
    """Return, for each chord of a voice, the earlier notes that still sound in it.

    Parameters
    ----------
    groups : list of list of ReadNote
        The notes by printed onset, ascending.
    program : int, 0 to 127
        General MIDI program: says whether the instrument holds its tones.

    Returns
    -------
    list of list of ReadNote, one for each group
        Held for at least half of the time up to the next onset, and not struck again.

    Examples
    --------
    >>> from motet.score import Score, Note, Part
    >>> from motet.io.notation.grid import ReadingGrid
    >>> one, two, three = (Note(onset_tick=a, duration_tick=d, pitch=p)
    ...                    for a, d, p in ((0, 1920, 64), (0, 960, 60), (960, 960, 62)))
    >>> score = Score(parts=(Part(notes=(one, two, three)),))
    >>> read = ReadingGrid(score).read_part(score.parts[0])
    >>> [[n.note.pitch for n in held] for held in carry_held([read[:2], read[2:]], 16)]
    [[], [64]]
    """
    held: list[list[ReadNote]] = [[] for _ in groups]
    if program in _RINGING:
        return held
    for k in range(1, len(groups)):
        start = groups[k][0].start
        is_last = k + 1 == len(groups)
        following = max(n.end for n in groups[k]) if is_last else groups[k + 1][0].start
        again = {note.note.pitch for note in groups[k]}
        before = groups[k - 1] if program in _PIANOS else held[k - 1] + groups[k - 1]
        held[k] = [
            note
            for note in before
            if note.note.pitch not in again
            and _goes_on(note, start, following)
            and (program not in _PIANOS or _ends_within(note, start, following))
        ]
    return held


def _goes_on(note: ReadNote, start: int, following: int) -> bool:
    over = note.end - start
    return over >= _LEGATO and 2 * over >= following - start


def _ends_within(note: ReadNote, start: int, following: int) -> bool:
    """Tell whether a note is a common tone of two chords, not one left to ring over many."""
    return following - start >= _QN and note.end <= following + _LEGATO
