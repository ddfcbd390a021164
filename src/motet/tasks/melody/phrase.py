"""The plan of a development: which bars say what of the motif.

Conventions: bars count from 0. A section is cut into slots as long as the motif; the first says it (or,
where a section contrasts, a transformation), the last leads to a cadence, which the model writes. Sections
of a label that returns say the same again with another ending.

Offers `Phrase`, `TECHNIQUES`, `plan_phrases`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from motet.arranger.plan import rng_for
from motet.brief import FormSection

__all__ = ["TECHNIQUES", "Phrase", "plan_phrases"]

TECHNIQUES = (
    "sequence", "inversion", "retrograde", "augmentation", "diminution", "fragmentation",
    "extension", "dominant",
)  # fmt: skip
"""What may be asked for."""
_FIRST = (
    ("sequence", "statement", "fragmentation"), ("sequence", "fragmentation", "extension"),
    ("statement", "sequence", "diminution"), ("fragmentation", "statement", "sequence"),
)  # fmt: skip
_CONTRAST = (
    ("dominant", "inversion", "fragmentation", "diminution"),
    ("inversion", "sequence", "fragmentation", "augmentation"),
    ("dominant", "sequence", "retrograde", "fragmentation"),
    ("augmentation", "inversion", "diminution", "sequence"),
)  # fmt: skip
_DOUBLE = frozenset({"augmentation", "extension"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Bars that say one thing: `technique`, or ``"cadence"``, ``"copy"`` (of `model_bar`)."""

    start_bar: int
    n_bars: int
    technique: str
    section: int
    model_bar: int = -1


def plan_phrases(
    sections: Sequence[FormSection],
    n_motif: int,
    *,
    techniques: Sequence[str] = (),
    seed: int = 0,
) -> tuple[Phrase, ...]:
    """Return the phrases of a form.

    Parameters
    ----------
    sections : sequence of FormSection
    n_motif : int, bars, >= 1
    techniques : sequence of str
        To be used, in this order; empty lets Motet choose.
    seed : int, >= 0

    Returns
    -------
    tuple of Phrase
        Every bar in exactly one.

    Examples
    --------
    >>> from motet.brief.text import read_form
    >>> [(one.start_bar, one.technique) for one in plan_phrases(read_form("A8"), 2)][::3]
    [(0, 'statement'), (6, 'cadence')]
    """
    found: list[Phrase] = []
    models: dict[str, tuple[int, int]] = {}
    queue = list(techniques)
    bar = 0
    for number, section in enumerate(sections):
        name = section.label.strip().lower()
        if name in models and models[name][1] >= section.n_bars > n_motif:
            found += _again(bar, section.n_bars, models[name][0], n_motif, number)
        else:
            rng = rng_for(seed, "phrases", name, number)
            is_first = not models
            options = _FIRST if is_first else _CONTRAST
            usual = list(options[int(rng.integers(len(options)))])
            found += _fresh(bar, section.n_bars, n_motif, number, queue, usual, is_first=is_first)
            models.setdefault(name, (bar, section.n_bars))
        bar += section.n_bars
    return tuple(found)


def _again(bar: int, n_bars: int, model: int, n_motif: int, number: int) -> list[Phrase]:
    """Return a section that says again what an earlier one said, but for its ending."""
    ending = min(n_motif, 2)
    return [
        Phrase(start_bar=bar, n_bars=n_bars - ending, technique="copy", section=number,
               model_bar=model),
        Phrase(start_bar=bar + n_bars - ending, n_bars=ending, technique="cadence", section=number),
    ]  # fmt: skip


def _fresh(
    bar: int,
    n_bars: int,
    n_motif: int,
    number: int,
    queue: list[str],
    usual: list[str],
    *,
    is_first: bool,
) -> list[Phrase]:
    """Return the phrases of a section that is new; takes techniques from the queue first."""
    out: list[Phrase] = []
    ending = min(n_motif, 2) if n_bars > n_motif else 0
    end = bar + n_bars - ending
    at, k = bar, 0
    while at < end:
        left = end - at
        if left < n_motif:
            out.append(Phrase(start_bar=at, n_bars=left, technique="free", section=number))
            break
        if n_motif == 1 and (at - bar) % 4 == 3 and left > 1:
            out.append(Phrase(start_bar=at, n_bars=1, technique="free", section=number))
            at += 1
            continue
        room = left if n_motif > 1 else min(left, 3 - (at - bar) % 4)
        if is_first and at == bar:
            name = "statement"
        else:
            name = _next(queue, usual, k, room // n_motif)
            k += 1
        size = n_motif * (2 if name in _DOUBLE else 1)
        out.append(Phrase(start_bar=at, n_bars=size, technique=name, section=number))
        at += size
    if ending:
        out.append(Phrase(start_bar=end, n_bars=ending, technique="cadence", section=number))
    return out


def _next(queue: list[str], usual: list[str], k: int, n_slots: int) -> str:
    """Return the technique of the next slot: the first asked for that there is room for, else a usual one."""
    for j, name in enumerate(queue):
        if name not in _DOUBLE or n_slots >= 2:
            return queue.pop(j)
    name = usual[k % len(usual)]
    return name if name not in _DOUBLE or n_slots >= 2 else "sequence"
