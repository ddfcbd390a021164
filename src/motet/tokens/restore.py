"""A grid as a score: everything that a grid knows, spelled and named for people.

Conventions: pitches sound as they did (the shift is taken back); a part without a name is named by
its program, numbered where several share one; keyboards are written on two staves, split at middle C.
A note that would ring on after the last bar ends with it, so that the score has the grid's bars.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from motet.errors import ParameterError
from motet.score import (
    BarLength,
    ChordSymbol,
    KeySignature,
    Metre,
    Note,
    Part,
    Score,
    Section,
    Tempo,
)
from motet.theory import GM_PROGRAMS, NO_CHORD, Chord, find_instrument, spell_line, spell_pitch
from motet.tokens.harmony import chord_of
from motet.tokens.layout import (
    MODE_TONICS,
    GridArray,
    GridPart,
    GridScore,
    key_tonic,
    metre_length,
    metre_of,
    velocity_of,
)
from motet.tokens.vocab import MODES, POSITIONS_PER_QN, SECTIONS
from motet.units import DEFAULT_RESOLUTION, qpm_to_quarter_us

__all__ = ["grid_to_score", "sounding_key"]

_MIDDLE_C = 60
_DRUM_CHANNEL = 9


def sounding_key(grid: GridScore) -> KeySignature | None:
    """Return the key signature of what sounds, None when there is no key.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    KeySignature or None
        Five flats to six sharps.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> sounding_key(score_to_grid(make_score("Eb4:4", fifths=-3)).grid).fifths
    -3
    """
    key = key_tonic(grid.key)
    if key is None:
        return None
    tonic, mode = key
    home = (tonic - MODE_TONICS[MODES.index(mode)] - grid.shift_semi) % 12
    return KeySignature(tick=0, fifths=(7 * home + 5) % 12 - 5, mode=mode)


def grid_to_score(grid: GridScore, *, resolution: int = DEFAULT_RESOLUTION) -> Score:
    """Return a grid as a score.

    Parameters
    ----------
    grid : GridScore
    resolution : int, ticks a quarter note
        A multiple of 24.

    Returns
    -------
    Score
        `score_to_grid` of it gives the same grid, if the grid is normalised by its own key and no
        note rings on after its end.

    Raises
    ------
    ParameterError
        The resolution is no multiple of 24.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> score = grid_to_score(score_to_grid(make_score("F#4:1 A4:3", fifths=2, chords="D:4")).grid)
    >>> [(note.spelling, note.onset_tick) for note in score.parts[0].notes], score.chords[0].symbol
    ([('F#', 0), ('A', 480)], 'D')
    """
    if resolution <= 0 or resolution % POSITIONS_PER_QN or resolution > 32767:
        raise ParameterError(
            f"resolution must be a multiple of {POSITIONS_PER_QN} up to 32767, got {resolution}; "
            "480 is usual",
            zh=f"resolution 必须是 {POSITIONS_PER_QN} 的倍数且不超过 32767,收到 {resolution};常用 480",
        )
    step = resolution // POSITIONS_PER_QN
    starts = (grid.bar_starts * step).tolist()
    key = sounding_key(grid)
    fifths = key.fifths if key else 0
    chords = _chords(grid, starts, step, fifths)
    metres, lengths = _metres(grid, starts, step)
    return Score(
        parts=_parts(grid, step, fifths, chords),
        resolution=resolution,
        tempos=() if grid.qpm is None else (Tempo(tick=0, quarter_us=qpm_to_quarter_us(grid.qpm)),),
        metres=metres,
        keys=(key,) if key else (),
        bar_lengths=lengths,
        chords=tuple(ChordSymbol(tick=tick, symbol=chord.symbol) for tick, chord in chords),
        sections=tuple(
            Section(tick=start, label=SECTIONS[value])
            for start, value in zip(starts, grid.bars["section"].tolist(), strict=False)
            if value >= 0
        ),
        length_tick=starts[-1],
    )


def _chords(grid: GridScore, starts: list[int], step: int, fifths: int) -> list[tuple[int, Chord]]:
    """Return the chords that sound, with their ticks."""
    found = []
    for bar, pos, value, bass, _ in grid.chords.tolist():
        if value >= 0:
            value = (value - 20 * grid.shift_semi) % 240
        if bass >= 0:
            bass = (bass - grid.shift_semi) % 12
        found.append((starts[bar] + pos * step, chord_of(value, bass, fifths=fifths)))
    return found


def _metres(
    grid: GridScore, starts: list[int], step: int
) -> tuple[tuple[Metre, ...], tuple[BarLength, ...]]:
    """Return the changes of metre, and the bars that are longer or shorter than theirs."""
    metres: list[Metre] = []
    lengths: list[BarLength] = []
    before = -1
    for start, length, value in zip(
        starts, grid.bars["length"].tolist(), grid.bars["metre"].tolist(), strict=False
    ):
        if value != before:
            upper, lower = metre_of(value) or (4, 4)
            symbol = "none" if metre_of(value) is None else ""
            metres.append(Metre(tick=start, numerator=upper, denominator=lower, symbol=symbol))
            before = value
        if length != metre_length(value):
            lengths.append(BarLength(tick=start, duration_tick=length * step))
    return tuple(metres), tuple(lengths)


def _parts(
    grid: GridScore, step: int, fifths: int, chords: list[tuple[int, Chord]]
) -> tuple[Part, ...]:
    """Return the parts with their notes."""
    n_same = Counter(_name(one) for one in grid.parts)
    seen: Counter[str] = Counter()
    parts = []
    for index, one in enumerate(grid.parts):
        name = _name(one)
        seen[name] += 1
        if n_same[name] > 1 and not one.name:
            name = f"{name} {seen[name]}"
        n_staves = 1 if one.is_drums else find_instrument(one.program).n_staves
        rows = grid.notes[grid.notes["part"] == index]
        parts.append(
            Part(
                name=name,
                notes=_notes(grid, one, rows, step, fifths, chords, n_staves=n_staves),
                program=0 if one.is_drums else one.program,
                channel=_DRUM_CHANNEL if one.is_drums else -1,
                is_drums=one.is_drums,
                role=one.role,
                n_staves=n_staves,
            )
        )
    return tuple(parts)


def _name(part: GridPart) -> str:
    return part.name or ("Drums" if part.is_drums else GM_PROGRAMS[part.program])


def _notes(
    grid: GridScore,
    part: GridPart,
    rows: GridArray,
    step: int,
    fifths: int,
    chords: list[tuple[int, Chord]],
    *,
    n_staves: int,
) -> tuple[Note, ...]:
    """Return the notes of a part, spelled."""
    ticks = (grid.bar_starts[rows["bar"]] + rows["pos"]) * step
    pitches = rows["pitch"].tolist()
    names = [""] * len(rows)
    if not part.is_drums:
        pitches = [_fold(pitch - grid.shift_semi) for pitch in pitches]
        under = np.searchsorted([tick for tick, _ in chords], ticks, side="right") - 1
        tones = [(chords[at][1] if at >= 0 else NO_CHORD).tones() for at in under.tolist()]
        if len(np.unique(ticks)) == len(ticks):
            names = list(spell_line(pitches, fifths=fifths, chord_tones=tones))
        else:
            names = [
                spell_pitch(pitch, fifths=fifths, chord_tones=tone)
                for pitch, tone in zip(pitches, tones, strict=True)
            ]
    return tuple(
        Note(
            onset_tick=tick,
            duration_tick=duration,
            pitch=pitch,
            velocity=velocity_of(velocity),
            spelling=name,
            staff=2 if n_staves == 2 and pitch < _MIDDLE_C else 1,
        )
        for tick, duration, pitch, velocity, name in zip(
            ticks.tolist(),
            np.minimum(rows["dur"] * step, grid.bar_starts[-1] * step - ticks).tolist(),
            pitches,
            rows["vel"].tolist(),
            names,
            strict=True,
        )
    )


def _fold(pitch: int) -> int:
    """Return a pitch moved by octaves into MIDI's range."""
    while pitch < 0:
        pitch += 12
    while pitch > 127:
        pitch -= 12
    return pitch
