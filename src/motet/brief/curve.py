"""An emotion that changes: points over bars, straight lines between them.

Conventions: a point is (bar, valence, arousal), bars from 1, valence and arousal -1 to 1; before the first
point and after the last the emotion stays. A curve of no points asks for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from motet.brief.emotion import read_emotion, tell_emotion
from motet.errors import ParameterError

__all__ = ["Curve", "curve_at", "is_curve", "mean_emotion", "read_curve", "tell_curve"]

Curve = tuple[tuple[int, float, float], ...]
"""Points (bar, valence, arousal), by bar."""
_BAR = re.compile(r"(\d{1,3})\s*[:\uff1a]\s*")


def is_curve(value: Any) -> bool:
    """Whether a wish for an emotion names bars.

    Parameters
    ----------
    value : object

    Returns
    -------
    bool

    Examples
    --------
    >>> is_curve("1: calm, 9: excited"), is_curve("calm"), is_curve([(1, 0.4, -0.7)])
    (True, False, True)
    """
    if isinstance(value, str):
        return _BAR.match(value.strip()) is not None
    if isinstance(value, Mapping):
        return True
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(isinstance(one, list | tuple) for one in value)
    )


def read_curve(value: Any) -> Curve:
    """Return the points of a curve of emotion.

    Parameters
    ----------
    value : str, sequence, mapping or None
        ``"1: calm, 9: excited, 17: 0.2,-0.5"``; ``[(1, 0.4, -0.7), (9, "excited")]``; bars to emotions.

    Returns
    -------
    tuple of (bar, valence, arousal), by bar
        Empty where nothing is asked.

    Raises
    ------
    ParameterError
        It cannot be read, or bars do not ascend from 1 to 400.

    Examples
    --------
    >>> read_curve("1: calm, 9: excited")
    ((1, 0.4, -0.7), (9, 0.6, 0.9))
    >>> read_curve("1\\uff1a平静\\uff0c9\\uff1a-0.5,0.7"), read_curve(None)
    (((1, 0.4, -0.7), (9, -0.5, 0.7)), ())
    """
    if value is None or value == "" or value == ():
        return ()
    found: list[tuple[int, float, float]] = []
    for bar, feeling in _pairs(value):
        place = read_emotion(feeling)
        if place is None or not 1 <= bar <= 400 or (found and bar <= found[-1][0]):
            raise _unread(value)
        found.append((bar, *place))
    if not found:
        raise _unread(value)
    return tuple(found)


def _pairs(value: Any) -> list[tuple[int, Any]]:
    """Return bars and what is asked of each, not yet checked."""
    if isinstance(value, str):
        words = _BAR.split(value.strip())
        if words[0].strip():
            raise _unread(value)
        bars = [int(word) for word in words[1::2]]
        texts = [word.strip().rstrip(",;\uff0c\uff1b、").strip() for word in words[2::2]]
        return list(zip(bars, texts, strict=True))
    if isinstance(value, Mapping):
        rows: Sequence[Any] = [(bar, feeling) for bar, feeling in value.items()]
    elif isinstance(value, list | tuple):
        rows = value
    else:
        raise _unread(value)
    found: list[tuple[int, Any]] = []
    for row in rows:
        if not isinstance(row, list | tuple) or len(row) not in (2, 3):
            raise _unread(value)
        bar = int(row[0]) if isinstance(row[0], str) and row[0].strip().isdigit() else row[0]
        if isinstance(bar, bool) or not isinstance(bar, int):
            raise _unread(value)
        found.append((bar, tuple(row[1:]) if len(row) == 3 else row[1]))
    return found


def _unread(value: Any) -> ParameterError:
    """Return the error for a curve that cannot be read."""
    return ParameterError(
        "a curve of emotion names ascending bars from 1 with an emotion each, such as "
        f"'1: calm, 9: excited, 17: -0.5,0.2'; got {value!r}",
        zh="情绪曲线须按小节(从 1 起递增)写出情绪,如 '1: 平静, 9: 激动, 17: -0.5,0.2';"
        f"收到 {value!r}",
    )


def curve_at(curve: Curve, bar: float) -> tuple[float, float]:
    """Return the emotion of a curve in a bar.

    Parameters
    ----------
    curve : tuple of (bar, valence, arousal)
        One point at least.
    bar : float
        From 1; parts of a bar are told apart.

    Returns
    -------
    (float, float)
        Valence and arousal.

    Examples
    --------
    >>> curve = read_curve("1: 0,0, 5: 0.8,-0.4")
    >>> curve_at(curve, 3), curve_at(curve, 9)
    ((0.4, -0.2), (0.8, -0.4))
    """
    before = curve[0]
    for point in curve:
        if bar < point[0]:
            share = (bar - before[0]) / (point[0] - before[0]) if point[0] > before[0] else 0.0
            share = max(0.0, share)
            return (
                before[1] + share * (point[1] - before[1]),
                before[2] + share * (point[2] - before[2]),
            )
        before = point
    return before[1], before[2]


def mean_emotion(curve: Curve, n_bars: int | None = None) -> tuple[float, float]:
    """Return the mean emotion of a curve over the bars.

    Parameters
    ----------
    curve : tuple of (bar, valence, arousal)
        One point at least.
    n_bars : int or None
        None counts to the last point.

    Returns
    -------
    (float, float)
        Rounded to thousandths.

    Examples
    --------
    >>> mean_emotion(read_curve("1: 0,0, 3: 1,-1"))
    (0.5, -0.5)
    """
    places = [curve_at(curve, bar) for bar in range(1, (n_bars or curve[-1][0]) + 1)]
    size = len(places)
    return (
        round(sum(one[0] for one in places) / size, 3),
        round(sum(one[1] for one in places) / size, 3),
    )


def tell_curve(curve: Curve) -> tuple[str, str]:
    """Return a curve in words, in English and Chinese; `read_curve` reads either.

    Parameters
    ----------
    curve : tuple of (bar, valence, arousal)

    Returns
    -------
    (str, str)

    Examples
    --------
    >>> tell_curve(read_curve("1: calm, 9: excited"))
    ('1: calm, 9: excited', '1: 平静, 9: 激动')
    """
    words = [(bar, *tell_emotion((valence, arousal))) for bar, valence, arousal in curve]
    return (
        ", ".join(f"{bar}: {en}" for bar, en, _ in words),
        ", ".join(f"{bar}: {zh}" for bar, _, zh in words),
    )
