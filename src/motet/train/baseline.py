"""Markov chains over the same tokens: what a trained model must beat.

Conventions: order k foretells a token from the k before it in its document (padding before the first);
orders are interpolated by Witten and Bell's rule, each with one weight tuned on documents held out from
the training ones. Order 0 is the unigram. Nats, as everywhere.

Offers `Markov`, `plain_documents`.

Source: Witten and Bell, "The zero-frequency problem", IEEE Transactions on Information Theory 37, 1991
(method C), applied recursively from the longest context to a uniform distribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from motet.corpus.shards import Shards
from motet.errors import ParameterError
from motet.tokens.encode import encode
from motet.tokens.grid import window
from motet.tokens.vocab import VOCAB_SIZE
from motet.train.data import Rows
from motet.train.draw import MAX_BARS

__all__ = ["Markov", "plain_documents"]

Ids = npt.NDArray[np.integer]
_Keys = npt.NDArray[np.int64]

_SHARES: Final = (0.25, 0.5, 1.0, 2.0, 4.0)
_EVERY: Final = 20
_MAX_ORDER: Final = 4


def plain_documents(shards: Shards, *, max_tokens: int | None = None) -> Iterator[Ids]:
    """Yield the pieces of a split as documents of up to 64 bars, unvaried.

    Parameters
    ----------
    shards : Shards
    max_tokens : int or None
        Stop after so many; pieces come in a fixed mixed order.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> from motet.train.pieces import Pieces
    >>> tune = " | ".join(["C4:1 D4:1 E4:1 F4:1", "G4:1 A4:1 B4:1 C5:1"] * 8)
    >>> pieces = Pieces([score_to_grid(make_score(tune)).grid] * 2)
    >>> [len(ids) for ids in plain_documents(pieces)] == [len(ids) for ids in plain_documents(pieces)]
    True
    """
    n_tokens = 0
    for index in np.random.default_rng(0).permutation(len(shards)):
        grid = shards[int(index)]
        for start in range(0, grid.n_bars, MAX_BARS):
            piece = window(grid, start, min(grid.n_bars, start + MAX_BARS))
            ids = encode(piece, min_confidence=0.4)
            n_tokens += len(ids)
            yield ids
        if max_tokens is not None and n_tokens >= max_tokens:
            return


@dataclass(frozen=True, eq=False, slots=True)
class _Counts:
    """What followed each context of one order: sorted keys with counts."""

    pairs: _Keys
    pair_counts: _Keys
    contexts: _Keys
    context_counts: _Keys
    context_kinds: _Keys


def _count(contexts: _Keys, tokens: _Keys) -> _Counts:
    pairs, pair_counts = np.unique(contexts * VOCAB_SIZE + tokens, return_counts=True)
    found, first, kinds = np.unique(pairs // VOCAB_SIZE, return_index=True, return_counts=True)
    totals = np.add.reduceat(pair_counts, first)
    return _Counts(pairs, pair_counts, found, totals, kinds)


def _look_up(keys: _Keys, values: _Keys, wanted: _Keys) -> _Keys:
    """Return the value of each wanted key, 0 where it is not there."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0)


def _join(documents: Sequence[Ids], order: int) -> tuple[list[_Keys], _Keys]:
    """Return for each order up to `order` the contexts of all tokens but BOS, and the tokens."""
    padded = [np.concatenate((np.zeros(max(order, 1), np.int64), ids)) for ids in documents]
    flat = np.concatenate(padded)
    places = np.concatenate(
        [
            np.arange(start + max(order, 1) + 1, start + len(one))
            for start, one in zip(np.cumsum([0, *map(len, padded[:-1])]), padded, strict=True)
        ]
    )
    contexts = [np.zeros(len(places), np.int64)]
    for back in range(1, order + 1):
        power = VOCAB_SIZE ** (back - 1)
        contexts.append(contexts[-1] + flat[places - back] * power)
    return contexts, flat[places]


