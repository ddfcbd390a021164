"""Stretches of one pitch in a line of pitch: where notes begin and end.

Conventions: frames of equal length; pitches are MIDI numbers with fractions; a stretch is half-open,
``first`` to ``end``. No note sounds between stretches.

How: the sum of what each frame costs is made as small as possible, exactly, by dynamic programming
over the frames and the pitches on a grid of a sixth of a semitone. A frame within a note costs its
distance from the note's pitch (no more than two semitones), and less or more as a voice is heard or
not. Beginning a note costs a constant, less where the loudness has dipped. Then what is no note is
settled: scoops and falls join the note that they lead to or come from, wide vibrato becomes one note.

Source: the fit is a Potts functional, as in swift-f0's own segmentation (MIT, https://swift-f0.github.io);
dips, scoops and vibrato are our own, and so are the constants, tuned on sung tunes made by
``tools/sung_tunes.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["Stretch", "find_dips", "find_stretches"]

Float64 = NDArray[np.float64]

_STEP_SEMI: Final = 1 / 6
_FAR_SEMI: Final = 2.0
_BEGIN_S: Final = 0.085
_DIP_DB: Final = 5.0
_LOOK_S: Final = 0.13
_LEAST_DB: Final = 1.5
_REGULAR_S: Final = (0.09, 0.26)
_USUAL_DB: Final = 3.5
_SWUNG_DB: Final = 8.0
_VIBRATO_LEAST_SEMI: Final = 0.12
_FLOOR_DB: Final = 38.0
_SCOOP_S: Final = 0.16
_SCOOP_SEMI: Final = 3.6
_STEADY_S: Final = 0.07
_STEADY_SEMI: Final = 0.35
_VIBRATO_S: Final = 0.14
_VIBRATO_SEMI: Final = 1.8


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of frames, half-open, and its pitch (MIDI number with a fraction)."""

    first: int
    end: int
    pitch_semi: float


def find_stretches(
    semi: Float64,
    voiced: Float64,
    level_db: Float64 | None,
    *,
    frame_s: float,
    min_note_s: float,
) -> tuple[Stretch, ...]:
    """Return the stretches of one pitch in a line of pitch.

    Parameters
    ----------
    semi : float64, shape (n,), MIDI numbers
    voiced : float64, shape (n,), 0 to 1
        How sure it is that a voice sounds.
    level_db : float64, shape (n,), dB, or None
        How loud each frame is.
    frame_s : float, seconds
        From one frame to the next.
    min_note_s : float, seconds

    Returns
    -------
    tuple of Stretch

    Examples
    --------
    >>> line = np.repeat([60.0, 62.1], 20)
    >>> [(one.first, one.end, round(one.pitch_semi, 1)) for one in
    ...  find_stretches(line, np.ones(40), None, frame_s=0.016, min_note_s=0.08)]
    [(0, 20, 60.0), (20, 40, 62.1)]
    """
    sure = np.clip(voiced, 0.01, 0.99)
    dips = np.zeros(len(semi))
    if level_db is not None and len(level_db):
        loudest = float(np.percentile(level_db, 95))
        quiet = 1.0 / (1.0 + np.exp((loudest - _FLOOR_DB - level_db) / 2.0))
        sure = np.clip(sure * quiet, 0.01, 0.99)
        dips = find_dips(level_db, semi, frame_s=frame_s)
    begin = _BEGIN_S / frame_s
    cost = begin * (1.0 - dips / _DIP_DB)
    cost = np.where(dips > 0, np.maximum(cost, -begin), begin)
    raw = _fit(semi, sure, cost)
    stretches = [_settled(first, end, semi, sure) for first, end in raw]
    stretches = _join_scoops(stretches, semi, sure, frame_s)
    stretches = _join_vibrato(stretches, semi, sure, frame_s)
    return tuple(_drop_short(stretches, semi, sure, frame_s, min_note_s))


