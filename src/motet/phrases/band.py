"""Phrases of a band: four bars of melody, chords, bass, drums and strings as one roll.

Conventions: 4 steps a quarter note, 16 slots a bar (a bar of 3/4 or 6/8 fills 12, of 2/4 8; the rest stay
empty), so 64 slots. A track has 48 pitches from its C of `LOWEST` on, by normalised pitch (others fold by
octaves); the drums have the kinds of `DRUM_KINDS` in the first places. A track attacks at a slot or not;
what it sounds there holds until its next attack or rest. Melody and bass sound one pitch at a time.
Chords are told for each quarter note, as CHORD and BASS values.

Offers `KIND`, `BandOptions`, `extract_band`, `vary_band`, `pack_roll`, `unpack_roll` and the
tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.phrases.kinds import Batch, PhraseKind
from motet.phrases.roles import find_roles
from motet.tokens.layout import (
    NO_KEY,
    GridArray,
    GridScore,
    metre_of,
)

__all__ = [
    "DRUM_KINDS",
    "KIND",
    "LOWEST",
    "METRES",
    "NO_MODE",
    "N_BARS",
    "N_PITCHES",
    "N_SLOTS",
    "TRACKS",
    "BandOptions",
    "extract_band",
    "find_metre",
    "metre_steps",
    "pack_roll",
    "unpack_roll",
    "vary_band",
]

Bools = npt.NDArray[np.bool_]
Phrase = dict[str, npt.NDArray[Any]]

TRACKS: Final = ("melody", "chords", "bass", "drums", "strings")
LOWEST: Final = (48, 36, 24, 0, 48)
"""MIDI pitch of the first place of each track."""
N_BARS: Final = 4
N_PITCHES: Final = 48
_BAR: Final = 16
N_SLOTS: Final = N_BARS * _BAR
_STEP: Final = 6
_DRUMS: Final = TRACKS.index("drums")
METRES: Final = (((4, 4), 16), ((3, 4), 12), ((6, 8), 12), ((2, 4), 8))
_SAME_METRE: Final = {(2, 2): 0, (4, 4): 0, (3, 4): 1, (6, 8): 2, (2, 4): 3}
NO_MODE: Final = 7

DRUM_KINDS: Final = (
    (36, 35), (38, 40), (37, 39, 31, 33), (42, 44, 22), (46, 26), (51, 53, 59), (49, 57, 52, 55),
    (45, 41, 43), (47, 48, 50), (70, 69, 82, 54, 58), (62, 60, 63, 61, 64, 65, 66), (56, 67, 68, 76, 77, 75),
)  # fmt: skip
"""Percussion keys of each place: kick, snare, rim and clap, closed and open hat, ride, crash, low and high
tom, shaker, hand drum, bell; the first key is the one written.

