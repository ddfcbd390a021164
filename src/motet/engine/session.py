"""A bundle at work: ids in, logits out, with a cache of keys and values that stays where it is.

Conventions: a session has b rows, each a document of its own length. Past and present of the cache are
one buffer that ONNX Runtime writes in place, bound by address; nothing is allocated in a step.
Lengths and positions count tokens. One session is used by one thread at a time.

Offers `Session`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.engine.bundle import Bundle
from motet.engine.graph import open_graph
from motet.errors import ParameterError
from motet.tokens.vocab import VOCAB_SIZE

__all__ = ["MAX_LENGTH", "Session"]

FloatArray = npt.NDArray[np.float32]
Ids = npt.NDArray[np.integer[Any]]

MAX_LENGTH: Final = 4096
"""Most tokens that a row can hold: the graph's rotary table ends there."""

_CHUNK: Final = 64
"""Most tokens of one call while a prompt is read: bounds memory and the wait for a cancel."""

_LEAST_CHUNK: Final = 8
_PATIENCE_S: Final = 0.04
"""Where a call takes longer, the next ones read fewer tokens: a cancel waits for no call. The logits
are the same, bit for bit, however a prompt is cut (into two ids or more)."""


class Session:
    """Rows of documents that a bundle continues.

    Parameters
    ----------
    bundle : Bundle
        From `load_bundle`.
    n_rows : int, >= 1
        Documents side by side.
    max_length : int, tokens, 1 to 4096
        Most tokens a row can hold.
    n_threads : int, optional
        Threads of a matrix product; else one for each core, at most 8.

    Raises
    ------
    BundleError
        ONNX Runtime refuses the graph, or the graph has other inputs than the contract states.
    ParameterError
        A number is out of range.

    Examples
    --------
    >>> Session(None, n_rows=0)  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    motet.errors.ParameterError: n_rows must be >= 1, got 0
    """

    def __init__(
        self,
        bundle: Bundle,
        *,
        n_rows: int = 1,
        max_length: int = 2048,
        n_threads: int | None = None,
    ) -> None:
        _check("n_rows", n_rows, 1, 256)
        _check("max_length", max_length, 1, MAX_LENGTH)
        _check("n_threads", 1 if n_threads is None else n_threads, 1, 256)
        self.bundle = bundle
        self.n_rows = n_rows
        self.max_length = max_length
        self.lengths = np.zeros(n_rows, dtype=np.int32)
        self.n_threads = n_threads or min(8, os.cpu_count() or 1)
        self._run = open_graph(bundle, n_threads=self.n_threads)
        n_layers, n_heads, head = bundle.cache_shape
        shape = (n_layers, 2, n_rows, n_heads, max_length, head)
        self._cache = np.zeros(shape, dtype=np.float32)
        self._held = np.zeros((n_rows, max_length), dtype=np.int32)  # ids that the cache stands for
        self._ids = np.zeros((n_rows, 1), dtype=np.int64)
        self._seqlens = np.zeros(n_rows, dtype=np.int32)
        self._total = np.zeros(1, dtype=np.int32)
        self._at = np.zeros(1, dtype=np.int64)
        self._logits = np.zeros((n_rows, 1, VOCAB_SIZE), dtype=np.float32)
        self._n_read = np.zeros(n_rows, dtype=np.int32)  # leading ids that were read as a prompt
        self._rows = np.arange(n_rows)
        self._steps: dict[int, Any] = {}  # bindings of one step, by the number of rows
        self._reads: dict[int, tuple[Any, ...]] = {}  # bindings of one row, and its arrays
        self._chunk = _CHUNK

    @property
    def length(self) -> int:
        """Tokens in the longest row."""
        return int(self.lengths.max())

    @property
    def cache_bytes(self) -> int:
        """Memory of the keys and values."""
        return self._cache.nbytes

    def _bind(self, start: int, end: int, *arrays: npt.NDArray[Any]) -> Any:
        """Return a binding of arrays and of the cache of rows `start` to `end` to the graph."""
        binding = self._run.io_binding()
        names = ("ids", "seqlens", "total", "at")
        for name, array in zip(names, arrays[:4], strict=True):
            binding.bind_input(name, "cpu", 0, array.dtype, array.shape, array.ctypes.data)
        logits = arrays[4]
        binding.bind_output("logits", "cpu", 0, np.float32, logits.shape, logits.ctypes.data)
        for i, layer in enumerate(self._cache):
            for kind, rows in zip(("key", "value"), layer, strict=True):
                part = rows[start:end]
                facts = ("cpu", 0, np.float32, part.shape, part.ctypes.data)
                binding.bind_input(f"past_{kind}_{i}", *facts)
                binding.bind_output(f"present_{kind}_{i}", *facts)
        return binding

    def prefill(
        self,
        ids: Ids,
        *,
        row: int | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> FloatArray:
        """Return the logits after the last id, having read ids into the rows.

        Parameters
        ----------
        ids : integers, shape (t,) or (b, t)
            One prompt for all rows (read once and copied: the rows must hold the same tokens so far), or
            one for each.
        row : int, optional
            Read a prompt of shape (t,) into this row only; the others stay.
        is_cancelled : callable, optional
            Asked between runs of 64 ids at most; when it says yes, reading stops and logits are of no use.

        Returns
        -------
        float32, shape (b, v)
            Shape (1, v) where `row` is given.

        Raises
        ------
        ParameterError
            No ids, another shape, or more than `max_length` tokens.

        Examples
        --------
        >>> Session.prefill.__name__
        'prefill'
        """
        ids = np.asarray(ids)
        if ids.ndim not in (1, 2) or ids.shape[-1] == 0 or (ids.ndim == 2 and row is not None):
            raise ParameterError(
                f"a prompt is a row of ids or one row for each of {self.n_rows}, got shape {ids.shape}",
                zh=f"提示须为一行 id,或 {self.n_rows} 行各一行;收到形状 {ids.shape}",
            )
        if ids.ndim == 2:
            if len(ids) != self.n_rows:
                raise ParameterError(
                    f"a prompt for each row needs {self.n_rows} rows, got {len(ids)}",
                    zh=f"每行一个提示时需要 {self.n_rows} 行,收到 {len(ids)} 行",
                )
            found = [
                self.prefill(one, row=i, is_cancelled=is_cancelled) for i, one in enumerate(ids)
            ]
            return np.concatenate(found)
        first = 0 if row is None else row
        begin = int(self.lengths[first])
        if row is None and (self.lengths != begin).any():
            raise ParameterError(
                "the rows hold different tokens; rewind them first, or name the row to read into",
                zh="各行内容不同;请先回退,或指明要读入的行",
            )
        logits = self._read(first, ids, is_cancelled)
        if row is None and self.n_rows > 1:
            self.copy_row(range(1, self.n_rows))
            return np.repeat(logits, self.n_rows, axis=0)
        return logits

    def _read(self, row: int, ids: Ids, is_cancelled: Callable[[], bool] | None) -> FloatArray:
        """Read ids into one row, a chunk at a time; return the last logits, shape (1, v)."""
        self._check_room(int(self.lengths[row]) + len(ids))
        if row not in self._reads:
            made = (
                np.zeros((1, 1), dtype=np.int64),
                np.zeros(1, dtype=np.int32),
                np.zeros(1, dtype=np.int32),
                np.zeros(1, dtype=np.int64),
                np.zeros((1, 1, VOCAB_SIZE), dtype=np.float32),
            )
            self._reads[row] = (self._bind(row, row + 1, *made), *made[1:])
        binding, seqlens, total, at, logits = self._reads[row]
        start = 0
        while start < len(ids) and not (is_cancelled is not None and is_cancelled()):
            left = len(ids) - start
            n = left if left <= self._chunk + 1 else self._chunk  # no id is left to itself
            chunk = np.array(ids[None, start : start + n], dtype=np.int64)
            start += n
            begin, length = int(self.lengths[row]), chunk.shape[1]
            seqlens[0] = begin + length - 1
            total[0] = begin + length
            at[0] = length - 1
            binding.bind_input("ids", "cpu", 0, np.int64, chunk.shape, chunk.ctypes.data)
            began = time.perf_counter()
            self._run.run_with_iobinding(binding)
            self._pace(time.perf_counter() - began, length)
            self._held[row, begin : begin + length] = chunk[0]
            self.lengths[row] = begin + length
            if length > 1 and self._n_read[row] == begin:
                self._n_read[row] = begin + length
        last: FloatArray = logits[:, 0]
        return last

    def _pace(self, seconds: float, length: int) -> None:
        """Choose how many tokens the next call reads by how long the last one took."""
        if seconds > _PATIENCE_S:
            self._chunk = max(_LEAST_CHUNK, min(self._chunk, length) // 2)
        elif length >= self._chunk and seconds < _PATIENCE_S / 3:
            self._chunk = min(_CHUNK, 2 * self._chunk)

    def step(self, ids: Ids, *, active: npt.NDArray[np.bool_] | None = None) -> FloatArray:
        """Return the logits after one more id in each row.

        Parameters
        ----------
        ids : integers, shape (b,)
            For the first rows of the session, or for all.
        active : bool, shape (b,), optional
            Rows that take the id; the others stay as they are and their logits are of no use.

        Returns
        -------
        float32, shape (b, v)
            A view that the next step overwrites.

        Raises
        ------
        ParameterError
            A row is full, or there are not so many rows.

        Examples
        --------
        >>> Session.step.__name__
        'step'
        """
        b = len(ids)
        _check("the number of ids", b, 1, self.n_rows)
        lengths = self.lengths[:b]
        top = int(lengths.max())
        if top >= self.max_length:
            is_full = lengths >= self.max_length
            if active is None or is_full[active].any():
                self._check_room(top + 1)
            lengths[is_full] -= 1  # an idle row that is full loses its last token
            np.minimum(self._n_read[:b], lengths, out=self._n_read[:b])
            top = int(lengths.max())
        if b not in self._steps:
            arrays = (self._ids[:b], self._seqlens[:b], self._total, self._at, self._logits[:b])
            self._steps[b] = self._bind(0, b, *arrays)
        self._ids[:b, 0] = ids
        self._seqlens[:b] = lengths
        self._total[0] = top + 1
        self._run.run_with_iobinding(self._steps[b])
        self._held[self._rows[:b], lengths] = self._ids[:b, 0]  # of idle rows it does not count
        lengths += 1 if active is None else active
        return self._logits[:b, 0]

    def copy_row(self, rows: Iterable[int]) -> None:
        """Make rows hold what the first row holds.

        Parameters
        ----------
        rows : iterable of int

        Examples
        --------
        >>> Session.copy_row.__name__
        'copy_row'
        """
        length = int(self.lengths[0])
        for row in rows:
            self._cache[:, :, row, :, :length] = self._cache[:, :, 0, :, :length]
            self._held[row, :length] = self._held[0, :length]
            self.lengths[row] = length
            self._n_read[row] = self._n_read[0]

    def resume(self, ids: Ids, *, row: int) -> int:
        """Return how many of the first ids a row holds already; it is rewound to them.

        Only ids that were read as a prompt count: those written one by one were computed by another
        path, whose last bits differ, and what is written must not depend on what was written before.

        Parameters
        ----------
        ids : integers, shape (t,)
        row : int

        Returns
        -------
        int, tokens
            Less than t, so that reading the rest gives logits.

        Examples
        --------
        >>> Session.resume.__name__
        'resume'
        """
        n = min(int(self.lengths[row]), int(self._n_read[row]), len(ids) - 1)
        differs = np.flatnonzero(self._held[row, :n] != np.asarray(ids)[:n])
        n = int(differs[0]) if len(differs) else n
        if n == len(ids) - 2:
            n = max(0, n - 1)  # a single id would be read by the other path
        self.rewind(n, row=row)
        return n

    def rewind(self, length: int, *, row: int | None = None) -> None:
        """Forget the tokens from `length` on, in all rows or in one.

        Parameters
        ----------
        length : int, tokens, >= 0
            Rows that are shorter stay.
        row : int, optional

        Raises
        ------
        ParameterError
            It is negative.

        Examples
        --------
        >>> Session.rewind.__name__
        'rewind'
        """
        _check("length", length, 0, self.max_length)
        rows = slice(None) if row is None else slice(row, row + 1)
        self.lengths[rows] = np.minimum(self.lengths[rows], length)
        self._n_read[rows] = np.minimum(self._n_read[rows], length)

    def _check_room(self, length: int) -> None:
        if length > self.max_length:
            raise ParameterError(
                f"a row holds at most {self.max_length} tokens, {length} were asked for; open the "
                "session with a larger max_length, or give a shorter prompt",
                zh=f"一行最多容纳 {self.max_length} 个 token,现需 {length} 个;"
                "请以更大的 max_length 打开会话,或缩短提示",
            )


def _check(name: str, value: int, low: int, high: int) -> None:
    """Raise unless a number is within its range."""
    if not low <= value <= high:
        raise ParameterError(
            f"{name} must be {low} to {high}, got {value}",
            zh=f"{name} 须为 {low} 到 {high},收到 {value}",
        )
