"""Held-out music as token documents, and what a model or a chain needs to foretell it.

Conventions: one document a row, padded with 0; nats are those of the tokens that say notes. Nothing is
varied: header and chords are said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.corpus.shards import Shards
from motet.errors import ParameterError
from motet.suite.table import Request
from motet.tokens import GridScore, encode, keep_parts, window
from motet.tokens.vocab import FAMILIES

__all__ = [
    "CONTEXT",
    "Document",
    "count_chains",
    "make_document",
    "open_model",
    "pick_pieces",
    "sum_nats",
]

CONTEXT: Final = 768
MIN_CONFIDENCE: Final = 0.4
SHORTEST: Final = 64
LEAST_NOTES: Final = 24
_NOTES: Final = FAMILIES["NOTES"].start
_FIRST, _LAST = FAMILIES["POSX"].start, FAMILIES["DRUM"].end
_PITCHED: Final = ("PITCH", "ADD", "DRUM")

Losses = Callable[[npt.NDArray[Any]], npt.NDArray[np.float32]]
"""Rows (b, t + 1) to nats of each token after the first (b, t)."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Document:
    """One document, and which of its notes count.

    Parameters
    ----------
    ids : int32, shape (t,)
    marks : bool, shape (t,)
        The tokens that count.
    style : int
    n_bars : int
        Of those that count.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> one = make_document(score_to_grid(make_score("C4:1 D4:1 E4:2")).grid)
    >>> one.n_notes, one.n_bars
    (3, 1)
    """

    ids: npt.NDArray[np.int32]
    marks: npt.NDArray[np.bool_]
    style: int
    n_bars: int

    @property
    def n_notes(self) -> int:
        """How many of its notes count."""
        found = np.zeros(len(self.ids), np.bool_)
        for name in _PITCHED:
            found |= (self.ids >= FAMILIES[name].start) & (self.ids < FAMILIES[name].end)
        return int((found & self.marks).sum())


def make_document(
    grid: GridScore, *, holes: Sequence[tuple[int, int]] = (), bars: range | None = None
) -> Document:
    """Return a grid as a document.

    Parameters
    ----------
    grid : GridScore
    holes : sequence of (bar, part)
        Cells that are said at the end; then their notes alone count.
    bars : range or None
        Bars whose notes alone count.

    Returns
    -------
    Document

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:4 D4:4 E4:4 F4:4")).grid
    >>> make_document(grid, bars=range(1, 3)).n_notes, make_document(grid, holes=[(1, 0)]).n_notes
    (2, 1)
    """
    ids = np.asarray(encode(grid, min_confidence=MIN_CONFIDENCE, holes=frozenset(holes)), np.int32)
    begins = _NOTES if not holes else FAMILIES["FILL"].start
    marks = (ids >= _FIRST) & (ids < _LAST) & (np.cumsum(ids == begins) > 0)
    n_bars = grid.n_bars if not holes else len({bar for bar, _ in holes})
    if bars is not None:
        at = np.cumsum(ids == FAMILIES["BAR"].start) - 1
        marks &= (at >= bars.start) & (at < bars.stop)
        n_bars = len(bars)
    return Document(ids=ids, marks=marks, style=grid.style, n_bars=n_bars)


