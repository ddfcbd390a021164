"""Chord progressions from nothing, from a beginning, or around open places: safer or more surprising.

Conventions: surprise 0 to 1 chooses the palette, how freely it is drawn from, and which of many draws are
given: those whose mean surprise is nearest to what is asked. Ideas come the safest first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from motet.arranger.metre import parse_metre
from motet.arranger.style_file import find_style
from motet.errors import ConstraintError, ParameterError
from motet.tasks.harmonise.chain import Wish, draw_chain, make_links, weigh_places, widen
from motet.tasks.harmonise.habits import guess_home
from motet.tasks.harmonise.idea import ProgressionIdea, make_idea
from motet.tasks.harmonise.palette import Entry
from motet.tasks.harmonise.words import tell_chord
from motet.tasks.kin import kin_style
from motet.theory.chord import Chord, parse_chord
from motet.theory.roman import chord_to_roman, is_roman, roman_to_chord
from motet.theory.scale import Key, parse_key

__all__ = ["CADENCES", "ChordOption", "OpenPlace", "fill_progression", "progressions"]

CADENCES: Final = ("authentic", "half", "plagal", "deceptive", "loop", "open")
"""How a progression may end; loop leads back to its first chord."""

_DRAWS: Final = 240
_LEAST_BITS, _MOST_BITS = 1.5, 5.0
_OPEN: Final = frozenset({"?", "?", "_", "…"})


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
    given = _read(chords, key)
    home = parse_key(key) if key else _guess(given)
    total = max(bars * chords_per_bar, len(given))
    fixed: list[Chord | None] = [*given, *[None] * (total - len(given))]
    for text, place in ((start, 0), (end, total - 1)):
        if text:
            fixed[place] = _chord(text, home)
    name = _style_name(style)
    adventure = 1 if surprise < 0.2 else 2 if surprise < 0.6 else 3
    palette = widen(home, adventure, fixed, colour=_colour(name))
    warmth = 0.8 + 1.2 * surprise
    begin, follow = make_links(palette, home, style=name, warmth=warmth)
    ending = cadence or ("loop" if _loops(style) and not end else "authentic")
    wishes = _wishes(fixed, palette, home, ending, has_end=bool(end) or fixed[-1] is not None)
    rng = np.random.default_rng((seed, 41))
    drawn: dict[tuple[int, ...], ProgressionIdea] = {}
    sizes = _sizes(total, bars, chords_per_bar)
    for _ in range(_DRAWS):
        path = _draw(begin, follow, wishes, palette, rng, loops=ending == "loop")
        if path is None:
            continue
        if path not in drawn:
            drawn[path] = make_idea([palette[k].chord for k in path], home, metre=metre, per_bar=sizes,
                                    style=name)
    if not drawn:
        raise ConstraintError(
            "no progression has that beginning and that end; change start, end or cadence",
            zh="没有符合该开头与结尾的进行;请更改 start、end 或 cadence",
        )
    target = _LEAST_BITS + (_MOST_BITS - _LEAST_BITS) * surprise
    near = sorted(drawn.values(), key=lambda one: (_distance(one, target), one.text()))[:n]
    return sorted(near, key=lambda one: (one.surprise_bits, one.text()))


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
    fixed = _read(chords, key)
    home = parse_key(key) if key else _guess(fixed)
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
    name = _style_name(style)
    palette = widen(home, 3, fixed, colour=_colour(name))
    begin, follow = make_links(palette, home, style=name)
    wishes: list[Wish] = [
        None if chord is None else [k for k, one in enumerate(palette) if one.chord == chord]
        for chord in fixed
    ]
    is_round = fixed[-1] is None and fixed[0] is not None
    chances = weigh_places(begin, follow, [*wishes, wishes[0]] if is_round else wishes)
    found = []
    for place in open_places:
        row = chances[place]
        following = next((one for one in fixed[place + 1 : place + 2] if one is not None), None)
        order = np.argsort(-row, kind="stable")
        options = [
            ChordOption(
                symbol=palette[k].chord.symbol,
                roman=chord_to_roman(palette[k].chord, home, following=following),
                function=tell_chord(palette[k].chord, home, following=following),
                bits=float(-np.log2(max(row[k], 1e-12))),
            )
            for k in _spread(_distinct(order, palette), row, n)
        ]
        found.append(OpenPlace(number=place + 1, options=tuple(options)))
    return tuple(found), home


def _distinct(order: np.ndarray[Any, Any], palette: Sequence[Entry]) -> list[int]:
    """Return one entry of each state, the plainest, in the order of the likeliest."""
    found: dict[int, int] = {}
    for k in order:
        state = palette[k].state
        best = found.setdefault(state, int(k))
        if len(palette[k].chord.intervals) < len(palette[best].chord.intervals):
            found[state] = int(k)
    return list(found.values())


def _spread(order: list[int], row: np.ndarray[Any, Any], n: int) -> list[int]:
    """Return the safest third, then others spread over what is still thinkable."""
    thinkable = [int(k) for k in order if row[k] > 1e-5]
    head = max(1, min(len(thinkable), -(-n // 2)))
    rest = thinkable[head:]
    wanted = min(n - head, len(rest))
    step = len(rest) / wanted if wanted else 1.0
    return thinkable[:head] + [rest[int(j * step)] for j in range(wanted)]


def _read(text: str, key: str) -> list[Chord | None]:
    """Return chords of a text, None for open places."""
    home = parse_key(key) if key else None
    found: list[Chord | None] = []
    for word in text.replace("|", " ").replace(",", " ").replace(",", " ").split():
        if word == "-":
            continue
        if word in _OPEN:
            found.append(None)
        elif word == "%":
            found.append(found[-1] if found else None)
        else:
            found.append(_chord(word, home))
    return found


def _chord(word: str, key: Key | None) -> Chord:
    """Return the chord of a symbol or a Roman numeral."""
    if is_roman(word):
        if key is None:
            raise ParameterError(
                f"a Roman numeral needs a key, got {word!r}; add key='C'",
                zh=f"罗马数字和弦需要调,收到 {word!r};请加 key='C'",
            )
        return roman_to_chord(word, key)
    return parse_chord(word)


def _guess(chords: Sequence[Chord | None]) -> Key:
    """Return the key of what is given; C major without anything."""
    return guess_home(tuple(chord for chord in chords if chord is not None))


def _style_name(style: str) -> str:
    """Return the arranger's style that stands nearest; empty for none."""
    return kin_style(style).name if style else ""


