"""Where a piece may agree with the index: grams in common, extended as far as they go.

Conventions: every gram of the index is compared, not only those whose places its file keeps; the rarest
are followed up first, so that clichés find little. A gram that both have is extended to both sides for
as long as intervals that agree say more than those that differ cost. Hits on one diagonal of one line
are one candidate.

Offers `Candidate`, `find_candidates`, `find_places`, `scan_places`.

Source: seeds extended without gaps, after S. F. Altschul and others, "Basic Local Alignment Search
Tool", Journal of Molecular Biology 215, 1990.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.originality.align import CHANGED
from motet.originality.gram import GRAM, hash_grams
from motet.originality.habit import hash_runs
from motet.originality.line import Ints, Line
from motet.originality.store import SCAN_BITS, Store

__all__ = ["Candidate", "find_candidates", "find_places", "scan_places"]

_N_CANDIDATES: Final = 96
_BIN: Final = 16
_MOST_HITS: Final = 10_000
"""How many places are followed up, those of rare grams first."""
_REACH: Final = 32
_MORE: Final = 2.0
"""Bits that each further gram on a diagonal is worth in the ranking."""
_NOWHERE: Final = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A diagonal of one's own line and one of the index.

    Parameters
    ----------
    weight : float
    own_id : int
        Which of one's own lines.
    line : int
        Which of the index.
    diagonal : int
        Their index minus one's own.
    span : (int, int, int)
        First, best and last own note that begins a gram in common.
    """

    weight: float
    own_id: int
    line: int
    diagonal: int
    span: tuple[int, int, int]


def find_candidates(store: Store, lines: Sequence[Line]) -> list[Candidate]:
    """Return the likeliest candidates, the weightiest first.

    Parameters
    ----------
    store : Store
    lines : sequence of Line

    Returns
    -------
    list of Candidate

    Examples
    --------
    >>> find_candidates.__name__
    'find_candidates'
    """
    found = scan_places(store, lines)
    n_hits = sum(len(one[0]) for one in found)
    if not n_hits:
        return []
    owner = np.repeat(np.arange(len(lines)), [len(one[0]) for one in found])
    own, theirs, counts = (np.concatenate([one[k] for one in found]) for k in (0, 1, 2))
    line = np.searchsorted(store.line_starts, theirs, side="right") - 1
    told = np.log2(store.facts["n_pieces"] / counts + 1) + _extend(store, lines, owner, own, theirs)
    diagonal = theirs - own + (1 << 26)
    best: dict[tuple[int, int, int], Candidate] = {}
    for offset in (0, _BIN // 2):
        key = (owner << 34) + (diagonal + offset) // _BIN
        inverse = np.unique(key, return_inverse=True)[1]
        order = np.lexsort((-told, inverse))
        first = np.flatnonzero(np.diff(inverse[order], prepend=-1))
        sizes = np.bincount(inverse)
        weight = told[order[first]] + _MORE * sizes
        for one in np.argsort(-weight, kind="stable")[:_N_CANDIDATES]:
            members = own[order[first[one] : first[one] + sizes[one]]]
            seed = order[first[one]]
            found_one = Candidate(
                weight=float(weight[one]),
                own_id=int(owner[seed]),
                line=int(line[seed]),
                diagonal=int(theirs[seed] - store.line_starts[line[seed]] - own[seed]),
                span=(int(members.min()), int(own[seed]), int(members.max())),
            )
            place = (found_one.own_id, found_one.line, found_one.diagonal // _BIN)
            if place not in best or best[place].weight < found_one.weight:
                best[place] = found_one
    ranked = sorted(
        best.values(), key=lambda one: (-one.weight, one.own_id, one.line, one.diagonal)
    )
    return ranked[:_N_CANDIDATES]


def _extend(
    store: Store, lines: Sequence[Line], owner: Ints, own: Ints, theirs: Ints
) -> npt.NDArray[np.float64]:
    """Return the bits of the runs, without gaps, that hits are part of."""
    starts = np.cumsum([_REACH, *(len(line) for line in lines)])
    steps = np.full(int(starts[-1]) + _REACH, _NOWHERE, np.int64)
    bits = np.zeros(len(steps))
    for start, line in zip(starts, lines, strict=False):
        steps[start + 1 : start + len(line)] = np.diff(line.pitch)
        bits[start : start + len(line)] = store.surprise.pitch_bits(line.pitch)
    at = starts[owner] + own
    known = store.all_steps
    reach = np.arange(_REACH)
    total = np.zeros(len(at))
    for sign, first in ((1, 1), (-1, 0)):
        here = at[:, None] + sign * reach + first
        there = np.clip(theirs[:, None] + sign * reach + first, 0, len(known) - 1)
        gain: Any = np.where(known[there] == steps[here], bits[here], -CHANGED)
        total += np.maximum(np.cumsum(gain, axis=1).max(axis=1), 0.0)
    return total


def scan_places(store: Store, lines: Sequence[Line]) -> list[tuple[Ints, Ints, Ints]]:
    """Return where the index has the grams of each line: as `find_places`, but of all its music.

    Parameters
    ----------
    store : Store
    lines : sequence of Line

    Returns
    -------
    list of (int64 array, int64 array, int64 array)

    Examples
    --------
    >>> scan_places.__name__
    'scan_places'
    """
    if not lines:
        return []
    told = [hash_grams(line.pitch) for line in lines]
    at = [np.flatnonzero(wanted) for _, wanted in told]
    own = [
        hash_runs(np.diff(line.pitch), GRAM)[one] >> np.uint32(32 - SCAN_BITS)
        for line, one in zip(lines, at, strict=True)
    ]
    codes, uses = np.unique(np.concatenate(own), return_counts=True)
    wanted = np.zeros(1 << SCAN_BITS, np.bool_)
    wanted[codes] = True
    places = np.flatnonzero(wanted[store.gram_codes])
    ids = np.searchsorted(codes, store.gram_codes[places])
    counts = np.bincount(ids, minlength=len(codes))
    rare = np.argsort(counts, kind="stable")
    is_rare = np.zeros(len(codes), np.bool_)
    is_rare[rare[np.cumsum((counts * uses)[rare]) <= _MOST_HITS]] = True
    kept = is_rare[ids]
    order = np.argsort(ids[kept], kind="stable")
    places = places[kept][order].astype(np.int64)
    counts = np.where(is_rare, counts, 0)
    first = np.cumsum(counts) - counts
    found = []
    for one, mine in zip(at, own, strict=True):
        gram = np.searchsorted(codes, mine)
        n = counts[gram]
        spread = np.arange(int(n.sum())) - np.repeat(np.cumsum(n) - n, n)
        found.append(
            (np.repeat(one, n), places[np.repeat(first[gram], n) + spread], np.repeat(n, n))
        )
    return found


def find_places(store: Store, pitch: Ints) -> tuple[Ints, Ints, Ints]:
    """Return where the index has grams of a line: place in the line, in the index, how many places.

    Parameters
    ----------
    store : Store
    pitch : int64, shape (n,)

    Returns
    -------
    int64, shape (m,), three times

    Examples
    --------
    >>> find_places.__name__
    'find_places'
    """
    hashes, wanted = hash_grams(pitch)
    at = np.flatnonzero(wanted)
    first = store.bounds[hashes[at]].astype(np.int64)
    counts = store.bounds[hashes[at] + 1].astype(np.int64) - first
    spread = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    places = store.places[np.repeat(first, counts) + spread].astype(np.int64)
    return np.repeat(at, counts), places, np.repeat(counts, counts)
