"""English stress: how many syllables a word has, and which are strong.

Conventions: a digit a syllable as in the dictionary: 1 main stress, 2 secondary, 0 none. Words of one
syllable that carry grammar rather than meaning (articles, prepositions, pronouns, auxiliaries) are weak
in a sentence. Words that the table does not have are guessed by their letters; words that are guessed
right are not in the table.

Source: the CMU Pronouncing Dictionary, Carnegie Mellon University; see data/CMUDICT_LICENSE.txt. The
list of weak words is our own.

Offers `count_vowels`, `guess_stress`, `look_up`, `read_stress`, `short_vowels`.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

__all__ = ["count_vowels", "guess_stress", "look_up", "read_stress", "short_vowels"]

_TABLE = Path(__file__).parent / "data" / "english_stress.xz"
_ENDING = re.compile(r"'(s|d|ll|re|ve|m|t)$")
_WEAK_WORDS = (
    "a an the and but or nor as at by for from in into of off on onto per than to up with if so i "
    "i'm i'll i've i'd me my you you're you'll you've you'd your he he's he'll he'd him his she "
    "she's she'll she'd her it it's its we we're we'll we've we'd us our they they're they'll "
    "they've they'd them their who whose that that's this these those there there's am is isn't "
    "are aren't was wasn't were be been has have had do does did can could will would shall "
    "should may might must let's 'cause 'til till when while where what oh ah la "
)
_WEAK = frozenset(_WEAK_WORDS.split())
_SUNG = {
    "every": "30",
    "everything": "304",
    "everyone": "304",
    "everybody": "3030",
    "evening": "10",
}
_PLAIN = str.maketrans("34", "12")
_LATE = ("tion", "sion", "cian", "ic", "ics", "ity", "ian", "ious", "eous")
_PREFIXES = (
    "a",
    "be",
    "de",
    "re",
    "un",
    "in",
    "en",
    "ex",
    "con",
    "com",
    "dis",
    "for",
    "pro",
    "pre",
)


@cache
def _table() -> dict[str, str]:
    """Return the whole dictionary; read once, on first use."""
    found: dict[str, str] = {}
    before = ""
    for line in lzma.decompress(_TABLE.read_bytes()).decode("ascii").split("\n"):
        rest = line[1:].rstrip("0123456789")
        before = before[: ord(line[0]) - 48] + rest
        found[before] = line[1 + len(rest) :]
    return found


def count_vowels(word: str) -> int:
    """Return how many syllables the letters of a word suggest.

    Parameters
    ----------
    word : str

    Returns
    -------
    int, >= 1

    Examples
    --------
    >>> [count_vowels(word) for word in ("moonshine", "glimmered", "wanted", "table")]
    [2, 2, 2, 2]
    """
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", re.sub(r"^y|qu", "q", letters)))
    if (
        re.search(r"[^aeiouyl]e$|[^aeiou]es$", letters)
        and not re.search(r"(s|x|z|ch|sh|c|g)es$", letters)
    ) or re.search(r"[aeiouy]le$", letters):
        count -= 1
    if re.search(r"[^aeioutd]ed$", letters):
        count -= 1
    count += len(re.findall(r"i[ao](?!n)|eo(?!u)|ua|uou|[^aeiou]sm$|thm$", letters))
    return max(1, count)


def read_stress(word: str) -> str:
    """Return the stress of each syllable of a word as it stands in a sentence.

    Parameters
    ----------
    word : str
        Letters and apostrophes, in any case.

    Returns
    -------
    str
        ``"1"`` main stress, ``"2"`` secondary, ``"0"`` none; a digit a syllable.

    Examples
    --------
    >>> [read_stress(word) for word in ("remember", "the", "love", "yesterday", "walkin'", "dreamers'")]
    ['010', '0', '1', '102', '10', '10']
    """
    plain = word.lower().replace("\u2019", "'")
    if plain in _WEAK:
        return "0"
    return _digits(plain).translate(_PLAIN)


def short_vowels(word: str) -> tuple[bool, ...]:
    """Return for each syllable of a word whether its vowel is stressed and short.

    Parameters
    ----------
    word : str

    Returns
    -------
    tuple of bool

    Examples
    --------
    >>> short_vowels("river"), short_vowels("over")
    ((True, False), (False, False))
    """
    return tuple(digit in "34" for digit in _digits(word.lower().replace("\u2019", "'")))


def _digits(plain: str) -> str:
    """Return the digits of a word: the dictionary's, else guessed."""
    if plain in _SUNG:
        return _SUNG[plain]
    table = _table()
    base = _ENDING.sub("", plain)
    extra = "0" if base != plain and re.search(r"(s|x|z|ch|sh)'s$", plain) else ""
    for form in (plain, plain.strip("'"), re.sub(r"in'$", "ing", plain), base):
        found = look_up(table, form)
        if found:
            if re.search(r"(ire|our)s?$", form) and len(found) > count_vowels(form):
                found = found[:-1]
            return found + (extra if form == base else "")
    return guess_stress(base) + extra


def look_up(table: Mapping[str, str], word: str) -> str:
    """Return what a table says of a word, or of the word that it is the plural of; empty for nothing.

    Parameters
    ----------
    table : mapping of str to str
    word : str

    Returns
    -------
    str

    Examples
    --------
    >>> look_up({"river": "30"}, "rivers"), look_up({"river": "30"}, "moon")
    ('30', '')
    """
    if word in table:
        return table[word]
    return table.get(word[:-1], "") if word.endswith("s") else ""


def guess_stress(word: str) -> str:
    """Return the likely stress of a word by its letters: its ending, its prefix, else its first syllable.

    Parameters
    ----------
    word : str

    Returns
    -------
    str

    Examples
    --------
    >>> guess_stress("nation"), guess_stress("believe"), guess_stress("golden")
    ('10', '01', '10')
    """
    letters = re.sub(r"[^a-z]", "", word)
    n = count_vowels(letters)
    if n == 1:
        return "1"
    at = 0
    if letters.endswith(_LATE):
        at = max(0, n - (3 if letters.endswith("ity") else 2))
    elif n == 2 and letters.startswith(_PREFIXES) and not letters.endswith(("y", "er", "le")):
        at = 1
    elif n >= 4:
        at = n - 3
    return "".join("1" if k == at else "0" for k in range(n))
