"""The corpus as windows of tokens, for whoever trains or measures something of their own: NumPy only.

Conventions: a window is one document of the vocabulary (`motet.tokens.vocab`): header, plan, notes, whole
bars. Windows in order cover every bar of a split once; drawn ones come with styles balanced and never end.
Nothing is varied: transposing (`motet.tokens.shift_grid`) and the rest are the caller's.

Offers `Window`, `iterate`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from motet.corpus.shards import Shards, open_shards
from motet.errors import ParameterError
from motet.tokens.encode import encode
from motet.tokens.grid import keep_parts, window
from motet.tokens.layout import GridScore

__all__ = ["Window", "iterate"]

_MAX_BARS = 64
_LEAST_TOKENS = 64


@dataclass(frozen=True, eq=False, kw_only=True)
class Window:
    """Some bars of a piece as tokens.

    Parameters
    ----------
    ids : int32, shape (t,)
    grid : GridScore
        The same bars; silent parts are left out.
    piece : str
        ``source/path``.
    source : str
    is_made : bool
        Whether the arranger wrote it.
    start_bar : int
        Where in the piece.
    """

    ids: npt.NDArray[np.int32]
    grid: GridScore
    piece: str
    source: str
    is_made: bool
    start_bar: int


def iterate(
    folder: str | Path,
    split: str = "train",
    *,
    max_tokens: int = 1024,
    draw: bool = False,
    seed: int = 0,
    keep_made: bool = True,
) -> Iterator[Window]:
    """Yield windows of a built corpus.

    Parameters
    ----------
    folder : str or Path
        What ``motet corpus build`` wrote.
    split : "train", "valid" or "test"
    max_tokens : int, >= 64
        No window is longer; a single bar that is stays out.
    draw : bool
        False gives every window once, in order. True draws pieces by the corpus' weights and a
        window of each, without end.
    seed : int
        Of what is drawn.
    keep_made : bool
        Whether the arranger's pieces are among them.

    Yields
    ------
    Window

    Raises
    ------
    ParameterError
        `max_tokens` is too small, or nothing is left to draw from.
    CorpusError
        The folder holds no corpus.

    Examples
    --------
    >>> next(iterate("nowhere"))
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    if max_tokens < _LEAST_TOKENS:
        raise ParameterError(
            f"max_tokens must be >= {_LEAST_TOKENS}, got {max_tokens}; try 1024",
            zh=f"max_tokens 须不小于 {_LEAST_TOKENS},收到 {max_tokens};可试 1024",
        )
    shards = open_shards(folder, split)
    is_made = _made_pieces(shards)
    weights = shards.draw_weights() * (keep_made | ~is_made)
    if not draw:
        for index in np.flatnonzero(keep_made | ~is_made).tolist():
            grid, start = shards[index], 0
            while start < grid.n_bars:
                found, end = _cut(grid, start, max_tokens)
                if found is not None:
                    yield _window(shards, index, bool(is_made[index]), start, found)
                start = end
        return
    if not weights.sum() > 0:
        raise ParameterError(
            f"the split {split!r} has no pieces to draw from; choose another split",
            zh=f"划分 {split!r} 中没有可抽取的乐曲;请选择其他划分",
        )
    rng = np.random.default_rng(seed)
    shares = weights / weights.sum()
    while True:
        index = int(rng.choice(len(shards), p=shares))
        grid = shards[index]
        start = int(rng.integers(grid.n_bars))
        found, _ = _cut(grid, start, max_tokens)
        if found is not None:
            yield _window(shards, index, bool(is_made[index]), start, found)


def _made_pieces(shards: Shards) -> npt.NDArray[np.bool_]:
    """Return which pieces the arranger wrote."""
    classes = [shards.facts["sources"][name]["licence_class"] for name in shards.sources]
    made = [k for k, one in enumerate(classes) if one == "made"]
    return np.isin(shards.pieces["source"], made)


def _window(
    shards: Shards,
    index: int,
    is_made: bool,
    start: int,
    found: tuple[GridScore, npt.NDArray[np.int32]],
) -> Window:
    """Return a window with what is known of its piece."""
    return Window(
        ids=found[1],
        grid=found[0],
        piece=shards.names[index],
        source=shards.sources[int(shards.pieces["source"][index])],
        is_made=is_made,
        start_bar=start,
    )


def _cut(
    grid: GridScore, start: int, max_tokens: int
) -> tuple[tuple[GridScore, npt.NDArray[np.int32]] | None, int]:
    """Return as many bars from a bar on as fit, and where they end; None for silence."""
    n_bars = min(_MAX_BARS, grid.n_bars - start)
    while True:
        end = start + n_bars
        part = window(grid, start, end)
        if not part.n_notes:
            return None, end
        part = keep_parts(part, np.unique(part.notes["part"]).tolist())
        ids = encode(part)
        if len(ids) <= max_tokens:
            return (part, ids), end
        if n_bars == 1:
            return None, end
        n_bars = max(1, min(n_bars - 1, int(n_bars * 0.95 * max_tokens / len(ids))))
