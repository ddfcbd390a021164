"""A Markov chain that writes music: the cheapest rival of a model.

Conventions: tokens of a part after the last three, with shorter memories to fall back on; drums and
pitched parts are counted apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Final

import numpy as np

from motet.corpus.shards import Shards
from motet.tokens import GRID_NOTE, GridScore, encode, sort_notes
from motet.tokens.cell import CellState
from motet.tokens.vocab import FAMILIES, VOCAB_SIZE

__all__ = ["Chain", "learn_chain"]

ORDER: Final = 3
MAX_BARS: Final = 64
_END: Final = VOCAB_SIZE  # of a cell


class Chain:
    """What follows what in the cells of a corpus.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score(" | ".join(["C4:1 D4:1 E4:1 F4:1"] * 4), fifths=0)).grid
    >>> chain = Chain()
    >>> chain.learn(grid)
    >>> chain.write(grid, np.random.default_rng(0)).notes["pitch"][:4].tolist()
    [60, 62, 64, 65]
    """

    def __init__(self) -> None:
        self.counts: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        self.n_cells = 0
        self.n_possible = 0

    def learn(self, grid: GridScore) -> None:
        """Count the cells of a piece of up to 64 bars."""
        for cells in _split_cells(grid):
            kind = int(any(FAMILIES["DRUM"].start <= t < FAMILIES["DRUM"].end for t in cells[0]))
            stream = [_END] * ORDER
            for cell in cells:
                for token in (*cell, _END):
                    for order in range(ORDER + 1):
                        self.counts[kind, *stream[len(stream) - order :]][token] += 1
                    stream = [*stream[1:], token]
            self.n_cells += len(cells)
            self.n_possible += grid.n_bars

    def write(self, grid: GridScore, rng: np.random.Generator) -> GridScore:
        """Return a grid whose notes the chain drew; cells are silent as often as in the corpus."""
        rows: list[tuple[int, int, int, int, int, int]] = []
        p_play = self.n_cells / max(1, self.n_possible)
        for part, facts in enumerate(grid.parts):
            memory = [_END] * ORDER
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
            mask[_END] = bool(cell.notes) and not cell.is_partial
            if not mask.any():
                return [*memory[1:], _END]
            for order in range(ORDER, -1, -1):
                found = self.counts.get((int(cell.is_drums), *memory[len(memory) - order :]))
                choices = [t for t in found if mask[t]] if found else []
                if choices:
                    break
            else:
                choices, found = np.flatnonzero(mask).tolist(), Counter()
            counts = found or Counter()
            weights = np.array([counts[t] or 1 for t in choices], dtype=np.float64)
            token = int(rng.choice(choices, p=weights / weights.sum()))
            memory = [*memory[1:], token]
            if token == _END:
                return memory
            cell.push(token)


def learn_chain(shards: Shards, *, n_pieces: int, rng: np.random.Generator) -> Chain:
    """Return a chain counted over some pieces of a split.

    Parameters
    ----------
    shards : Shards
    n_pieces : int
        How many are looked at; those of more than 64 bars are passed over.
    rng : numpy.random.Generator

    Returns
    -------
    Chain

    Examples
    --------
    >>> learn_chain([], n_pieces=3, rng=np.random.default_rng(0)).n_cells
    0
    """
    chain = Chain()
    for index in rng.permutation(len(shards))[:n_pieces].tolist():
        grid = shards[index]
        if grid.n_bars <= MAX_BARS:
            chain.learn(grid)
    return chain


def _split_cells(grid: GridScore) -> list[list[tuple[int, ...]]]:
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
