"""A score as a grid: notes moved to positions, keyboards merged, pitches normalised by the key.

Conventions: positions count from the start of the bar, 24 a quarter note; a time half-way between
two goes up. Bars are those of the score: each starts at the nearest position of the whole piece, so
they stay contiguous, and a bar shorter than half a position vanishes. Whatever is moved, merged or
left out is counted in the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from motet.errors import ParameterError
from motet.score import Note, Part, Score
from motet.theory import Chord, parse_chord
from motet.tokens.bar_lines import BarLines
from motet.tokens.harmony import chord_value
from motet.tokens.keyboard import keyboard_groups
from motet.tokens.layout import (
    DRUM_POSITIONS,
    GRID_CHORD,
    GRID_NOTE,
    MAX_DURATION,
    GridArray,
    GridPart,
    GridScore,
    sort_notes,
)
from motet.tokens.normalise import KeyChoice, choose_key
from motet.tokens.vocab import DRUM_PROGRAM, N_SLOTS, POSITIONS_PER_QN, ROLES

__all__ = ["GridReport", "Gridded", "TimedChord", "score_to_grid"]

IntArray = npt.NDArray[np.int64]
_LOWEST_DRUM: Final = 27
_HIGHEST_DRUM: Final = 87
_KEY_WEIGHT: Final = 2 * POSITIONS_PER_QN


class TimedChord(Protocol):
    """A chord from a tick on, such as `motet.analysis.ChordEstimate`."""

    @property
    def start_tick(self) -> int:
        """Where it starts."""

    @property
    def chord(self) -> Chord:
        """What sounds."""

    @property
    def confidence(self) -> float:
        """How sure that is, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridReport:
    """What a grid changes of its score.

    Parameters
    ----------
    n_notes : int
        Notes of the grid.
    n_moved : int
        Notes whose onset was not on a position.
    max_shift_qn : float, quarter notes
        The farthest that an onset moved.
    n_grace : int
        Notes without duration, left out.
    n_merged : int
        Notes left out because the same pitch starts there in the same part.
    n_dropped : int
        Notes left out for another reason: the sum of the next two.
    n_off_kit, n_other_parts : int
        Drum notes outside keys 27 to 87; notes of parts beyond the sixteen with most notes.
    n_clipped : int
        Notes longer than 1,632 positions, shortened.
    n_folded : int
        Notes moved by an octave, because normalising took them out of MIDI's range.
    sources : tuple of tuples of int
        The score's parts that each part of the grid is made of.
    """

    n_notes: int
    n_moved: int = 0
    max_shift_qn: float = 0.0
    n_grace: int = 0
    n_merged: int = 0
    n_dropped: int = 0
    n_off_kit: int = 0
    n_other_parts: int = 0
    n_clipped: int = 0
    n_folded: int = 0
    sources: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Gridded:
    """A grid and the report of what it changes."""

    grid: GridScore
    report: GridReport


