"""From spans of one voice in one bar to printed symbols: values, dots, ties, tuplets, rests.

Conventions: units as in `metre`, counted from the start of the full bar (a pickup begins later).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from motet.io.notation.metre import UNITS_PER_QN, VALUES, BeatNode, split_span

__all__ = ["Symbol", "count_symbols", "write_rhythm"]

_QN = UNITS_PER_QN
_FINEST = _QN // 32
_RATIOS = {3: (3, 2), 6: (6, 4), 12: (12, 8), 5: (5, 4), 7: (7, 4)}


@dataclass(frozen=True, slots=True)
class Symbol:
    """One printed note value or rest.

    ``span`` is the index of the span it belongs to, or -1 for a rest; ``tie_in`` and ``tie_out``
    only speak of cuts inside the bar. ``actual`` and ``normal`` are 1 outside tuplets;
    ``tuplet`` numbers the tuplets of the bar from 1, and 0 is none. ``is_hidden`` rests only take
    their time.
    """

    start: int
    duration: int
    name: str
    dots: int
    span: int = -1
    tie_in: bool = False
    tie_out: bool = False
    actual: int = 1
    normal: int = 1
    tuplet: int = 0
    is_bar_rest: bool = False
    is_hidden: bool = False
    beams: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """Where the next symbol starts."""
        return self.start + self.duration


@lru_cache(maxsize=64)
def _tuplet_inside(duration: int, actual: int, normal: int) -> BeatNode:
    """Return the tree inside a tuplet, in written (scaled) units from 0."""
    scaled = duration * actual // normal
    n_parts = 3 if actual % 3 == 0 else actual
    step = scaled // n_parts
    parts = [_halves(k * step, step) for k in range(n_parts)]
    kind = "ternary" if n_parts == 3 else "sequence"
    return BeatNode(0, scaled, kind, tuple(parts))


def _halves(start: int, duration: int) -> BeatNode:
    if duration <= _FINEST or duration % 2:
        return BeatNode(start, start + duration, "binary")
    half = duration // 2
    inner = (_halves(start, half), _halves(start + half, half))
    return BeatNode(start, start + duration, "binary", inner)


def _find_tuplets(node: BeatNode, bounds: frozenset[int]) -> list[tuple[int, int, int]]:
    """Return the tuplets (start, end, actual) that the bounds of a voice ask for."""
    inner = [at for at in bounds if node.start < at < node.end]
    if not inner or all((at - node.start) % _FINEST == 0 for at in inner):
        return []
    if node.kind == "binary" and _QN // 8 <= node.duration <= 4 * _QN:
        if node.duration % 3 == 0 and all(
            (at - node.start) * 3 % node.duration == 0 for at in inner
        ):
            return [(node.start, node.end, 3)]
        if node.duration <= _QN:
            middle = (node.start + node.end) // 2
            if middle in inner:
                halves = [_find_tuplets(child, bounds) for child in node.children]
                if sum(map(bool, halves)) == 1:
                    return halves[0] + halves[1]
            for n in (6, 5, 7, 12):
                if n == 12 and node.duration < _QN // 4:
                    continue
                if all((at - node.start) * n % node.duration == 0 for at in inner):
                    return [(node.start, node.end, n)]
    return [found for child in node.children for found in _find_tuplets(child, bounds)]


def write_rhythm(
    tree: BeatNode,
    spans: list[tuple[int, int]],
    *,
    start: int,
    end: int,
    cuts: tuple[int, ...] = (),
) -> list[Symbol]:
    """Return the symbols of one voice in one bar, rests included.

    Parameters
    ----------
    tree : BeatNode
        The full bar.
    spans : list of (start, end), units
        Sounding spans, ascending, without overlap, between `start` and `end`.
    start, end : int, units
        What there is of the bar.
    cuts : tuple of int, units
        Places where a note must be broken into tied ones.

    Returns
    -------
    list of Symbol
        They follow each other without a gap; one whole-bar rest when there are no spans.

    Examples
    --------
    >>> from motet.io.notation.metre import bar_tree
    >>> from motet.score import Metre
    >>> tree = bar_tree(Metre(tick=0, numerator=3, denominator=4))
    >>> [(s.name, s.dots, s.span) for s in write_rhythm(tree, [(0, 5040)], start=0, end=10080)]
    [('quarter', 1, 0), ('eighth', 0, -1), ('quarter', 0, -1)]
    """
    if not spans:
        return [Symbol(start, end - start, "whole", 0, is_bar_rest=True)]
    pieces: list[tuple[int, int, int]] = []
    now = start
    for index, (low, high) in enumerate(spans):
        if now < low:
            pieces.append((now, low, -1))
        pieces.append((low, high, index))
        now = high
    if now < end:
        pieces.append((now, end, -1))
    bounds = frozenset(at for low, high, _ in pieces for at in (low, high))
    tuplets = _find_tuplets(tree, bounds)
    symbols: list[Symbol] = []
    for low, high, index in pieces:
        marks = {at for region in tuplets for at in region[:2] if low < at < high}
        if index >= 0:
            marks |= {
                cut
                for cut in cuts
                if low < cut < high and not any(t[0] < cut < t[1] for t in tuplets)
            }
        edges = [low, *sorted(marks), high]
        group: list[Symbol] = []
        for left, right in pairwise(edges):
            inside = next((k for k, t in enumerate(tuplets) if t[0] <= left < t[1]), -1)
            if inside < 0:
                group += _plain(tree, left, right, index)
            else:
                group += _in_tuplet(tuplets[inside], inside + 1, left, right, index)
        if index >= 0 and len(group) > 1:
            last = len(group) - 1
            group = [replace(one, tie_in=k > 0, tie_out=k < last) for k, one in enumerate(group)]
        symbols += group
    return symbols


def _plain(tree: BeatNode, start: int, end: int, span: int) -> list[Symbol]:
    cuts = split_span(tree, start, end, is_rest=span < 0)
    out = []
    for low, high in pairwise(cuts):
        name, dots = VALUES.get(high - low, ("128th", 0))
        out.append(Symbol(low, high - low, name, dots, span))
    return out


def _in_tuplet(
    region: tuple[int, int, int], number: int, start: int, end: int, span: int
) -> list[Symbol]:
    low, high, n = region
    actual, normal = _RATIOS[n]
    if n in (5, 7):
        inside = _tuplet_inside(high - low, actual, normal)
    else:
        actual, normal = (3, 2) if n == 3 else (6, 4)
        inside = _tuplet_inside(high - low, 3, 2)
    scaled = [(at - low) * actual // normal for at in (start, end)]
    cuts = split_span(inside, scaled[0], scaled[1], is_rest=span < 0)
    out = []
    for left, right in pairwise(cuts):
        name, dots = VALUES.get(right - left, ("128th", 0))
        real = low + left * normal // actual
        length = (right - left) * normal // actual
        out.append(
            Symbol(real, length, name, dots, span, actual=actual, normal=normal, tuplet=number)
        )
    return out


def count_symbols(tree: BeatNode, start: int, end: int, *, is_rest: bool) -> int:
    """Return how many symbols a span takes; 0 for an empty one.

    Examples
    --------
    >>> from motet.io.notation.metre import bar_tree
    >>> from motet.score import Metre
    >>> tree = bar_tree(Metre(tick=0, numerator=4, denominator=4))
    >>> count_symbols(tree, 3360, 10080, is_rest=False)
    2
    """
    if end <= start:
        return 0
    if (end - start) % _FINEST:
        return 2
    return len(split_span(tree, start, end, is_rest=is_rest)) - 1
