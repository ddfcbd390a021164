"""Hypothesis strategies: grids with pickups, irregular bars, drums, chords, sections, gaps.

Use: ``from grid_strategies import grids``; ``pythonpath = ["tests"]`` makes it importable.
"""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from motet.tokens import GRID_BAR, GRID_CHORD, GRID_NOTE, GridPart, GridScore, sort_notes
from motet.tokens.layout import MODE_TONICS
from motet.tokens.values import metre_length, metre_value
from motet.tokens.vocab import ROLES, SECTIONS

__all__ = ["grids", "orders"]

_METRES = ((4, 4), (3, 4), (6, 8), (7, 8), (5, 16), (2, 2), (12, 2))


@st.composite
def _bars(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    """Up to six bars: a pickup, changes of metre, odd lengths, no metre at all, sections."""
    rows, metre = [], metre_value(*draw(st.sampled_from(_METRES)))
    for bar in range(draw(st.integers(1, 6))):
        if draw(st.integers(0, 4)) == 0:
            metre = draw(st.sampled_from((64, *(metre_value(*one) for one in _METRES))))
        length = metre_length(metre)
        if draw(st.integers(0, 4)) == 0 or (bar == 0 and draw(st.booleans())):
            length = draw(st.sampled_from((1, 24, length - 1, length + 12, 1151)))
        section = draw(st.sampled_from((-1, -1, *range(len(SECTIONS)))))
        rows.append((length, metre, section))
    return rows


@st.composite
def _notes(
    draw: st.DrawFn, bars: list[tuple[int, int, int]], parts: list[GridPart]
) -> list[tuple[int, ...]]:
    """Up to 24 notes: on beats and off, in chords, long and short, loud and soft."""
    rows = []
    for _ in range(draw(st.integers(0, 24))):
        bar = draw(st.integers(0, len(bars) - 1))
        part = draw(st.integers(0, len(parts) - 1))
        length = bars[bar][0]
        pos = draw(st.integers(0, length - 1))
        if draw(st.booleans()):
            pos -= pos % 24
        velocity = draw(st.sampled_from((9, 9, 0, 15)))
        if parts[part].is_drums:
            rows.append((bar, part, pos, 6, draw(st.sampled_from((27, 36, 38, 87))), velocity))
            continue
        dur = draw(st.sampled_from((24, 24, 12, 1, 96, 97, 192, 1632)))
        pitch = draw(st.integers(40, 84))
        rows.append((bar, part, pos, dur, pitch, velocity))
        if draw(st.booleans()):
            rows.append((bar, part, pos, draw(st.sampled_from((dur, 6))), pitch + 4, velocity))
    return rows


@st.composite
def _chords(
    draw: st.DrawFn, bars: list[tuple[int, int, int]]
) -> list[tuple[int, int, int, int, float]]:
    """Up to six chords, each another than the one before."""
    places = set()
    for _ in range(draw(st.integers(0, 6))):
        bar = draw(st.integers(0, len(bars) - 1))
        places.add((bar, draw(st.sampled_from((0, bars[bar][0] // 2, bars[bar][0] - 1)))))
    rows: list[tuple[int, int, int, int, float]] = []
    for bar, pos in sorted(places):
        chord = draw(st.integers(-1, 239))
        bass = draw(st.sampled_from((-1, 0, 7))) if chord >= 0 else -1
        if chord >= 0 and bass == chord // 20:
            bass = -1
        if not rows or rows[-1][2:4] != (chord, bass):
            rows.append((bar, pos, chord, bass, draw(st.sampled_from((0.25, 1.0)))))
    return rows


@st.composite
def grids(draw: st.DrawFn, *, is_normal: bool = False) -> GridScore:
    """A grid of any kind.

    With `is_normal` as a score says it: slots without gaps, a key of its own that normalises it, a
    note in it at least, none that rings on after the end.
    """
    n_parts = draw(st.integers(1, 4))
    slots = range(n_parts)
    if not is_normal:
        slots = sorted(draw(st.sets(st.integers(0, 15), min_size=n_parts, max_size=n_parts)))
    parts = []
    for slot in slots:
        program = draw(st.sampled_from((0, 0, 40, 73, 128)))
        role = draw(st.sampled_from(("", *ROLES)))
        parts.append(GridPart(slot=slot, program=program, role=role))
    bars = draw(_bars())
    rows = draw(_notes(bars, parts))
    if is_normal:
        first = (0, 0, 0, 6, 60, 9)
        ends = [sum(bar[0] for bar in bars[index:]) for index in range(len(bars))]
        rows = [
            (bar, part, pos, 6 if parts[part].is_drums else min(dur, ends[bar] - pos), *rest)
            for bar, part, pos, dur, *rest in (*rows, first)
        ]
    chords = draw(_chords(bars))
    mode = draw(st.integers(0, 6))
    key, shift = draw(st.integers(0, 84)), draw(st.integers(-5, 6))
    if is_normal:
        key = MODE_TONICS[mode] * 7 + mode
        if not chords and all(parts[row[1]].is_drums for row in rows):
            key, shift = 84, 0
    return GridScore(
        parts=tuple(parts),
        notes=sort_notes(np.array(rows, GRID_NOTE)),
        bars=np.array(bars, GRID_BAR),
        chords=np.array(chords, GRID_CHORD),
        key=key,
        shift_semi=shift,
        qpm=draw(st.sampled_from((None, 60.0, 120.0, 187.3))),
        style=-1 if is_normal else draw(st.integers(-1, 68)),
        emotion=-1 if is_normal else draw(st.integers(-1, 15)),
        difficulty=-1 if is_normal else draw(st.integers(-1, 7)),
        extent=-1 if is_normal else draw(st.integers(-1, 3)),
    )


def orders(grid: GridScore) -> st.SearchStrategy[list[int]]:
    """Orders of a grid's parts."""
    return st.permutations(list(range(len(grid.parts))))
