"""Work shared out to processes, results in order."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final, TypeVar

from motet.errors import CorpusError

__all__ = ["map_ordered"]

_CHUNK: Final = 8
_NICE: Final = 5
Task = TypeVar("Task")
Result = TypeVar("Result")


def map_ordered(
    work: Callable[[Task], Result], tasks: Sequence[Task], *, n_workers: int = 1
) -> Iterator[Result]:
    """Yield the result of each task, in order, from this process or from several.

    Parameters
    ----------
    work : callable
        Must be importable by other processes.
    tasks : sequence
    n_workers : int, >= 1
        1 does the work here.

    Yields
    ------
    object

    Raises
    ------
    CorpusError
        A process was killed.

    Examples
    --------
    >>> list(map_ordered(abs, [-1, 2]))
    [1, 2]
    """
    if n_workers == 1 or len(tasks) <= _CHUNK:
        yield from map(work, tasks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(n_workers, mp_context=context, initializer=_be_nice) as pool:
        try:
            yield from pool.map(work, tasks, chunksize=_CHUNK)
        except BrokenProcessPool as error:
            raise CorpusError(
                "a worker process ended before its work, perhaps for want of memory; use fewer "
                "workers",
                zh="一个工作进程提前结束,可能是内存不足;请减少进程数",
            ) from error


def _be_nice() -> None:
    """Leave the machine to its user."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
