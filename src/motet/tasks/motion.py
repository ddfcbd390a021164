"""Motion: a line that is sung moves on, and repeats a note only now and then.

Conventions: a line is the pitches of a part in order; what is forbidden is asked for by the engine before
each note (`motet.engine.write.write_cells`). Tuned on people's tunes: half of them repeat fewer than one
note in twelve, nine of ten fewer than one in four.

Offers `forbid_repeats`, `join_forbids`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import Final

__all__ = ["forbid_repeats", "join_forbids"]

Forbid = Callable[[Sequence[int]], Collection[int]]

_MEMORY: Final = 10
_MOST: Final = 2


def forbid_repeats(line: Sequence[int]) -> Collection[int]:
    """Return the last pitch of a line that has repeated notes twice of late, else nothing.

    Parameters
    ----------
    line : sequence of int
        Pitches so far.

    Returns
    -------
    collection of int

    Examples
    --------
    >>> forbid_repeats([60, 60, 62, 62]), forbid_repeats([60, 60, 62, 64])
    ((62,), ())
    """
    recent = line[-_MEMORY - 1 :]
    is_full = sum(one == two for one, two in pairwise(recent)) >= _MOST
    return (recent[-1],) if is_full else ()


def join_forbids(*forbids: Forbid | None) -> Forbid:
    """Return a callable that forbids what any of several does.

    Parameters
    ----------
    *forbids : Forbid or None

    Returns
    -------
    Forbid

    Examples
    --------
    >>> sorted(join_forbids(forbid_repeats, None, lambda line: {70})([60, 60, 60]))
    [60, 70]
    """
    known = [one for one in forbids if one is not None]

    def forbid(line: Sequence[int]) -> Collection[int]:
        return {pitch for one in known for pitch in one(line)}

    return forbid
