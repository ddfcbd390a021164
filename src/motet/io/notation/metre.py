"""The tree of a bar: which beats hold which, and how a span is written so that they show.

Conventions: times are integer units, `UNITS_PER_QN` a quarter note, counted from the bar's start;
spans are half-open. A value is a note value (`quarter`) with 0 or 1 dot.

Source: common engraving practice as taught in notation manuals; own formulation as a tree.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from motet.score.event import Metre

__all__ = ["UNITS_PER_QN", "VALUES", "BeatNode", "bar_tree", "beat_spans", "split_span"]

UNITS_PER_QN = 3360
"""Units a quarter note: 128th notes, triplets, quintuplets and septuplets are all whole numbers."""

_NAMES = ("breve", "whole", "half", "quarter", "eighth", "16th", "32nd", "64th", "128th")
_SHORTEST = UNITS_PER_QN // 32

VALUES: dict[int, tuple[str, int]] = {}
"""Units to (name, dots), for every plain and dotted value."""
for _k, _name in enumerate(_NAMES):
    _plain = UNITS_PER_QN * 8 >> _k
    VALUES[_plain] = (_name, 0)
    if _name not in ("breve", "128th"):
        VALUES[_plain * 3 // 2] = (_name, 1)


@dataclass(frozen=True, slots=True, eq=False)
class BeatNode:
    """A stretch of a bar; trees are made once and compared by identity, so that splits are cached.

    ``kind``: ``"binary"`` (halves all the way), ``"ternary"``, ``"sequence"``.

    ``bounds`` are where its children begin and the end, so ``n_children + 1`` numbers.
    """

    start: int
    end: int
    kind: str
    children: tuple[BeatNode, ...] = ()

    @property
    def duration(self) -> int:
        """Length in units."""
        return self.end - self.start

    @property
    def bounds(self) -> tuple[int, ...]:
        """Starts of the children and the end."""
        return (*(child.start for child in self.children), self.end)


@lru_cache(maxsize=512)
def _binary(start: int, duration: int) -> BeatNode:
    if duration <= _SHORTEST or duration % 2:
        return BeatNode(start, start + duration, "binary")
    half = duration // 2
    halves = (_binary(start, half), _binary(start + half, half))
    return BeatNode(start, start + duration, "binary", halves)


def _group(start: int, count: int, unit: int) -> BeatNode:
    if count in (1, 2, 4, 8):
        return _binary(start, count * unit)
    if count == 3:
        beats = tuple(_binary(start + k * unit, unit) for k in range(3))
        return BeatNode(start, start + 3 * unit, "ternary", beats)
    return _sequence(start, _default_groups(count, 4), unit)


def _sequence(start: int, counts: tuple[int, ...], unit: int) -> BeatNode:
    children, now = [], start
    for count in counts:
        children.append(_group(now, count, unit))
        now += count * unit
    return _join(children)


def _join(children: list[BeatNode]) -> BeatNode:
    """Return one node over children that follow each other."""
    if len(children) == 1:
        return children[0]
    start, end = children[0].start, children[-1].end
    if len(children) == 4 and len({child.duration for child in children}) == 1:
        children = [_join(children[:2]), _join(children[2:])]
    if (
        len(children) == 2
        and children[0].duration == children[1].duration
        and all(child.kind == "binary" for child in children)
    ):
        return BeatNode(start, end, "binary", tuple(children))
    return BeatNode(start, end, "sequence", tuple(children))


def _default_groups(numerator: int, denominator: int) -> tuple[int, ...]:
    if denominator >= 8:
        if numerator % 3 == 0:
            return (3,) * (numerator // 3)
        if numerator % 2:
            return (2,) * ((numerator - 3) // 2) + (3,) if numerator > 3 else (1,) * numerator
        return (4,) * (numerator // 4) if numerator % 4 == 0 else (2,) * (numerator // 2)
    if numerator <= 4:
        return (numerator,)
    if numerator in (6, 9, 12):
        return (3,) * (numerator // 3)
    if numerator == 5:
        return (3, 2)
    return (4,) * (numerator // 4) + ((numerator % 4,) if numerator % 4 else ())


@lru_cache(maxsize=256)
def _tree(numerator: int, denominator: int, groups: tuple[int, ...], duration: int) -> BeatNode:
    unit = UNITS_PER_QN * 4 // denominator
    if not groups or sum(groups) != numerator:
        groups = _default_groups(numerator, denominator)
    full = _sequence(0, groups, unit)
    if duration <= full.duration:
        return full
    children, now = [], 0
    beat = unit * groups[0]
    while now < duration:
        step = min(beat, duration - now)
        if step == beat:
            children.append(_group(now, groups[0], unit))
        else:
            while step > 0:
                size = next(s for s in (UNITS_PER_QN * 8 >> k for k in range(9)) if s <= step)
                children.append(_binary(now, size))
                now, step = now + size, step - size
            break
        now += step
    return BeatNode(0, now, "sequence", tuple(children))


def bar_tree(metre: Metre, *, duration: int = 0) -> BeatNode:
    """Return the tree of beats of a bar.

    Parameters
    ----------
    metre : Metre
        Its `groups` are used when they add up.
    duration : int, units
        Length of the bar, when it is longer than the metre says.

    Returns
    -------
    BeatNode
        From 0 to the end of the full bar.

    Examples
    --------
    >>> tree = bar_tree(Metre(tick=0, numerator=7, denominator=8))
    >>> [child.duration / UNITS_PER_QN for child in tree.children]
    [1.0, 1.0, 1.5]
    """
    return _tree(metre.numerator, metre.denominator, tuple(metre.groups), duration)


def beat_spans(node: BeatNode) -> tuple[tuple[int, int], ...]:
    """Return the beats of a bar as (start, end): quarters, or three eighths where beats are dotted.

    Examples
    --------
    >>> beat_spans(bar_tree(Metre(tick=0, numerator=6, denominator=8)))
    ((0, 5040), (5040, 10080))
    """
    if node.kind == "ternary" and node.duration <= UNITS_PER_QN * 3 // 2:
        return ((node.start, node.end),)
    if node.kind == "binary" and (node.duration <= UNITS_PER_QN or not node.children):
        return ((node.start, node.end),)
    return tuple(span for child in node.children for span in beat_spans(child))


def _is_allowed(node: BeatNode, start: int, end: int, *, is_rest: bool) -> bool:
    """Tell whether one symbol may stand for a span that lies in a node but in none of its children."""
    duration = end - start
    if duration not in VALUES:
        return False
    whole, offset = node.duration, start - node.start
    if node.kind == "binary":
        if duration == whole:
            return True
        if duration * 4 == whole * 3 and offset == 0:
            return not is_rest or whole <= UNITS_PER_QN
        if is_rest or whole > 2 * UNITS_PER_QN:
            return False
        return offset * 4 == whole and duration * 4 in (whole * 2, whole * 3)
    if node.kind == "ternary":
        unit = whole // 3
        if is_rest:
            return unit < UNITS_PER_QN and offset == 0 and duration in (whole, 2 * unit)
        if duration == whole or (duration == 2 * unit and offset in (0, unit)):
            return True
        if duration * 2 == whole and offset in (0, whole // 2):
            return True
        if unit < UNITS_PER_QN:
            return False
        if duration * 2 == whole:
            return offset in (unit // 2, unit)
        return duration == unit and offset in (unit // 2, unit * 3 // 2)
    if start not in node.bounds or end not in node.bounds:
        return False
    return not is_rest or (duration == whole and all(c.kind == "ternary" for c in node.children))


@lru_cache(maxsize=20_000)
def split_span(node: BeatNode, start: int, end: int, *, is_rest: bool) -> tuple[int, ...]:
    """Return where a span is cut so that each piece is one symbol and the beats show.

    Parameters
    ----------
    node : BeatNode
        The bar, or the inside of a tuplet.
    start, end : int, units
        The span, inside the node.
    is_rest : bool
        Rests follow stricter rules than notes.

    Returns
    -------
    tuple of int
        Start, cuts and end, ascending.

    Examples
    --------
    >>> four = bar_tree(Metre(tick=0, numerator=4, denominator=4))
    >>> qn = UNITS_PER_QN
    >>> [cut / qn for cut in split_span(four, qn * 3 // 2, qn * 3, is_rest=False)]
    [1.5, 2.0, 3.0]
    """
    for child in node.children:
        if child.start <= start and end <= child.end:
            return split_span(child, start, end, is_rest=is_rest)
    if not node.children or _is_allowed(node, start, end, is_rest=is_rest):
        return (start, end)
    best: tuple[int, ...] = ()
    for cut in node.bounds:
        if start < cut < end:
            left = split_span(node, start, cut, is_rest=is_rest)
            right = split_span(node, cut, end, is_rest=is_rest)
            found = left + right[1:]
            if not best or len(found) <= len(best):
                best = found
    return best or (start, end)
