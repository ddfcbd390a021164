"""Pieces in memory as a source to train on: for one's own scores, without building a corpus.

Offers `Pieces`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from motet.errors import CorpusError
from motet.tokens.layout import GridScore

__all__ = ["Pieces"]


class Pieces:
    """Grids with what training asks of a split of a corpus.

    Parameters
    ----------
    grids : sequence of GridScore
        Whole pieces, as `motet.tokens.score_to_grid` gives them.
    split : str
        A name for messages.

    Raises
    ------
    CorpusError
        There is none.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> pieces = Pieces([score_to_grid(make_score("C4:4 | E4:4")).grid])
    >>> len(pieces), pieces.draw_weights().tolist()
    (1, [1.0])
    """

    def __init__(self, grids: Sequence[GridScore], *, split: str = "train") -> None:
        if not grids:
            raise CorpusError("there are no pieces; give one or more", zh="没有乐曲;请至少给出一首")
        self._grids = tuple(grids)
        self.split = split
        self.styles: npt.NDArray[np.int64] = np.array([grid.style for grid in grids], np.int64)

    def __len__(self) -> int:
        return len(self._grids)

    def __getitem__(self, index: int) -> GridScore:
        return self._grids[index]

    def __iter__(self) -> Iterator[GridScore]:
        return iter(self._grids)

    def draw_weights(self) -> npt.NDArray[np.float64]:
        """Return the probability of each piece, by its bars; float64, shape (n,), sum 1."""
        bars = np.array([grid.n_bars for grid in self._grids], np.float64)
        weights: npt.NDArray[np.float64] = bars / bars.sum()
        return weights
