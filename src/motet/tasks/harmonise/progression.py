"""Chord progressions from nothing, from a beginning, or around open places: safer or more surprising.

Conventions: surprise 0 to 1 chooses the palette, how freely it is drawn from, and which of many draws are
given: those whose mean surprise is nearest to what is asked. Ideas come the safest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from motet.arranger.metre import parse_metre
from motet.arranger.style_file import find_style
from motet.errors import ConstraintError, ParameterError
from motet.tasks.harmonise.chain import Wish, draw_chain, make_links, widen
from motet.tasks.harmonise.chord_text import (
    find_home,
    read_chord,
    read_chords,
    style_colour,
    style_name,
)
from motet.tasks.harmonise.idea import ProgressionIdea, make_idea, measure_bits
from motet.tasks.harmonise.palette import Entry
from motet.theory.chord import Chord
from motet.theory.scale import Key, parse_key

__all__ = ["CADENCES", "progressions"]

CADENCES: Final = ("authentic", "half", "plagal", "deceptive", "loop", "open")
"""How a progression may end; loop leads back to its first chord."""

_DRAWS: Final = 240
_LEAST_BITS, _MOST_BITS = 1.5, 5.0
_OPEN: Final = frozenset({"?", "_", "…"})


def progressions(
    *,
    style: str = "",
    key: str = "",
    bars: int = 4,
    surprise: float = 0.3,
    n: int = 4,
    chords: str = "",
    start: str = "",
    end: str = "",
    cadence: str = "",
    metre: str = "4/4",
    chords_per_bar: int = 1,
    seed: int = 0,
) -> list[ProgressionIdea]:
    """Return chord progressions, the safest first.

    Parameters
    ----------
    style : str
        A style, whose habits count; empty for music in general.
    key : str
        ``"F"``, ``"A minor"``; empty takes that of `chords`, else C.
    bars : int, 1 to 64
    surprise : float, 0 to 1
        From safe to surprising.
    n : int, 1 to 16
        How many.
    chords : str
        A beginning that is kept: ``"C Am F"``; ``?`` is an open place.
    start, end : str
        First and last chord, as symbols or Roman numerals.
    cadence : str
        One of `CADENCES`; empty: authentic, or loop in styles that loop.
    metre : str
    chords_per_bar : int, 1 to 4
    seed : int, >= 0

    Returns
    -------
    list of ProgressionIdea

    Raises
    ------
    ParameterError
        An option is not allowed.
    ConstraintError
        No progression has that beginning and that end.

    Examples
    --------
    >>> ideas = progressions(key="C", bars=4, surprise=0.0, n=2, seed=1)
    >>> [idea.progression.n_bars for idea in ideas], ideas[0].symbols[0], ideas[0].symbols[-1]
    ([4, 4], 'C', 'C')
    """
    _check(bars=bars, surprise=surprise, n=n, chords_per_bar=chords_per_bar, seed=seed)
    parse_metre(metre)
    given = read_chords(chords, key)
    home = parse_key(key) if key else find_home(given)
    total = max(bars * chords_per_bar, len(given))
    fixed: list[Chord | None] = [*given, *[None] * (total - len(given))]
    for text, place in ((start, 0), (end, total - 1)):
        if text:
            fixed[place] = read_chord(text, home)
    name = style_name(style)
    adventure = 1 if surprise < 0.2 else 2 if surprise < 0.6 else 3
    palette = widen(home, adventure, fixed, colour=style_colour(name))
    warmth = 0.8 + 1.2 * surprise
    begin, follow = make_links(palette, home, style=name, warmth=warmth)
    ending = cadence or ("loop" if _loops(style) and not end else "authentic")
    wishes = _wishes(fixed, palette, home, ending, has_end=bool(end) or fixed[-1] is not None)
    rng = np.random.default_rng((seed, 41))
    drawn: dict[tuple[int, ...], float] = {}
    target = _LEAST_BITS + (_MOST_BITS - _LEAST_BITS) * surprise
    for _ in range(_DRAWS):
        path = _draw(begin, follow, wishes, rng, loops=ending == "loop")
        if path is not None and path not in drawn:
            drawn[path] = _distance([palette[k].chord for k in path], home, name, target)
    if not drawn:
        raise ConstraintError(
            "no progression has that beginning and that end; change start, end or cadence",
            zh="没有符合该开头与结尾的进行;请更改 start、end 或 cadence",
        )
    sizes = _sizes(total, chords_per_bar)
    near = [
        make_idea([palette[k].chord for k in path], home, metre=metre, per_bar=sizes, style=name)
        for path in sorted(drawn, key=lambda path: (drawn[path], path))[:n]
    ]
    return sorted(near, key=lambda one: (one.surprise_bits, one.text()))


def _loops(style: str) -> bool:
    """Whether a style's progressions lead back to their beginning."""
    return bool(style) and find_style(style_name(style)).group not in (
        "classical",
        "folk",
        "world",
    )


