"""Bar line tokens, section labels and expansion lists: where bars begin and what is repeated.

Source: David Huron, The Humdrum Toolkit: Reference Manual (1995), representation ``**kern``, and
its user guide on ``*>`` labels; ``=:|!|:`` means end and start of a repeat.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from motet.score import Ending, Repeat, Section

__all__ = ["BarLine", "parse_barline", "read_form"]

_MAX_LABELS = 1000
_NUMBER = re.compile(r"^=+\|*(\d+)")


@dataclass(frozen=True, slots=True)
class BarLine:
    """What one bar line says. ``number`` is -1 when it has none."""

    number: int = -1
    is_hidden: bool = False
    ends_repeat: bool = False
    starts_repeat: bool = False


def parse_barline(text: str) -> BarLine:
    """Return what a bar line token says.

    Parameters
    ----------
    text : str
        ``"=12"``, ``"=:|!|:"``, ``"=1-"``, ``"=="``.

    Returns
    -------
    BarLine

    Examples
    --------
    >>> parse_barline("=12:|!")
    BarLine(number=12, is_hidden=False, ends_repeat=True, starts_repeat=False)
    """
    found = _NUMBER.match(text)
    number = int(found[1]) if found and len(found[1]) < 7 else -1
    signs = text[found.end() :] if found else text.lstrip("=")
    ends = ":|" in signs or ":!" in signs
    starts = "|:" in signs or "!:" in signs
    return BarLine(number, signs.startswith("-"), ends, starts)


def read_form(
    labels: list[tuple[int, str]],
    expansions: dict[str, list[str]],
    repeats: list[Repeat],
    end_tick: int,
) -> tuple[tuple[Section, ...], tuple[Ending, ...], tuple[Repeat, ...]]:
    """Return sections, first and second endings, and jumps, from labels and the playing order.

    Parameters
    ----------
    labels : list of (tick, label)
        In order of time.
    expansions : dict of str to list of str
        Name of an expansion list (empty for the plain one) to the labels in playing order.
    repeats : list of Repeat
        From bar lines.
    end_tick : int
        End of the score.

    Returns
    -------
    tuple of sections, endings and repeats
        Endings where a label and its alternatives (A1, A2) follow the same section; da capo where
        the order ends by going back to the first label.

    Examples
    --------
    >>> labels = [(0, "A"), (8, "A1"), (12, "A2")]
    >>> sections, endings, _ = read_form(labels, {"": ["A", "A1", "A", "A2"]}, [], 16)
    >>> [(one.start_tick, one.end_tick, one.numbers) for one in endings]
    [(8, 12, (1,)), (12, 16, (2,))]
    """
    labels = labels[:_MAX_LABELS]
    sections = tuple(Section(tick=tick, label=label) for tick, label in labels)
    order = expansions.get("") or next(iter(expansions.values()), [])
    if not order or not labels:
        return sections, (), tuple(repeats)
    starts = {label: tick for tick, label in reversed(labels)}
    ticks = sorted(tick for tick, _ in labels)
    stops = {
        label: next((tick for tick in ticks if tick > start), end_tick)
        for label, start in starts.items()
    }
    followers: dict[str, list[str]] = {}
    for one, after in itertools.pairwise(order):
        followers.setdefault(one, []).append(after)
    endings = []
    for one, nexts in followers.items():
        kinds = list(dict.fromkeys(nexts))
        alternatives = [
            label for label in kinds if label in starts and re.fullmatch(r"\D+\d+", label)
        ]
        if len(alternatives) < 2 or len(alternatives) != len(kinds) or one not in starts:
            continue
        for label in alternatives:
            numbers = tuple(k + 1 for k, name in enumerate(nexts) if name == label)
            if stops[label] > starts[label]:
                endings.append(
                    Ending(start_tick=starts[label], end_tick=stops[label], numbers=numbers)
                )
    extra: list[Repeat] = []
    last = labels[-1][1]
    if last in order:
        tail = order[len(order) - 1 - order[::-1].index(last) + 1 :]
        if tail and tail[0] == labels[0][1] and tail[-1] in stops:
            extra.append(Repeat(tick=end_tick, kind="da-capo"))
            if stops[tail[-1]] < end_tick:
                extra.append(Repeat(tick=stops[tail[-1]], kind="fine"))
    both = sorted([*repeats, *extra], key=lambda repeat: repeat.tick)
    return sections, tuple(sorted(endings, key=lambda one: one.start_tick)), tuple(both)
