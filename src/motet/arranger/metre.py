"""Metres as people write them: ``"3/4"``, ``"6/8"``, ``"7/8"``.

Offers `parse_metre`.
"""

from __future__ import annotations

import re

from motet.errors import ParameterError

__all__ = ["parse_metre"]


def parse_metre(text: str) -> tuple[int, int]:
    """Return numerator and denominator of a metre written like ``"6/8"``.

    Raises
    ------
    ParameterError
        It is not a metre with 1 to 32 beats of a half to a sixteenth note.

    Examples
    --------
    >>> parse_metre("7/8")
    (7, 8)
    """
    match = re.fullmatch(r"\s*(\d{1,2})\s*/\s*(\d{1,2})\s*", text)
    if match:
        numerator, denominator = int(match[1]), int(match[2])
        if 1 <= numerator <= 32 and denominator in (2, 4, 8, 16):
            return numerator, denominator
    raise ParameterError(
        f"a metre looks like 3/4, 6/8 or 7/8 (lower number 2, 4, 8 or 16), got {text!r}",
        zh=f"拍号应写作 3/4、6/8 或 7/8(下方数字为 2、4、8 或 16),收到 {text!r}",
    )
