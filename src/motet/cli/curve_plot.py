"""Curves as characters: a plot of dots for one, a line of blocks for each of the others.

Conventions: pure text, no colours; a terminal without Unicode gets ASCII.

Offers `plot_curve`, `draw_sparkline`, `tell_curves`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from motet.train.curves import Curve

__all__ = ["draw_sparkline", "plot_curve", "tell_curves"]

_BLOCKS: Final = "▁▂▃▄▅▆▇█"
_ASCII: Final = "_.-~=+*#"
_DOTS: Final = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))


def plot_curve(curve: Curve, *, width: int = 72, height: int = 10) -> list[str]:
    """Return a curve as lines of text: its course in dots, labels at the left and below.

    Parameters
    ----------
    curve : Curve
        With one value at least.
    width, height : int, characters
        Of the plot, without its labels.

    Examples
    --------
    >>> for line in plot_curve(Curve(name="a", group="", steps=[0, 4], values=[1, 0]), width=4, height=2):
    ...     print(line)
         1 ┤⠑⢄
         0 ┤  ⠑⢄
           └────
            0  4
    """
    low, high = _limits(curve.values)
    first, last = curve.steps[0], max(curve.steps[-1], curve.steps[0] + 1)
    cells = [[0] * width for _ in range(height)]
    for x, y in _line_of(curve, low, high, 2 * width - 1, 4 * height - 1):
        cells[y // 4][x // 2] |= _DOTS[x % 2][y % 4]
    labels = {0: f"{high:.4g}", height - 1: f"{low:.4g}"}
    lines = [
        f"{labels.get(k, ''):>10} ┤" + "".join(chr(0x2800 + dots) if dots else " " for dots in row)
        for k, row in enumerate(cells)
    ]
    ends = f"{first}{last:>{width - len(str(first))}}"
    return [line.rstrip() for line in (*lines, " " * 11 + "└" + "─" * width, " " * 12 + ends)]


def _line_of(
    curve: Curve, low: float, high: float, width: int, height: int
) -> Iterator[tuple[int, int]]:
    """Yield the dots of a curve, from value to value in straight lines."""
    reach = max(1, curve.steps[-1] - curve.steps[0])
    places = [
        (
            round((step - curve.steps[0]) / reach * width),
            round((high - min(max(value, low), high)) / (high - low) * height),
        )
        for step, value in zip(curve.steps, curve.values, strict=True)
    ]
    yield places[0]
    for (x0, y0), (x1, y1) in pairwise(places):
        n = max(abs(x1 - x0), abs(y1 - y0), 1)
        for k in range(1, n + 1):
            yield x0 + (x1 - x0) * k // n, y0 + (y1 - y0) * k // n


def _limits(values: Sequence[float]) -> tuple[float, float]:
    """Return the range to plot: without the first few outliers of a long curve, never empty."""
    ordered = sorted(values)
    high = ordered[-1] if len(ordered) < 20 else ordered[int(0.98 * (len(ordered) - 1))]
    low = ordered[0] if len(ordered) < 20 else ordered[int(0.005 * (len(ordered) - 1))]
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def draw_sparkline(values: Sequence[float], *, width: int = 24, is_ascii: bool = False) -> str:
    """Return values as a row of blocks; more values than places are averaged.

    Parameters
    ----------
    values : sequence of float
        May be empty.
    width : int, characters
        At most.
    is_ascii : bool

    Examples
    --------
    >>> draw_sparkline([0, 1, 2, 7])
    '▁▂▃█'
    >>> draw_sparkline([5, 5], is_ascii=True)
    '__'
    """
    blocks = _ASCII if is_ascii else _BLOCKS
    n = min(width, len(values))
    edges = [len(values) * k // n for k in range(n + 1)] if n else [0]
    means = [sum(values[a:b]) / (b - a) for a, b in pairwise(edges)]
    low, high = min(means, default=0.0), max(means, default=0.0)
    scale = (len(blocks) - 1) / (high - low) if high > low else 0.0
    return "".join(blocks[round((value - low) * scale)] for value in means)


def tell_curves(curves: Sequence[Curve], *, width: int = 24, is_ascii: bool = False) -> list[str]:
    """Return a line for each curve: name, first and last value, and its course.

    Examples
    --------
    >>> tell_curves([Curve(name="loss", group="learning", steps=[1, 2], values=[3.0, 1.0])])
    ['loss                       3 →          1  █▁']
    """
    arrow = "->" if is_ascii else "→"
    return [
        f"{curve.name:18}{curve.values[0]:>10.4g} {arrow} {curve.values[-1]:>10.4g}  "
        + draw_sparkline(curve.values, width=width, is_ascii=is_ascii)
        for curve in curves
        if curve.values
    ]