def _colour(name: str) -> str:
    """Return the upper tones that a style has."""
    return find_style(name).colour if name else ""


def _loops(style: str) -> bool:
    """Whether a style's progressions lead back to their beginning."""
    return bool(style) and find_style(_style_name(style)).group not in ("classical", "folk", "world")


def _sizes(total: int, bars: int, per_bar: int) -> list[int]:
    """Return how many chords each bar has."""
    sizes = [per_bar] * (total // per_bar)
    left = total - sum(sizes)
    del bars
    return [*sizes, left] if left else sizes


def _wishes(
    fixed: Sequence[Chord | None], palette: Sequence[Entry], key: Key, ending: str, *, has_end: bool
) -> list[Wish]:
    """Return which entries may stand where."""
    wishes: list[Wish] = []
    for chord in fixed:
        wishes.append(
            None if chord is None else [k for k, one in enumerate(palette) if one.chord == chord]
        )
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
    begin: Any, follow: Any, wishes: list[Wish], palette: Sequence[Entry], rng: Any, *, loops: bool
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


def _distance(idea: ProgressionIdea, target: float) -> float:
    """Return how far an idea is from a mean surprise, poor ones further."""
    symbols = idea.symbols
    wanted = min(len(symbols), 4)
    missing = max(0, wanted - len(set(symbols)))
    swings = sum(a == c for a, c in zip(symbols, symbols[2:], strict=False))
    return abs(idea.surprise_bits - target) + 0.5 * missing + 0.4 * swings


def _check(**values: Any) -> None:
    """Raise where a number is out of range."""
    limits = {"bars": (1, 64, 8), "n": (1, 16, 4), "chords_per_bar": (1, 4, 1), "seed": (0, 2**63 - 1, 7)}
    for name, (low, high, usual) in limits.items():
        value = values[name]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ParameterError(
                f"{name} must be a whole number {low} to {high}, got {value!r}; try {usual}",
                zh=f"{name} 必须是 {low} 到 {high} 的整数,收到 {value!r};可试 {usual}",
            )
    surprise = values["surprise"]
    if isinstance(surprise, bool) or not isinstance(surprise, int | float) or not 0 <= surprise <= 1:
        raise ParameterError(
            f"surprise must be 0 (safe) to 1 (surprising), got {surprise!r}; try 0.3",
            zh=f"surprise 须在 0(稳妥)到 1(意外)之间,收到 {surprise!r};可试 0.3",
        )
