"""Sections that return: in which order sections come, and how each return differs from the first time.

Conventions: a return is a section with a label that was heard before. It is literal (``""``), has its tune
ornamented and its cadence changed (``"ornament"``), or answers otherwise: its second half is new
(``"answer"``). Both have other chords there where chords are free. Whatever the tune does, the
accompaniment of a return is refreshed: other patterns of the same groove, as in the second half of eight
bars, one level softer or stronger. Bars count from 0.

Source: the shares are our own, set so that long pieces come back as much as people's do
(docs/quality.md, structure); rondo and song forms as in William E. Caplin, Classical Form (Oxford University
Press, 1998), part 4.

Offers `Change`, `order_labels`, `plan_changes`, `refresh_ground`, `vary_harmony`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from motet.arranger.plan import BarPlan, HarmonySpan, Plan, rng_for
from motet.arranger.steps import matching_layers
from motet.arranger.style import Groove, Layer

if TYPE_CHECKING:
    from motet.tasks.frame import FrameSection

__all__ = ["Change", "order_labels", "plan_changes", "refresh_ground", "vary_harmony"]

Change = Literal["", "ornament", "answer"]
"""How a section that returns differs from the first time."""

_CHANGES: Final[tuple[Change, ...]] = ("", "ornament", "answer")
_SHARES: Final = (0.1, 0.4, 0.5)
_LITERAL_SHARES: Final = (0.5, 0.35, 0.15)
_LITERAL: Final = frozenset({"irish", "reel", "jig", "game", "game-rock", "metal"})
"""Styles in which people repeat themselves most (motet.evaluate.data, self_similarity)."""
_LEAST_BARS: Final = 6
_BLOCK: Final = 8
_SHORT: Final = {1: "A", 2: "AB", 3: "ABA", 4: "AABA", 5: "ABACA", 6: "AABACA", 7: "ABACABA"}
_LONG: Final = ("AABACDBA", "ABACDABA", "ABCADBCA", "AABBCADA")
"""Labels of blocks of eight bars; the last one of a piece is always A."""


def order_labels(n_blocks: int, *, seed: int) -> tuple[str, ...]:
    """Return the labels of a piece's blocks, which begins and ends with A.

    Parameters
    ----------
    n_blocks : int, >= 1
    seed : int, >= 0

    Returns
    -------
    tuple of str
        Two blocks are A and B.

    Examples
    --------
    >>> "".join(order_labels(3, seed=0)), "".join(order_labels(4, seed=0))
    ('ABA', 'AABA')
    """
    if n_blocks in _SHORT:
        return tuple(_SHORT[n_blocks])
    order = _LONG[int(rng_for(seed, "order").integers(len(_LONG)))]
    later = order[1:].replace("D", "E").lstrip("A")
    labels = [
        order[k] if k < len(order) else later[(k - len(order)) % len(later)]
        for k in range(n_blocks)
    ]
    if labels[-3:-1] == ["A", "A"]:
        labels[-2] = "B"
    return (*labels[:-1], "A")


def plan_changes(
    labels: Sequence[tuple[str, int, int]], *, style: str, repeats: str, seed: int
) -> dict[int, Change]:
    """Return how each section that returns differs from the first time.

    Parameters
    ----------
    labels : sequence of (label, start bar, number of bars)
    style : str
    repeats : str
        A member of `motet.brief.brief.REPEATS`; all but ``"vary"`` change nothing here.
    seed : int, >= 0

    Returns
    -------
    dict of int to Change
        By the bar in which a section begins; a section that is new is not in it.

    Examples
    --------
    >>> sorted(plan_changes([("A", 0, 8), ("B", 8, 8), ("A", 16, 8)], style="", repeats="vary", seed=1))
    [16]
    """
    shares = _LITERAL_SHARES if style in _LITERAL else _SHARES
    heard: dict[str, int] = {}
    found: dict[int, Change] = {}
    for label, start, n_bars in labels:
        nth = heard.get(label, 0)
        heard[label] = nth + 1
        if not nth:
            continue
        rng = rng_for(seed, "change", label, nth)
        change = _CHANGES[int(rng.choice(len(_CHANGES), p=shares))]
        is_short = n_bars < _LEAST_BARS and change == "answer"
        found[start] = "" if repeats != "vary" else "ornament" if is_short else change
    return found


def vary_harmony(plan: Plan, changes: Mapping[int, Change], invent: Callable[[int], Plan]) -> Plan:
    """Return a plan in which returns that answer otherwise have other chords in their second half.

    Those that are ornamented have another cadence: their last two bars.

    Parameters
    ----------
    plan : Plan
    changes : mapping of int to Change
    invent : callable
        A number, from 1, to the plan of the same bars and key with other chords.

    Returns
    -------
    Plan
        The last two bars of the piece stay as they are, and so does a blues of twelve bars.

    Examples
    --------
    >>> vary_harmony.__name__
    'vary_harmony'
    """
    spans = {bar.index: _spans_of(plan, bar) for bar in plan.bars}
    n_done = 0
    for start, change in sorted(changes.items()):
        n_bars = plan.bars[start].section_bars
        if not change or n_bars < _LEAST_BARS or n_bars % 4 or n_bars % 12 == 0:
            continue
        n_done += 1
        other = invent(n_done)
        if [bar.start_tick for bar in other.bars] != [bar.start_tick for bar in plan.bars]:
            continue
        first = n_bars // 2 if change == "answer" else n_bars - 2
        for bar in range(start + first, min(start + n_bars, len(plan.bars) - 2)):
            spans[bar] = _spans_of(other, other.bars[bar])
    if not n_done:
        return plan
    return replace(plan, harmony=tuple(span for bar in sorted(spans) for span in spans[bar]))


def _spans_of(plan: Plan, bar: BarPlan) -> list[HarmonySpan]:
    """Return the chords that begin in a bar."""
    return [one for one in plan.harmony if bar.start_tick <= one.start_tick < bar.end_tick]


def refresh_ground(plan: Plan, sections: Iterable[FrameSection]) -> Plan:
    """Return a plan whose accompaniment changes half-way through a section, and where one returns.

    Parameters
    ----------
    plan : Plan
        Of the arranger.
    sections : iterable of FrameSection
        In order.

    Returns
    -------
    Plan
        The same bars and chords; players begin the second half of eight bars, and a return, with another
        of their patterns. The last return is one level stronger, the others softer or stronger by turns,
        unless a part would fall silent.

    Examples
    --------
    >>> refresh_ground.__name__
    'refresh_ground'
    """
    bars = list(plan.bars)
    told = list(sections)
    heard: dict[str, int] = {}
    n_returns = 0
    for section in told:
        nth = heard.get(section.label, 0)
        heard[section.label] = nth + 1
        returns = section.model_bar >= 0 and nth > 0
        n_returns += returns
        up = 1 if section is told[-1] or n_returns % 2 == 0 else -1
        n_bars = section.end_bar - section.start_bar
        for k in range(section.start_bar, section.end_bar):
            is_late = n_bars >= _BLOCK and k - section.start_bar >= n_bars // 2
            turn = is_late + (nth if returns and section.change else 0)
            bar = replace(bars[k], groove=_turned(bars[k].groove, turn))
            if returns:
                bar = replace(bar, label=f"{bar.label} {nth + 1}", intensity=_level(bar, up))
            bars[k] = bar
    return replace(plan, bars=tuple(bars))


def _turned(groove: Groove, nth: int) -> Groove:
    """Return a groove whose players begin with another of their patterns; the drums stay."""
    layers = tuple(
        replace(one, patterns=(*one.patterns[nth % n :], *one.patterns[: nth % n]))
        for one in groove.layers
        for n in (len(one.patterns),)
    )
    return replace(groove, layers=layers)


def _level(bar: BarPlan, up: int) -> int:
    """Return the level of a bar moved by one, where all who play in it still do."""
    level = min(5, max(1, bar.intensity + up))
    for layers in (bar.groove.layers, bar.groove.drums):
        if not _players(layers, bar.intensity) <= _players(layers, level):
            return bar.intensity
    return level


def _players(layers: tuple[Layer, ...], level: int) -> set[tuple[str, str]]:
    """Return who plays at a level."""
    return {(one.owner, one.layer) for one in matching_layers(layers, level)}
