"""Bar lines: what ``:|``, ``||`` and ``|1`` say, and the repeats and endings of a tune.

Source: The abc music standard 2.1, sections 4.8 to 4.10.
"""

from __future__ import annotations

import re
from functools import lru_cache

from motet.io.abc.voice import Voice

__all__ = ["parse_numbers", "read_endings", "read_repeats"]


@lru_cache(maxsize=256)
def parse_numbers(text: str) -> tuple[int, ...]:
    """Return the times at which an ending is played.

    Examples
    --------
    >>> parse_numbers("1,3"), parse_numbers("1-3"), parse_numbers("2.")
    ((1, 3), (1, 2, 3), (2,))
    """
    found: set[int] = set()
    for first, last in re.findall(r"(\d{1,2})(?:-(\d{1,2}))?", text[:100]):
        found |= set(range(int(first), min(int(last or first), 99) + 1))
    return tuple(sorted(found - {0}))


def read_repeats(voices: list[Voice]) -> list[tuple[int, str, int]]:
    """Return (time, kind, times) of the repeats and jumps of all voices, each once.

    Examples
    --------
    >>> read_repeats([Voice("1", barlines=[(0, "|:"), (8, "::")])])
    [(0, 'start', 2), (8, 'end', 2), (8, 'start', 2)]
    """
    found: dict[tuple[int, int, str], int] = {}
    for voice in voices:
        for time, text in voice.barlines:
            if ":" not in text:
                continue
            if text.startswith(":"):
                times = 1 + len(text) - len(text.lstrip(":")) if "|" in text else 2
                found.setdefault((time, 0, "end"), min(times, 99))
            if text.endswith(":"):
                found.setdefault((time, 1, "start"), 2)
        for time, kind in voice.jumps:
            found.setdefault((time, 2, kind), 2)
    return [(time, kind, times) for (time, _, kind), times in sorted(found.items())]


def read_endings(voices: list[Voice], end: int) -> list[tuple[int, int, tuple[int, ...]]]:
    """Return (start, end, numbers) of the endings; one lasts to the next bar line that is not |.

    Examples
    --------
    >>> voice = Voice("1", endings=[(4, (1,)), (8, (2,))],
    ...               barlines=[(4, "|"), (6, "|"), (8, ":|"), (12, "||")])
    >>> read_endings([voice], 20)
    [(4, 8, (1,)), (8, 12, (2,))]
    """
    found: dict[int, tuple[int, tuple[int, ...]]] = {}
    for voice in voices:
        stops = sorted(
            {time for time, text in voice.barlines if text.strip(".") != "|"}
            | {time for time, _ in voice.endings}
            | {end}
        )
        k = 0
        for start, numbers in voice.endings:
            while k < len(stops) and stops[k] <= start:
                k += 1
            if numbers and k < len(stops):
                found.setdefault(start, (stops[k], numbers))
    return [(start, stop, numbers) for start, (stop, numbers) in sorted(found.items())]
