"""What is worth keeping in memory: what was used last, up to a size.

Offers `Kept`.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Kept"]

_Value = TypeVar("_Value")


class Kept(Generic[_Value]):
    """Values by name, those used last; safe between threads.

    Parameters
    ----------
    most : int, > 0
        Size of all values together; the newest stays even where it is larger.
    size : callable
        Of a value; one each where nothing is said.

    Examples
    --------
    >>> kept = Kept[str](5, size=len)
    >>> kept.put("a", "one")
    'one'
    >>> kept.put("b", "two"), kept.get("a"), kept.get("b")
    ('two', None, 'two')
    """

    def __init__(self, most: int, *, size: Callable[[_Value], int] = lambda _: 1) -> None:
        self._most, self._size, self._total = most, size, 0
        self._values: OrderedDict[str, tuple[_Value, int]] = OrderedDict()
        self._guard = threading.Lock()

    def get(self, name: str) -> _Value | None:
        """Return a value; None where it is not kept."""
        with self._guard:
            found = self._values.get(name)
            if found is None:
                return None
            self._values.move_to_end(name)
            return found[0]

    def put(self, name: str, value: _Value) -> _Value:
        """Keep a value, and return it."""
        size = self._size(value)
        with self._guard:
            _, before = self._values.pop(name, (None, 0))
            self._values[name] = (value, size)
            self._total += size - before
            while self._total > self._most and len(self._values) > 1:
                _, (_, gone) = self._values.popitem(last=False)
                self._total -= gone
        return value

    def drop(self, name: str) -> None:
        """Forget a value."""
        with self._guard:
            _, size = self._values.pop(name, (None, 0))
            self._total -= size
