"""How each beat is divided: the simplest grid on which its onsets lie likely enough.

Conventions: a place is counted in beats; lines are fractions of a beat. Each beat has its own division;
neighbours of one family (in two or in three) are likelier than changes.

Source: own; a likelihood with a cost on complexity, as in Cemgil, Desain and Kappen, "Rhythm
Quantization for Transcription", Computer Music Journal 24 (2000), the best way by dynamic programming.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Division", "choose_divisions", "divisions_for", "snap_ends", "snap_places"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
_SPREAD_S: Final = 0.020
_SPREAD_BEATS: Final = 0.022
_MOST: Final = 5.0
_MERGED: Final = 2.5
_CHANGE: Final = 1.2


@dataclass(frozen=True, slots=True)
class Division:
    """A way to divide a beat.

    Parameters
    ----------
    name : str
    lines : tuple of float, beats
        Where onsets lie, 0 and 1 among them.
    written : tuple of float, beats
        Where each line is written.
    cost : float
        How unlikely it is, in natural units.
    family : int
        2 or 3; 0 goes with both.
    """

    name: str
    lines: tuple[float, ...]
    written: tuple[float, ...]
    cost: float
    family: int


def _even(n: int, cost: float, family: int) -> Division:
    lines = tuple(k / n for k in range(n + 1))
    return Division(str(n), lines, lines, cost, family)


_SIMPLE: Final = (_even(1, 0.0, 0), _even(2, 0.5, 2), _even(4, 1.6, 2), _even(3, 2.2, 3))
_FINE: Final = (_even(8, 4.5, 2), _even(6, 4.5, 3))
_COMPOUND: Final = (_even(1, 0.0, 0), _even(3, 0.4, 3), _even(6, 1.6, 3), _even(2, 2.8, 2))
_COMPOUND_FINE: Final = (_even(12, 4.5, 3), _even(4, 4.5, 2))
_EIGHTHS: Final = (_even(1, 0.0, 0), _even(2, 1.0, 2))
_FINE_S: Final = 0.62
_SWUNG: Final = 0.57
_THIRD: Final = 2 / 3


def divisions_for(*, beat_qn: float, beat_s: float, swing: float = 0.5) -> tuple[Division, ...]:
    """Return the divisions that come into question.

    Parameters
    ----------
    beat_qn : float, quarter notes
        1.5 is a beat of three eighths; 0.5 a beat that is an eighth itself.
    beat_s : float, seconds
        Slow beats may be divided finely.
    swing : float, 0.5 to 0.75
        Swung eighths are written as the first and third of a triplet.

    Returns
    -------
    tuple of Division

    Examples
    --------
    >>> [one.name for one in divisions_for(beat_qn=1.0, beat_s=0.5)]
    ['1', '2', '4', '3']
    >>> [one.name for one in divisions_for(beat_qn=1.0, beat_s=0.5, swing=0.64)]
    ['1', 'swing', '2', '4', '3']
    """
    if beat_qn >= 1.5:
        return _COMPOUND + (_COMPOUND_FINE if beat_s > 1.5 * _FINE_S else ())
    if beat_qn <= 0.5:
        return _EIGHTHS
    found = _SIMPLE + (_FINE if beat_s > _FINE_S else ())
    if swing >= _SWUNG:
        swung = Division("swing", (0.0, swing, 1.0), (0.0, _THIRD, 1.0), 0.4, 3)
        even = Division("2", (0.0, 0.5, 1.0), (0.0, 0.5, 1.0), 1.6, 2)
        found = (found[0], swung, even, *found[2:])
    return found


def choose_divisions(
    places: Float64,
    beat_s: Float64,
    *,
    n_beats: int,
    options: Sequence[Division],
    weight: Float64 | None = None,
    lean: Int64 | None = None,
) -> Int64:
    """Return the division of each beat.

    Parameters
    ----------
    places : float64, shape (n,), beats, >= 0
        Onsets, rising; those of one chord only once.
    beat_s : float64, shape (n_beats,), seconds
        Length of each beat.
    n_beats : int
    options : sequence of Division
        From `divisions_for`.
    weight : float64, shape (n,), or None
        How sure each onset is, about 1.
    lean : int64, shape (n_beats,), or None
        Divisions of the whole ensemble, which a part likes to share.

    Returns
    -------
    int64, shape (n_beats,)
        Indices of `options`.

    Examples
    --------
    >>> options = divisions_for(beat_qn=1.0, beat_s=0.5)
    >>> places = np.array([0.01, 0.49, 1.0, 1.34, 1.66, 2.0])
    >>> found = choose_divisions(places, np.full(3, 0.5), n_beats=3, options=options)
    >>> [options[k].name for k in found]
    ['2', '3', '1']
    """
    sure = np.ones(len(places)) if weight is None else weight
    cost = np.tile([one.cost for one in options], (n_beats, 1))
    beat = np.minimum(np.floor(places).astype(np.int64), n_beats - 1)
    for k in np.unique(beat):
        mine = beat == k
        inside = places[mine] - k
        spread = _SPREAD_S / beat_s[k] + _SPREAD_BEATS
        for m, one in enumerate(options):
            away = np.abs(inside[:, None] - np.array(one.lines)[None, :])
            nearest = away.argmin(axis=1)
            misfit = np.minimum(_MOST, 0.5 * (away.min(axis=1) / spread) ** 2)
            n_merged = len(nearest) - len(np.unique(nearest))
            cost[k, m] += float((misfit * sure[mine]).sum()) + _MERGED * n_merged
            if lean is not None:
                same = options[int(lean[k])].family
                cost[k, m] += 0.0 if one.family in (0, same) or same == 0 else 0.8
    family = np.array([one.family for one in options])
    change = _CHANGE * ((family[:, None] * family[None, :] > 0) & (family[:, None] != family))
    total = cost[0]
    back = np.zeros(cost.shape, np.int64)
    for k in range(1, n_beats):
        reach = total[None, :] + change
        back[k] = reach.argmin(axis=1)
        total = reach.min(axis=1) + cost[k]
    way = np.zeros(n_beats, np.int64)
    way[-1] = int(total.argmin())
    for k in range(n_beats - 1, 0, -1):
        way[k - 1] = back[k, way[k]]
    return way


def snap_places(places: Float64, divisions: Int64, options: Sequence[Division]) -> Float64:
    """Return places moved to the written lines of their beats.

    Parameters
    ----------
    places : float64, shape (n,), beats, >= 0
    divisions : int64, shape (n_beats,)
    options : sequence of Division

    Returns
    -------
    float64, shape (n,), beats

    Examples
    --------
    >>> options = divisions_for(beat_qn=1.0, beat_s=0.5)
    >>> snap_places(np.array([0.98, 1.3]), np.array([0, 3]), options).round(3).tolist()
    [1.0, 1.333]
    """
    out = np.zeros(len(places))
    beat = np.clip(np.floor(places).astype(np.int64), 0, len(divisions) - 1)
    for k, place in enumerate(places.tolist()):
        one = options[int(divisions[beat[k]])]
        away = np.abs(place - beat[k] - np.array(one.lines))
        out[k] = beat[k] + one.written[int(away.argmin())]
    return out


def snap_ends(
    ends: Float64, onsets: Float64, divisions: Int64, options: Sequence[Division]
) -> Float64:
    """Return ends moved to lines that go with how their beat is divided.

    Parameters
    ----------
    ends, onsets : float64, shape (n,), beats
        Each end after its onset.
    divisions : int64, shape (n_beats,)
    options : sequence of Division

    Returns
    -------
    float64, shape (n,), beats
        Still after the onset. A whole beat may be halved (a beat of three: cut in three).

    Examples
    --------
    >>> options = divisions_for(beat_qn=1.0, beat_s=0.5)
    >>> snap_ends(np.array([0.5, 1.5]), np.zeros(2), np.array([3, 0]), options).round(2).tolist()
    [0.67, 1.5]
    """
    out = ends.copy()
    coarse = options[1].written
    for k, end in enumerate(ends.tolist()):
        beat = min(max(0, int(end + 1e-9)), len(divisions) - 1)
        lines = np.array(options[int(divisions[beat])].written)
        if len(lines) == 2:
            lines = np.array(coarse)
        choices = beat + lines
        choices = choices[choices > onsets[k] + 1e-6]
        if end <= len(divisions) and len(choices):
            away = np.round(np.abs(choices - end), 6)
            out[k] = choices[len(choices) - 1 - int(away[::-1].argmin())]
    return out
