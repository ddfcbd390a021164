"""Transposing: pitches by semitones, names along the line of fifths.

Conventions: on the line of fifths C is 0, G 1, F -1, B-flat -2; a sharp adds 7. Moving every name
by the same number of fifths keeps the name of every interval, so a third stays a third. Each
stretch under one key signature moves by the number that leaves it the fewest accidentals.

Source: line of fifths as in Temperley, The Cognition of Basic Musical Structures (2001), chapter
5.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from motet.errors import ParameterError
from motet.score.note import Note
from motet.score.part import Part
from motet.score.score import Score
from motet.score.selection import part_indices

__all__ = ["transpose", "transpose_name", "transpose_symbol"]

_LETTERS = "FCGDAEB"
_NAME = re.compile(r"^([A-G])([#b♯♭]*)$")
_ROOT = re.compile(r"^([A-G])([#b♯♭]*)")
_BASS = re.compile(r"/([A-G])([#b♯♭]*)$")


def transpose_name(name: str, *, by_fifths: int) -> str:
    """Return a note name moved along the line of fifths.

    Parameters
    ----------
    name : str
        Letter and accidentals; anything else comes back unchanged.
    by_fifths : int
        7 is a chromatic semitone up, -5 a diatonic one, 2 a whole tone.

    Returns
    -------
    str
        More than two accidentals are respelled.

    Examples
    --------
    >>> transpose_name("E", by_fifths=-3), transpose_name("F#", by_fifths=2)
    ('G', 'G#')
    """
    match = _NAME.match(name)
    return name if match is None else _shifted(match, by_fifths, low=-15, high=19)


def transpose_symbol(symbol: str, *, by_fifths: int) -> str:
    """Return a chord symbol with root and bass moved along the line of fifths.

    Parameters
    ----------
    symbol : str
        ``"F#m7b5/E"``; a text that does not begin with a note name comes back unchanged.
    by_fifths : int

    Returns
    -------
    str

    Examples
    --------
    >>> transpose_symbol("Am7/G", by_fifths=2), transpose_symbol("N.C.", by_fifths=2)
    ('Bm7/A', 'N.C.')
    """
    if _ROOT.match(symbol) is None:
        return symbol
    symbol = _BASS.sub(lambda match: "/" + _shifted(match, by_fifths, low=-8, high=11), symbol)
    return _ROOT.sub(lambda match: _shifted(match, by_fifths, low=-8, high=11), symbol)


def _shifted(match: re.Match[str], by_fifths: int, *, low: int, high: int) -> str:
    letter, marks = match.group(1), match.group(2)
    alter = sum(1 if mark in "#♯" else -1 for mark in marks)
    place = _LETTERS.index(letter) - 1 + 7 * alter + by_fifths
    while place > high:
        place -= 12
    while place < low:
        place += 12
    alter, step = divmod(place + 1, 7)
    return _LETTERS[step] + ("#" * alter if alter > 0 else "b" * -alter)


def transpose(score: Score, *, shift_semi: int, parts: Iterable[int | str] | None = None) -> Score:
    """Return the score, or some of its parts, sounding higher or lower.

    Parameters
    ----------
    score : Score
    shift_semi : int, semitones
        12 is an octave up.
    parts : iterable of int or str, or None
        None moves all, with key signatures and chord symbols; otherwise only the notes of these
        parts move. Drum parts never do.

    Returns
    -------
    Score
        Spellings keep the names of all intervals within a key signature.

    Raises
    ------
    ParameterError
        A note would leave the range 0 to 127.

    Examples
    --------
    >>> from motet.score import make_score
    >>> moved = transpose(make_score("C4:1 Eb4:1", fifths=-3, chords="Cm/Eb:2"), shift_semi=2)
    >>> [note.spelling for note in moved.parts[0].notes]
    ['D', 'F']
    >>> moved.keys[0].fifths, moved.chords[0].symbol
    (-1, 'Dm/F')
    """
    chosen = part_indices(score, parts)
    starts = [key.tick for key in score.keys]
    moves = [_fifths_move(key.fifths, shift_semi) for key in score.keys]
    free = _fifths_move(_centre(score, chosen), shift_semi)

    def by_fifths(tick: int) -> int:
        place = bisect_right(starts, tick) - 1
        return moves[place] if place >= 0 else (moves[0] if moves else free)

    out = list(score.parts)
    for k in chosen:
        part = out[k]
        if not part.is_drums:
            _check_range(part, shift_semi)
            out[k] = replace(
                part,
                notes=tuple(
                    _moved(note, shift_semi, by_fifths(note.onset_tick)) for note in part.notes
                ),
                controls=tuple(
                    replace(control, number=min(127, max(0, control.number + shift_semi)))
                    if control.kind == "key-pressure"
                    else control
                    for control in part.controls
                ),
            )
    if parts is not None:
        return replace(score, parts=tuple(out))
    return replace(
        score,
        parts=tuple(out),
        keys=tuple(
            replace(key, fifths=key.fifths + move)
            for key, move in zip(score.keys, moves, strict=True)
        ),
        chords=tuple(
            replace(chord, symbol=transpose_symbol(chord.symbol, by_fifths=by_fifths(chord.tick)))
            for chord in score.chords
        ),
    )


def _moved(note: Note, shift_semi: int, by_fifths: int) -> Note:
    spelling = transpose_name(note.spelling, by_fifths=by_fifths) if note.spelling else ""
    return replace(note, pitch=note.pitch + shift_semi, spelling=spelling)


def _fifths_move(home: int, shift_semi: int) -> int:
    """Return the fifths that a shift means, such that a key at `home` ends nearest to C."""
    move = 7 * shift_semi % 12
    return min((move - 12, move, move + 12), key=lambda m: (abs(home + m), abs(m), -m))


def _centre(score: Score, chosen: tuple[int, ...]) -> int:
    """Return where on the line of fifths the names of a score without keys lie, about its tonic."""
    places = [
        _LETTERS.index(note.spelling[0])
        - 1
        + 7 * (note.spelling.count("#") - note.spelling.count("b"))
        for k in chosen
        for note in score.parts[k].notes
        if _NAME.match(note.spelling)
    ]
    return round(sum(places) / len(places)) - 2 if places else 0


def _check_range(part: Part, shift_semi: int) -> None:
    if not part.notes:
        return
    low = -min(note.pitch for note in part.notes)
    high = 127 - max(note.pitch for note in part.notes)
    if not low <= shift_semi <= high:
        raise ParameterError(
            f"shift_semi must be {low} to {high} for part {part.name!r}, got {shift_semi}; "
            "its notes would leave the range 0 to 127",
            zh=f"声部 {part.name!r} 的 shift_semi 必须在 {low} 到 {high} 之间,收到 {shift_semi};"
            "否则音符会超出 0 到 127",
        )
