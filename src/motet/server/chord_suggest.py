"""What could stand at a place of the harmony: chords from safe to surprising.

Conventions: a place is a tick; the chords around it count, those of the last bars before and the next few
after. ``safe_to_surprising`` is 0 to 1.

Offers `suggest_chords`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motet.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motet.score import ChordSymbol, Score
    from motet.tasks.harmonise.open_place import ChordOption

__all__ = ["suggest_chords"]

_BEFORE, _AFTER = 7, 4
_MOST = 40


def suggest_chords(
    score: Score, *, tick: int, safe_to_surprising: float = 0.3, n: int = 8, style: str = ""
) -> dict[str, Any]:
    """Return chords that could stand at a tick, the safest first, centred on how safe they should be.

    Parameters
    ----------
    score : Score
    tick : int
        Where; a chord that begins in its bar at or before it is the one to replace.
    safe_to_surprising : float, 0 to 1
    n : int, 1 to 24
    style : str

    Returns
    -------
    dict
        ``key``, ``replaces`` (the symbol there, or empty), ``suggestions``: symbol, roman, function (en,
        zh), bits, surprise 0 to 1.

    Raises
    ------
    ParameterError
        The tick lies outside the score, or a number is out of range.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 D4:4 G4:4 C4:4", chords="C:4 F:4 G7:4 C:4")
    >>> found = suggest_chords(score, tick=1920, safe_to_surprising=0.0, n=3)
    >>> found["replaces"], len(found["suggestions"])
    ('F', 3)
    """
    _check(score, tick, safe_to_surprising, n)
    from motet.tasks.given import find_key

    before, there, after = _around(score, tick)
    key = find_key(score).name()
    options: list[ChordOption] = []
    # A chord that the tables do not know leaves nothing possible beside it: then fewer are asked.
    for left, right in ((before, after), (before[-1:], ()), ((), after[:1]), ((), ())):
        if not options:
            options = _options(left, right, key, style)
    options = [one for one in options if there is None or one.symbol != there.symbol]
    chosen = _centred(options, safe_to_surprising, n)
    total = max(1, len(options) - 1)
    return {
        "key": key,
        "replaces": there.symbol if there is not None else "",
        "tick": there.tick if there is not None else _bar_start(score, tick),
        "suggestions": [
            {
                "symbol": one.symbol, "roman": one.roman,
                "function": {"en": one.function[0], "zh": one.function[1]},
                "bits": round(one.bits, 2),
                "surprise": round(options.index(one) / total, 3),
            }
            for one in chosen
        ],
    }  # fmt: skip


def _options(
    before: Sequence[ChordSymbol], after: Sequence[ChordSymbol], key: str, style: str
) -> list[ChordOption]:
    """Return what could stand between some chords, the safest first."""
    from motet.tasks.harmonise import fill_progression

    words = [*(one.symbol for one in before), "?", *(one.symbol for one in after)]
    try:
        places, _ = fill_progression(" ".join(words), key=key, style=style, n=_MOST)
    except ParameterError:
        if before or after:
            return []
        raise
    return list(places[0].options)


def _check(score: Score, tick: int, safe_to_surprising: float, n: int) -> None:
    if not 0 <= tick < max(1, score.end_tick):
        raise ParameterError(
            f"tick must be 0 to {score.end_tick - 1}, got {tick}",
            zh=f"tick 必须在 0 到 {score.end_tick - 1} 之间,收到 {tick}",
        )
    if not 0.0 <= safe_to_surprising <= 1.0:
        raise ParameterError(
            f"safe_to_surprising must be 0 to 1, got {safe_to_surprising:g}",
            zh=f"safe_to_surprising(稳妥到意外)必须在 0 到 1 之间,收到 {safe_to_surprising:g}",
        )
    if not 1 <= n <= 24:
        raise ParameterError(f"n must be 1 to 24, got {n}", zh=f"n 必须在 1 到 24 之间,收到 {n}")


def _bar_start(score: Score, tick: int) -> int:
    return score.bars[score.bar_at(tick)].start_tick


def _around(
    score: Score, tick: int
) -> tuple[list[ChordSymbol], ChordSymbol | None, list[ChordSymbol]]:
    """Return the chords before a place, the one that begins there, and those after."""
    chords = [one for one in score.chords if one.symbol[:1].upper() != "N"]
    start = _bar_start(score, tick)
    there = next((one for one in reversed(chords) if start <= one.tick <= tick), None)
    at = there.tick if there is not None else start
    before = [one for one in chords if one.tick < at]
    after = [one for one in chords if one.tick > at]
    return before[-_BEFORE:], there, after[:_AFTER]


def _centred(options: list[ChordOption], place: float, n: int) -> list[ChordOption]:
    """Return so many of the options around a place from the safest to the most surprising."""
    n = min(n, len(options))
    first = round(place * (len(options) - n))
    return options[first : first + n]
