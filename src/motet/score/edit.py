"""Edits of parts: instrument, name, loudness; adding and removing parts.

Conventions: pure functions; a part is given by index (negative from the end) or by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from motet.errors import ParameterError
from motet.score.part import Part
from motet.score.score import Score
from motet.score.selection import find_part, part_indices

__all__ = [
    "add_part",
    "change_instrument",
    "remove_part",
    "rename",
    "scale_velocity",
]


def add_part(score: Score, part: Part, *, index: int | None = None) -> Score:
    """Return the score with one more part.

    Parameters
    ----------
    score : Score
    part : Part
        Its ticks are at the score's resolution.
    index : int or None
        Where it stands; last when None.

    Returns
    -------
    Score

    Examples
    --------
    >>> [part.name for part in add_part(Score(), Part(name="Flute", program=73)).parts]
    ['Flute']
    """
    parts = list(score.parts)
    parts.insert(len(parts) if index is None else index, part)
    return replace(score, parts=tuple(parts))


def remove_part(score: Score, *, part: int | str) -> Score:
    """Return the score without one part; it lasts as long as before.

    Parameters
    ----------
    score : Score
    part : int or str

    Returns
    -------
    Score

    Raises
    ------
    ParameterError
        There is no such part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> len(remove_part(make_score("C4:1", "drums 36:1"), part="Drums").parts)
    1
    """
    k = find_part(score, part)
    parts = score.parts[:k] + score.parts[k + 1 :]
    return replace(score, parts=parts, length_tick=score.end_tick)


def rename(score: Score, *, part: int | str, name: str, abbreviation: str | None = None) -> Score:
    """Return the score with another name for one part.

    Parameters
    ----------
    score : Score
    part : int or str
    name : str
    abbreviation : str or None
        The short name too; unchanged when None.

    Returns
    -------
    Score

    Raises
    ------
    ParameterError
        There is no such part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> rename(make_score("C4:1"), part=0, name="Voice").parts[0].name
    'Voice'
    """
    old = score.parts[find_part(score, part)]
    short = old.abbreviation if abbreviation is None else abbreviation
    return _with_part(score, part, replace(old, name=name, abbreviation=short))


def change_instrument(
    score: Score,
    *,
    part: int | str,
    program: int,
    name: str | None = None,
    bank: int = 0,
    transposition_semi: int = 0,
) -> Score:
    """Return the score with one part played by another instrument, all notes as they were.

    Parameters
    ----------
    score : Score
    part : int or str
    program : int, 0 to 127
        General MIDI program, or drum kit for a drum part.
    name : str or None
        New name of the part; unchanged when None.
    bank : int, 0 to 16383
    transposition_semi : int, semitones
        Sounding minus written pitch of the new instrument.

    Returns
    -------
    Score
        Changes of program or bank inside the part are taken out, or they would undo this.

    Raises
    ------
    ParameterError
        There is no such part, or the program is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> change_instrument(make_score("C4:1"), part=0, program=73, name="Flute").parts[0].program
    73
    """
    old = score.parts[find_part(score, part)]
    controls = tuple(
        control
        for control in old.controls
        if control.kind != "program" and not (control.kind == "cc" and control.number in (0, 32))
    )
    new = replace(
        old,
        program=program,
        bank=bank,
        name=old.name if name is None else name,
        abbreviation=old.abbreviation if name is None else "",
        transposition_semi=transposition_semi,
        controls=controls,
    )
    return _with_part(score, part, new)


def scale_velocity(
    score: Score,
    *,
    factor: float = 1.0,
    offset: int = 0,
    parts: Iterable[int | str] | None = None,
) -> Score:
    """Return the score struck harder or softer.

    Parameters
    ----------
    score : Score
    factor : float, >= 0
        Velocities are multiplied by this,
    offset : int
        then this is added; results stay within 1 to 127.
    parts : iterable of int or str, or None
        All when None.

    Returns
    -------
    Score

    Raises
    ------
    ParameterError
        `factor` is negative or not a number, or there is no such part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> scale_velocity(make_score("C4:1"), factor=0.5).parts[0].notes[0].velocity
    40
    """
    if not 0.0 <= factor <= 127.0:
        raise ParameterError(
            f"factor must be 0 to 127, got {factor}; 0.5 is half as strong",
            zh=f"factor 必须在 0 到 127 之间,收到 {factor};0.5 表示一半力度",
        )
    out = list(score.parts)
    for k in part_indices(score, parts):
        notes = tuple(
            replace(note, velocity=min(127, max(1, round(note.velocity * factor) + offset)))
            for note in out[k].notes
        )
        out[k] = replace(out[k], notes=notes)
    return replace(score, parts=tuple(out))


def _with_part(score: Score, part: int | str, new: Part) -> Score:
    k = find_part(score, part)
    return replace(score, parts=(*score.parts[:k], new, *score.parts[k + 1 :]))