def score_to_grid(
    score: Score,
    *,
    key: KeyChoice = None,
    chords: Sequence[TimedChord] | None = None,
    style: int = -1,
    merge_keyboard: bool = True,
    groups: Sequence[Sequence[int]] | None = None,
    keep_empty: bool = False,
) -> Gridded:
    """Return a score as a grid.

    Parameters
    ----------
    score : Score
    key : Key, "estimate", "none" or None
        What pitches are normalised by; None goes by the written signature that holds longest, and
        estimates where there is none.
    chords : sequence of objects with ``start_tick``, ``chord`` and ``confidence``, or None
        Each holds until the next; None takes the score's own symbols, with confidence 1.
    style : int, -1 to 79
        STYLE value.
    merge_keyboard : bool
        Whether the two hands of one keyboard become one part (`keyboard_groups`).
    groups : sequence of sequences of int, or None
        Which of the score's parts become one part each, in place of `merge_keyboard`.
    keep_empty : bool
        Whether parts without notes stay.

    Returns
    -------
    Gridded
        The grid and its report.

    Raises
    ------
    ParameterError
        There is no note, a bar is longer than 1,151 positions, or a group names no part.

    Examples
    --------
    >>> from motet.score import make_score
    >>> made = score_to_grid(make_score("G4:0.5 A4:0.5 | B4:3", metre="3/4", fifths=1))
    >>> made.grid.notes[["bar", "pos", "dur", "pitch"]].tolist()
    [(0, 0, 12, 72), (0, 12, 12, 74), (0, 24, 72, 76)]
    >>> made.report.n_moved, made.grid.shift_semi
    (0, 5)
    """
    sources, n_other = _choose_parts(
        score, _groups(score, groups, merge_keyboard=merge_keyboard), keep_empty=keep_empty
    )
    table, part_of, is_drum = _read_notes(score, sources)
    is_real = table[1] > 0
    on_kit = ~is_drum | ((table[2] >= _LOWEST_DRUM) & (table[2] <= _HIGHEST_DRUM))
    n_grace, n_off_kit = int((~is_real).sum()), int((is_real & ~on_kit).sum())
    if n_grace or n_off_kit:
        keep = is_real & on_kit
        table, part_of, is_drum = table[:, keep], part_of[keep], is_drum[keep]
    onset, duration, pitch, velocity = table
    if not len(onset):
        raise ParameterError(
            "a grid needs at least one note with a duration; the score has none",
            zh="网格至少需要一个有时值的音符;此乐谱没有",
        )
    lines = BarLines(score)
    n_moved, max_shift_qn = lines.measure_shift(onset)
    bar, pos, dur = lines.place(onset, onset + duration)
    n_clipped = int((dur > MAX_DURATION).sum())
    dur = np.minimum(dur, MAX_DURATION)
    key_value, shift = _find_key(
        score, key, pitch[~is_drum], dur[~is_drum], (onset + duration)[~is_drum]
    )
    pitch = np.where(is_drum, pitch, pitch + shift)
    n_folded = int(((pitch < 0) | (pitch > 127)).sum())
    notes = np.empty(len(onset), GRID_NOTE)
    notes["bar"], notes["part"], notes["pos"] = bar, part_of, pos
    notes["dur"] = np.where(is_drum, DRUM_POSITIONS, dur)
    notes["pitch"] = np.where(pitch < 0, pitch + 12, np.where(pitch > 127, pitch - 12, pitch))
    notes["vel"] = np.clip((velocity + 4) // 8 - 1, 0, 15)
    ordered = sort_notes(notes)
    ordered.flags.writeable = False
    grid = GridScore(
        parts=tuple(_grid_part(score.parts[group[0]], slot) for slot, group in enumerate(sources)),
        notes=ordered,
        bars=lines.bars(),
        chords=_read_chords(score, chords, lines, shift),
        key=key_value,
        shift_semi=shift,
        qpm=_main_qpm(score),
        style=style,
    )
    report = GridReport(
        n_notes=len(ordered),
        n_moved=n_moved,
        max_shift_qn=max_shift_qn,
        n_grace=n_grace,
        n_merged=len(notes) - len(ordered),
        n_dropped=n_off_kit + n_other,
        n_off_kit=n_off_kit,
        n_other_parts=n_other,
        n_clipped=n_clipped,
        n_folded=n_folded,
        sources=sources,
    )
    return Gridded(grid, report)


def _groups(
    score: Score, groups: Sequence[Sequence[int]] | None, *, merge_keyboard: bool
) -> tuple[tuple[int, ...], ...]:
    """Return which parts of the score belong together."""
    if groups is None:
        if merge_keyboard:
            return keyboard_groups(score)
        return tuple((k,) for k in range(len(score.parts)))
    wanted = tuple(tuple(group) for group in groups)
    named = [k for group in wanted for k in group]
    if len(set(named)) != len(named) or any(not 0 <= k < len(score.parts) for k in named):
        raise ParameterError(
            f"groups must name parts 0 to {len(score.parts) - 1}, each once, got {wanted}",
            zh=f"groups 只能包含声部 0 到 {len(score.parts) - 1},且各出现一次,收到 {wanted}",
        )
    return tuple(group for group in wanted if group)


def _choose_parts(
    score: Score, groups: tuple[tuple[int, ...], ...], *, keep_empty: bool
) -> tuple[tuple[tuple[int, ...], ...], int]:
    """Return the groups of the grid, sixteen at most, and how many notes the others have."""
    sizes = [sum(len(score.parts[k].notes) for k in group) for group in groups]
    kept = [g for g in range(len(groups)) if sizes[g] or keep_empty]
    best = sorted(kept, key=lambda g: (-sizes[g], g))[:N_SLOTS]
    return tuple(groups[g] for g in sorted(best)), sum(sizes) - sum(sizes[g] for g in best)


def _read_notes(
    score: Score, sources: tuple[tuple[int, ...], ...]
) -> tuple[IntArray, IntArray, npt.NDArray[np.bool_]]:
    """Return onset, duration, pitch and velocity of all notes, their part, and who is a drum."""
    notes: list[Note] = []
    counts: list[int] = []
    drums: list[bool] = []
    for group in sources:
        before = len(notes)
        for k in group:
            notes.extend(score.parts[k].notes)
        counts.append(len(notes) - before)
        drums.append(score.parts[group[0]].is_drums)
    table = np.empty((4, len(notes)), np.int64)
    # One list a column is twice as fast as one tuple a note.
    table[0] = [note.onset_tick for note in notes]
    table[1] = [note.duration_tick for note in notes]
    table[2] = [note.pitch for note in notes]
    table[3] = [note.velocity for note in notes]
    part_of = np.repeat(np.arange(len(sources)), counts)
    return table, part_of, np.repeat(np.array(drums, np.bool_), counts)


def _read_chords(
    score: Score, chords: Iterable[TimedChord] | None, lines: BarLines, shift: int
) -> GridArray:
    """Return the chords of the grid, each where it changes."""
    found: list[tuple[int, int, int, float]] = []
    if chords is None:
        for symbol in score.chords:
            try:
                value, bass = chord_value(parse_chord(symbol.symbol))
                found.append((symbol.tick, value, bass, 1.0))
            except ParameterError:
                found.append((symbol.tick, -1, -1, 0.0))
    else:
        found = [(one.start_tick, *chord_value(one.chord), one.confidence) for one in chords]
    found = [one for one in found if one[0] < lines.ticks[-1]]
    if not found:
        return _frozen([])
    found.sort(key=lambda one: one[0])
    ticks = np.array([one[0] for one in found], np.int64)
    bars, positions, _ = lines.place(ticks, ticks)
    rows: dict[tuple[int, int], tuple[int, int, float]] = {}
    for bar, pos, (_, value, bass, confidence) in zip(
        bars.tolist(), positions.tolist(), found, strict=True
    ):
        if value >= 0:
            value = (value + 20 * shift) % 240
        rows[bar, pos] = (value, (bass + shift) % 12 if bass >= 0 else -1, confidence)
    kept: list[tuple[int, int, int, int, float]] = []
    for (bar, pos), (value, bass, confidence) in rows.items():
        if not kept or kept[-1][2:4] != (value, bass):
            kept.append((bar, pos, value, bass, confidence))
    return _frozen(kept)


def _frozen(rows: list[tuple[int, int, int, int, float]]) -> GridArray:
    """Return rows as an array of chords that cannot be written to."""
    chords = np.array(rows, GRID_CHORD)
    chords.flags.writeable = False
    return chords


def _grid_part(part: Part, slot: int) -> GridPart:
    """Return the grid's row of a part."""
    role = part.role if part.role in ROLES else ""
    program = DRUM_PROGRAM if part.is_drums else part.program
    return GridPart(slot=slot, program=program, role=role, name=part.name)


def _find_key(
    score: Score, key: KeyChoice, pitch: IntArray, dur: IntArray, end: IntArray
) -> tuple[int, int]:
    """Return KEY value and shift, by pitch, positions and last tick of the pitched notes."""
    weights = np.bincount(pitch % 12, weights=np.minimum(dur, _KEY_WEIGHT), minlength=12)
    last_bass = -1
    if len(pitch):
        last_bass = int(pitch[end >= end.max() - score.resolution // 8].min())
    return choose_key(score, weights.astype(np.float64), last_bass=last_bass, key=key)


def _main_qpm(score: Score) -> float | None:
    """Return the tempo that holds longest, None when none is written."""
    held: dict[int, int] = {}
    for k, one in enumerate(score.tempos):
        last = k + 1 == len(score.tempos)
        end = max(score.end_tick, one.tick) if last else score.tempos[k + 1].tick
        held[one.quarter_us] = held.get(one.quarter_us, 0) + end - one.tick
    if not held:
        return None
    return 60_000_000 / max(held, key=lambda quarter_us: held[quarter_us])
