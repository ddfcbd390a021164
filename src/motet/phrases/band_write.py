"""A phrase of a band back as a grid.

Conventions: see `motet.phrases.band`.

Offers `band_to_grid`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.phrases.band import (
    DRUM_KINDS,
    LOWEST,
    METRES,
    N_BARS,
    N_SLOTS,
    NO_MODE,
    TRACKS,
    metre_steps,
    unpack_roll,
)
from motet.tokens.layout import (
    GRID_BAR,
    GRID_CHORD,
    GRID_NOTE,
    MODE_TONICS,
    NO_KEY,
    GridArray,
    GridPart,
    GridScore,
    metre_value,
    sort_notes,
)

__all__ = ["band_to_grid"]

Bools = npt.NDArray[np.bool_]

_BAR: Final = 16
_STEP: Final = 6
_DRUMS: Final = TRACKS.index("drums")
_ROLE_OF: Final = ("melody", "comping", "bass", "drums", "strings")
_PROGRAM_OF: Final = (73, 0, 32, 128, 48)


def band_to_grid(
    phrase: Mapping[str, npt.NDArray[Any]],
    *,
    programs: Mapping[str, int] | None = None,
    qpm: float | None = None,
    shift_semi: int = 0,
) -> GridScore:
    """Return a phrase as a grid of four bars.

    Parameters
    ----------
    phrase : mapping
        As `extract_band` gives it; arrays of one phrase.
    programs : mapping of str to int, or None
        General MIDI program of a track, where it is not the usual one.
    qpm : float or None, quarter notes a minute
    shift_semi : int, semitones
        Normalised minus sounding pitch.

    Returns
    -------
    GridScore
        A part for each track that is present; accents follow the metre.

    Examples
    --------
    >>> from motet.phrases.band import BandOptions, extract_band
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> score = make_score("C5:4 D5:4 E5:4 C5:4", "C4+E4:4 D4+G4:4 C4+E4:4 C4+E4:4", chords="C:16")
    >>> grid = score_to_grid(score).grid
    >>> again = band_to_grid(extract_band(grid, BandOptions(least_tracks=2))[0])
    >>> (again.notes["pitch"] == grid.notes["pitch"]).all(), again.parts[1].role
    (np.True_, 'comping')
    """
    metre = int(phrase["metre"])
    steps = metre_steps(metre)
    roll = unpack_roll(np.asarray(phrase["roll"], np.uint8))
    attack = np.asarray(phrase["attack"], np.bool_)
    parts: list[GridPart] = []
    kept: list[GridArray] = []
    for track, name in enumerate(TRACKS):
        if not phrase["present"][track]:
            continue
        program = (programs or {}).get(name, _PROGRAM_OF[track])
        program = 128 if track == _DRUMS else program
        kept.append(_write_track(track, roll[track], attack[track], steps=steps, part=len(parts)))
        parts.append(GridPart(slot=len(parts), program=program, role=_ROLE_OF[track]))
    bars = np.zeros(N_BARS, GRID_BAR)
    bars["length"], bars["section"] = steps * _STEP, -1
    bars["metre"] = metre_value(*METRES[metre][0])
    mode = int(phrase["mode"])
    return GridScore(
        parts=tuple(parts),
        notes=sort_notes(np.concatenate([np.zeros(0, GRID_NOTE), *kept])),
        bars=bars,
        chords=_write_chords(phrase["chord"], phrase["bass"], steps),
        key=NO_KEY if mode == NO_MODE else MODE_TONICS[mode] * 7 + mode,
        shift_semi=shift_semi,
        qpm=qpm,
        style=int(phrase["style"]),
    )


def _write_track(track: int, roll: Bools, attack: Bools, *, steps: int, part: int) -> GridArray:
    """Return the notes of one track."""
    inside = (np.arange(N_SLOTS) % _BAR) < steps
    roll, attack = roll[inside], attack[inside]
    total = len(attack)
    starts = np.flatnonzero(attack)
    ends = np.append(starts[1:], total)
    sound = np.asarray(roll.any(axis=1))
    rows = []
    for start, stop in zip(starts.tolist(), ends.tolist(), strict=True):
        silent = np.flatnonzero(~sound[start:stop])
        stop = start + int(silent[0]) if len(silent) else stop
        accent = 10 if start % steps == 0 else 9 if start % 4 == 0 else 8
        for place in np.flatnonzero(roll[start]).tolist():
            pitch, length, loud = LOWEST[track] + place, (stop - start) * _STEP, accent
            if track == _DRUMS:
                pitch, length = DRUM_KINDS[place][0], _STEP
                loud = accent - 2 * (place in (3, 5, 9))
            rows.append((start // steps, part, start % steps * _STEP, length, pitch, loud))
    return np.array(rows, GRID_NOTE)


def _write_chords(
    chord: npt.NDArray[np.int16], bass: npt.NDArray[np.int8], steps: int
) -> GridArray:
    """Return the rows of the chords, one where it changes."""
    rows = []
    before = (-1, -1)
    for at, pair in enumerate(zip(chord.tolist(), bass.tolist(), strict=True)):
        bar, quarter = divmod(at, 4)
        if quarter < steps // 4 and pair != before:
            rows.append((bar, quarter * 24, pair[0], pair[1] if pair[0] >= 0 else -1, 1.0))
            before = pair
    return np.array(rows, GRID_CHORD)