def _sizes(total: int, per_bar: int) -> list[int]:
    """Return how many chords each bar has."""
    sizes = [per_bar] * (total // per_bar)
    left = total - sum(sizes)
    return [*sizes, left] if left else sizes


def _wishes(
    fixed: Sequence[Chord | None], palette: Sequence[Entry], key: Key, ending: str, *, has_end: bool
) -> list[Wish]:
    """Return which entries may stand where."""
    wishes: list[Wish] = [
        None if chord is None else [k for k, one in enumerate(palette) if one.chord == chord]
        for chord in fixed
    ]
    if has_end:
        return wishes

    def on(*roots: int, plain: bool = True) -> list[int]:
        return [
            k for k, one in enumerate(palette)
            if (one.chord.root_pc - key.tonic_pc) % 12 in roots
            and not (plain and (one.chord.bass or one.device not in ("diatonic", "extended")))
        ]  # fmt: skip

    last: list[int] | None = None
    before: list[int] | None = None
    if ending == "authentic":
        last, before = on(0), [k for k in on(7) if 4 in palette[k].chord.intervals]
    elif ending == "half":
        last = [k for k in on(7) if 4 in palette[k].chord.intervals]
    elif ending == "plagal":
        last, before = on(0), on(5)
    elif ending == "deceptive":
        last = on(8 if key.is_minor else 9)
        before = [k for k in on(7) if 4 in palette[k].chord.intervals]
    elif ending not in ("loop", "open"):
        raise ParameterError(
            f"cadence must be one of {', '.join(CADENCES)}, got {ending!r}",
            zh=f"cadence 须为 {'、'.join(CADENCES)} 之一,收到 {ending!r}",
        )
    if last is not None:
        wishes[-1] = last
    if before is not None and len(wishes) > 1 and wishes[-2] is None:
        dominants = [k for k, one in enumerate(palette)
                     if one.device in ("tritone", "backdoor") and 0 in one.leads]  # fmt: skip
        wishes[-2] = before + (dominants if ending == "authentic" else [])
    return wishes


def _draw(
    begin: Any, follow: Any, wishes: list[Wish], rng: Any, *, loops: bool
) -> tuple[int, ...] | None:
    """Return one draw: eight bars answer their first half, loops lead home."""
    size = len(wishes)
    half = size // 2
    is_free = all(one is None for one in wishes[1 : size - 2])
    if size in (8, 16) and is_free and rng.random() < 0.6:
        first = draw_chain(begin, follow, [*wishes[:half]], rng)
        if first is not None:
            kept = max(1, half // 2)
            again: list[Wish] = [[k] for k in first[:kept]]
            whole: list[Wish] = [*[[k] for k in first], *again, *wishes[half + kept :]]
            return draw_chain(begin, follow, whole, rng)
    path = draw_chain(begin, follow, wishes, rng)
    if path is None or not loops:
        return path
    home = follow[path[-1], path[0]]
    # A loop is taken as willingly as its last chord leads to its first.
    return path if rng.random() < min(1.0, 6.0 * home) + 0.02 else None


def _distance(chords: Sequence[Chord], key: Key, style: str, target: float) -> float:
    """Return how far chords are from a mean surprise, poor ones further."""
    bits = measure_bits(chords, key, style=style)
    symbols = [chord.symbol for chord in chords]
    wanted = min(len(symbols), 4)
    missing = max(0, wanted - len(set(symbols)))
    swings = sum(a == c for a, c in zip(symbols, symbols[2:], strict=False))
    return abs(sum(bits) / len(bits) - target) + 0.5 * missing + 0.4 * swings


def _check(**values: Any) -> None:
    """Raise where a number is out of range."""
    limits = {
        "bars": (1, 64, 8),
        "n": (1, 16, 4),
        "chords_per_bar": (1, 4, 1),
        "seed": (0, 2**63 - 1, 7),
    }
    for name, (low, high, usual) in limits.items():
        value = values[name]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ParameterError(
                f"{name} must be a whole number {low} to {high}, got {value!r}; try {usual}",
                zh=f"{name} 必须是 {low} 到 {high} 的整数,收到 {value!r};可试 {usual}",
            )
    surprise = values["surprise"]
    if (
        isinstance(surprise, bool)
        or not isinstance(surprise, int | float)
        or not 0 <= surprise <= 1
    ):
        raise ParameterError(
            f"surprise must be 0 (safe) to 1 (surprising), got {surprise!r}; try 0.3",
            zh=f"surprise 须在 0(稳妥)到 1(意外)之间,收到 {surprise!r};可试 0.3",
        )
