"""Words of a sentence that look musical and were not understood.

Conventions: only what a musician would miss is named: numbers, unknown instruments after "with", and
musical terms that a brief cannot say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from motet.sentence.lexicon import Hit, load_lexicon
from motet.sentence.text import Sentence

__all__ = ["find_unused"]

_WITH = re.compile(
    r"(?<![a-z])(?:with|featuring|plus|played on|played by)\s+(?:(?:an?|the|some|my|soft|solo"
    r"|gentle|big)\s+){0,3}([a-z][a-z-]{3,18})s?(?=\s*(?:[,.;]|$|and\b|or\b))"
)


@lru_cache(maxsize=1)
def _musical() -> re.Pattern[str]:
    """Return the pattern of musical words that a brief cannot say."""
    import tomllib

    text = files("motet.sentence").joinpath("data", "plain.toml").read_text("utf-8")
    words = sorted(tomllib.loads(text)["musical"], key=len, reverse=True)
    return re.compile("|".join(
        rf"(?<![a-z]){re.escape(one)}(?![a-z])" if one.isascii() else re.escape(one) for one in words
    ))  # fmt: skip


def find_unused(sentence: Sentence, hits: list[Hit]) -> tuple[str, ...]:
    """Return the words that look musical and were not understood.

    Parameters
    ----------
    sentence : Sentence
        What was understood is claimed.
    hits : list of Hit
        Of the lexicon.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> find_unused(Sentence("with a theremin and reverb"), [])
    ('theremin', 'reverb')
    """
    del hits
    found: dict[int, str] = {}
    for match in sentence.find(_musical().pattern):
        found[match.start()] = sentence.words(*match.span())
        sentence.claim(*match.span())
    for match in _WITH.finditer(sentence.low):
        word = match[1].rstrip("s")
        is_known = {word, match[1]} & load_lexicon().vocabulary
        if not is_known and sentence.is_free(*match.span(1)):
            found[match.start(1)] = sentence.words(*match.span(1))
    for match in sentence.find(r"(?<![a-z0-9])\d{1,4}(?:st|nd|rd|th)?(?![a-z0-9])"):
        if match.start() not in found:
            found[match.start()] = sentence.words(*match.span())
    return tuple(dict.fromkeys(found[place] for place in sorted(found)))[:12]
