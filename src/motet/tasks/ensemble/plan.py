"""Who plays what: which chair leads in which section, which carry bass and inner lines, which double.

Conventions: lines are counted 0 for the melody, 1 ... for inner lines from high to low, -1 for the bass.
The melody goes to another chair where a section comes back, and is with the first chair again at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motet.analysis import find_sections
from motet.score import Score
from motet.tasks.ensemble.band import Chair

__all__ = ["BASS", "Seating", "Stretch", "lay_sections", "plan_seating"]

BASS = -1
_MOST_LINES = 5
_LOW_ENOUGH = 52
_LEAST_BARS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A section in ticks, half-open, and whether its theme was heard before."""

    start_tick: int
    end_tick: int
    label: str
    comes_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """Which line each chair plays in one section; None rests.

    ``n_inner`` counts the inner lines; chairs for chords are not in ``lines``.
    """

    lead: int
    lines: dict[int, int]
    doubles: dict[int, int]
    n_inner: int


def lay_sections(score: Score) -> tuple[Stretch, ...]:
    """Return the sections of a score: written ones, else those found.

    Parameters
    ----------
    score : Score

    Returns
    -------
    tuple of Stretch
        At least one, from the first tick to the last.

    Examples
    --------
    >>> from motet.score import make_score
    >>> [one.end_tick for one in lay_sections(make_score("C4:4 D4:4"))]
    [3840]
    """
    end = score.bars[-1].end_tick
    marks = [(one.tick, one.label.strip().rstrip("0123456789'’").lower()) for one in score.sections]
    if len(marks) < 2:
        marks = [
            (score.bars[one.start_bar].start_tick, one.label.rstrip("'"))
            for one in find_sections(score)
        ]
    marks = [(0, marks[0][1]), *marks[1:]] if marks else [(0, "a")]
    seen: set[str] = set()
    found = []
    for k, (start, label) in enumerate(marks):
        stop = marks[k + 1][0] if k + 1 < len(marks) else end
        if stop > start:
            found.append(
                Stretch(start_tick=start, end_tick=stop, label=label, comes_back=label in seen)
            )
            seen.add(label)
    return tuple(found)


def plan_seating(
    chairs: Sequence[Chair], sections: Sequence[Stretch], *, passes: bool = True
) -> tuple[Seating, ...]:
    """Return who plays what, a seating a section.

    Parameters
    ----------
    chairs : sequence of Chair
        In score order.
    sections : sequence of Stretch
    passes : bool
        Whether the melody may go from chair to chair.

    Returns
    -------
    tuple of Seating

    Examples
    --------
    >>> from motet.tasks.ensemble.band import find_ensemble
    >>> one = Stretch(start_tick=0, end_tick=1920, label="a", comes_back=False)
    >>> seat = plan_seating(find_ensemble("string-quartet").chairs(), [one])[0]
    >>> seat.lead, sorted(seat.lines.items()), seat.n_inner
    (0, [(0, 0), (1, 1), (2, 2), (3, -1)], 2)
    """
    pitched = [k for k, one in enumerate(chairs) if not one.is_drums]
    lead = max(pitched, key=lambda k: (chairs[k].leads, -k))
    core, extra = _core([k for k in pitched if chairs[k].is_line], chairs, lead)
    if lead in extra:
        lead = max(core, key=lambda k: (chairs[k].leads, -k))
    has_chords = any(not chairs[k].is_line for k in pitched)
    second = _second(core, chairs, lead)
    found = []
    for n, section in enumerate(sections):
        is_last = n == len(sections) - 1
        goes = passes and section.comes_back and not is_last and second is not None
        leader = second if goes and second is not None else lead
        found.append(
            _seat(core, extra, chairs, leader, has_chords=has_chords, n=n, is_last=is_last)
        )
    return tuple(found)


def _middle(chair: Chair) -> float:
    return (chair.instrument.comfortable_low + chair.instrument.comfortable_high) / 2


def _core(lines: list[int], chairs: Sequence[Chair], lead: int) -> tuple[list[int], list[int]]:
    """Return the chairs that carry lines of their own, high to low, and those that double."""
    ordered = sorted(lines, key=lambda k: (-_middle(chairs[k]), k))
    if len(ordered) <= _MOST_LINES:
        return ordered, []
    strings = [k for k in ordered if chairs[k].instrument.family == "strings"]
    if len(strings) >= 4:
        core = strings[:4]
    else:
        core = [lead] if lead in ordered else []
        n_free = _MOST_LINES - 1 - len(core)
        core += [*[k for k in ordered if k not in core][:n_free], ordered[-1]]
    core = sorted(set(core), key=lambda k: (-_middle(chairs[k]), k))
    return core, [k for k in ordered if k not in core]


def _second(core: list[int], chairs: Sequence[Chair], lead: int) -> int | None:
    """Return the chair that takes the melody when it comes back: of another kind, not the bass."""
    first = chairs[lead].instrument
    if first.family == "voice" or lead not in core or len(core) < 3:
        return None
    others = [
        k for k in core[:-1] if k != lead and chairs[k].instrument.identifier != first.identifier
    ]
    return max(others, key=lambda k: chairs[k].leads, default=None)


def _seat(
    core: list[int],
    extra: list[int],
    chairs: Sequence[Chair],
    lead: int,
    *,
    has_chords: bool,
    n: int,
    is_last: bool,
) -> Seating:
    """Return one section's seating."""
    rest = [k for k in core if k != lead]
    lines: dict[int, int] = {lead: 0} if lead in core else {}
    lowest = rest[-1] if rest else None
    can_ground = lowest is not None and (
        not has_chords or chairs[lowest].instrument.comfortable_low <= _LOW_ENOUGH
    )
    if lowest is not None and can_ground:
        lines[lowest] = BASS
        rest = rest[:-1]
    lines |= {k: place for place, k in enumerate(rest, start=1)}
    doubles: dict[int, int] = {}
    for place, k in enumerate(extra):
        one = chairs[k].instrument
        if one.family == "strings" or one.family == "bass":
            doubles[k] = BASS
        elif one.family == "brass":
            if is_last or one.identifier == "horn":
                doubles[k] = 0 if one.comfortable_low >= 57 and is_last else max(1, len(rest))
        elif n % 2 or is_last:
            doubles[k] = _woodwind(_middle(chairs[k]), place, len(rest))
    return Seating(lead=lead, lines=lines, doubles=doubles, n_inner=len(rest))


def _woodwind(middle: float, place: int, n_inner: int) -> int:
    """Return the line that a woodwind doubles."""
    if middle < _LOW_ENOUGH:
        return BASS
    return 0 if place == 0 or not n_inner else 1 + (place - 1) % n_inner
