"""Which parts of a score are the two hands of one keyboard player.

Conventions: hands are neighbours in the score with one keyboard program. They are known by words in
their names (right and left, upper and lower), or by one and the same name of their own given to
these two parts alone, the first of them the higher. Nothing else is merged: it would collapse a choir.
"""

from __future__ import annotations

import re
from typing import Final

from motet.score import Part, Score
from motet.theory import GM_PROGRAMS

__all__ = ["KEYBOARDS", "keyboard_groups"]

KEYBOARDS: Final = frozenset((*range(9), *range(16, 22), 23, 46))
"""Programs that one player plays on two staves: pianos, organs, accordion, harp."""

_RIGHT: Final = re.compile(
    r"\b(right|rh|upper|up|treble|droite|rechts|rechte|destra|derecha)\b|\bm ?d\b|\br h\b|右手"
)
_LEFT: Final = re.compile(
    r"\b(left|lh|lower|down|bass|gauche|links|linke|sinistra|izquierda)\b|\bm ?[gs]\b|\bl h\b|左手"
)
_MARKS: Final = re.compile(r"[^\w]+|_")


def _hand(name: str) -> tuple[str, str]:
    """Return which hand a name speaks of (or nothing), and the rest of the name."""
    plain = _MARKS.sub(" ", name.lower()).strip()
    for hand, words in (("right", _RIGHT), ("left", _LEFT)):
        if words.search(plain):
            rest = words.sub(" ", plain).replace("hand", " ").replace("staff", " ")
            return hand, " ".join(rest.split())
    return "", plain


def _mean_pitch(part: Part) -> float:
    return sum(note.pitch for note in part.notes) / max(1, len(part.notes))


def _are_hands(score: Score, k: int) -> bool:
    """Return whether part `k` and the next are two hands of one player."""
    one, two = score.parts[k], score.parts[k + 1]
    if one.is_drums or two.is_drums or one.program != two.program:
        return False
    if one.program not in KEYBOARDS or one.n_staves + two.n_staves > 2:
        return False
    (hand, rest), (other, other_rest) = _hand(one.name), _hand(two.name)
    if hand and other:
        return hand != other and (rest == other_rest or not (rest and other_rest))
    if not rest or rest != other_rest or one.name in GM_PROGRAMS:
        return False
    n_same = sum(_hand(part.name)[1] == rest for part in score.parts)
    return n_same == 2 and _mean_pitch(one) > _mean_pitch(two)


def keyboard_groups(score: Score) -> tuple[tuple[int, ...], ...]:
    """Return the indices of a score's parts, hands of one keyboard together.

    Parameters
    ----------
    score : Score

    Returns
    -------
    tuple of tuples of int
        Every part once, in order; one or two a group.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from motet.score import make_score
    >>> score = make_score("C5:4", "C3:4", "E4:4")
    >>> names = ("Piano RH", "Piano LH", "Voice")
    >>> keyboard_groups(score.with_parts(*(replace(p, name=n) for p, n in zip(score.parts, names))))
    ((0, 1), (2,))
    """
    groups: list[tuple[int, ...]] = []
    k = 0
    while k < len(score.parts):
        n = 2 if k + 1 < len(score.parts) and _are_hands(score, k) else 1
        groups.append(tuple(range(k, k + n)))
        k += n
    return tuple(groups)