def _fit(semi: Float64, sure: Float64, begin: Float64) -> list[tuple[int, int]]:
    """Return the (first, end) of the notes whose cost in all is least."""
    heard = semi[sure > 0.3]
    if not len(heard):
        return []
    low, high = np.floor(heard.min()) - 1.0, np.ceil(heard.max()) + 1.0
    grid = np.arange(low, high + _STEP_SEMI, _STEP_SEMI)
    unvoiced = -np.log(sure / (1.0 - sure))
    n = len(semi)
    running = np.full(len(grid), np.inf)
    since = np.zeros(len(grid), np.int64)
    back = np.zeros(n + 1, np.int64)
    sounds = np.zeros(n + 1, np.bool_)
    best = 0.0
    for t in range(n):
        entry = best + begin[t]
        fresh = entry < running
        since[fresh] = t
        running[fresh] = entry
        running += sure[t] * np.minimum(np.abs(grid - semi[t]), _FAR_SEMI) + unvoiced[t]
        k = int(running.argmin())
        back[t + 1] = t
        if running[k] < best:
            best = float(running[k])
            back[t + 1] = since[k]
            sounds[t + 1] = True
    found = []
    end = n
    while end > 0:
        if sounds[end]:
            found.append((int(back[end]), end))
        end = int(back[end])
    return found[::-1]


def find_dips(level_db: Float64, semi: Float64, *, frame_s: float) -> Float64:
    """Return how deep the loudness dips just before each frame, where it comes back.

    Parameters
    ----------
    level_db : float64, shape (n,), dB
    semi : float64, shape (n,), MIDI numbers
    frame_s : float, seconds

    Returns
    -------
    float64, shape (n,), dB, >= 0
        Not 0 only at the one frame after the bottom of each dip where it has come back halfway.
        Dips that follow each other 4 to 9 times a second, as vibrato makes them, count only by what
        they are deeper than their neighbours: by little where the pitch swings too.

    Examples
    --------
    >>> level = np.zeros(30)
    >>> level[10:14] = -12.0
    >>> dips = find_dips(level, np.full(30, 60.0), frame_s=0.016)
    >>> int(dips.argmax()), float(dips.max())
    (14, 12.0)
    """
    n = len(level_db)
    reach = max(2, round(_LOOK_S / frame_s))
    padded = np.pad(level_db, reach, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, reach + 1)
    before, after = windows[:n].max(axis=1), windows[reach : reach + n].max(axis=1)
    depth = np.minimum(before, after) - level_db
    around = np.lib.stride_tricks.sliding_window_view(np.pad(depth, 3, mode="edge"), 7).max(axis=1)
    bottoms: list[int] = []
    for t in np.flatnonzero((depth > _LEAST_DB) & (depth >= around)).tolist():
        if not bottoms or t - bottoms[-1] > 3:
            bottoms.append(t)
    swings = _swing_size(semi, frame_s)
    usual = np.where(swings > _VIBRATO_LEAST_SEMI, _SWUNG_DB, _USUAL_DB)
    found = np.zeros(n)
    for t, deep in zip(bottoms, _unusual(bottoms, depth, usual, frame_s), strict=True):
        half = level_db[t] + 0.5 * (after[t] - level_db[t])
        back = next((k for k in range(t, min(n, t + reach + 1)) if level_db[k] >= half), t)
        found[back] = max(found[back], deep)
    return found


