"""Open places of a progression, and what could stand there: from safe to surprising.

Conventions: ``?`` is an open place. An open end leads back to the beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from motet.errors import ParameterError
from motet.tasks.harmonise.chain import Wish, make_links, weigh_places, widen
from motet.tasks.harmonise.chord_text import find_home, read_chords, style_colour, style_name
from motet.tasks.harmonise.palette import Entry
from motet.tasks.harmonise.words import tell_chord
from motet.theory.roman import chord_to_roman
from motet.theory.scale import Key, parse_key

__all__ = ["ChordOption", "OpenPlace", "fill_progression"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChordOption:
    """A chord that could stand at an open place.

    Parameters
    ----------
    symbol, roman : str
    function : (str, str)
    bits : float
        How surprising it is here, everything around it known.
    """

    symbol: str
    roman: str
    function: tuple[str, str]
    bits: float

    def facts(self) -> dict[str, Any]:
        """Return it as plain values for JSON."""
        return {"symbol": self.symbol, "roman": self.roman, "function": self.function[0],
                "bits": round(self.bits, 2)}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPlace:
    """An open place and what could stand there, the safest first.

    Parameters
    ----------
    number : int
        Which chord, counted from 1.
    options : tuple of ChordOption
    """

    number: int
    options: tuple[ChordOption, ...]


def fill_progression(
    chords: str,
    *,
    key: str = "",
    style: str = "",
    at: int | None = None,
    n: int = 10,
) -> tuple[tuple[OpenPlace, ...], Key]:
    """Return what could stand at each open place of a progression, the safest first.

    Parameters
    ----------
    chords : str
        ``"C Am F ?"``; ``?`` is an open place. An open end leads back to the beginning.
    key : str
        Empty guesses it.
    style : str
    at : int or None
        Opens one more chord, counted from 1: what could replace it.
    n : int, 1 to 40
        How many a place.

    Returns
    -------
    tuple of OpenPlace, Key

    Raises
    ------
    ParameterError
        A chord cannot be read, or there is no such place.

    Examples
    --------
    >>> places, key = fill_progression("C Am F ?")
    >>> key.name(), places[0].number, places[0].options[0].symbol
    ('C major', 4, 'G7')
    """
    fixed = read_chords(chords, key)
    home = parse_key(key) if key else find_home(fixed)
    if at is not None:
        if not 1 <= at <= len(fixed):
            raise ParameterError(
                f"at must be 1 to {len(fixed)}, got {at}", zh=f"at 须为 1 到 {len(fixed)},收到 {at}"
            )
        fixed[at - 1] = None
    open_places = [k for k, chord in enumerate(fixed) if chord is None]
    if not open_places:
        raise ParameterError(
            "there is no open place; write ? for one, as in 'C Am F ?', or give at",
            zh="没有空位;请以 ? 表示,如 'C Am F ?',或给出 at",
        )
    name = style_name(style)
    palette = widen(home, 3, fixed, colour=style_colour(name))
    begin, follow = make_links(palette, home, style=name)
    wishes: list[Wish] = [
        None if chord is None else [k for k, one in enumerate(palette) if one.chord == chord]
        for chord in fixed
    ]
    is_round = fixed[-1] is None and fixed[0] is not None
    chances = weigh_places(begin, follow, [*wishes, wishes[0]] if is_round else wishes)
    found = []
    for place in open_places:
        after = (place + 1) % len(fixed) if is_round else place + 1
        following = fixed[after] if after < len(fixed) else None
        options = [
            ChordOption(
                symbol=palette[k].chord.symbol,
                roman=chord_to_roman(palette[k].chord, home, following=following),
                function=tell_chord(palette[k].chord, home, following=following),
                bits=float(-np.log2(max(chance, 1e-12))),
            )
            for k, chance in _spread(_gather(chances[place], palette), n)
        ]
        found.append(OpenPlace(number=place + 1, options=tuple(options)))
    return tuple(found), home


def _gather(row: np.ndarray[Any, Any], palette: Sequence[Entry]) -> list[tuple[int, float]]:
    """Return the plainest entry of each state with the chance of the state, the likeliest first."""
    chance: dict[int, float] = {}
    plainest: dict[int, int] = {}
    for k, entry in enumerate(palette):
        chance[entry.state] = chance.get(entry.state, 0.0) + float(row[k])
        best = plainest.setdefault(entry.state, k)
        size = (len(entry.chord.intervals), bool(entry.chord.bass))
        if size < (len(palette[best].chord.intervals), bool(palette[best].chord.bass)):
            plainest[entry.state] = k
    ranked = sorted(chance, key=lambda state: (-chance[state], state))
    return [(plainest[state], chance[state]) for state in ranked]


def _spread(ranked: list[tuple[int, float]], n: int) -> list[tuple[int, float]]:
    """Return the safest half, then others spread over what is still thinkable."""
    thinkable = [one for one in ranked if one[1] > 1e-5] or ranked[:1]
    head = min(len(thinkable), -(-n // 2))
    rest = thinkable[head:]
    wanted = min(n - head, len(rest))
    step = len(rest) / wanted if wanted else 1.0
    return thinkable[:head] + [rest[int(j * step)] for j in range(wanted)]
