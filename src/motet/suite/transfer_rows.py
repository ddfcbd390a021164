"""What the table of style transfer compares: Motet, other instruments alone, the arranger alone.

Conventions: every row is a score made from the same source for the same target; a row is None where it
could not be made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from motet.arranger import ArrangeRequest, write_piece
from motet.errors import MotetError
from motet.score import Score
from motet.tasks.kin import KIN
from motet.tasks.restyle import restyle
from motet.tasks.restyle.source import Source
from motet.tasks.restyle.target import Target
from motet.theory.instrument import find_instrument

__all__ = ["ALONE", "KEPT", "OPEN", "ROWS", "SOURCE", "SWAPPED", "make_row", "swap_instruments"]

SOURCE: Final = "the source itself"
SWAPPED: Final = "instruments alone"
ALONE: Final = "arranger alone"
KEPT: Final = "restyle, melody and form kept"
OPEN: Final = "restyle, form kept"
ROWS: Final = (SOURCE, SWAPPED, ALONE, KEPT, OPEN)
_ROLES: Final = ("comping", "pad", "strings", "counter", "horns")


def make_row(row: str, source: Source, target: Target, *, bundle: str = "small") -> Score | None:
    """Return a source in another style, made in one of the ways that are compared.

    Parameters
    ----------
    row : str
        Of `ROWS`.
    source : Source
    target : Target
    bundle : str

    Returns
    -------
    Score or None

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.restyle.source import read_source
    >>> from motet.tasks.restyle.target import find_target
    >>> source = read_source(make_score("E4:2 D4:2 | C4:4", "C3:4 | C3:4"))
    >>> [make_row(row, source, find_target("bossa")).n_bars for row in ROWS[:3]]
    [2, 2, 2]
    """
    makers: dict[str, Callable[[], Score]] = {
        SOURCE: lambda: source.score,
        SWAPPED: lambda: swap_instruments(source, target),
        ALONE: lambda: _arranged(source, target),
        KEPT: lambda: (
            restyle(
                source.score, to=target.name, bundle=bundle, candidates=1, originality=False
            ).score
        ),
        OPEN: lambda: (
            restyle(
                source.score, to=target.name, keep="form", strength=1.0, ground="arranger"
            ).score
        ),
    }
    try:
        return makers[row]()
    except MotetError:
        return None


def swap_instruments(source: Source, target: Target) -> Score:
    """Return a source with the target's instruments on the same notes.

    Parameters
    ----------
    source : Source
    target : Target

    Returns
    -------
    Score

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tasks.restyle.source import read_source
    >>> from motet.tasks.restyle.target import find_target
    >>> source = read_source(make_score("E4:2 D4:2 | C4:4", "C3:4 | C3:4"))
    >>> [part.program for part in swap_instruments(source, find_target("bossa")).parts]
    [73, 32]
    """
    style = target.style
    others = [spec for role in _ROLES for spec in style.parts if spec.role == role]
    bass = next((spec for spec in style.parts if spec.role == "bass"), None)
    parts = []
    taken = 0
    for k, part in enumerate(source.score.parts):
        program, role = part.program, part.role
        if part.is_drums:
            role = "drums"
        elif k == source.melody_part:
            program, role = find_instrument(style.melody.instrument).program, "melody"
        elif k == source.bass_part and bass is not None:
            program, role = bass.program, "bass"
        elif others:
            spec = others[taken % len(others)]
            program, role, taken = spec.program, spec.role, taken + 1
        parts.append(replace(part, program=program, role=role))
    return source.score.with_parts(*parts)


def _arranged(source: Source, target: Target) -> Score:
    """Return what `motet arrange` makes of a source: the tune over the style's band, nothing else."""
    score = source.score
    parts = [
        replace(part, role="melody" if k == source.melody_part else "")
        for k, part in enumerate(score.parts)
    ]
    request = ArrangeRequest(style=KIN.get(target.name, target.name))
    return write_piece(score.with_parts(*parts), request).score