def pick_pieces(
    shards: Shards,
    *,
    per_style: int,
    rng: np.random.Generator,
    context: int = CONTEXT,
) -> list[GridScore]:
    """Return windows of up to a context's tokens, as many of each style as can be up to a number.

    Parameters
    ----------
    shards : Shards
    per_style : int
    rng : numpy.random.Generator
    context : int, tokens

    Returns
    -------
    list of GridScore
        A long piece gives several windows that do not overlap where its style has few pieces.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> none = SimpleNamespace(styles=np.zeros(0, np.int64))
    >>> pick_pieces(none, per_style=8, rng=np.random.default_rng(0))
    []
    """
    found: list[GridScore] = []
    for style in np.unique(shards.styles).tolist():
        pieces = rng.permutation(np.flatnonzero(shards.styles == style)).tolist()
        share = -(-per_style // max(1, len(pieces)))
        own: dict[int, list[GridScore]] = defaultdict(list)
        for index in pieces:
            for turn, stretch in enumerate(_stretches(shards[index], share)):
                piece = _fit_window(stretch, context, float(rng.random()))
                if piece is not None:
                    own[turn].append(piece)
            if sum(map(len, own.values())) >= per_style and len(own[0]) >= per_style:
                break
        found += [piece for turn in sorted(own) for piece in own[turn]][:per_style]
    return found


def _fit_window(grid: GridScore, context: int, place: float) -> GridScore | None:
    """Return bars of a stretch that fill a context as far as they can; None when too thin."""
    from motet.train.draw import choose_window

    for share in (0.85, 0.6, 0.4):
        piece = choose_window(grid, room=share * context, place=place)
        if piece is None or piece.n_notes < LEAST_NOTES:
            return None
        n_tokens = len(make_document(piece).ids)
        if n_tokens <= context + 1:
            return piece if n_tokens >= SHORTEST else None
    return None


def _stretches(grid: GridScore, count: int) -> Iterator[GridScore]:
    """Yield stretches of a piece, each of 16 bars or more."""
    count = max(1, min(count, grid.n_bars // 16))
    for turn in range(count):
        start, end = turn * grid.n_bars // count, (turn + 1) * grid.n_bars // count
        if end > start:
            cut = window(grid, start, end)
            yield keep_parts(cut, np.unique(cut.notes["part"]).tolist()) if cut.n_notes else cut


def sum_nats(
    losses: Losses, documents: Sequence[Document], *, batch_rows: int = 8
) -> npt.NDArray[np.float64]:
    """Return the nats of what counts in each document.

    Parameters
    ----------
    losses : callable
        Rows to nats of each token after the first.
    documents : sequence of Document
    batch_rows : int
        Rows at a time, of about the same length.

    Returns
    -------
    float64, shape (n,), nats

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> one = make_document(score_to_grid(make_score("C4:1 D4:1 E4:2")).grid)
    >>> even = lambda rows: np.ones((len(rows), rows.shape[1] - 1), np.float32)
    >>> bool(sum_nats(even, [one])[0] == one.marks.sum())
    True
    """
    total = np.zeros(len(documents))
    order = sorted(range(len(documents)), key=lambda k: -len(documents[k].ids))
    for start in range(0, len(order), batch_rows):
        batch = order[start : start + batch_rows]
        width = max(len(documents[k].ids) for k in batch)
        rows = np.zeros((len(batch), width), np.uint16)
        for row, k in zip(rows, batch, strict=True):
            row[: len(documents[k].ids)] = documents[k].ids
        nats = losses(rows)
        for row, k in zip(nats, batch, strict=True):
            marks = documents[k].marks[1:]
            total[k] = float(row[: len(marks)][marks].sum())
    return total


def count_chains(shards: Shards, *, max_tokens: int) -> dict[str, Losses]:
    """Return a unigram and Markov chains of order 2 and 3 over a training split.

    Parameters
    ----------
    shards : Shards
    max_tokens : int
        That are counted at most.

    Returns
    -------
    dict of str to callable
        Name to losses.

    Raises
    ------
    ParameterError
        PyTorch is missing.

    Examples
    --------
    >>> count_chains([], max_tokens=1)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    motet.errors.ParameterError: ...
    """
    _need_torch()
    from functools import partial

    from motet.train.baseline import Markov, plain_documents

    chain = Markov(plain_documents(shards, max_tokens=max_tokens), order=3)
    orders = {"unigram": 0, "Markov, order 2": 2, "Markov, order 3": 3}
    return {name: partial(chain.losses, order=order) for name, order in orders.items()}


@contextmanager
def open_model(request: Request, weights: Path | None = None) -> Iterator[Losses]:
    """Yield the losses of the weights that a request means.

    Parameters
    ----------
    request : Request
    weights : Path or None
        Other weights than the request's.

    Raises
    ------
    BundleError
        There are none.
    ParameterError
        PyTorch is missing.

    Examples
    --------
    >>> with open_model(Request(weights=Path("none.npz"))):
    ...     pass
    Traceback (most recent call last):
    ...
    motet.errors.BundleError: there are no weights at none.npz; add --weights FILE
    """
    path = weights or request.find_weights()
    _need_torch()
    from motet.train.judge import open_losses

    with open_losses(path, threads=request.threads) as losses:
        yield losses


def _need_torch() -> None:
    """Raise when PyTorch is not installed."""
    from importlib.util import find_spec

    if find_spec("torch") is None:
        raise ParameterError(
            "this table needs PyTorch; install motet[train]",
            zh="此表需要 PyTorch;请安装 motet[train]",
        )
