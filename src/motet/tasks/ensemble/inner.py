"""Inner lines: the source's own inner notes shared out to voices, and chord tones where a voice has none.

Conventions: lines run from high to low. A note that has no voice left is left out: doublings first, thirds
and sevenths last.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from motet.analysis import separate_voices
from motet.score import Note, Part, Score
from motet.tasks.ensemble.material import Material, cut_line
from motet.tasks.harmony import HeldHarmony, chord_tones

__all__ = ["fill_rests", "inner_lines", "third_voice"]

Line = tuple[Note, ...]


def inner_lines(material: Material, n_lines: int) -> tuple[Line, ...]:
    """Return the inner notes of a source as lines.

    Parameters
    ----------
    material : Material
    n_lines : int, >= 0

    Returns
    -------
    tuple of lines
        High to low; as many as asked for, some perhaps empty.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.ensemble.material import read_material
    >>> found = read_material(make_score("E5:2 D5:2", "E4+G4:2 D4+G4:2", "C3:2 G2:2"))
    >>> [[note.pitch for note in line] for line in inner_lines(found, 2)]
    [[67, 67], [64, 62]]
    """
    if n_lines < 1:
        return ()
    kept: list[Note] = []
    tune = _Heard(material.melody)
    bass = _Heard(material.bass)
    for tick, group in itertools.groupby(material.inner, key=lambda note: note.onset_tick):
        around = {pitch % 12 for pitch in (tune.at(tick), bass.at(tick)) if pitch >= 0}
        kept += _choose(list(group), around, n_lines)
    if not kept:
        return ((),) * n_lines
    part = Part(notes=tuple(kept))
    voices = separate_voices(part, n_voices=min(8, n_lines))
    found = []
    for voice in range(1, n_lines + 1):
        mine = [note for note, k in zip(part.notes, voices, strict=True) if k == voice]
        found.append(cut_line(mine))
    return tuple(found)


class _Heard:
    """A line, to be asked what sounds, in rising ticks."""

    def __init__(self, notes: Sequence[Note]) -> None:
        self.notes = [note for note in notes if not note.grace]
        self.k = 0

    def at(self, tick: int) -> int:
        """Return the pitch that sounds; -1 for none."""
        while self.k + 1 < len(self.notes) and self.notes[self.k + 1].onset_tick <= tick:
            self.k += 1
        if self.k < len(self.notes):
            note = self.notes[self.k]
            if note.onset_tick <= tick < note.end_tick:
                return note.pitch
        return -1


def _choose(notes: list[Note], around: set[int], n_lines: int) -> list[Note]:
    """Return the notes of one onset that have a voice: new pitch classes first, then high ones."""
    unique: dict[int, Note] = {}
    for note in notes:
        known = unique.get(note.pitch)
        if known is None or known.duration_tick < note.duration_tick:
            unique[note.pitch] = note
    if len(unique) <= n_lines:
        return list(unique.values())
    found: list[Note] = []
    heard = set(around)
    ordered = sorted(unique.values(), key=lambda note: -note.pitch)
    for is_new in (True, False):
        for note in ordered:
            if len(found) < n_lines and note not in found:
                if is_new and note.pitch % 12 in heard:
                    continue
                found.append(note)
                heard.add(note.pitch % 12)
    return found


def fill_rests(
    score: Score, line: Line, spare: Line, others: Sequence[Line], *, most_share: float = 0.6
) -> tuple[Line, int]:
    """Return a line with the bars in which it rests filled from another, where it rests a lot.

    Parameters
    ----------
    score : Score
    line, spare : lines
    others : sequence of lines
        Bars where none of them plays stay silent.
    most_share : float, 0 to 1
        A line that plays in more of the bars is left as it is.

    Returns
    -------
    tuple of line and int
        And how many notes came from the other.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C5:4 D5:4", "E4:4", "G4:4 G4:4")
    >>> line, spare = score.parts[1].notes, score.parts[2].notes
    >>> filled, n_new = fill_rests(score, line, spare, [score.parts[0].notes])
    >>> [note.pitch for note in filled], n_new
    ([64, 67], 1)
    """

    def bars_of(notes: Line) -> set[int]:
        found: set[int] = set()
        for note in notes:
            found.update(range(score.bar_at(note.onset_tick), score.bar_at(note.end_tick - 1) + 1))
        return found

    mine = bars_of(line)
    wanted = set().union(*(bars_of(one) for one in others)) if others else set()
    if len(mine) > most_share * max(1, len(wanted)):
        return line, 0
    empty = wanted - mine
    new = []
    for note in spare:
        bar = score.bar_at(note.onset_tick)
        if bar in empty:
            end = min(note.end_tick, score.bars[bar].end_tick)
            new.append(replace(note, duration_tick=end - note.onset_tick, ties_tick=()))
    return cut_line([*line, *new]), len(new)


def third_voice(score: Score, lines: Sequence[Line], *, low: int = 48, high: int = 67) -> Line:
    """Return one more inner voice, with the rhythm of the last of some lines: tones that they lack.

    Parameters
    ----------
    score : Score
        With chord symbols.
    lines : sequence of lines
    low, high : int, MIDI numbers

    Returns
    -------
    line

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C5:4", "E4:4", chords="C:4")
    >>> [note.pitch for note in third_voice(score, [part.notes for part in score.parts])]
    [55]
    """
    if not lines or not lines[-1]:
        return ()
    held = HeldHarmony(score)
    heard = [_Heard(line) for line in lines]
    found: list[Note] = []
    before = (low + high) // 2
    for note in lines[-1]:
        sounding = [one.at(note.onset_tick) for one in heard]
        tones = chord_tones(held.at(note.onset_tick)) or {note.pitch % 12}
        own = {pitch % 12 for pitch in sounding if pitch >= 0}
        rows = [p for p in range(low, high + 1) if p % 12 in tones and p not in sounding]
        if rows:
            before = min(rows, key=lambda p: (abs(p - before) + 4.0 * (p % 12 in own), p))
            found.append(replace(note, pitch=before, spelling=""))
    return tuple(found)
