"""Near misses: the valid words that a mistyped one may have meant.

Conventions: best first, at most three, empty when nothing is near.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["did_you_mean", "near_words"]


def near_words(word: str, choices: Iterable[str]) -> tuple[str, ...]:
    """Return the choices that look like a word, best first.

    Parameters
    ----------
    word : str
    choices : iterable of str

    Returns
    -------
    tuple of str
        At most three.

    Examples
    --------
    >>> near_words("arange", ["arrange", "render", "show"])
    ('arrange',)
    """
    by_lower = {choice.lower(): choice for choice in choices}
    found = get_close_matches(word.lower(), list(by_lower), n=3, cutoff=0.6)
    starts = [low for low in by_lower if len(word) >= 2 and low.startswith(word.lower())]
    return tuple(by_lower[low] for low in dict.fromkeys([*starts, *found]))[:3]


def did_you_mean(word: str, choices: Iterable[str]) -> tuple[str, str]:
    """Return the end of a message, in English and Chinese, that offers the nearest words.

    Parameters
    ----------
    word : str
    choices : iterable of str

    Returns
    -------
    tuple of str
        English and Chinese, both empty when nothing is near.

    Examples
    --------
    >>> did_you_mean("bosa", ["bossa", "waltz"])[0]
    '; did you mean bossa?'
    """
    near = near_words(word, choices)
    if not near:
        return "", ""
    return f"; did you mean {' / '.join(near)}?", f";您是否想用 {' / '.join(near)}?"
