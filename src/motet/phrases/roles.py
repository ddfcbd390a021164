"""Which part of a piece is its melody, bass, drums, chords or strings.

Conventions: parts are told by what their rows say (role, program) and by what they play (height, notes
an onset, share of the bars); names are not read. Each part has at most one role, each role at most one
part here, and a role that nothing fits has none.

Offers `find_roles` and the names, `ROLE_NAMES`.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from motet.tokens.grid import find_groups
from motet.tokens.layout import GridScore

__all__ = ["ROLE_NAMES", "find_roles"]

ROLE_NAMES: Final = ("melody", "bass", "drums", "chords", "strings")

_Figures = npt.NDArray[np.float64]

_TUNE_ROLES: Final = ("melody", "voice", "solo")
_PAD_ROLES: Final = ("pad", "strings", "counter", "horns")
_LEAST_NOTES: Final = 4
_ONE_VOICE: Final = 1.35
"""Notes an onset up to which a part counts as one voice."""
_BASS_TOP: Final = 58.0
"""Mean pitch above which no part is a bass without saying so."""


def find_roles(grid: GridScore) -> dict[str, tuple[int, ...]]:
    """Return the parts that play each role.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    dict of str to tuple of int
        An entry for every name in `ROLE_NAMES`: indices in `grid.parts`, at most one, none where no
        part fits.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> score = make_score("C5:1 E5:1 G5:1 E5:1", "C4+E4+G4:2 C4+E4+G4:2", "C2:1 C2:1 G2:1 G2:1")
    >>> {role: found for role, found in find_roles(score_to_grid(score).grid).items() if found}
    {'melody': (0,), 'bass': (2,), 'chords': (1,)}
    """
    roles: dict[str, tuple[int, ...]] = dict.fromkeys(ROLE_NAMES, ())
    k = len(grid.parts)
    if not k or not grid.n_notes:
        return roles
    n_notes, voices, height, share = _measure(grid)
    free = n_notes >= min(_LEAST_NOTES, grid.n_bars)
    is_drums = np.array([one.is_drums for one in grid.parts])
    program = np.array([one.program for one in grid.parts])
    said = [one.role for one in grid.parts]

    def take(name: str, score: _Figures, allowed: npt.NDArray[np.bool_]) -> None:
        fits = free & allowed & (score > 0)
        if fits.any():
            best = int(np.argmax(np.where(fits, score, -np.inf)))
            roles[name] = (best,)
            free[best] = False

    take("drums", n_notes, is_drums)
    pitched = ~is_drums
    take("bass", _bass_score(program, said, voices, height, share, pitched & free), pitched)
    take("melody", _melody_score(program, said, voices, height, share), pitched)
    take("chords", _chords_score(program, said, voices, share), pitched)
    take("strings", _strings_score(program, said, share), pitched)
    return roles


def _measure(grid: GridScore) -> tuple[_Figures, _Figures, _Figures, _Figures]:
    """Return notes, notes an onset, mean pitch and share of the bars of each part."""
    k = len(grid.parts)
    part = grid.notes["part"]
    new_cell, new_group = find_groups(grid.notes)
    n_notes = np.bincount(part, minlength=k).astype(np.float64)
    n_onsets = np.bincount(part[new_group], minlength=k)
    n_cells = np.bincount(part[new_cell], minlength=k)
    total = np.bincount(part, weights=grid.notes["pitch"], minlength=k)
    some = np.maximum(n_notes, 1)
    return (
        n_notes,
        n_notes / np.maximum(n_onsets, 1),
        total / some,
        n_cells / max(1, grid.n_bars),
    )


def _says(said: list[str], names: tuple[str, ...]) -> _Figures:
    """Return 1 where a part says one of the roles, -1 where it says another one, else 0."""
    return np.array([0.0 if not one else 1.0 if one in names else -1.0 for one in said])


def _within(program: npt.NDArray[np.int64], first: int, end: int) -> _Figures:
    """Return 1 for General MIDI programs of a span, else 0."""
    return ((program >= first) & (program < end)).astype(np.float64)


def _bass_score(
    program: npt.NDArray[np.int64],
    said: list[str],
    voices: _Figures,
    height: _Figures,
    share: _Figures,
    pitched: npt.NDArray[np.bool_],
) -> _Figures:
    """Return how much each part is a bass; 0 or less is no."""
    says = _says(said, ("bass",))
    names_it = (says > 0) | (_within(program, 32, 40) > 0)
    lowest = height <= np.where(pitched, height, np.inf).min() + 1e-9
    alone = pitched.sum() < 2
    low = lowest & (height < _BASS_TOP) & (voices < _ONE_VOICE) & (not alone)
    low &= (says >= 0) | np.array([one == "voice" for one in said])
    fits = names_it | low
    return np.where(fits, 1 + 3 * (says > 0) + 2 * names_it + share + (60 - height) / 24, 0.0)


def _melody_score(
    program: npt.NDArray[np.int64],
    said: list[str],
    voices: _Figures,
    height: _Figures,
    share: _Figures,
) -> _Figures:
    """Return how much each part is a tune; 0 or less is no."""
    says = _says(said, _TUNE_ROLES)
    exact = np.array([one == "melody" for one in said], np.float64)
    one_voice = voices < _ONE_VOICE
    in_reach = (height > 48) & (height < 96)
    score = 1 + 4 * exact + 1.5 * (says > 0) - 3 * (says < 0) + 1.5 * share
    score += (height - 60) / 12 + 0.5 * (_within(program, 52, 55) + _within(program, 56, 88))
    return np.where(one_voice & in_reach, np.maximum(score, 0.05), 0.0) * (says > -1 + exact)


def _chords_score(
    program: npt.NDArray[np.int64], said: list[str], voices: _Figures, share: _Figures
) -> _Figures:
    """Return how much each part plays chords; 0 or less is no."""
    says = _says(said, ("comping",))
    plays = (voices > _ONE_VOICE) | (says > 0)
    score = np.minimum(voices, 4) + 2 * (says > 0) + 2 * share + _within(program, 0, 32)
    return np.where(plays, score - 2 * (says < 0), 0.0)


def _strings_score(program: npt.NDArray[np.int64], said: list[str], share: _Figures) -> _Figures:
    """Return how much each part is a pad or counter line; 0 or less is no."""
    says = _says(said, _PAD_ROLES)
    pads = _within(program, 40, 56) + _within(program, 88, 96)
    return 0.2 + 2 * (says > 0) + pads + 2 * share
