"""What is asked of a bundle of any family: bars and chords to write into, which parts, and what binds.

Conventions: times are grid positions, 24 a quarter note; `PhraseAsk.low_midi` and `high_midi` are sounding
pitches, everything in a grid is key-normalised (sounding plus ``grid.shift_semi``). Drums obey neither
scale nor range. A wanted part that the grid has already keeps its bars up to the last one with a note of
its own; the bars after that are open.

Offers `PhraseAsk`, `check_ask`, `lay_parts`, `open_bars`, `join_notes`, `pitch_mask`, `PHRASE_PARTS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.errors import ConstraintError, ParameterError
from motet.score import Metre
from motet.tokens.harmony import chord_of, chord_pcs
from motet.tokens.layout import (
    GRID_NOTE,
    GridArray,
    GridPart,
    GridScore,
    key_tonic,
    metre_length,
    metre_of,
    sort_notes,
)
from motet.tokens.vocab import MODES, N_SLOTS

__all__ = [
    "PHRASE_PARTS",
    "PhraseAsk",
    "check_ask",
    "join_notes",
    "lay_parts",
    "open_bars",
    "pitch_mask",
]

Mask = npt.NDArray[np.bool_]

PHRASE_PARTS: Final = {
    "melody": ("melody", 73),
    "chords": ("comping", 0),
    "bass": ("bass", 32),
    "strings": ("strings", 48),
    "drums": ("drums", 128),
}
"""Parts that can be asked for: the role in the grid and the General MIDI program of a new one."""

_STEPS: Final = (0, 2, 4, 5, 7, 9, 11)
_WHITE: Final = frozenset(_STEPS)
_LETTERS: Final = dict(zip("CDEFGAB", _STEPS, strict=True))
_LIFTS: Final = {name: (0, 9, 2, 4, 5, 7, 11)[at] for at, name in enumerate(MODES)}
_MAX_CANDIDATES: Final = 64


@dataclass(frozen=True, eq=False, kw_only=True)
class PhraseAsk:
    """Music that is asked for.

    Parameters
    ----------
    grid : GridScore
        Bars, chords, key, style and tempo; its notes are given and stay.
    parts : tuple of str
        Of `PHRASE_PARTS`: what to write.
    temperature : float, 0.05 to 2
        1 is as the model learned; less is safer.
    n : int, 1 to 64
        How many candidates.
    seed : int, >= 0
        With bundle and build it decides the notes.
    scale : bool
        Only tones of the key and of the chord that sounds; an altered tone of the chord puts the one that
        it replaces out of use.
    strong : bool
        With `scale`, notes that begin on strong beats, or where a chord begins, are tones of the chord.
    ends : bool
        With `scale`, the last bar holds only tones of its chord.
    low_midi, high_midi : int, 0 to 127
        Sounding range of what is written, drums apart.
    max_polyphony : int or None
        How many notes of a part may sound at once.

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> PhraseAsk(grid=practice_grid(0, 4), parts=("melody",)).n
    1
    """

    grid: GridScore
    parts: tuple[str, ...]
    temperature: float = 1.0
    n: int = 1
    seed: int = 0
    scale: bool = True
    strong: bool = False
    ends: bool = True
    low_midi: int = 0
    high_midi: int = 127
    max_polyphony: int | None = None

    @property
    def low(self) -> int:
        """Lowest pitch in the grid's own count."""
        return max(0, self.low_midi + self.grid.shift_semi)

    @property
    def high(self) -> int:
        """Highest pitch in the grid's own count."""
        return min(127, self.high_midi + self.grid.shift_semi)

    @cached_property
    def key_pcs(self) -> frozenset[int]:
        """Pitch classes of the key, normalised; none without a key."""
        found = key_tonic(self.grid.key)
        if found is None:
            return frozenset()
        tonic, mode = found
        return frozenset((tonic + step - _LIFTS[mode]) % 12 for step in _STEPS)

    @cached_property
    def chord_starts(self) -> npt.NDArray[np.int64]:
        """int64, shape (chords,): where each chord begins, in positions of the piece."""
        starts: npt.NDArray[np.int64] = (
            self.grid.bar_starts[self.grid.chords["bar"]] + self.grid.chords["pos"]
        )
        return starts

    @cached_property
    def strong_places(self) -> frozenset[int]:
        """Positions of the piece that count as strong: downbeats, middles of even bars, new chords."""
        found = {int(one) for one in self.chord_starts}
        for start, bar in zip(self.grid.bar_starts, self.grid.bars, strict=False):
            found.add(int(start))
            length, metre = int(bar["length"]), metre_of(int(bar["metre"]))
            if metre is not None and length == metre_length(int(bar["metre"])):
                beats = Metre(tick=0, numerator=metre[0], denominator=metre[1]).beats_qn
                if len(beats) % 2 == 0 and len(set(beats)) == 1:
                    found.add(int(start) + length // 2)
        return frozenset(found)

    def chord_at(self, position: int) -> int:
        """Return the CHORD value that sounds at a position of the piece, -1 for none."""
        at = int(np.searchsorted(self.chord_starts, position, side="right")) - 1
        return int(self.grid.chords["chord"][at]) if at >= 0 else -1


def pitch_mask(ask: PhraseAsk, position: int, *, is_drums: bool = False) -> Mask:
    """Return which pitches may begin at a position of the piece.

    Parameters
    ----------
    ask : PhraseAsk
    position : int
        From the start of the grid.
    is_drums : bool
        Of a drum part, which may have the percussion keys 27 to 87.

    Returns
    -------
    bool, shape (128,)
        By normalised pitch.

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> ask = PhraseAsk(grid=practice_grid(0, 2), parts=("melody",), low_midi=60, high_midi=67)
    >>> np.flatnonzero(pitch_mask(ask, 0)).tolist()
    [60, 62, 64, 65, 67]
    """
    pitches = np.arange(128)
    if is_drums:
        keys: Mask = (pitches >= 27) & (pitches <= 87)
        return keys
    mask: Mask = (pitches >= ask.low) & (pitches <= ask.high)
    if ask.scale:
        is_bound = ask.ends and position >= ask.grid.bar_starts[-2]
        is_bound = is_bound or (ask.strong and position in ask.strong_places)
        pcs = _harmony(ask.key_pcs, ask.chord_at(position), is_bound)
        if pcs:
            mask &= np.isin(pitches % 12, sorted(pcs))
    return mask


@lru_cache(maxsize=2048)
def _harmony(key: frozenset[int], chord: int, is_bound: bool) -> frozenset[int]:
    """Return the pitch classes that key and chord allow, the chord alone where it binds."""
    tones = chord_pcs(chord)
    if is_bound and tones:
        return tones
    bent: set[int] = set()
    if tones and key == _WHITE:
        names = chord_of(chord).tones()
        letters = {name[0] for name in names if len(name) > 1}
        bent = {_LETTERS[letter] for letter in letters} - tones
    return (key - bent) | tones


def check_ask(ask: PhraseAsk) -> None:
    """Return if what is asked for can be met, else say what clashes with what.

    Parameters
    ----------
    ask : PhraseAsk

    Raises
    ------
    ParameterError
        A number is out of its range, a part is unknown or asked for twice, or there is no bar.
    ConstraintError
        Range and scale leave no note, or there would be more than 16 parts.

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> grid = practice_grid(0, 1)
    >>> check_ask(PhraseAsk(grid=grid, parts=("melody",), low_midi=61, high_midi=61))
    Traceback (most recent call last):
    motet.errors.ConstraintError: bar 1: the range C#4 to C#4 holds no tone of the key or of chord C; ...
    """
    _check_numbers(ask)
    for name in ask.parts:
        if name not in PHRASE_PARTS or ask.parts.count(name) > 1:
            raise ParameterError(
                f"parts must be some of {', '.join(PHRASE_PARTS)}, each once, got {', '.join(ask.parts)}",
                zh=f"parts 须取自 {'、'.join(PHRASE_PARTS)},各一次,收到 {'、'.join(ask.parts)}",
            )
    if not ask.parts or not ask.grid.n_bars:
        raise ParameterError(
            "there must be a part to write and a bar to write into; name parts and give bars",
            zh="至少要有一个待写声部和一个小节;请给出 parts 与小节数",
        )
    if len(lay_parts(ask)[0].parts) > N_SLOTS:
        raise ConstraintError(
            f"a piece has at most {N_SLOTS} parts; ask for fewer, or give fewer",
            zh=f"一首乐曲最多 {N_SLOTS} 个声部;请减少要求或给出的声部",
        )
    if any(name != "drums" for name in ask.parts):
        _check_pitches(ask)


def _check_numbers(ask: PhraseAsk) -> None:
    """Raise unless every number is within its range."""
    rows: tuple[tuple[str, float, float, float], ...] = (
        ("temperature", ask.temperature, 0.05, 2),
        ("n", ask.n, 1, _MAX_CANDIDATES),
        ("seed", ask.seed, 0, 2**63 - 1),
        ("low_midi", ask.low_midi, 0, 127),
        ("high_midi", ask.high_midi, 0, 127),
        ("max_polyphony", 1 if ask.max_polyphony is None else ask.max_polyphony, 1, 16),
    )
    for name, value, low, high in rows:
        if not low <= value <= high:
            raise ParameterError(
                f"{name} must be {low} to {high}, got {value}",
                zh=f"{name} 须为 {low} 到 {high},收到 {value}",
            )


def _check_pitches(ask: PhraseAsk) -> None:
    """Raise where a chord finds no pitch within range and scale."""
    from motet.theory.pitch import spell_pitch

    low, high = (
        f"{spell_pitch(pitch)}{pitch // 12 - 1}" for pitch in (ask.low_midi, ask.high_midi)
    )
    if ask.low_midi > ask.high_midi:
        raise ConstraintError(
            f"the range {low} to {high} is empty: its lowest note lies above its highest; swap them",
            zh=f"音域 {low} 到 {high} 为空:最低音高于最高音;请对调",
        )
    starts = ask.grid.bar_starts
    places = {0, int(starts[-2]), *ask.strong_places}
    for place in sorted(one for one in places if one < starts[-1]):
        if pitch_mask(ask, place).any():
            continue
        bar = int(np.searchsorted(ask.grid.bar_starts, place, side="right"))
        value = ask.chord_at(place)
        name = chord_of((value - 20 * ask.grid.shift_semi) % 240).symbol if value >= 0 else "N.C."
        raise ConstraintError(
            f"bar {bar}: the range {low} to {high} holds no tone of the key or of chord {name}; widen "
            "the range, or free the harmony",
            zh=f"第 {bar} 小节:音域 {low} 到 {high} 内没有调内音或和弦 {name} 的音;请放宽音域,或不限和声",
        )


def lay_parts(ask: PhraseAsk) -> tuple[GridScore, dict[str, int]]:
    """Return the grid with a row for every part that is wanted, and which row each is.

    Parameters
    ----------
    ask : PhraseAsk

    Returns
    -------
    GridScore
        The parts given, as they are, then new empty ones.
    dict of str to int
        Index in its parts, a wanted part each.

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> grid, rows = lay_parts(PhraseAsk(grid=practice_grid(1, 1), parts=("bass", "strings")))
    >>> rows, len(grid.parts)
    ({'bass': 2, 'strings': 4}, 5)
    """
    parts = list(ask.grid.parts)
    rows: dict[str, int] = {}
    for name in ask.parts:
        role, program = PHRASE_PARTS[name]
        at = next((k for k, one in enumerate(ask.grid.parts) if one.role == role), -1)
        if at < 0:
            used = {one.slot for one in parts}
            slot = 1 + max(used, default=-1)
            parts.append(GridPart(slot=slot, program=program, role=role))
            at = len(parts) - 1
        rows[name] = at
    return replace(ask.grid, parts=tuple(parts)), rows


def open_bars(grid: GridScore, part: int) -> range:
    """Return the bars of a part that are to be written: those after its last given note.

    Parameters
    ----------
    grid : GridScore
    part : int

    Returns
    -------
    range

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> open_bars(practice_grid(2, 2), 0)
    range(2, 4)
    """
    bars = grid.notes["bar"][grid.notes["part"] == part]
    return range(int(bars.max()) + 1 if len(bars) else 0, grid.n_bars)


def join_notes(ask: PhraseAsk, written: Mapping[str, GridArray]) -> GridScore:
    """Return the grid of an ask with notes written into its open bars.

    Parameters
    ----------
    ask : PhraseAsk
    written : mapping of str to array of `GRID_NOTE`
        Notes of each wanted part; their ``part`` is set here. Those outside open bars are left out, and
        none sounds past the end of the piece.

    Returns
    -------
    GridScore

    Examples
    --------
    >>> from motet.engine.probe import practice_grid
    >>> ask = PhraseAsk(grid=practice_grid(1, 1), parts=("melody",))
    >>> note = np.array([(1, 0, 0, 200, 72, 9)], GRID_NOTE)
    >>> grid = join_notes(ask, {"melody": note})
    >>> grid.n_notes - ask.grid.n_notes, int(grid.cell(1, 0)["dur"][0])
    (1, 96)
    """
    grid, rows = lay_parts(ask)
    kept = [grid.notes.astype(GRID_NOTE)]
    for name, given in written.items():
        is_open = open_bars(grid, rows[name])
        notes = given[(given["bar"] >= is_open.start) & (given["bar"] < is_open.stop)].copy()
        notes["part"] = rows[name]
        left = grid.bar_starts[-1] - grid.bar_starts[notes["bar"]] - notes["pos"]
        notes["dur"] = np.minimum(notes["dur"], left)
        kept.append(notes[notes["dur"] > 0])
    return replace(grid, notes=sort_notes(np.concatenate(kept)))
