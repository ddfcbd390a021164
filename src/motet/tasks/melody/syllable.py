"""Words cut into syllables as they stand under notes.

Conventions: the number of syllables is known (`motet.tasks.melody.stress`); the letters are cut where
singers' editions usually do: before a single consonant, between two, never within a pair that makes one
sound; endings such as -ing and -ness stay whole. Cutting changes no letter.

Offers `cut_word`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["cut_word"]

_VOWELS = "aeiouy"
_PAIRS = ("ch", "sh", "th", "ph", "wh", "gh", "ck", "qu", "ng", "tch", "dg")
_ONSET_LETTERS = (
    "bl br cl cr dr fl fr gl gr pl pr sc sk sl sm sn sp st sw tr tw thr shr sch scr spl spr str "
    "wr kn chr "
)
_ONSETS = frozenset(_ONSET_LETTERS.split())
_ENDINGS = (
    "ing", "in'", "ings", "ness", "less", "ful", "ment", "ments", "ship", "hood", "some", "ly",
    "ward", "where", "thing", "body", "one", "time", "light", "shine", "land", "self", "man", "night",
)  # fmt: skip
_WHOLE = {
    "wherever": "wher-ev-er", "whenever": "when-ev-er", "whatever": "what-ev-er",
    "whoever": "who-ev-er", "forever": "for-ev-er", "somewhere": "some-where",
    "every": "ev-ery", "everything": "ev-ery-thing", "everyone": "ev-ery-one",
    "everybody": "ev-ery-bod-y",
}  # fmt: skip
_HEADS = ("where", "there", "here", "some", "every", "any")
_HIATUS = ("ia", "io", "iu", "eo", "ua", "uo", "ie", "ea", "oe", "ei", "ii", "ao", "ue", "ui", "ye",
           "yi", "oi", "ay", "oy", "au")  # fmt: skip


def cut_word(word: str, n: int, *, short: Sequence[bool] = ()) -> tuple[str, ...]:
    """Return a word in a number of syllables.

    Parameters
    ----------
    word : str
    n : int, >= 1
    short : sequence of bool
        Which syllables have a stressed short vowel, which keeps the consonant after it.

    Returns
    -------
    tuple of str
        Their letters joined are the word; fewer than `n` only if it has too few letters.

    Examples
    --------
    >>> [cut_word(*one) for one in (("remember", 3), ("walking", 2), ("running", 2), ("little", 2))]
    [('re', 'mem', 'ber'), ('walk', 'ing'), ('run', 'ning'), ('lit', 'tle')]
    >>> cut_word("beautiful", 3), cut_word("river", 2, short=(True, False)), cut_word("idea", 3)
    (('beau', 'ti', 'ful'), ('riv', 'er'), ('i', 'de', 'a'))
    """
    if n <= 1:
        return (word,)
    low = word.lower().replace("\u2019", "'")
    if low in _WHOLE and _WHOLE[low].count("-") == n - 1:
        places = [k - j for j, k in enumerate(m.start() for m in re.finditer("-", _WHOLE[low]))]
        return tuple(word[a:b] for a, b in pairwise([0, *places, len(word)]))
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        head = low[: -len(ending)]
        if not low.endswith(ending) or not re.search(f"[{_VOWELS}]", head):
            continue
        n_end = 2 if ending == "body" else 1
        if n - n_end < 1 or len(_nuclei(head, n - n_end)) < n - n_end:
            continue
        at = len(head)
        if ending in ("ing", "in'", "ings"):
            is_double = len(head) > 2 and head[-1] == head[-2] and head[-1] not in "lsz" + _VOWELS
            is_double = is_double or bool(re.search(r"([aeiou])(ll|ss|zz)$", head) and n > 2)
            at -= int(is_double)
        elif ending in ("one", "man", "land", "light", "time") and len(head) < 4:
            continue
        left = cut_word(word[:at], n - n_end, short=short[: n - n_end])
        right = cut_word(word[at:], n_end) if n_end > 1 else (word[at:],)
        return (*left, *right)
    for head in _HEADS:
        n_head = 2 if head in ("every", "any") else 1
        rest = low[len(head) :]
        if low.startswith(head) and len(rest) > 2 and len(_nuclei(rest, n - n_head)) == n - n_head:
            size = len(head)
            left = cut_word(word[:size], n_head, short=short[:n_head])
            return (*left, *cut_word(word[size:], n - n_head, short=short[n_head:]))
    return _cut(word, low, n, short)


def _nuclei(low: str, n: int) -> list[tuple[int, int]]:
    """Return where the vowels of the syllables lie; silent ones dropped, double ones parted."""
    text = re.sub(r"qu", "q_", low)
    text = "_" + text[1:] if text.startswith("y") and len(text) > 1 else text
    found = [match.span() for match in re.finditer(r"[aeiouy]+", text)]
    is_mute = re.search(r"[^aeiouy]e$", text) and not re.search(r"[^aeiouy]le$", text)
    if is_mute and len(found) > 1:
        rest = found[:-1]
        room = len(rest) + sum(
            text[at - 1 : at + 1] in _HIATUS for a, b in rest for at in range(a + 1, b)
        )
        found = rest if room >= n else found
    while len(found) > n:
        k = _silent(text, found)
        found.pop(k)
    while len(found) < n:
        k, at = _double(text, found)
        if k < 0:
            place = _syllabic(text, found)
            if place is None:
                break
            found = sorted([*found, place])
            continue
        start, end = found[k]
        found[k : k + 1] = [(start, at), (at, end)]
    return found


def _silent(text: str, found: list[tuple[int, int]]) -> int:
    """Return which vowel is most likely silent."""
    start, end = found[-1]
    if text[start:end] == "e" and len(text) - end <= 1 and not re.search(r"[^aeiouy]le$", text):
        return len(found) - 1
    if text[start:end] == "e" and text[end:] in ("d", "s", "'s", "d'"):
        return len(found) - 1
    for k in range(len(found) - 2, 0, -1):
        if text[found[k][0] : found[k][1]] == "e":
            return k
    for k in range(len(found) - 2, 0, -1):
        if found[k][1] - found[k][0] == 1:
            return k
    return len(found) - 1


def _double(text: str, found: list[tuple[int, int]]) -> tuple[int, int]:
    """Return which vowels part into two, and where; (-1, 0) if none do."""
    best, place = (99, 0, 0), (-1, 0)
    for k, (start, end) in enumerate(found):
        for at in range(start + 1, end):
            pair = text[at - 1 : at + 1]
            rank = _HIATUS.index(pair) if pair in _HIATUS else 50
            if (rank, -k, -at) < best:
                best, place = (rank, -k, -at), (k, at)
    return place


def _syllabic(text: str, found: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return where a consonant (rhyth-m, fi-re) sings a syllable of its own."""
    last = found[-1][1] if found else 0
    match = re.search(r"(?<=s)m|(?<=th)m|(?<=[aeiouy])re?$|n't$|le?$|n$", text[last:])
    return (last + match.start(), last + match.end()) if match and match.start() > 0 else None


