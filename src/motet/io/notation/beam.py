"""Beams: which short notes are joined, and with how many strokes.

Source: common engraving practice: beams show the beat; four eighths may share half a 4/4 bar.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache

from motet.io.notation.metre import UNITS_PER_QN, BeatNode, beat_spans
from motet.io.notation.rhythm import Symbol

__all__ = ["add_beams"]

_STROKES = {"eighth": 1, "16th": 2, "32nd": 3, "64th": 4, "128th": 5}
_QN = UNITS_PER_QN


def add_beams(symbols: list[Symbol], tree: BeatNode) -> list[Symbol]:
    """Return the symbols of one voice in one bar with their beams.

    Parameters
    ----------
    symbols : list of Symbol
        As `write_rhythm` gives them.
    tree : BeatNode
        The full bar.

    Returns
    -------
    list of Symbol
        ``beams`` holds ``"begin"``, ``"continue"``, ``"end"``, ``"forward hook"`` or
        ``"backward hook"`` for each stroke.

    Examples
    --------
    >>> from motet.io.notation.metre import bar_tree
    >>> from motet.io.notation.rhythm import write_rhythm
    >>> from motet.score import Metre
    >>> tree = bar_tree(Metre(tick=0, numerator=2, denominator=4))
    >>> symbols = write_rhythm(tree, [(0, 2520), (2520, 3360), (3360, 6720)], start=0, end=6720)
    >>> [symbol.beams for symbol in add_beams(symbols, tree)]
    [('begin',), ('end', 'backward hook'), ()]
    """
    out = list(symbols)
    for low, high in _windows(symbols, tree):
        run: list[int] = []
        for k, symbol in enumerate(symbols):
            if not low <= symbol.start < high:
                continue
            if symbol.span >= 0 and symbol.name in _STROKES:
                run.append(k)
            else:
                _join(out, run)
                run = []
        _join(out, run)
    return out


def _windows(symbols: list[Symbol], tree: BeatNode) -> list[tuple[int, int]]:
    """Return the stretches that a beam may span: beats, or halves that hold only plain eighths."""
    out: list[tuple[int, int]] = []
    spans = list(beat_spans(tree))
    k = 0
    while k < len(spans):
        start, end = spans[k]
        pair = end - start == _QN and k + 1 < len(spans) and _is_half(tree, start, start + 2 * _QN)
        if pair and _is_plain_eighths(symbols, start, start + 2 * _QN):
            out.append((start, start + 2 * _QN))
            k += 2
        else:
            out.append((start, end))
            k += 1
    return out


@lru_cache(maxsize=4096)
def _is_half(node: BeatNode, start: int, end: int) -> bool:
    if node.start == start and node.end == end:
        return node.kind == "binary"
    k = bisect_right(node.children, start, key=lambda child: child.start) - 1
    return k >= 0 and node.children[k].end >= end and _is_half(node.children[k], start, end)


def _is_plain_eighths(symbols: list[Symbol], start: int, end: int) -> bool:
    inside = [symbol for symbol in symbols if symbol.start < end and start < symbol.end]
    return len(inside) == 4 and all(
        s.name == "eighth" and not s.dots and s.actual == 1 and s.span >= 0 for s in inside
    )


def _join(out: list[Symbol], run: list[int]) -> None:
    """Write the beams of one run of symbols into the list."""
    if len(run) < 2:
        return
    strokes = [_STROKES[out[k].name] for k in run]
    beams: list[list[str]] = [[] for _ in run]
    for level in range(1, max(strokes) + 1):
        k = 0
        while k < len(run):
            if strokes[k] < level:
                k += 1
                continue
            last = k
            while last + 1 < len(run) and strokes[last + 1] >= level:
                last += 1
            if last == k:
                beams[k].append(_hook(out, run, k))
            else:
                for j in range(k, last + 1):
                    beams[j].append("begin" if j == k else "end" if j == last else "continue")
            k = last + 1
    for place, marks in zip(run, beams):
        out[place] = replace(out[place], beams=tuple(marks))


def _hook(out: list[Symbol], run: list[int], k: int) -> str:
    if k == 0:
        return "forward hook"
    if k == len(run) - 1:
        return "backward hook"
    # A short note that follows a dotted one belongs to it; one that starts a beat looks ahead.
    return (
        "backward hook"
        if out[run[k - 1]].dots or out[run[k]].start % (_QN // 2)
        else "forward hook"
    )