Source: General MIDI 1 percussion key map (MIDI Manufacturers Association); the grouping is our own.
"""
_KIND_OF_KEY: Final = {key: place for place, keys in enumerate(DRUM_KINDS) for key in keys}


@dataclass(frozen=True, slots=True, kw_only=True)
class BandOptions:
    """Which windows a piece gives.

    Parameters
    ----------
    per_piece : int, > 0
        At most so many, evenly taken.
    least_tracks : int, 1 to 5
        Tracks that must sound in a window, chords or drums among them.

    Examples
    --------
    >>> BandOptions().least_tracks
    3
    """

    per_piece: int = 8
    least_tracks: int = 3

    def __post_init__(self) -> None:
        if self.per_piece < 1 or not 1 <= self.least_tracks <= len(TRACKS):
            raise ParameterError(
                f"per_piece must be above 0 and least_tracks 1 to 5, got {self.per_piece} and "
                f"{self.least_tracks}",
                zh=f"per_piece 须大于 0,least_tracks 须为 1 到 5,收到 {self.per_piece} 与 "
                f"{self.least_tracks}",
            )


def metre_steps(metre: int) -> int:
    """Return how many slots a bar of a metre of the band fills.

    Parameters
    ----------
    metre : int, 0 to 3
        4/4, 3/4, 6/8, 2/4.

    Examples
    --------
    >>> [metre_steps(one) for one in range(4)]
    [16, 12, 12, 8]
    """
    return METRES[metre][1]


def find_metre(value: int) -> int:
    """Return which metre of the band a METRE value is, -1 for another.

    Parameters
    ----------
    value : int, 0 to 64

    Examples
    --------
    >>> from motet.tokens.layout import metre_value
    >>> find_metre(metre_value(2, 2)), find_metre(metre_value(6, 8)), find_metre(metre_value(5, 4))
    (0, 2, -1)
    """
    found = metre_of(int(value))
    return -1 if found is None else _SAME_METRE.get(found, -1)


def pack_roll(roll: Bools) -> npt.NDArray[np.uint8]:
    """Return a roll with eight pitches a byte.

    Parameters
    ----------
    roll : bool, shape (..., 48)

    Returns
    -------
    uint8, shape (..., 6)

    Examples
    --------
    >>> roll = np.zeros((5, 64, 48), bool)
    >>> roll[0, 3, 47] = True
    >>> bool((unpack_roll(pack_roll(roll)) == roll).all())
    True
    """
    return np.packbits(roll, axis=-1)


def unpack_roll(packed: npt.NDArray[np.uint8]) -> Bools:
    """Return the roll of packed bytes.

    Parameters
    ----------
    packed : uint8, shape (..., 6)

    Returns
    -------
    bool, shape (..., 48)

    Examples
    --------
    >>> np.flatnonzero(unpack_roll(np.array([[128, 0, 0, 0, 0, 1]], np.uint8))).tolist()
    [0, 47]
    """
    return np.unpackbits(packed, axis=-1).astype(np.bool_)


def extract_band(grid: GridScore, options: BandOptions | None = None) -> list[Phrase]:
    """Return the four-bar windows of a piece in which a band plays.

    Parameters
    ----------
    grid : GridScore
    options : BandOptions or None

    Returns
    -------
    list of dict
        ``roll`` uint8 (5, 64, 6), packed; ``attack`` bool (5, 64); ``present`` bool (5,): which tracks
        sound; ``chord`` int16 (16,), ``bass`` int8 (16,): for each quarter note, -1 none; ``style`` int16;
        ``mode`` int8, 0 to 7 (7 no key); ``metre`` int8, 0 to 3.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> score = make_score("C5:4 D5:4 E5:4 C5:4", "C4+E4:4 D4+G4:4 C4+E4:4 C4+E4:4", chords="C:16")
    >>> phrase, = extract_band(score_to_grid(score).grid, BandOptions(least_tracks=2))
    >>> phrase["present"].tolist(), int(phrase["attack"].sum())
    ([True, True, False, False, False], 8)
    """
    options = options or BandOptions()
    roles = find_roles(grid)
    rows = [roles[name][0] if roles[name] else -1 for name in TRACKS]
    if sum(row >= 0 for row in rows) < options.least_tracks or rows[1] < 0 > rows[_DRUMS]:
        return []
    windows = _find_windows(grid)
    if len(windows) > options.per_piece:
        taken = np.linspace(0, len(windows) - 1, options.per_piece).round().astype(int)
        windows = [windows[at] for at in taken]
    phrases = []
    tracks = [grid.notes[grid.notes["part"] == row] if row >= 0 else None for row in rows]
    for start, metre in windows:
        phrase = _cut(grid, tracks, start, metre)
        present = phrase["present"]
        if present.sum() >= options.least_tracks and (present[1] or present[_DRUMS]):
            phrases.append(phrase)
    return phrases


def _find_windows(grid: GridScore) -> list[tuple[int, int]]:
    """Return first bar and metre of the windows: from each section on, four bars at a time."""
    metres = [
        found
        if (found := find_metre(int(bar["metre"]))) >= 0
        and int(bar["length"]) == metre_steps(found) * _STEP
        else -1
        for bar in grid.bars
    ]
    windows: list[tuple[int, int]] = []
    at = 0
    while at + N_BARS <= grid.n_bars:
        span = metres[at : at + N_BARS]
        if span[0] < 0 or len(set(span)) > 1:
            at += 1
            continue
        windows.append((at, span[0]))
        inner = np.flatnonzero(grid.bars["section"][at + 1 : at + N_BARS] >= 0)
        at += int(inner[0]) + 1 if len(inner) and inner[0] > 0 else N_BARS
    return windows


def _cut(grid: GridScore, tracks: list[GridArray | None], start: int, metre: int) -> Phrase:
    """Return one window."""
    steps = metre_steps(metre)
    end = start + N_BARS
    total = N_BARS * steps
    roll = np.zeros((len(TRACKS), total, N_PITCHES), np.bool_)
    attack = np.zeros((len(TRACKS), total), np.bool_)
    first = int(grid.bar_starts[start])
    for track, notes in enumerate(tracks):
        if notes is None:
            continue
        begins = grid.bar_starts[notes["bar"]] - first
        inside = (notes["bar"] < end) & (begins + notes["pos"] + notes["dur"] > _STEP // 2)
        inside &= (notes["bar"] >= start) | (track != _DRUMS)
        notes, begins = notes[inside], begins[inside]
        step = np.minimum((notes["pos"] + _STEP // 2) // _STEP, steps - 1)
        onset = begins // _STEP + step
        final = np.maximum(onset + 1, (begins + notes["pos"] + notes["dur"] + 2) // _STEP)
        held = (onset < 0) & (final <= 0)
        onset, final = np.maximum(onset[~held], 0), np.minimum(final[~held], total)
        roll[track], attack[track] = _lay(track, notes["pitch"][~held], onset, final, total)
    return {
        "roll": pack_roll(_spread(roll, steps)),
        "attack": _spread(attack[..., None], steps)[..., 0],
        "present": np.asarray(attack.any(axis=1)),
        **_conditions(grid, start, metre),
    }


def _lay(
    track: int,
    pitch: npt.NDArray[np.int16],
    onset: npt.NDArray[np.int64],
    final: npt.NDArray[np.int64],
    total: int,
) -> tuple[Bools, Bools]:
    """Return what sounds at each step of a track, and where it attacks."""
    attack = np.zeros(total, np.bool_)
    if track == _DRUMS:
        roll = np.zeros((total, N_PITCHES), np.bool_)
        for key, at in zip(pitch.tolist(), onset.tolist(), strict=True):
            if key in _KIND_OF_KEY:
                roll[at, _KIND_OF_KEY[key]] = True
        return roll, np.asarray(roll.any(axis=1))
    place = pitch.astype(np.int64) - LOWEST[track]
    outside = (place < 0) | (place >= N_PITCHES)
    folded = np.where(place < 0, place % 12, N_PITCHES - 12 + place % 12)
    place = np.where(outside, folded, place)
    change = np.zeros((total + 1, N_PITCHES), np.int32)
    np.add.at(change, (onset, place), 1)
    np.add.at(change, (final, place), -1)
    sounding = np.cumsum(change, axis=0)[:total] > 0
    attack[onset] = True
    last = np.maximum.accumulate(np.where(attack, np.arange(total), 0))
    taken = sounding
    if track in (0, 2):
        taken = np.zeros_like(sounding)
        top = sounding if track == 2 else sounding[:, ::-1]
        best = np.argmax(top, axis=1)
        best = best if track == 2 else N_PITCHES - 1 - best
        taken[np.arange(total), best] = np.asarray(sounding.any(axis=1))
    return taken[last] & np.asarray(sounding.any(axis=1))[:, None], attack


def _spread(steps_first: Bools, steps: int) -> Bools:
    """Return (track, 4 * steps, p) laid into 16 slots a bar."""
    k, _, p = steps_first.shape
    wide = np.zeros((k, N_BARS, _BAR, p), np.bool_)
    wide[:, :, :steps] = steps_first.reshape(k, N_BARS, steps, p)
    return wide.reshape(k, N_SLOTS, p)


def _conditions(grid: GridScore, start: int, metre: int) -> Phrase:
    """Return chords, style, mode and metre of a window."""
    chord = np.full((N_BARS, 4), -1, np.int16)
    bass = np.full((N_BARS, 4), -1, np.int8)
    if len(grid.chords):
        begins = grid.bar_starts[grid.chords["bar"]] + grid.chords["pos"]
        quarters = metre_steps(metre) // 4
        at = grid.bar_starts[start : start + N_BARS, None] + 24 * np.arange(quarters)
        index = np.searchsorted(begins, at, side="right") - 1
        known = index >= 0
        chord[:, :quarters] = np.where(known, grid.chords["chord"][index], -1)
        bass[:, :quarters] = np.where(known, grid.chords["bass"][index], -1)
    mode = NO_MODE if grid.key == NO_KEY else grid.key % NO_MODE
    return {
        "chord": chord.reshape(-1),
        "bass": bass.reshape(-1),
        "style": np.array(grid.style, np.int16),
        "mode": np.array(mode, np.int8),
        "metre": np.array(metre, np.int8),
    }


def vary_band(batch: Batch, rng: np.random.Generator) -> Batch:
    """Return the phrases with a track left out now and then, two at least staying.

    Parameters
    ----------
    batch : Batch
    rng : Generator

    Returns
    -------
    Batch
        Silent tracks are not ``present``, so that a model learns to write for fewer.

    Examples
    --------
    >>> batch = {"present": np.ones((9, 5), bool), "attack": np.ones((9, 5, 64), bool)}
    >>> batch["roll"] = np.ones((9, 5, 64, 6), np.uint8)
    >>> varied = vary_band(batch, np.random.default_rng(1))
    >>> bool((varied["present"] == varied["attack"].any(axis=2)).all())
    True
    """
    present = batch["present"].astype(np.bool_)
    keep = present & (rng.random(present.shape) > 0.07)
    keep = np.where(keep.sum(axis=1, keepdims=True) >= 2, keep, present)
    return {
        **batch,
        "present": keep,
        "attack": batch["attack"] & keep[:, :, None],
        "roll": batch["roll"] * keep[:, :, None, None].astype(np.uint8),
    }


KIND: Final = PhraseKind(name="band", options=BandOptions, extract=extract_band, vary=vary_band)
