"""What a document says before its notes: the header and the plan.

Conventions: parts are given by their index in `GridScore.parts`, and named in header order.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.tokens.grid import describe_parts
from motet.tokens.layout import GridScore, metre_length, tempo_value
from motet.tokens.vocab import FAMILIES, ROLES

__all__ = ["ALL", "write_front"]

ALL: Final = frozenset(
    ("EXTENT", "STYLE", "EMOTION", "DIFFICULTY", "TEMPO", "ROLE", "RANGE", "DENSITY", "POLY", "SECTION")
)  # fmt: skip
"""What a header (and the plan) may say or leave out."""

_START: Final = {name: family.start for name, family in FAMILIES.items()}
_POSX, _POS, _PART = (_START[name] for name in ("POSX", "POS", "PART"))
_PBAR, _SECTION, _METRE, _BARLEN = (_START[name] for name in ("PBAR", "SECTION", "METRE", "BARLEN"))
_CHORD, _NOCHORD, _BASS = (_START[name] for name in ("CHORD", "NOCHORD", "BASS"))
_N_POS: Final = FAMILIES["POS"].size
_LENGTHS: Final = tuple(metre_length(value) for value in range(FAMILIES["METRE"].size))


def _number(value: int, extra: int, base: int, size: int) -> list[int]:
    """Return a number as one token, or two when it is larger than its family."""
    if value < size:
        return [base + value]
    return [extra + value // size - 1, base + value % size]


def write_front(
    grid: GridScore,
    ranks: list[int],
    has_chords: bool,
    min_confidence: float,
    header: Collection[str],
    describe: npt.NDArray[np.int8] | None,
) -> list[int]:
    """Return the header and the plan, to NOTES.

    Parameters
    ----------
    grid : GridScore
    ranks : list of int
        Place of each part in the header.
    has_chords : bool
        Whether the plan says chords.
    min_confidence : float, 0 to 1
        Chords less sure than this are written as no chord.
    header : collection of str
        Which of `ALL` are said.
    describe : int8, shape (k, 3), or None
        RANGE, DENSITY and POLY of each part; None measures them.

    Returns
    -------
    list of int
        Token ids.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid, token_name
    >>> grid = score_to_grid(make_score("C4:3", metre="3/4", fifths=0, chords="C/E:3")).grid
    >>> " ".join(token_name(token) for token in write_front(grid, [0], True, 0.0, {"RANGE"}, None))
    'BOS KEY_0 PART_0 PROG_0 RANGE_6 PLAN PBAR METRE_9 CHORD_0 BASS_4 NOTES'
    """
    ids = [_START["BOS"]]
    said = (
        ("EXTENT", grid.extent),
        ("STYLE", grid.style),
        ("EMOTION", grid.emotion),
        ("DIFFICULTY", grid.difficulty),
        ("TEMPO", tempo_value(grid.qpm)),
    )
    ids += [_START[name] + value for name, value in said if value >= 0 and name in header]
    ids.append(_START["KEY"] + grid.key)
    names = [name if name in header else "" for name in ("RANGE", "DENSITY", "POLY")]
    values: list[list[int]] = []
    if any(names):
        values = (describe_parts(grid) if describe is None else describe).tolist()
    for part in sorted(range(len(ranks)), key=ranks.__getitem__):
        one = grid.parts[part]
        ids += (_PART + one.slot, _START["PROG"] + one.program)
        if one.role and "ROLE" in header:
            ids.append(_START["ROLE"] + ROLES.index(one.role))
        if values:
            for name, value in zip(names, values[part], strict=True):
                if name and value >= 0:
                    ids.append(_START[name] + value)
    ids.append(_START["PLAN"])
    _write_plan(ids, grid, has_chords, min_confidence, has_sections="SECTION" in header)
    ids.append(_START["NOTES"])
    return ids


def _write_plan(
    ids: list[int],
    grid: GridScore,
    has_chords: bool,
    min_confidence: float,
    *,
    has_sections: bool,
) -> None:
    """Append the bars of the plan."""
    chords = _chord_changes(grid, min_confidence) if has_chords else {}
    before = -1
    for bar, (length, metre, section) in enumerate(grid.bars.tolist()):
        ids.append(_PBAR)
        if section >= 0 and has_sections:
            ids.append(_SECTION + section)
        if metre != before:
            ids.append(_METRE + metre)
            before = metre
        if length != _LENGTHS[metre]:
            ids.append(_BARLEN)
            ids += _number(length, _POSX, _POS, _N_POS)
        for pos, chord, bass in chords.get(bar, ()):
            if pos:
                ids += _number(pos, _POSX, _POS, _N_POS)
            ids.append(_NOCHORD if chord < 0 else _CHORD + chord)
            if bass >= 0 and chord >= 0:
                ids.append(_BASS + bass)


def _chord_changes(grid: GridScore, min_confidence: float) -> dict[int, list[tuple[int, int, int]]]:
    """Return for each bar position, chord and bass of what changes in it."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    before: tuple[int, int] | None = None
    for bar, pos, chord, bass, confidence in grid.chords.tolist():
        if confidence < min_confidence:
            if before is None:
                continue
            chord, bass = -1, -1
        if (chord, bass) != before:
            found.setdefault(bar, []).append((pos, chord, bass))
            before = (chord, bass)
    return found
