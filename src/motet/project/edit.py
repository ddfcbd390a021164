"""Taking back a score that was edited elsewhere, in a DAW or a notation editor.

Conventions: the file wins in what it says: notes, loudness, tempo, metre. What its format cannot say, or the
other program has dropped (spelling, articulation, roles, chord symbols, sections), comes from the score
that went out, wherever the notes are still the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from motet.errors import ParameterError
from motet.project.match import match_parts
from motet.project.name import give_names
from motet.score import Note, Part, Score, change_resolution

__all__ = ["take_back"]

_FRAME = ("chords", "sections", "keys", "repeats", "endings")
_NAMES = ("title", "subtitle", "composer", "lyricist", "copyright")
_PART = ("clefs", "lyrics", "dynamics", "spans")


def take_back(base: Score, edited: Score) -> Score:
    """Return an edited score with what it lost on its way.

    Parameters
    ----------
    base : Score
        What went out.
    edited : Score
        What came back.

    Returns
    -------
    Score
        In the resolution of `base` where no note moves by that.

    Raises
    ------
    ParameterError
        It has no note.

    Examples
    --------
    >>> from motet.score import make_score
    >>> base = make_score("Bb4:2 A4:2", chords="Bb:4")
    >>> edited = make_score("Bb4:2 G4:2")
    >>> found = take_back(base, edited)
    >>> [note.pitch for note in found.parts[0].notes], found.chords[0].symbol
    ([70, 67], 'Bb')
    """
    if not edited.n_notes:
        raise ParameterError(
            "the file has no note; it would empty the piece", zh="该文件没有音符;读入会清空作品"
        )
    edited = give_names(_same_ticks(base, edited))
    is_same_grid = [bar.start_tick for bar in base.bars] == [b.start_tick for b in edited.bars]
    pairs = {new: old for old, new in match_parts(base, edited).items()}
    parts = [
        _enriched(base.parts[pairs[k]], part, is_same_grid) if k in pairs else part
        for k, part in enumerate(edited.parts)
    ]
    fields: dict[str, Any] = {name: getattr(edited, name) or getattr(base, name) for name in _NAMES}
    for name in _FRAME if is_same_grid or base.n_bars <= edited.n_bars else ():
        fields[name] = getattr(edited, name) or getattr(base, name)
    if base.keys and edited.keys and is_same_grid:
        same = [one.fifths for one in base.keys] == [one.fifths for one in edited.keys]
        fields["keys"] = base.keys if same else edited.keys
    length = max(edited.length_tick, base.end_tick) if is_same_grid else edited.length_tick
    return replace(edited, parts=tuple(parts), length_tick=length, **fields)


def _same_ticks(base: Score, edited: Score) -> Score:
    """Return the edited score in the ticks of the other, unless that would move a note."""
    if edited.resolution == base.resolution:
        return edited
    exact = all(
        tick * base.resolution % edited.resolution == 0
        for part in edited.parts
        for note in part.notes
        for tick in (note.onset_tick, note.duration_tick)
    )
    return change_resolution(edited, resolution=base.resolution).score if exact else edited


def _enriched(old: Part, new: Part, is_same_grid: bool) -> Part:
    """Return a part with what its notes had before, where they are the same notes."""
    known: dict[tuple[int, int, int], list[Note]] = {}
    for note in old.notes:
        known.setdefault((note.onset_tick, note.duration_tick, note.pitch), []).append(note)
    notes: list[Note] = []
    for note in new.notes:
        same = known.get((note.onset_tick, note.duration_tick, note.pitch))
        if same:
            own = same.pop(0)
            notes.append(replace(own, velocity=note.velocity))
        else:
            notes.append(note)
    if is_same_grid and not any(note.grace for note in notes):  # what lasts no time may get lost
        onsets = {note.onset_tick for note in notes}
        notes += [n for left in known.values() for n in left if n.grace and n.onset_tick in onsets]
    fields: dict[str, Any] = {name: getattr(new, name) or getattr(old, name) for name in _PART}
    return replace(
        new,
        notes=tuple(notes),
        role=new.role or old.role,
        abbreviation=new.abbreviation or old.abbreviation,
        transposition_semi=new.transposition_semi or old.transposition_semi,
        n_staves=max(new.n_staves, old.n_staves),
        **fields,
    )
