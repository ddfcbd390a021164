"""How many tokens a note costs, by style: for the data card and for planning a training run.

Conventions: whole pieces in windows of 64 bars, in score order, chords included, without holes.

Offers `count_tokens`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from motet.corpus.shards import Shards
from motet.tokens import encode, window
from motet.tokens.vocab import STYLES

__all__ = ["count_tokens"]

_WINDOW: Final = 64


def count_tokens(shards: Shards, *, max_notes: int = 100_000) -> dict[str, tuple[int, int]]:
    """Return tokens and notes of each style, counted on its first pieces.

    Parameters
    ----------
    shards : Shards
    max_notes : int, > 0
        No more pieces of a style are counted after so many notes.

    Returns
    -------
    dict of str to (int, int)
        Style, "" for unknown: tokens, notes.

    Examples
    --------
    >>> from pathlib import Path
    >>> from motet.corpus.layout import FORMAT
    >>> from motet.corpus.shard import write_shards
    >>> from motet.tokens import vocab_hash
    >>> _ = write_shards("s", [], {"format": FORMAT, "vocab_hash": vocab_hash()}, {})
    >>> from motet.corpus.shards import open_shards
    >>> count_tokens(open_shards("s", "train"))
    {}
    """
    tokens: dict[str, int] = defaultdict(int)
    notes: dict[str, int] = defaultdict(int)
    for index, style in enumerate(shards.styles.tolist()):
        name = STYLES[style] if style >= 0 else ""
        if notes[name] >= max_notes:
            continue
        grid = shards[index]
        notes[name] += grid.n_notes
        for start in range(0, grid.n_bars, _WINDOW):
            tokens[name] += len(encode(window(grid, start, min(start + _WINDOW, grid.n_bars))))
    return {name: (tokens[name], notes[name]) for name in sorted(notes)}
