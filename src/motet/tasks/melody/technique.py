"""Which technique made a passage out of a motif: read off the notes alone.

Conventions: both are `motet.tasks.melody.motif.Motif`; a passage is compared by its rhythm (the same, twice
or half as long, backwards) and by its steps (the same, moved, upside down, backwards). One note may differ
in length at the end, for phrases are cut to breathe. What is neither is free.

Offers `NAMES`, `Found`, `find_technique`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from motet.tasks.melody.motif import Motif, Tone, augment, invert, retrograde

__all__ = ["NAMES", "Found", "find_technique"]

NAMES: dict[str, tuple[str, str]] = {
    "statement": ("statement", "陈述"), "sequence": ("sequence", "模进"),
    "dominant": ("on the dominant", "移至属音"), "inversion": ("inversion", "倒影"),
    "retrograde": ("retrograde", "逆行"), "augmentation": ("augmentation", "扩大"),
    "diminution": ("diminution", "缩小"), "fragmentation": ("fragmentation", "碎分"),
    "extension": ("extension", "扩展"), "free": ("free, with the motif's key", "自由衔接"),
    "cadence": ("cadence", "终止"),
}  # fmt: skip
"""What a passage may be, in English and Chinese."""


@dataclass(frozen=True, slots=True)
class Found:
    """A technique, how many degrees the passage lies above the motif, and how many of its notes fit."""

    name: str
    steps: int
    n_notes: int


def find_technique(motif: Motif, passage: Motif) -> Found:
    """Return how a passage comes from a motif.

    Parameters
    ----------
    motif, passage : Motif

    Returns
    -------
    Found
        ``name`` is a key of `NAMES`.

    Examples
    --------
    >>> from motet.tasks.melody.motif import Tone, move
    >>> tones = tuple(Tone(Fraction(k), Fraction(1), s) for k, s in enumerate((0, 2, 1, 4)))
    >>> one = Motif(tones, Fraction(4))
    >>> find_technique(one, move(one, 2)), find_technique(one, invert(one)).name
    (Found(name='sequence', steps=2, n_notes=4), 'inversion')
    """
    tones = passage.tones
    if not tones:
        return Found("free", 0, 0)
    whole = _match(motif.tones, tones)
    if whole is not None:
        return Found(_moved_name(whole), whole, len(tones))
    for name, shape in (
        ("inversion", invert(motif)),
        ("retrograde", retrograde(motif)),
        ("augmentation", augment(motif)),
        ("retrograde", invert(retrograde(motif))),
    ):
        steps = _match(shape.tones, tones)
        if steps is not None:
            return Found(name, steps, len(tones))
    half = augment(motif, Fraction(1, 2))
    steps = _match(half.tones, tones[: len(half.tones)])
    if steps is not None:
        return Found("diminution", steps, len(half.tones))
    n = len(motif.tones)
    steps = _match(motif.tones, tones[:n]) if len(tones) > n else None
    if steps is not None:
        return Found("extension", steps, n)
    return _fragment(motif, tones)


def _moved_name(steps: int) -> str:
    if steps % 7 == 0:
        return "statement"
    return "dominant" if steps % 7 == 4 else "sequence"


def _match(shape: tuple[Tone, ...], tones: tuple[Tone, ...]) -> int | None:
    """Return by how many steps notes lie above a shape that they have; None if they have not."""
    if len(shape) != len(tones) or not shape:
        return None
    first = tones[0].step - shape[0].step
    start = tones[0].onset_qn - shape[0].onset_qn
    for one, tone in zip(shape, tones, strict=True):
        if tone.step - one.step != first or tone.onset_qn - one.onset_qn != start:
            return None
    return first


def _fragment(motif: Motif, tones: tuple[Tone, ...]) -> Found:
    """Return a fragmentation if a passage is made of pieces of a motif, else free."""
    least = 2 if len(motif.tones) < 6 else 3
    shape = [
        (two.step - one.step, two.onset_qn - one.onset_qn) for one, two in pairwise(motif.tones)
    ]
    own = [(two.step - one.step, two.onset_qn - one.onset_qn) for one, two in pairwise(tones)]
    used, k, first = 0, 0, 0
    while k < len(tones):
        best, at = 0, 0
        for start in range(len(shape)):
            n = 0
            while start + n < len(shape) and k + n < len(own) and own[k + n] == shape[start + n]:
                n += 1
            if n > best:
                best, at = n, start
        if best + 1 >= least:
            first = first or tones[k].step - motif.tones[at].step
            used += best + 1
            k += best + 1
        else:
            k += 1
    if used * 4 >= 3 * len(tones) and used >= least:
        return Found("fragmentation", first, used)
    return Found("free", 0, used)