class Markov:
    """Interpolated Markov chains of several orders over one set of counts.

    Parameters
    ----------
    documents : iterable of int32 arrays
        Token documents; every twentieth is held out to tune by.
    order : int, 0 to 4
        The longest context.

    Raises
    ------
    ParameterError
        The order is out of range, or there are fewer than two documents.

    Examples
    --------
    >>> chain = Markov([np.array([1, 5, 6, 5, 6, 2])] * 4, order=1)
    >>> likely, unlikely = chain.nats(np.array([1, 5, 6]), order=1), chain.nats(np.array([1, 6, 5]))
    >>> bool(likely.sum() < unlikely.sum())
    True
    """

    def __init__(self, documents: Iterable[Ids], *, order: int) -> None:
        everything = [np.asarray(ids, np.int64) for ids in documents]
        if not 0 <= order <= _MAX_ORDER or len(everything) < 2:
            raise ParameterError(
                f"order must be 0 to {_MAX_ORDER} and there must be two documents or more, "
                f"got {order} and {len(everything)}",
                zh=f"order 须为 0 到 {_MAX_ORDER},且至少有两份文档;收到 {order} 和 {len(everything)}",
            )
        held = everything[_EVERY - 1 :: _EVERY] or everything[-1:]
        if len(everything) >= _EVERY:
            everything = [ids for i, ids in enumerate(everything) if i % _EVERY != _EVERY - 1]
        self.order = order
        self._counts: list[_Counts] = []
        contexts, tokens = _join(everything, order)
        self.n_tokens = len(tokens)
        for k in range(order + 1):
            self._counts.append(_count(contexts[k], tokens))
        self.shares = self._tune(held)

    def _tune(self, held: Sequence[Ids]) -> tuple[float, ...]:
        """Return for each order the weight of new tokens that foretells the held-out ones best."""
        contexts, tokens = _join(held, self.order)
        chances = np.full(len(tokens), 1.0 / VOCAB_SIZE)
        shares = []
        for k in range(self.order + 1):
            tried = {
                share: self._add_order(chances, k, contexts[k], tokens, share) for share in _SHARES
            }
            best = max(tried, key=lambda share: float(np.log(tried[share]).sum()))
            chances = tried[best]
            shares.append(best)
        return tuple(shares)

    def _add_order(
        self,
        lower: npt.NDArray[np.float64],
        k: int,
        contexts: _Keys,
        tokens: _Keys,
        share: float,
    ) -> npt.NDArray[np.float64]:
        """Return chances under order k from those under order k - 1."""
        counts = self._counts[k]
        seen = _look_up(counts.pairs, counts.pair_counts, contexts * VOCAB_SIZE + tokens)
        total = _look_up(counts.contexts, counts.context_counts, contexts)
        new = _look_up(counts.contexts, counts.context_kinds, contexts) * share
        with np.errstate(invalid="ignore", divide="ignore"):
            mixed = (seen + new * lower) / (total + new)
        return np.where(total > 0, mixed, lower)

    def nats(
        self, ids: npt.NDArray[np.integer], *, order: int | None = None
    ) -> npt.NDArray[np.float64]:
        """Return the nats of each token of a document after the first.

        Parameters
        ----------
        ids : integer, shape (t,)
        order : int or None
            Up to the chain's own, which None means.
        """
        top = self.order if order is None else order
        contexts, tokens = _join([np.asarray(ids, np.int64)], self.order)
        chances = np.full(len(tokens), 1.0 / VOCAB_SIZE)
        for k in range(top + 1):
            chances = self._add_order(chances, k, contexts[k], tokens, self.shares[k])
        found: npt.NDArray[np.float64] = -np.log(chances)
        return found

    def losses(self, rows: Rows, *, order: int | None = None) -> npt.NDArray[np.float32]:
        """Return nats of each token after the first, shape (b, t - 1); one document a row."""
        found = np.zeros((len(rows), rows.shape[1] - 1), np.float32)
        for row, nats in zip(rows, found, strict=True):
            length = int((row != 0).sum())
            nats[: length - 1] = self.nats(row[:length], order=order)
        return found
