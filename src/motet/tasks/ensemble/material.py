"""What a score offers an ensemble: its melody, its bass, its inner notes, its drums.

Conventions: ticks of the score. Played music is moved to the grid first, and that is told; grace notes of
the melody stay with it. ``inner`` are notes that neither melody nor bass has, high to low at one onset.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from motet.analysis import estimate_melody, skyline
from motet.errors import ParameterError
from motet.score import Note, Part, Score, part_indices, quantise

__all__ = ["Material", "cut_line", "read_material"]

_PLAYED_SHARE = 0.1
_GRIDS = (4, 3)
_FULL_ENOUGH = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The notes of a score by what they are for.

    Parameters
    ----------
    score : Score
        The source, on the grid.
    index : int
        The part that has the melody.
    melody, bass, inner, drums : tuples of Note
    remarks : tuple of (str, str)
    """

    score: Score
    index: int
    melody: tuple[Note, ...]
    bass: tuple[Note, ...]
    inner: tuple[Note, ...]
    drums: tuple[Note, ...]
    remarks: tuple[tuple[str, str], ...] = ()

    @property
    def has_ground(self) -> bool:
        """Whether there is something under the melody in enough of its bars."""
        bars = {self.score.bar_at(note.onset_tick) for note in self.melody}
        under = {self.score.bar_at(note.onset_tick) for note in (*self.bass, *self.inner)}
        return len(bars & under) >= _FULL_ENOUGH * max(1, len(bars))


def read_material(score: Score, *, melody: int | str | None = None) -> Material:
    """Return the notes of a score by what they are for.

    Parameters
    ----------
    score : Score
    melody : int, str or None
        The part with the melody; None finds it.

    Returns
    -------
    Material

    Raises
    ------
    ParameterError
        There is no such part, or no pitched note.

    Examples
    --------
    >>> from motet.score import make_score
    >>> found = read_material(make_score("E5:2 D5:2", "C4+G4:2 B3+G4:2", "C3:2 G2:2"))
    >>> [[note.pitch for note in notes] for notes in (found.melody, found.inner, found.bass)]
    [[76, 74], [60, 67, 59, 67], [48, 43]]
    """
    remarks: list[tuple[str, str]] = []
    if _is_played(score):
        tidied = quantise(score, grids=_GRIDS)
        score = tidied.score
        remarks.append(
            (
                f"Played music: {tidied.n_moved} notes were moved to the grid to be written down.",
                f"这是演奏录下的音乐:为便于记谱,{tidied.n_moved} 个音已对齐到网格。",
            )
        )
    if melody is not None:
        index = part_indices(score, [melody])[0]
    else:
        named = [k for k, one in enumerate(score.parts) if one.role == "melody" and one.notes]
        found = None if named else estimate_melody(score)
        index = named[0] if named else -1 if found is None else found.part
    if index < 0 or score.parts[index].is_drums or not score.parts[index].notes:
        raise ParameterError(
            "there is no melody: the score (or the part named) has no pitched note",
            zh="找不到旋律:乐谱(或所指声部)没有有音高的音符",
        )
    tune = _sung(score.parts[index])
    sung = {id(note) for note in tune}
    others = [
        note
        for part in score.parts
        if not part.is_drums
        for note in part.notes
        if id(note) not in sung and not note.grace and note.duration_tick
    ]
    bass = _lowest(score, others, tune)
    low = {id(note) for note in bass}
    inner = sorted(
        (note for note in others if id(note) not in low),
        key=lambda note: (note.onset_tick, note.pitch),
    )
    drums = tuple(note for part in score.parts if part.is_drums for note in part.notes)
    return Material(
        score=score, index=index, melody=tune, bass=bass, inner=tuple(inner), drums=drums,
        remarks=tuple(remarks),
    )  # fmt: skip


def _is_played(score: Score) -> bool:
    """Whether a good share of onsets lies off sixteenths and triplets."""
    onsets = [n.onset_tick for part in score.parts if not part.is_drums for n in part.notes]
    lines = [score.resolution / 4, score.resolution / 6, score.resolution / 8]
    off = sum(all(min(t % one, one - t % one) > 1 for one in lines) for t in onsets)
    return off > _PLAYED_SHARE * max(1, len(onsets))


def _sung(part: Part) -> tuple[Note, ...]:
    """Return the top line of a part, each note ended where the next begins; grace notes stay."""
    line = sorted(
        [*skyline(part), *(note for note in part.notes if note.grace)],
        key=lambda note: (note.onset_tick, not note.grace),
    )
    return tuple({id(note): note for note in line}.values())


def _lowest(score: Score, others: list[Note], tune: tuple[Note, ...]) -> tuple[Note, ...]:
    """Return the bass: a part that is one, else the lowest note where nothing lower sounds."""
    tops = {id(note) for note in tune}
    for part in score.parts:
        if part.role == "bass" and not part.is_drums and part.notes:
            return tuple(n for n in _bottom(list(part.notes)) if id(n) not in tops)
    return _bottom(others)


def _bottom(notes: list[Note]) -> tuple[Note, ...]:
    """Return the lowest note of each onset, where nothing lower still sounds."""
    found: list[Note] = []
    sounding: list[Note] = []
    ordered = sorted(
        (n for n in notes if not n.grace), key=lambda note: (note.onset_tick, note.pitch)
    )
    for tick, group in itertools.groupby(ordered, key=lambda note: note.onset_tick):
        first = next(iter(group))
        sounding = [note for note in sounding if note.end_tick > tick]
        if all(note.pitch > first.pitch for note in sounding):
            found.append(first)
        sounding.append(first)
    return tuple(found)


def cut_line(notes: list[Note]) -> tuple[Note, ...]:
    """Return notes as one line: each ends where the next begins, the longest of one onset stays.

    Parameters
    ----------
    notes : list of Note

    Returns
    -------
    tuple of Note

    Examples
    --------
    >>> from motet.score import make_score
    >>> [n.duration_tick for n in cut_line(list(make_score("C4:2", "r:1 D4:1").parts[0].notes))]
    [960]
    """
    ordered = sorted(notes, key=lambda note: (note.onset_tick, not note.grace, -note.duration_tick))
    found: list[Note] = []
    for note in ordered:
        if found and not note.grace and not found[-1].grace:
            last = found[-1]
            if last.onset_tick == note.onset_tick:
                continue
            if last.end_tick > note.onset_tick:
                length = note.onset_tick - last.onset_tick
                found[-1] = replace(last, duration_tick=length, ties_tick=())
        found.append(note)
    return tuple(found)
