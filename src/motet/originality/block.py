"""Stopping long verbatim runs while music is being written.

Conventions: a run is a line of successive intervals that is also in the index, whatever its key and
rhythm. It is too long when it has `max_notes` notes and says `MIN_BITS`: scales and repeated notes say
little and may go on. What is asked depends on nothing but the line, so the same seed gives the same notes.

Offers `RunBlock`, `MIN_BITS`, `longest_run`.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import numpy as np

from motet.errors import ParameterError
from motet.originality.gram import GRAM
from motet.originality.line import Ints
from motet.originality.seed import find_places
from motet.originality.store import Store

__all__ = ["MIN_BITS", "RunBlock", "longest_run"]

MIN_BITS: Final = 30.0
"""What a run must say to be stopped; a chance run of a million lines says 20."""
_LEAST: Final = 12
_MEMORY: Final = 4096
_STRIDE: Final = 4
"""Notes between two looks into the index; between them only runs that were found are followed."""
_NONE: Final[frozenset[int]] = frozenset()


class RunBlock:
    """What the engine asks before each note of a line: `motet.engine.write_cells` takes it as ``forbid``.

    Parameters
    ----------
    store : Store
    max_notes : int, notes, >= 12

    Raises
    ------
    ParameterError
        `max_notes` is too small: anybody may write eleven notes.

    Examples
    --------
    >>> from motet.originality.build import index_grids
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> tune = "C4:1 E4:1 D4:1 G4:1 F4:1 A4:1 C5:1 B4:1 G4:1 C5:1 E5:1 D5:1 F5:1 D5:1 C5:1 G4:1 E4:1 G4:1"
    >>> known = score_to_grid(make_score(f"{tune} A4:1 F4:1", fifths=0)).grid
    >>> block = index_grids([known], names=["a"], window=1).run_block(20)
    >>> line = known.notes["pitch"].tolist()[:19]
    >>> block(line) == {65}, block([p + 2 for p in line]) == {67}, block(line[1:]) == set()
    (True, True, True)
    """

    def __init__(self, store: Store, *, max_notes: int) -> None:
        if max_notes < _LEAST:
            raise ParameterError(
                f"max_notes must be {_LEAST} or more, got {max_notes}; try 24",
                zh=f"max_notes 须不小于 {_LEAST},收到 {max_notes};可试 24",
            )
        self.store = store
        self.max_notes = max_notes
        self._n_seed = max_notes - _STRIDE
        self._known: OrderedDict[tuple[int, ...], Ints] = OrderedDict()

    def __call__(self, line: Sequence[int]) -> frozenset[int]:
        """Return the pitches that may not come next.

        Parameters
        ----------
        line : sequence of int
            The pitches of the line so far, as they sound or moved by any number of semitones.

        Returns
        -------
        frozenset of int
            Mostly empty.
        """
        n_new = len(line) % _STRIDE
        seed = tuple(line[len(line) - n_new - self._n_seed : len(line) - n_new])
        if len(line) < self.max_notes - 1 or len(seed) < self._n_seed:
            return _NONE
        if seed not in self._known:
            self._known[seed] = self._find(np.array(seed, np.int64))
            if len(self._known) > _MEMORY:
                self._known.popitem(last=False)
        starts = self._known[seed]
        if not len(starts):
            return _NONE
        tail = np.array(line[-self.max_notes + 1 :], np.int64)
        if float(self.store.surprise.pitch_bits(tail)[1:].sum()) < MIN_BITS:
            return _NONE
        n_before = len(tail) - n_new - self._n_seed
        return self._next_pitches(tail, starts - n_before)

    def _find(self, seed: Ints) -> Ints:
        """Return the places where the index has the intervals of a few notes."""
        at, places, _ = find_places(self.store, seed)
        starts = np.unique(places - at)
        return _that_go_so(self.store, starts, seed)

    def _next_pitches(self, tail: Ints, starts: Ints) -> frozenset[int]:
        """Return the pitches with which runs of known music go on."""
        store = self.store
        starts = _that_go_so(store, starts, tail)
        after = starts + len(tail)
        ends = store.line_starts[np.searchsorted(store.line_starts, starts, side="right")]
        goes_on = after[after < ends]
        return frozenset((int(tail[-1]) + store.all_steps[goes_on].astype(np.int64)).tolist())


def _that_go_so(store: Store, starts: Ints, tail: Ints) -> Ints:
    """Return those places at which a line goes on with the intervals of a tail."""
    last = np.searchsorted(store.line_starts, starts, side="right")
    inside = (starts >= 0) & (last < len(store.line_starts))
    starts, last = starts[inside], last[inside]
    starts = starts[starts + len(tail) <= store.line_starts[last]]
    steps = store.all_steps[starts[:, None] + np.arange(1, len(tail))]
    same: Ints = starts[(steps == np.diff(tail)).all(axis=1)]
    return same


def longest_run(store: Store, pitch: Ints) -> int:
    """Return the notes of the longest run of a line that is also in the index.

    A run counts when it has an informative gram that the index keeps: all runs do that are longer than
    the window of the winnowing and a gram, and are not clichés.

    Parameters
    ----------
    store : Store
    pitch : int64, shape (n,)

    Returns
    -------
    int
        0 when there is none of seven notes or more.

    Examples
    --------
    >>> longest_run.__name__
    'longest_run'
    """
    own, places, _ = find_places(store, pitch)
    steps = np.diff(pitch)
    line = np.searchsorted(store.line_starts, places, side="right") - 1
    best = 0
    seen: set[tuple[int, int]] = set()
    for place, mine, k in zip(places.tolist(), own.tolist(), line.tolist(), strict=True):
        start, end = int(store.line_starts[k]), int(store.line_starts[k + 1])
        back, ahead = min(place - start, mine), min(end - place, len(pitch) - mine)
        if back + ahead <= best or (place - mine, mine // GRAM) in seen:
            continue
        theirs = store.all_steps[place - back + 1 : place + ahead]
        same = theirs == steps[mine - back : mine + ahead - 1]
        if not same[back : back + GRAM].all():
            continue
        breaks = np.flatnonzero(~same)
        before = breaks[breaks < back]
        after = breaks[breaks >= back]
        low = int(before[-1]) + 1 if len(before) else 0
        high = int(after[0]) if len(after) else len(same)
        best = max(best, high - low + 1)
        seen.add((place - mine, mine // GRAM))
    return best
