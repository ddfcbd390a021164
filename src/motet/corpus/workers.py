"""Work shared out to processes, results in order."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

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

    Examples
    --------
    >>> list(map_ordered(abs, [-1, 2]))
    [1, 2]
    """
    if n_workers == 1 or len(tasks) <= _CHUNK:
        yield from map(work, tasks)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(n_workers, initializer=_be_nice) as pool:
        yield from pool.imap(work, tasks, chunksize=_CHUNK)


def _be_nice() -> None:
    """Leave the machine to its user."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
