"""One thing that a sentence says, while it is being read.

Conventions: `start` and `end` are letters of the sentence; `polarity` is ``"yes"``, ``"no"`` (unwanted),
``"less"`` (not too much of it), ``"slight"`` or ``"very"``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["Said", "last_wins"]


@dataclass(frozen=True, slots=True)
class Said:
    """A field, its value, and where it was said.

    Examples
    --------
    >>> Said("bars", 16, 0, 7).how
    'grammar'
    """

    field: str
    value: Any
    start: int
    end: int
    how: str = "grammar"
    confidence: float = 1.0
    polarity: str = "yes"


def last_wins(said: list[Said], field: str) -> tuple[Said | None, list[Said]]:
    """Return what was said last about a field, and what was said before it and differs.

    Parameters
    ----------
    said : list of Said
    field : str

    Returns
    -------
    Said or None, list of Said

    Examples
    --------
    >>> last_wins([Said("bars", 8, 0, 1), Said("bars", 16, 2, 3)], "bars")[0].value
    16
    """
    own = sorted((one for one in said if one.field == field), key=lambda one: one.start)
    if not own:
        return None, []
    return own[-1], [one for one in own[:-1] if one.value != own[-1].value]