def _cut(word: str, low: str, n: int, short: Sequence[bool]) -> tuple[str, ...]:
    """Return a word cut between its vowels."""
    nuclei = _nuclei(low, n)
    cuts = []
    for k, ((start, end), (following, _)) in enumerate(pairwise(nuclei)):
        is_short = k < len(short) and short[k] and low[start:end] not in ("u", "oo")
        is_short = is_short and low[following:] != "m"
        cuts.append(
            following
            if is_short and _is_single(low[end:following])
            else _between(low, start, end, following)
        )
    places = [0, *cuts, len(word)]
    pieces = tuple(word[a:b] for a, b in pairwise(places))
    return tuple(piece for piece in pieces if piece)


def _is_single(middle: str) -> bool:
    """Whether the letters between two vowels make one sound."""
    return len(middle) == 1 or middle in ("th", "sh", "ch", "ph", "ck")


def _between(low: str, start: int, end: int, following: int) -> int:
    """Return where the letters between two vowels part."""
    middle = low[end:following]
    if not middle:
        return end
    if middle[0] == "e" and low[end - 1] not in _VOWELS:
        return end + 1
    if "e" in middle and len(middle) > 1:  # a silent e within: some-thing
        return end + middle.index("e") + 1 if middle.index("e") else end
    if middle.endswith("n'"):
        return following - 2
    if middle == "w" and low[end - 1] in "aeo" and low[following:] in ("er", "ers", "ing", "el"):
        return following
    if middle in _PAIRS:
        return following if middle == "ck" else end + 1 if middle == "ng" else end
    if low[following:] == "n't":
        return following
    if low[following:] == "ed" and middle in ("nt", "rt", "st", "nd", "rd", "ld", "ft", "lt"):
        return following
    if len(middle) == 1:
        return following if middle == "x" else end
    if low[following:] in ("e", "es", "ed") and middle.endswith("l"):
        return following - 2
    for size in range(len(middle), 1, -1):
        tail = middle[-size:]
        if tail in _ONSETS or tail in _PAIRS:
            is_whole = size == len(middle)
            if is_whole and tail in ("st", "sp", "sk", "sc", "sm", "sn", "sl") and end - start == 1:
                return end + 1
            return following if tail == "ck" else following - (1 if tail == "ng" else size)
    return following - 1
