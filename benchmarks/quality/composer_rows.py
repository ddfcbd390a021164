"""The music that composer.py judges: human windows, shuffled bars, a Markov chain, arranger and model.

Conventions: every row is a list of scores of the same number of bars, in the order of the human
windows. Markov and model get what surrounds the notes of a human window (parts, metres, chords, tempo,
style, key) and write the notes; the arranger gets the style and the key.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np

import motet
from motet.corpus import Shards
from motet.errors import MotetError
from motet.score import Score
from motet.tokens import GRID_NOTE, GridScore, encode, grid_to_score, keep_parts, sort_notes, window
from motet.tokens.cell import CellState
from motet.tokens.vocab import FAMILIES, STYLES, VOCAB_SIZE

MAX_PARTS = 6
MIN_FILLED = 0.5
ORDER = 3
END = VOCAB_SIZE  # of a cell, in the chain


def pick_windows(
    shards: Shards, *, n: int, n_bars: int, rng: np.random.Generator, skip: int = 0
) -> list[GridScore]:
    """Return windows of different pieces, style after style in turn; `skip` rounds are left out."""
    by_style: dict[int, list[int]] = defaultdict(list)
    for index in rng.permutation(len(shards)).tolist():
        if shards.n_bars[index] >= n_bars:
            by_style[int(shards.styles[index])].append(index)
    found: list[GridScore] = []
    queue = [by_style[style] for style in sorted(by_style)]
    while queue and len(found) < n + skip:
        queue = [indices for indices in queue if indices]
        for indices in queue:
            while indices:
                got = cut_window(shards[indices.pop()], n_bars=n_bars, rng=rng)
                if got is not None:
                    found.append(got)
                    break
    return found[skip : n + skip]


def cut_window(grid: GridScore, *, n_bars: int, rng: np.random.Generator) -> GridScore | None:
    """Return `n_bars` bars of a piece with the parts that play in them, or None if too thin."""
    for _ in range(4):
        start = int(rng.integers(0, grid.n_bars - n_bars + 1))
        cut = window(grid, start, start + n_bars)
        playing = sorted(set(cut.notes["part"].tolist()))
        if not playing or len(playing) > MAX_PARTS:
            continue
        cut = keep_parts(cut, playing)
        pitched = [k for k, part in enumerate(cut.parts) if not part.is_drums]
        bars = set(cut.notes["bar"][np.isin(cut.notes["part"], pitched)].tolist())
        if len(bars) >= MIN_FILLED * n_bars:
            return cut
    return None


def to_scores(grids: list[GridScore]) -> list[Score]:
    """Return the scores of grids."""
    return [grid_to_score(grid) for grid in grids]


def empty_grid(grid: GridScore) -> GridScore:
    """Return a grid without its notes."""
    return replace(grid, notes=np.zeros(0, GRID_NOTE))


def shuffle_bars(grid: GridScore, rng: np.random.Generator) -> GridScore:
    """Return a grid whose bars of equal length changed places; its chords stay where they were."""
    place = np.arange(grid.n_bars)
    for length in np.unique(grid.bars["length"]):
        where = np.flatnonzero(grid.bars["length"] == length)
        place[where] = rng.permutation(where)
    notes = grid.notes.copy()
    notes["bar"] = place[notes["bar"]]
    return replace(grid, notes=sort_notes(notes))


def split_cells(grid: GridScore) -> list[list[tuple[int, ...]]]:
    """Return the note tokens of every cell with notes, part by part."""
    parts: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    bar, part, notes = FAMILIES["BAR"].start, FAMILIES["PART"], FAMILIES["NOTES"].start
    tokens = np.asarray(encode(grid)).tolist()
    cell: list[int] = []
    slot = -1
    for token in tokens[tokens.index(notes) + 1 :]:
        if part.start <= token < part.end or token in {bar, FAMILIES["EOS"].start}:
            if slot >= 0:
                parts[slot].append(tuple(cell))
            slot = token - part.start if part.start <= token < part.end else -1
            cell = []
        else:
            cell.append(token)
    return list(parts.values())


class Chain:
    """Tokens of a part after the last three, counted over a corpus, with shorter memories to fall back on."""

    def __init__(self) -> None:
        self.counts: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        self.n_cells = 0
        self.n_possible = 0

    def learn(self, grid: GridScore) -> None:
        """Count the cells of a piece."""
        for cells in split_cells(grid):
            kind = int(any(FAMILIES["DRUM"].start <= t < FAMILIES["DRUM"].end for t in cells[0]))
            stream = [END] * ORDER
            for cell in cells:
                for token in (*cell, END):
                    for order in range(ORDER + 1):
                        self.counts[kind, *stream[len(stream) - order :]][token] += 1
                    stream = [*stream[1:], token]
            self.n_cells += len(cells)
            self.n_possible += grid.n_bars

    def write(self, grid: GridScore, rng: np.random.Generator) -> GridScore:
        """Return a grid whose notes the chain drew; cells are silent as often as in the corpus."""
        rows: list[tuple[int, int, int, int, int, int]] = []
        p_play = self.n_cells / self.n_possible
        for part, facts in enumerate(grid.parts):
            memory = [END] * ORDER
            for bar, length in enumerate(grid.bars["length"].tolist()):
                if rng.random() < p_play:
                    cell = CellState(int(length), is_drums=facts.is_drums)
                    memory = self._write_cell(cell, memory, rng)
                    rows += [(bar, part, *note) for note in cell.notes]
        return replace(grid, notes=sort_notes(np.array(rows, GRID_NOTE)))

    def _write_cell(
        self, cell: CellState, memory: list[int], rng: np.random.Generator
    ) -> list[int]:
        while True:
            mask = np.zeros(VOCAB_SIZE + 1, dtype=bool)
            cell.allow(mask[:VOCAB_SIZE])
            mask[END] = bool(cell.notes) and not cell.is_partial
            if not mask.any():
                return [*memory[1:], END]
            for order in range(ORDER, -1, -1):
                found = self.counts.get((int(cell.is_drums), *memory[len(memory) - order :]))
                choices = [t for t in found if mask[t]] if found else []
                if choices:
                    break
            else:
                choices, found = np.flatnonzero(mask).tolist(), Counter()
            weights = np.array([found[t] or 1 for t in choices], dtype=np.float64)
            token = int(rng.choice(choices, p=weights / weights.sum()))
            memory = [*memory[1:], token]
            if token == END:
                return memory
            cell.push(token)


def arrange_like(grids: list[GridScore], *, n_bars: int) -> list[Score]:
    """Return pieces of the arranger: its own style where a window has one, else all in turn."""
    names = [style.name for style in motet.styles()]
    out = []
    for seed, grid in enumerate(grids):
        style = STYLES[grid.style] if 0 <= grid.style < len(STYLES) else ""
        chosen = style if style in names else names[seed % len(names)]
        try:
            piece = motet.arrange(style=chosen, bars=n_bars, seed=seed, humanise=0)
        except MotetError:
            continue
        out.append(piece.score)
    return out
