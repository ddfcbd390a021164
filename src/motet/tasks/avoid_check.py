"""Is what was to be avoided absent? Measured on the finished score, trait by trait.

Conventions: as in `motet.brief.avoid`; a note within a sixteenth of a quarter of a beat counts as on it, so
that a humanised part is judged like a plain one.

Offers `check_avoided`, `player_of`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection
from itertools import pairwise

from motet.arranger.restraint import key_tones
from motet.brief import LEAST_LEAP_SEMI, TRAITS, Brief, avoid_title
from motet.errors import ParameterError
from motet.score import Part, Score
from motet.tasks.avoidance import LEAPING, all_beats, sounding_bound
from motet.tasks.check import Check, same
from motet.tasks.harmony import read_harmony
from motet.theory.instrument import find_instrument
from motet.theory.scale import Key

__all__ = ["check_avoided", "player_of"]

Cells = Collection[tuple[int, int]]
_NEAR = 8  # part of a quarter note that still counts as on the beat


def check_avoided(score: Score, brief: Brief, key: Key | None, cells: Cells) -> list[Check]:
    """Return one check for everything that was to be avoided.

    Parameters
    ----------
    score : Score
    brief : Brief
    key : Key or None
        Of the piece.
    cells : collection of (bar, part)
        What was written; only that is judged.

    Returns
    -------
    list of Check

    Examples
    --------
    >>> from dataclasses import replace
    >>> from motet.score import make_score
    >>> brief = Brief(avoid="leaps, syncopation", parts="flute:melody")
    >>> score = make_score("C4:1 C5:3")
    >>> score = score.with_parts(replace(score.parts[0], role="melody"))
    >>> found = check_avoided(score, brief, None, {(0, 0)})
    >>> [(one.measured[0], one.ok) for one in found]
    [('1', False), ('0', True)]
    """
    count: dict[str, Callable[[], int]] = {
        "syncopation": lambda: sum(_n_held_over(score, k, cells) for k in range(len(score.parts))),
        "leaps": lambda: sum(_n_leaps(score, k, cells) for k in range(len(score.parts))),
        "high notes": lambda: _n_beyond(score, cells, "high notes"),
        "low notes": lambda: _n_beyond(score, cells, "low notes"),
        "minor": lambda: int(key is not None and key.is_minor),
        "major": lambda: int(key is not None and not key.is_minor),
        "chromatic notes": lambda: _n_outside(score, key, cells),
        "seventh chords": lambda: _n_sevenths(score, cells),
    }
    found = []
    for name in brief.avoid:
        en, zh = avoid_title(name)
        n = count[name]() if name in TRAITS else _n_parts(score, name, cells)
        found.append(
            Check(
                name="avoid", what=(f"avoided: {en}", f"避免:{zh}"), requested=same("0"),
                measured=same(str(n)), ok=n == 0,
            )
        )  # fmt: skip
    return found


def _n_parts(score: Score, name: str, cells: Cells) -> int:
    """Return how many parts with notes have a role or play an instrument."""
    open_parts = {k for _, k in cells}
    return sum(
        bool(part.notes)
        and k in open_parts
        and (part.role == name or (part.is_drums and name == "drums") or player_of(part) == name)
        for k, part in enumerate(score.parts)
    )


def _n_sevenths(score: Score, cells: Cells) -> int:
    """Return how many chords that sound in what was written have more than three tones."""
    chords = read_harmony(score, bars={bar for bar, _ in cells})
    return sum(len(one.chord.pcs) > 3 for one in chords)


def player_of(part: Part) -> str:
    """Return the identifier of a part's instrument, told by its name, else by its program.

    Parameters
    ----------
    part : Part

    Returns
    -------
    str

    Examples
    --------
    >>> player_of(Part(name="Violin 2", program=40)), player_of(Part(is_drums=True))
    ('violin', 'drums')
    """
    own = find_instrument("drums" if part.is_drums else part.program)
    try:
        named = find_instrument(part.name.rstrip(" 0123456789"))
    except ParameterError:
        return own.identifier
    return (named if named.program == own.program else own).identifier


def _n_held_over(score: Score, k: int, cells: Cells) -> int:
    """Return how many notes of a part begin off the beat and are held over the next."""
    if score.parts[k].is_drums:
        return 0
    beats = all_beats(score)
    near = score.resolution // _NEAR
    n = 0
    for note in score.parts[k].notes:
        if not note.duration_tick or (score.bar_at(note.onset_tick), k) not in cells:
            continue
        at = bisect_right(beats, note.onset_tick)
        before, due = beats[max(0, at - 1)], beats[min(at, len(beats) - 1)]
        is_off = note.onset_tick - before > near and due - note.onset_tick > near
        n += is_off and note.end_tick > due + near
    return n


def _n_leaps(score: Score, k: int, cells: Cells) -> int:
    """Return how often a single line leaps."""
    part = score.parts[k]
    if part.is_drums or part.role not in LEAPING:
        return 0
    notes = [n for n in part.notes if n.duration_tick]
    onsets = [note.onset_tick for note in notes]
    if len(set(onsets)) < len(onsets):
        return 0
    return sum(
        abs(two.pitch - one.pitch) >= LEAST_LEAP_SEMI
        for one, two in pairwise(notes)
        if (score.bar_at(two.onset_tick), k) in cells
    )


def _n_beyond(score: Score, cells: Cells, name: str) -> int:
    """Return how many notes lie in the outer third of their instrument."""
    n = 0
    for k, part in enumerate(score.parts):
        if part.is_drums or not part.notes:
            continue
        bound = sounding_bound(part, name)
        n += sum(
            (note.pitch > bound if name == "high notes" else note.pitch < bound)
            for note in part.notes
            if (score.bar_at(note.onset_tick), k) in cells
        )
    return n


def _n_outside(score: Score, key: Key | None, cells: Cells) -> int:
    """Return how many notes lie outside the key."""
    if key is None:
        return 0
    tones = key_tones(key)

    def count(k: int, part: Part) -> int:
        return sum(
            note.pitch % 12 not in tones
            for note in part.notes
            if (score.bar_at(note.onset_tick), k) in cells
        )

    return sum(count(k, part) for k, part in enumerate(score.parts) if not part.is_drums)
