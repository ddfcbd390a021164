"""A band from noise: four bars of every track at once, as a "noise" bundle writes them.

Conventions: see `motet.phrases.band` for rolls and slots and `motet.engine.phrase_ask` for asks. Windows of
four bars follow one another; noise of the phrase and of its tracks stays the same in all of them, that of
the bars is new. The temperature scales the noise: less is nearer to what the model holds typical. Scale,
range and polyphony are masks on the pitches before any is chosen, so they hold by construction. Bars are of
4/4, 2/2, 3/4, 6/8 or 2/4.

Offers `write`, `parts`, `judge_phrases`, `draw_noise`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle
from motet.engine.graph import Runner, open_graphs
from motet.engine.phrase_ask import (
    PhraseAsk,
    check_ask,
    join_notes,
    lay_parts,
    open_bars,
    pitch_mask,
)
from motet.engine.random import CellRandom
from motet.engine.write import Cancel
from motet.errors import ConstraintError
from motet.phrases.band import (
    DRUM_KINDS,
    LOWEST,
    N_BARS,
    N_PITCHES,
    N_SLOTS,
    NO_MODE,
    TRACKS,
    find_metre,
    metre_steps,
    unpack_roll,
)
from motet.tokens.layout import GRID_NOTE, NO_KEY, GridArray, GridScore

__all__ = ["draw_noise", "judge_phrases", "parts", "write"]

Floats = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]

_BAR: Final = N_SLOTS // N_BARS
_STEP: Final = 6
_DRUMS: Final = TRACKS.index("drums")
_LINES: Final = (TRACKS.index("melody"), TRACKS.index("bass"))
_CONDITIONS: Final = ("chord", "bass", "style", "mode", "metre")
_LEAST_BAND: Final = 3


def parts(bundle: Bundle) -> tuple[str, ...]:  # noqa: ARG001
    """Return the parts that a bundle of noise can write.

    Examples
    --------
    >>> parts(None)
    ('melody', 'chords', 'bass', 'drums', 'strings')
    """
    return TRACKS


def write(bundle: Bundle, ask: PhraseAsk, *, cancel: Cancel | None = None) -> list[GridScore]:
    """Return candidates of what is asked for.

    Parameters
    ----------
    bundle : Bundle
        Of interface "noise".
    ask : PhraseAsk
    cancel : Cancel or None

    Returns
    -------
    list of GridScore
        ``ask.n`` of them, none when it was cancelled.

    Raises
    ------
    ConstraintError
        A bar has a metre that the band does not play.

    Examples
    --------
    >>> write.__name__
    'write'
    """
    check_ask(ask)
    windows = _find_windows(ask.grid)
    runner = _open(bundle)["generate"]
    wanted = [TRACKS.index(name) for name in ask.parts]
    found: list[dict[str, list[GridArray]]] = [
        {name: [] for name in ask.parts} for _ in range(ask.n)
    ]
    laid, rows = lay_parts(ask)
    open_from = {name: open_bars(laid, row).start for name, row in rows.items()}
    masks: dict[int, Mask] = {}
    for at, (start, n_bars, metre) in enumerate(windows):
        if cancel is not None and cancel.is_set:
            return []
        if all(first >= start + n_bars for first in open_from.values()):
            continue
        noise = draw_noise(bundle.config, ask, window=at)
        made = runner.run({"noise": noise, **_conditions(ask, wanted, start, n_bars, metre)})
        for k in range(ask.n):
            probabilities = {name: one[k] for name, one in made.items()}
            for track, name in zip(wanted, ask.parts, strict=True):
                found[k][name].append(
                    _play(ask, track, probabilities, masks, start=start, n_bars=n_bars, metre=metre)
                )
    written = [{name: np.concatenate(many) for name, many in one.items()} for one in found]
    return [join_notes(ask, one) for one in written]


@lru_cache(maxsize=4)
def _open(bundle: Bundle) -> dict[str, Runner]:
    """Return the graphs of a bundle, opened once."""
    return open_graphs(bundle)


def _find_windows(grid: GridScore) -> list[tuple[int, int, int]]:
    """Return first bar, bars and metre of each window: up to four bars of one metre."""
    windows: list[tuple[int, int, int]] = []
    for bar, row in enumerate(grid.bars):
        metre = find_metre(int(row["metre"]))
        if metre < 0 or int(row["length"]) > metre_steps(metre) * _STEP:
            raise ConstraintError(
                f"bar {bar + 1}: this bundle plays bars of 4/4, 2/2, 3/4, 6/8 and 2/4; give another metre, "
                "or take a bundle that writes any",
                zh=f"第 {bar + 1} 小节:此模型包只写 4/4、2/2、3/4、6/8 与 2/4;请改换拍号,或改用其他模型包",
            )
        last = windows[-1] if windows else (0, N_BARS, -1)
        if last[2] == metre and last[1] < N_BARS:
            windows[-1] = (last[0], last[1] + 1, metre)
        else:
            windows.append((bar, 1, metre))
    return windows


def draw_noise(config: Mapping[str, Any], ask: PhraseAsk, *, window: int) -> Floats:
    """Return the noise of all candidates for one window, normal, scaled by the temperature.

    Parameters
    ----------
    config : mapping
        Of the bundle: ``noise``, ``bar_noise``, ``track_noise``, ``track_bar_noise``.
    ask : PhraseAsk
    window : int
        Noise of bars differs from window to window, that of the phrase and its tracks does not.

    Returns
    -------
    float32, shape (candidates, numbers)

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> ask = PhraseAsk(grid=practice_grid(0, 4), parts=("melody",), n=2)
    >>> sizes = {"noise": 4, "bar_noise": 2, "track_noise": 2, "track_bar_noise": 2}
    >>> first, second = draw_noise(sizes, ask, window=0), draw_noise(sizes, ask, window=1)
    >>> first.shape, bool((first[:, :4] == second[:, :4]).all()), bool((first[:, 4:12] == second[:, 4:12]).any())
    ((2, 62), True, False)
    """
    whole, bars = int(config["noise"]), N_BARS * int(config["bar_noise"])
    tracks = len(TRACKS) * int(config["track_noise"])
    cells = len(TRACKS) * N_BARS * int(config["track_bar_noise"])
    stays = np.zeros(whole + bars + tracks + cells, np.bool_)
    stays[:whole] = stays[whole + bars : whole + bars + tracks] = True
    rows = []
    for k in range(ask.n):
        kept = _normal(CellRandom(ask.seed, k, -1, 0), len(stays))
        new = _normal(CellRandom(ask.seed, k, window, 0), len(stays))
        rows.append(np.where(stays, kept, new))
    return (ask.temperature * np.array(rows)).astype(np.float32)


def _normal(chance: CellRandom, n: int) -> npt.NDArray[np.float64]:
    """Return normal numbers from counted ones (Box and Muller)."""
    even = np.array([chance.at(step) for step in range(2 * ((n + 1) // 2))]).reshape(2, -1)
    radius = np.sqrt(-2 * np.log(1 - even[0]))
    angle = 2 * np.pi * even[1]
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])[:n]


def _conditions(
    ask: PhraseAsk, wanted: Sequence[int], start: int, n_bars: int, metre: int
) -> dict[str, npt.NDArray[Any]]:
    """Return the conditions of a window, for all candidates."""
    grid = ask.grid
    quarters = metre_steps(metre) // 4
    chord = np.full((N_BARS, 4), -1, np.int64)
    bass = np.full((N_BARS, 4), -1, np.int64)
    for bar in range(N_BARS):
        first = int(grid.bar_starts[start + min(bar, n_bars - 1)])
        for quarter in range(quarters):
            at = int(np.searchsorted(ask.chord_starts, first + 24 * quarter, side="right")) - 1
            if at >= 0:
                chord[bar, quarter] = grid.chords["chord"][at]
                bass[bar, quarter] = grid.chords["bass"][at]
    present = np.zeros(len(TRACKS), np.float32)
    present[list(wanted)] = 1
    if present.sum() < _LEAST_BAND:
        present[:] = 1
    mode = NO_MODE if grid.key == NO_KEY else grid.key % NO_MODE
    one = {
        "chord": chord.reshape(-1), "bass": bass.reshape(-1), "style": np.int64(grid.style),
        "mode": np.int64(mode), "metre": np.int64(metre), "present": present,
    }  # fmt: skip
    return {name: np.stack([np.asarray(value)] * ask.n) for name, value in one.items()}


def _play(
    ask: PhraseAsk,
    track: int,
    made: Mapping[str, Floats],
    masks: dict[int, Mask],
    *,
    start: int,
    n_bars: int,
    metre: int,
) -> GridArray:
    """Return the notes of one track in one window."""
    steps = metre_steps(metre)
    slots = [bar * _BAR + step for bar in range(n_bars) for step in range(steps)]
    pitch = made["pitch"][track, slots]
    begins = made["attack"][track, slots] > 0.5
    if track == _DRUMS:
        begins = np.asarray((pitch[:, : len(DRUM_KINDS)] > 0.5).any(axis=1))
    lasts = made["sound"][track, slots] > 0.5
    first = int(ask.grid.bar_starts[start])
    starts = np.flatnonzero(begins).tolist()
    rows = []
    ends = [*starts, len(slots)][1:]
    for at, end in zip(starts, ends, strict=True):
        silent = np.flatnonzero(~lasts[at + 1 : end])
        length = 1 + (int(silent[0]) if len(silent) else end - at - 1)
        accent = 10 if at % steps == 0 else 9 if at % 4 == 0 else 8
        where = (start + at // steps, 0, at % steps * _STEP)
        if track == _DRUMS:
            for kind in _best(pitch[at, : len(DRUM_KINDS)], ask.max_polyphony):
                quiet = 2 * (kind in (3, 5, 9))
                rows.append((*where, _STEP, DRUM_KINDS[kind][0], accent - quiet))
            continue
        place = first + at * _STEP
        if place not in masks:
            masks[place] = pitch_mask(ask, place)
        chosen = _choose(track, pitch[at], masks[place], ask.max_polyphony)
        rows += [(*where, length * _STEP, midi, accent) for midi in chosen]
    return np.array(rows, GRID_NOTE)


def _choose(track: int, row: Floats, mask: Mask, most: int | None) -> list[int]:
    """Return the pitches that sound, those alone that are allowed being weighed."""
    place, octaves = _fold(track)
    weight = np.where(mask, row[place] * 0.5**octaves, -1.0)
    if track in _LINES:
        return [int(weight.argmax())]
    weight = np.where((octaves == 0) | (weight == weight.max()), weight, -1.0)
    return _best(weight, most)


@lru_cache(maxsize=8)
def _fold(track: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the place in a track of each MIDI pitch, and how many octaves away it is."""
    place = np.arange(128) - LOWEST[track]
    folded = np.where(place < 0, place % 12, N_PITCHES - 12 + place % 12)
    folded = np.where((place >= 0) & (place < N_PITCHES), place, folded)
    return folded, np.abs(place - folded) // 12


