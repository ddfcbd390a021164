"""Time limits for one piece, where the system can interrupt."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["TookTooLongError", "time_limit"]


class TookTooLongError(Exception):
    """The time limit has passed."""


@contextmanager
def time_limit(limit_s: float) -> Iterator[None]:
    """Interrupt what runs inside after a while; without signals (Windows, threads) there is no limit.

    Parameters
    ----------
    limit_s : float, seconds, > 0

    Raises
    ------
    TookTooLongError
        Inside, when the time has passed.

    Examples
    --------
    >>> with time_limit(60):
    ...     1 + 1
    2
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not is_main or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        raise TookTooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
