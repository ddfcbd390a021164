"""The Transformer as one family among others: a phrase ask becomes open cells and their rules.

Conventions: as `motet.engine.phrase_ask`. All candidates are written side by side; every bar of a part
holds at least one onset. `motet compose` does more with the same model: it plans form and returns.

Offers `write`, `parts`.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from motet.engine.bundle import Bundle
from motet.engine.phrase_ask import PHRASE_PARTS, PhraseAsk, lay_parts, open_bars, pitch_mask
from motet.engine.rules import CellRules
from motet.engine.sample import Sampling
from motet.engine.write import Cancel, write_cells
from motet.tokens.harmony import chord_pcs
from motet.tokens.layout import GridScore

__all__ = ["parts", "write"]

_ALL = frozenset(range(12))
_GROUPS = {"melody": 1, "bass": 1, "chords": 5, "strings": 4, "drums": 4}
"""How many notes a part begins at once unless more or fewer are asked for."""
_HOMES = {"melody": (58, 86), "bass": (28, 55), "chords": (45, 76), "strings": (48, 84)}
"""Where a part lies unless a range is asked for: MIDI numbers."""


def parts(bundle: Bundle) -> tuple[str, ...]:
    """Return the parts that the bundle can write: all.

    Parameters
    ----------
    bundle : Bundle

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> parts(None)
    ('melody', 'chords', 'bass', 'strings', 'drums')
    """
    del bundle
    return tuple(PHRASE_PARTS)


def write(bundle: Bundle, ask: PhraseAsk, *, cancel: Cancel | None = None) -> list[GridScore]:
    """Return candidates of what is asked for.

    Parameters
    ----------
    bundle : Bundle
    ask : PhraseAsk
    cancel : Cancel or None

    Returns
    -------
    list of GridScore

    Raises
    ------
    ConstraintError
        The rules cannot be met.

    Examples
    --------
    >>> write.__name__
    'write'
    """
    grid, rows = lay_parts(ask)
    rules = {
        (bar, row): _rules(ask, name, bar)
        for name, row in rows.items()
        for bar in open_bars(grid, row)
    }
    if not rules:
        return [grid] * ask.n
    found = write_cells(
        bundle, grid, rules, rules=rules, sampling=Sampling(temperature=ask.temperature),
        n_candidates=ask.n, seed=ask.seed, cancel=cancel,
    )  # fmt: skip
    return [one.grid for one in found if one.is_whole]


def _rules(ask: PhraseAsk, name: str, bar: int) -> CellRules:
    """Return what a bar of a part must obey."""
    length = int(ask.grid.bars["length"][bar])
    most = ask.max_polyphony or 16
    if name == "drums":
        return CellRules(n_positions=length, min_onsets=1, max_group=min(most, _GROUPS[name]))
    low, high = ask.low, ask.high
    if (ask.low_midi, ask.high_midi) == (0, 127):
        shift = ask.grid.shift_semi
        low, high = (one + shift for one in _HOMES[name])
    spans = _spans(ask, bar, length) if ask.scale else ()
    tones = [(one, two, chord_pcs(_chord(ask, bar, one)) or pcs) for one, two, pcs in spans]
    return CellRules(
        n_positions=length,
        scale=frozenset(pc for _, _, pcs in spans for pc in pcs) if spans else None,
        chords=tuple(tones),
        avoid=tuple((one, two, _ALL - pcs) for one, two, pcs in spans),
        strong=_strong(ask, bar, length) if spans else frozenset(),
        low=low,
        high=high,
        max_polyphony=min(most, _GROUPS[name]),
        max_group=min(most, _GROUPS[name]),
        min_onsets=1,
    )


def _strong(ask: PhraseAsk, bar: int, length: int) -> frozenset[int]:
    """Return the positions of a bar at which chord tones are asked for."""
    if not ask.strong:
        return frozenset()
    start = int(ask.grid.bar_starts[bar])
    return frozenset(pos for pos in range(length) if start + pos in ask.strong_places)


def _chord(ask: PhraseAsk, bar: int, pos: int) -> int:
    """Return the CHORD value at a position of a bar."""
    return ask.chord_at(int(ask.grid.bar_starts[bar]) + pos)


def _spans(ask: PhraseAsk, bar: int, length: int) -> tuple[tuple[int, int, frozenset[int]], ...]:
    """Return the pitch classes that may begin in each stretch of a bar, in its own positions."""
    start = int(ask.grid.bar_starts[bar])
    inner = [int(one) - start for one in ask.chord_starts if start < one < start + length]
    edges = np.unique([0, *inner, length]).tolist()
    free = replace(ask, low_midi=0, high_midi=127, strong=False)
    return tuple(
        (one, two, frozenset(int(pc) for pc in np.flatnonzero(pitch_mask(free, start + one)) % 12))
        for one, two in pairwise(edges)
    )