def _best(weight: npt.NDArray[Any], most: int | None) -> list[int]:
    """Return the places above one half, the best one at least, at most so many."""
    order = np.argsort(-weight, kind="stable")
    n = max(1, int((weight > 0.5).sum()))
    return sorted(int(one) for one in order[: n if most is None else min(n, most)])


def judge_phrases(
    bundle: Bundle, phrases: Sequence[Mapping[str, npt.NDArray[Any]]]
) -> npt.NDArray[np.float64]:
    """Return the critic's score of each phrase of a band; higher is more like what was learned.

    Parameters
    ----------
    bundle : Bundle
        Of interface "noise".
    phrases : sequence of mapping
        As `motet.phrases.band.extract_band` gives them.

    Returns
    -------
    float64, shape (n,)

    Examples
    --------
    >>> judge_phrases(None, []).shape
    (0,)
    """
    if not phrases:
        return np.zeros(0)
    arrays: dict[str, npt.NDArray[Any]] = {
        name: np.stack([np.asarray(one[name], np.int64) for one in phrases]) for name in _CONDITIONS
    }
    for name in ("attack", "present"):
        arrays[name] = np.stack([np.asarray(one[name], np.float32) for one in phrases])
    packed = np.stack([np.asarray(one["roll"], np.uint8) for one in phrases])
    arrays["roll"] = unpack_roll(packed).astype(np.float32)
    found = _open(bundle)["critic"].run(arrays)["score"]
    return np.asarray(found, np.float64).reshape(-1)
