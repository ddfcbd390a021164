"""What a work function tells while it works.

Conventions: messages are tuples that start with their kind; progress is told at most twenty times a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from motet.engine.write import Cancel

__all__ = ["Tell"]

_LEAST_S = 0.05


class Tell:
    """The ear of whoever asked for a piece of work.

    Parameters
    ----------
    send : callable
        Takes a message.
    cancel : Cancel
        Set when the work is no longer wanted.

    Examples
    --------
    >>> heard = []
    >>> tell = Tell(heard.append, Cancel())
    >>> tell.progress(0.5, "half-way", "一半")
    >>> heard
    [('progress', 0.5, 'half-way', '一半')]
    """

    def __init__(self, send: Callable[[tuple[Any, ...]], None], cancel: Cancel) -> None:
        self._send = send
        self.cancel = cancel
        self._last = -1.0

    def progress(self, fraction: float, en: str, zh: str) -> None:
        """Tell how far the work is, 0 to 1, and what is being done."""
        now = time.monotonic()
        if now - self._last >= _LEAST_S or fraction >= 1:
            self._last = now
            self._send(("progress", max(0.0, min(1.0, float(fraction))), en, zh))

    def bars(self, told: dict[str, Any]) -> None:
        """Tell bars that are finished: ``{"bars": [...], "parts": [{"part", "notes"}]}``."""
        self._send(("bars", told))
