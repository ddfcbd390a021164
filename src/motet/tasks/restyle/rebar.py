"""A tune moved into another metre: beats are doubled or halved where that disturbs its rhythm least.

Conventions: every note stays, in its order; only time is stretched within bars. A bar becomes a bar (3/4 to
4/4, 6/8 to 4/4), or a half bar does (4/4 to 3/4 or 6/8). Between beats in two and beats in three, halves
become the long and the short of a lilt. Bars of other metres than the usual one, and pickups, are
stretched evenly.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from motet.arranger.metre import parse_metre
from motet.errors import ParameterError
from motet.score import Bar, BarLength, Metre, Score, map_score

__all__ = ["rebar"]

_SINGLE, _HALF = 1, 2


def rebar(score: Score, *, metre: str) -> Score:
    """Return a score in another metre, no note lost.

    Parameters
    ----------
    score : Score
    metre : str
        ``"4/4"``.

    Returns
    -------
    Score
        The same where it has that metre already.

    Raises
    ------
    ParameterError
        The metre cannot be read, or its beats are too far from those there are.

    Examples
    --------
    >>> from motet.score import make_score
    >>> waltz = make_score("C4:1 E4:1 G4:1 | C5:3", metre="3/4")
    >>> moved = rebar(waltz, metre="4/4")
    >>> [(note.onset_tick, note.duration_tick) for note in moved.parts[0].notes]
    [(0, 480), (480, 480), (960, 960), (1920, 1920)]
    """
    numerator, denominator = parse_metre(metre)
    goal = Metre(tick=0, numerator=numerator, denominator=denominator)
    usual = Counter(
        (bar.metre.numerator, bar.metre.denominator) for bar in score.bars if not bar.is_irregular
    ).most_common(1)[0][0]
    if usual == (numerator, denominator):
        return score
    own = Metre(tick=0, numerator=usual[0], denominator=usual[1])
    cut = _cut(own, goal)
    onsets = sorted({n.onset_tick for part in score.parts for n in part.notes})
    edges: list[tuple[int, int]] = []
    lengths: list[BarLength] = []
    starts: dict[int, int] = {}
    tick = 0
    full = round(goal.bar_qn * score.resolution)
    ratio = Fraction(goal.bar_qn * cut, own.bar_qn)
    for bar in score.bars:
        starts[bar.start_tick] = tick
        pieces = _pieces(bar, cut) if _is_usual(bar, usual) else [(bar.start_tick, bar.end_tick)]
        for start, end in pieces:
            edges += _stretched(bar, start, end, tick, goal, score.resolution, onsets, len(pieces))
            length = full
            if not _is_usual(bar, usual):
                length = max(1, round((end - start) * ratio))
                if length != full:
                    lengths.append(BarLength(tick=tick, duration_tick=length))
            tick += length
    edges.append((score.bars[-1].end_tick, tick))
    moved = map_score(score, _mapping(edges), resolution=score.resolution)
    return replace(moved, metres=(goal,), bar_lengths=tuple(lengths), length_tick=tick)


def _is_usual(bar: Bar, usual: tuple[int, int]) -> bool:
    return (bar.metre.numerator, bar.metre.denominator) == usual and not bar.is_irregular


def _units(metre: Metre) -> list[Fraction]:
    """Return the units that are doubled or halved: beats, or their thirds in a compound metre."""
    if all(beat == Fraction(3, 2) for beat in metre.beats_qn):
        return [Fraction(1, 2)] * (3 * len(metre.beats_qn))
    return list(metre.beats_qn)


def _cut(own: Metre, goal: Metre) -> int:
    """Return how many new bars one bar becomes; longer notes are better than shorter ones."""
    found = []
    for cut in (_SINGLE, _HALF):
        if len(own.beats_qn) % cut:
            continue
        ratio = float(goal.bar_qn * cut / own.bar_qn)
        if _is_lilt(own, goal, cut) or 0.7 <= ratio <= 1.6 or (ratio in (0.5, 2.0) and cut == 1):
            found.append((not _is_lilt(own, goal, cut), ratio < 1, cut))
    if found:
        return min(found)[2]
    raise ParameterError(
        f"a tune in {own.numerator}/{own.denominator} cannot be moved into "
        f"{goal.numerator}/{goal.denominator} beat by beat; leave metre out, or try 4/4 or 3/4",
        zh=f"{own.numerator}/{own.denominator} 的曲调无法逐拍改为 {goal.numerator}/{goal.denominator};"
        "请去掉 metre,或试 4/4、3/4",
    )


def _is_lilt(own: Metre, goal: Metre, cut: int) -> bool:
    """Whether as many beats go from two parts to three, or from three to two."""
    if len(own.beats_qn) != len(goal.beats_qn) * cut:
        return False
    ratios = {b / a for a, b in zip(own.beats_qn, goal.beats_qn * cut, strict=True)}
    return ratios in ({Fraction(3, 2)}, {Fraction(2, 3)})


def _pieces(bar: Bar, cut: int) -> list[tuple[int, int]]:
    size = bar.duration_tick // cut
    return [(bar.start_tick + k * size, bar.start_tick + (k + 1) * size) for k in range(cut)]


def _stretched(
    bar: Bar,
    start: int,
    end: int,
    to: int,
    goal: Metre,
    resolution: int,
    onsets: Sequence[int],
    n_pieces: int,
) -> list[tuple[int, int]]:
    """Return where the units of a piece of a bar begin, and where they go."""
    units = [round(unit * resolution) for unit in _units(bar.metre)]
    units = units[: len(units) // n_pieces]
    if _is_lilt(bar.metre, goal, n_pieces):
        return _lilting(bar, start, to, goal, resolution, n_pieces)
    if sum(units) != end - start:
        return [(start, to)]
    goal_tick = round(goal.bar_qn * resolution)
    missing = goal_tick - sum(units)
    unit = units[0]
    n_changed, rest = divmod(abs(missing), unit if missing > 0 else unit // 2)
    if rest or n_changed > len(units) or not missing or len(set(units)) > 1:
        return [(start, to)]
    best: tuple[float, tuple[int, ...]] | None = None
    for chosen in combinations(range(len(units)), n_changed):
        cost = 0.0
        for k in chosen:
            a = start + k * unit
            inside = sum(a < onset < a + unit for onset in onsets)
            starts = any(onset == a for onset in onsets)
            cost += inside + (0.0 if starts else 0.3)
        cost -= 0.1 * sum(chosen) / len(units)
        early = sum(2 * k < len(units) for k in chosen)
        cost += 0.4 * abs(2 * early - len(chosen)) * (len(chosen) > 1)
        if best is None or cost < best[0]:
            best = (cost, chosen)
    chosen = best[1] if best else ()
    found = []
    at = to
    for k, size in enumerate(units):
        found.append((start + k * unit, at))
        at += (2 * size if missing > 0 else size // 2) if k in chosen else size
    return found


def _lilting(
    bar: Bar, start: int, to: int, goal: Metre, resolution: int, n_pieces: int
) -> list[tuple[int, int]]:
    """Return where beats and their halves (or the shorts of threes) go."""
    found = []
    beats = bar.metre.beats_qn[: len(bar.metre.beats_qn) // n_pieces]
    for beat, new in zip(beats, goal.beats_qn, strict=True):
        size, goal_size = round(beat * resolution), round(new * resolution)
        inside = (size // 2, goal_size * 2 // 3) if new > beat else (size * 2 // 3, goal_size // 2)
        found += [(start, to), (start + inside[0], to + inside[1])]
        start, to = start + size, to + goal_size
    return found


class _Mapping:
    """Ticks through straight lines between edges."""

    def __init__(self, edges: Sequence[tuple[int, int]]) -> None:
        self.old = [old for old, _ in edges]
        self.new = [new for _, new in edges]

    def __call__(self, tick: int) -> int:
        """Return where a tick goes."""
        k = min(max(0, bisect_right(self.old, tick) - 1), len(self.old) - 2)
        if k < 0:
            return tick
        span = self.old[k + 1] - self.old[k]
        share = Fraction(tick - self.old[k], span) if span else Fraction(0)
        return self.new[k] + round(share * (self.new[k + 1] - self.new[k]))


def _mapping(edges: Sequence[tuple[int, int]]) -> _Mapping:
    """Return the mapping of ticks through edges."""
    return _Mapping(edges)