def _swing_size(semi: Float64, frame_s: float) -> Float64:
    """Return by how much the pitch swings around each frame, 4 to 8 times a second; 0 elsewhere."""
    n = len(semi)
    found = np.zeros(n)
    width = max(3, round(0.18 / frame_s)) | 1
    smooth = np.convolve(np.pad(semi, width // 2, mode="edge"), np.ones(width) / width, "valid")
    swing = semi - smooth
    turns = np.flatnonzero(np.diff(np.sign(swing)) != 0) + 1
    half = np.diff(turns) * frame_s
    good = (half > 0.045) & (half < 0.14)
    tops = np.array([np.abs(swing[a:b]).max() for a, b in pairwise(turns)])
    for k in range(len(half) - 3):
        run = tops[k : k + 4]
        if good[k : k + 4].all() and run.max() < 2.5 * run.min():
            span = slice(int(turns[k]), int(turns[k + 4]))
            found[span] = np.maximum(found[span], run.min())
    return found


def _unusual(
    bottoms: Sequence[int], depth: Float64, usual_db: Float64, frame_s: float
) -> list[float]:
    """Return by how much each dip is deeper than those that come regularly around it."""
    out = []
    for k, t in enumerate(bottoms):
        others = [
            float(depth[bottoms[j]])
            for j in range(max(0, k - 3), min(len(bottoms), k + 4))
            if j != k and abs(bottoms[j] - t) * frame_s < _REGULAR_S[1] * (abs(j - k) + 0.2)
        ]
        near = [abs(bottoms[j] - t) * frame_s for j in (k - 1, k + 1) if 0 <= j < len(bottoms)]
        is_regular = len(others) >= 2 and min(near) > _REGULAR_S[0]
        usual = min(float(np.median(others)), float(usual_db[t])) if is_regular else 0.0
        out.append(max(0.0, float(depth[t]) - usual))
    return out


def _settled(first: int, end: int, semi: Float64, sure: Float64) -> Stretch:
    """Return a stretch with its pitch: the middle of its frames without its edges."""
    n = end - first
    low, high = (first + n // 4, end - n // 8) if n >= 8 else (first, end)
    values, weights = semi[low:high], sure[low:high]
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    middle = float(values[order][np.searchsorted(total, total[-1] / 2)])
    near = np.abs(values - middle) < 1.0
    return Stretch(first, end, float(np.average(values[near], weights=weights[near])))


def _steady_s(one: Stretch, semi: Float64, frame_s: float) -> float:
    """Return the longest time that a stretch stays near its pitch."""
    near = np.abs(semi[one.first : one.end] - one.pitch_semi) < _STEADY_SEMI
    longest = run = 0
    for is_near in near:
        run = run + 1 if is_near else 0
        longest = max(longest, run)
    return longest * frame_s


def _join_scoops(
    stretches: list[Stretch], semi: Float64, sure: Float64, frame_s: float
) -> list[Stretch]:
    """Join short unsteady stretches to the longer neighbour that they glide to or from."""
    done: list[Stretch] = []
    for k, one in enumerate(stretches):
        if k and _is_glide(one, done[-1], semi, frame_s) and one.first - done[-1].end <= 1:
            done[-1] = replace(done[-1], end=one.end)
            continue
        if done and one.first - done[-1].end <= 1 and _is_glide(done[-1], one, semi, frame_s):
            one = _settled(done.pop().first, one.end, semi, sure)
        done.append(one)
    return done


def _is_glide(one: Stretch, other: Stretch, semi: Float64, frame_s: float) -> bool:
    """Whether a stretch is a scoop into, or a fall from, a longer one that touches it."""
    length = (one.end - one.first) * frame_s
    return (
        length < _SCOOP_S
        and other.end - other.first > one.end - one.first
        and abs(one.pitch_semi - other.pitch_semi) <= _SCOOP_SEMI
        and _steady_s(one, semi, frame_s) < min(_STEADY_S, 0.7 * length)
    )


def _join_vibrato(
    stretches: list[Stretch], semi: Float64, sure: Float64, frame_s: float
) -> list[Stretch]:
    """Join runs of short stretches that go up and down between two near pitches."""
    done: list[Stretch] = []
    k = 0
    while k < len(stretches):
        end = k + 1
        while end < len(stretches) and _swings(stretches, end, frame_s):
            end += 1
        if end - k >= 4:
            done.append(_settled(stretches[k].first, stretches[end - 1].end, semi, sure))
            k = end
        else:
            done.append(stretches[k])
            k += 1
    return done


def _swings(stretches: Sequence[Stretch], k: int, frame_s: float) -> bool:
    """Whether a stretch goes back to where the one before the last was, in quick turns."""
    before, one = stretches[k - 1], stretches[k]
    quick = all((s.end - s.first) * frame_s < _VIBRATO_S for s in (before, one))
    near = abs(one.pitch_semi - before.pitch_semi) < _VIBRATO_SEMI
    turns = k < 2 or abs(one.pitch_semi - stretches[k - 2].pitch_semi) < 0.6
    return quick and near and turns and one.first - before.end <= 1


def _drop_short(
    stretches: Sequence[Stretch],
    semi: Float64,
    sure: Float64,
    frame_s: float,
    min_note_s: float,
) -> list[Stretch]:
    """Join too short stretches to the neighbour nearest in pitch that touches them, or drop them."""
    done = list(stretches)
    k = 0
    while k < len(done):
        one = done[k]
        if (one.end - one.first) * frame_s >= min_note_s - 1e-9:
            k += 1
            continue
        near = [
            j
            for j in (k - 1, k + 1)
            if 0 <= j < len(done)
            and max(one.first - done[j].end, done[j].first - one.end) <= 1
            and abs(done[j].pitch_semi - one.pitch_semi) <= _SCOOP_SEMI
        ]
        if near:
            j = min(near, key=lambda j: abs(done[j].pitch_semi - one.pitch_semi))
            first, end = min(one.first, done[j].first), max(one.end, done[j].end)
            done[min(j, k) : max(j, k) + 1] = [_settled(first, end, semi, sure)]
            k = max(0, min(j, k) - 1)
        else:
            del done[k]
    return done
