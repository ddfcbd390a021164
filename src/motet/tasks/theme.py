"""Themes: which bars of a piece take up which, so that a tune is made of few ideas.

Conventions: a block is eight bars of a section (what is left of a section is a block too). The first
block of a section is made of one or two bars that return: a period (antecedent and consequent of four
bars), a sentence (idea, idea again, continuation) or a song form (idea, idea, contrast, idea). Later
blocks of one section, and sections that return, take up earlier ones: their first two bars so that a
listener knows them, the rest as `motet.tasks.returning` says. Accompaniment keeps its figuration for a
block or half of one, and may find another where a section returns. Bars and parts count from 0; an echo
names a bar that is written before.

Source: period and sentence as in William E. Caplin, Classical Form (Oxford University Press, 1998),
chapters 3 and 4. Which form how often is our own choice.

Offers `plan_echoes`, `plan_pulse`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from motet.arranger.plan import rng_for
from motet.tasks.cast import PartPlan
from motet.tasks.echo import Echo, Kind
from motet.tasks.frame import FrameSection
from motet.tasks.returning import Change, plan_changes

__all__ = ["TUNES", "plan_echoes", "plan_pulse"]

TUNES: Final = frozenset({"melody", "solo"})
"""Roles that sing the tune."""
_VOICES: Final = frozenset({"counter", "voice"})
_BLOCK: Final = 8
_PAIRS: Final = (("few", "many"), ("many", "few"), ("", "many"))
"""How the first two bars of a block go together; shares are our own."""
_PAIR_SHARES: Final = (0.4, 0.35, 0.25)
Form = dict[int, tuple[int, Kind]]

_EIGHT: Final[dict[str, tuple[Form, ...]]] = {
    "period": (
        {2: (0, "shape"), 4: (0, "copy"), 5: (1, "copy")},
        {4: (0, "copy"), 5: (1, "copy"), 6: (2, "shape")},
        {2: (0, "rhythm"), 4: (0, "shape"), 5: (1, "shape"), 7: (3, "rhythm")},
    ),
    "sentence": (
        {2: (0, "shape"), 3: (1, "shape"), 5: (4, "shape")},
        {2: (0, "shape"), 4: (1, "shape"), 5: (4, "shape"), 7: (3, "rhythm")},
    ),
    "song": (
        {2: (0, "shape"), 5: (4, "shape"), 6: (0, "copy"), 7: (3, "rhythm")},
        {2: (0, "copy"), 6: (0, "ornament")},
    ),
}  # fmt: skip
_FOUR: Final[tuple[Form, ...]] = (
    {2: (0, "shape")},
    {2: (0, "copy"), 3: (1, "rhythm")},
    {1: (0, "shape"), 2: (0, "rhythm")},
)
_TWELVE: Final[Form] = {
    2: (0, "rhythm"), 4: (0, "copy"), 5: (1, "copy"), 6: (2, "copy"), 7: (3, "rhythm"),
    9: (8, "shape"), 10: (2, "rhythm"), 11: (3, "rhythm"),
}  # fmt: skip
_VARIED: Final[tuple[Kind, ...]] = ("ornament", "shape", "rhythm")
_VARIED_SHARES: Final = (0.6, 0.3, 0.1)
_P_VARIED: Final = 0.6  # of the bars of a section whose tune is ornamented
_P_FIGURE: Final = 0.85  # of the bars of an accompaniment: who never varies it is a machine
_P_SECOND_FIGURE: Final = 0.6  # of the blocks of eight bars
_P_NEW_VOICE: Final = 0.5  # of the returns: a counter-line of its own
_ANSWERS: Final[tuple[Form, ...]] = (
    {0: (1, "shape"), 2: (2, "rhythm")}, {1: (-1, "shape")}, {0: (0, "rhythm"), 2: (3, "ornament")},
)  # fmt: skip
"""What the second half of a return that answers takes up: bars of its first half, -1 the one before."""
_BLOCKS: Final[dict[int, tuple[int, ...]]] = {2: (0, 0), 3: (0, 1, 0), 4: (0, 0, 2, 0)}
_CLASSICAL: Final = frozenset({
    "renaissance", "baroque", "sacred-choral", "choral", "keyboard", "organ", "string-quartet",
    "chamber", "orchestral", "piano-romantic", "opera", "art-song",
})  # fmt: skip


def plan_echoes(
    sections: Sequence[FrameSection],
    cast: Sequence[PartPlan],
    *,
    repeats: str = "vary",
    style: str = "",
    seed: int = 0,
) -> dict[tuple[int, int], Echo]:
    """Return which cells take up which.

    Parameters
    ----------
    sections : sequence of FrameSection
    cast : sequence of PartPlan
    repeats : str
        A member of `motet.brief.brief.REPEATS`: ``"new"`` gives no echo at all.
    style : str
    seed : int, >= 0

    Returns
    -------
    dict of (bar, part) to Echo

    Examples
    --------
    >>> from motet.brief import Brief
    >>> from motet.tasks.cast import choose_cast
    >>> cast = choose_cast(Brief(parts="flute"))
    >>> sections = [FrameSection("A", 0, 8), FrameSection("A", 8, 16, 0)]
    >>> found = plan_echoes(sections, cast)
    >>> found[8, 0], (15, 0) in found
    (Echo(bar=0, kind='copy'), False)
    """
    if repeats == "new":
        return {}
    tune: dict[int, Echo] = {}
    blocks: list[tuple[int, int]] = []
    changed: list[tuple[int, int]] = []
    n_returns: dict[str, int] = {}
    for section in sections:
        rng = rng_for(seed, "theme", section.label, n_returns.get(section.label, 0))
        n_returns[section.label] = n_returns.get(section.label, 0) + 1
        if section.model_bar >= 0:
            nth = n_returns[section.label] - 1
            start, n_bars = section.start_bar, section.end_bar - section.start_bar
            blocks.append((start, section.end_bar))
            tune |= _returning(
                start, section.model_bar, n_bars, repeats, style, nth, rng, change=section.change
            )
            if section.change:
                changed.append((start, section.end_bar))
            continue
        tune |= _first_time(section, blocks, style, repeats, rng, seed)
    found: dict[tuple[int, int], Echo] = {}
    for part, plan in enumerate(cast):
        own = tune if plan.role in TUNES else _following(plan, tune, blocks, changed, style, seed)
        found |= {(bar, part): echo for bar, echo in own.items()}
    return found


def plan_pulse(
    sections: Sequence[FrameSection],
    cast: Sequence[PartPlan],
    echoes: Mapping[tuple[int, int], Echo],
    *,
    seed: int = 0,
) -> dict[tuple[int, int], str]:
    """Return which free bars of a tune have few onsets, and which have many.

    Parameters
    ----------
    sections : sequence of FrameSection
    cast : sequence of PartPlan
    echoes : mapping of (bar, part) to Echo
        Bars that take up another are not free.
    seed : int, >= 0

    Returns
    -------
    dict of (bar, part) to "few" or "many"
        Phrases come to rest in their fourth bar; the second bar often moves otherwise than the first.

    Examples
    --------
    >>> from motet.brief import Brief
    >>> from motet.tasks.cast import choose_cast
    >>> found = plan_pulse([FrameSection("A", 0, 8)], choose_cast(Brief(parts="flute")), {})
    >>> found[3, 0], (7, 0) in found
    ('few', False)
    """
    found: dict[tuple[int, int], str] = {}
    for part, plan in enumerate(cast):
        if plan.role not in TUNES or plan.rhythm:
            continue
        for section in sections:
            rng = rng_for(seed, "pulse", section.label, plan.name)
            for start, end in _cut(section):
                pair = _PAIRS[int(rng.choice(len(_PAIRS), p=_PAIR_SHARES))]
                told = dict(enumerate(pair)) | {3: "few"}
                for at, which in told.items():
                    if which and start + at < end - 1 and (start + at, part) not in echoes:
                        found[start + at, part] = which
    return found


def _returning(
    start: int,
    model: int,
    n_bars: int,
    repeats: str,
    style: str,
    nth: int,
    rng: np.random.Generator,
    *,
    change: Change = "",
) -> dict[int, Echo]:
    """Return how a section takes up an earlier one: the more often it returns, the freer."""
    if change == "answer":
        return _answering(start, model, n_bars, rng)
    found: dict[int, Echo] = {}
    ending = 0 if repeats == "copy" else 2 if n_bars >= 6 else 1
    varied: set[int] = set()
    if repeats == "vary" and n_bars - ending >= 3:
        inner = np.arange(2 if change else 1, n_bars - ending)
        is_short = n_bars < _BLOCK
        n_varied = int(n_bars == 4 and rng.random() < 0.5) if is_short else 2 * n_bars // _BLOCK
        n_varied += int(nth > 1 or (not is_short and rng.random() < 0.5))
        n_varied += n_bars // 4 * (style in _CLASSICAL)
        if change == "ornament":
            n_varied = max(n_varied, round(_P_VARIED * len(inner)))
        varied = set(rng.choice(inner, size=min(n_varied, len(inner)), replace=False).tolist())
    for k in range(n_bars):
        kind: Kind = "copy"
        if k >= n_bars - ending:
            if k == n_bars - 1:
                continue
            kind = "rhythm"
        elif repeats == "rhythm":
            kind = "rhythm"
        elif k in varied:
            kind = _VARIED[int(rng.choice(3, p=_VARIED_SHARES))]
        found[start + k] = Echo(model + k, kind)
    return found


def _answering(start: int, model: int, n_bars: int, rng: np.random.Generator) -> dict[int, Echo]:
    """Return how a section begins as an earlier one did and goes on otherwise."""
    half = n_bars // 2
    found = {start + k: Echo(model + k, "copy") for k in range(half)}
    decorated = int(rng.integers(2, half))
    found[start + decorated] = Echo(model + decorated, "ornament")
    answer = _ANSWERS[int(rng.integers(len(_ANSWERS)))]
    for at, (of, kind) in answer.items():
        if half + at < n_bars - 1:
            taken = half + at - 1 if of < 0 else of
            found[start + half + at] = Echo(start + taken, kind)
    return found


def _first_time(
    section: FrameSection,
    blocks: list[tuple[int, int]],
    style: str,
    repeats: str,
    rng: np.random.Generator,
    seed: int,
) -> dict[int, Echo]:
    """Return how the bars of a section that is new take up each other; tells its blocks."""
    found: dict[int, Echo] = {}
    own = _cut(section)
    pattern = _BLOCKS.get(len(own), tuple(range(len(own))))
    earlier = list(blocks)
    told = [
        (f"{section.label}{pattern[k % len(pattern)]}", s, e - s) for k, (s, e) in enumerate(own)
    ]
    changes = plan_changes(told, style=style, repeats=repeats, seed=seed)
    for k, (start, end) in enumerate(own):
        like = own[pattern[k % len(pattern)] if k < len(pattern) else 0]
        if like[0] < start and like[1] - like[0] == end - start:
            found |= _returning(
                start, like[0], end - start, repeats, style, k, rng, change=changes.get(start, "")
            )
        else:
            form = _choose_form(end - start, style, rng)
            is_free = style in _CLASSICAL and rng.random() < 0.6
            for at, (of, kind) in form.items():
                loose: Kind = "shape" if is_free and kind == "copy" else kind
                found[start + at] = Echo(start + of, loose)
            if earlier and end - start >= 6 and rng.random() < 0.5:  # a new section rhymes
                model = earlier[0]
                if model[1] - model[0] == end - start:
                    found[end - 2] = Echo(model[1] - 2, "rhythm")
        blocks.append((start, end))
    return found


def _cut(section: FrameSection) -> list[tuple[int, int]]:
    """Return the blocks of a section: eight bars each, twelve if it has twelve."""
    start, end = section.start_bar, section.end_bar
    if end - start == 12:
        return [(start, end)]
    found = []
    while end - start >= _BLOCK + 3:
        found.append((start, start + _BLOCK))
        start += _BLOCK
    return [*found, (start, end)]


def _choose_form(n_bars: int, style: str, rng: np.random.Generator) -> Form:
    """Return which bars of a block take up which."""
    if n_bars == 12:
        return _TWELVE
    if n_bars >= _BLOCK:
        shares = (0.5, 0.5, 0.0) if style in _CLASSICAL else (0.45, 0.25, 0.3)
        name = ("period", "sentence", "song")[int(rng.choice(3, p=shares))]
        forms = _EIGHT[name]
        return forms[int(rng.integers(len(forms)))]
    form = dict(_FOUR[int(rng.integers(len(_FOUR)))])
    if n_bars > 4:
        form |= {4: (0, "shape")}
    if n_bars > 6:
        form |= {5: (1, "shape")}
    return {at: echo for at, echo in form.items() if at < n_bars - 1 or n_bars == 4}


def _following(
    plan: PartPlan,
    tune: dict[int, Echo],
    blocks: Sequence[tuple[int, int]],
    changed: Sequence[tuple[int, int]],
    style: str,
    seed: int,
) -> dict[int, Echo]:
    """Return the echoes of a part that does not sing the tune.

    Where a section returns changed, a voice may sing a line of its own, and who accompanies finds
    another figure.
    """
    spans = _figured(plan, blocks, seed)
    later = set(spans) - set(blocks) - {(start, (start + end) // 2) for start, end in blocks}
    anew = () if plan.is_drums else (*changed, *later)
    fresh = {bar for start, end in anew for bar in range(start, end)}
    if plan.role in _VOICES:
        own = {
            bar
            for start, end in changed
            if rng_for(seed, "voice", plan.name, start).random() < _P_NEW_VOICE
            for bar in range(start, end)
        }
        return {
            bar: Echo(echo.bar, "copy" if echo.kind in ("copy", "ornament") else "rhythm")
            for bar, echo in tune.items()
            if bar not in own
        }
    found = {bar: echo for bar, echo in tune.items() if echo.kind == "copy" and bar not in fresh}
    for start, end in spans:
        rng = rng_for(seed, "figure", plan.name, start)
        size = int(rng.integers(1, 3))
        p_kept = 0.75 if style in _CLASSICAL else 1.0 if plan.is_drums else _P_FIGURE
        for bar in range(start + size, end):
            is_close = bar == end - 1 or (bar - start) % 4 == 3
            is_kept = rng.random() < p_kept and not (is_close and rng.random() < 0.6)
            if bar not in found and is_kept and bar != end - 1:
                kind: Kind = "copy" if plan.is_drums else "figure"
                found[bar] = Echo(start + (bar - start) % size, kind)
    return found


def _figured(plan: PartPlan, blocks: Sequence[tuple[int, int]], seed: int) -> list[tuple[int, int]]:
    """Return the spans in which a part keeps its figure: blocks, many of them cut in two halves."""
    found: list[tuple[int, int]] = []
    for start, end in blocks:
        half = (start + end) // 2
        rng = rng_for(seed, "second figure", plan.name, start)
        if plan.is_drums or end - start < _BLOCK or rng.random() >= _P_SECOND_FIGURE:
            found.append((start, end))
        else:
            found += [(start, half), (half, end)]
    return found
