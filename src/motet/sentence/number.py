"""Numbers as people write them: digits, English words, Chinese numerals.

Conventions: `NUMBER` is the text of a pattern (small letters) to build other patterns with; what it
matches is read by `read_number`.
"""

from __future__ import annotations

import re

__all__ = ["NUMBER", "read_number"]

_ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_WHOLE = {"half a dozen": 6, "a half dozen": 6, "half dozen": 6, "two dozen": 24, "three dozen": 36,
          "an even dozen": 12, "a full dozen": 12, "one dozen": 12, "a dozen": 12,
          "a couple of": 2, "a couple": 2, "a pair of": 2}  # fmt: skip
_DIGITS = {letter: value for value, letter in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2, "俩": 2}
_WORD = "(?:" + "|".join(sorted((*_ONES, *_TENS, "hundred"), key=len, reverse=True)) + ")"
NUMBER = (
    r"(?:\d+(?:\.\d+)?"
    rf"|(?<![a-z])(?:(?:half a|a half|half|two|three|an even|a full|one|a) dozen|a couple of|a couple|a pair of"
    rf"|(?:a hundred(?:[ -](?:and[ -])?{_WORD})?(?:[ -]{_WORD})?)"
    rf"|(?:one|two)[ -](?:oh|o)[ -]{_WORD}|{_WORD}(?:[ -](?:and[ -])?{_WORD}){{0,4}})(?![a-z])"
    r"|[零〇一二两俩三四五六七八九十百]{1,9})"
)
"""Pattern of a number, in small letters; no groups of its own."""


def read_number(text: str) -> float:
    """Return the number that a text matched by `NUMBER` means.

    Parameters
    ----------
    text : str

    Returns
    -------
    float

    Examples
    --------
    >>> read_number("32"), read_number("thirty-two"), read_number("三十二"), read_number("两百零八")
    (32.0, 32.0, 32.0, 208.0)
    >>> read_number("one twenty"), read_number("a hundred and ten"), read_number("一二零")
    (120.0, 110.0, 120.0)
    >>> read_number("one-oh-five"), read_number("hundred and ten")
    (105.0, 110.0)
    >>> read_number("七八十"), read_number("一百七八十")
    (75.0, 175.0)
    """
    plain = text.strip().lower()
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    if plain in _WHOLE:
        return float(_WHOLE[plain])
    if plain and all(one in _DIGITS or one in "十百" for one in plain):
        return float(_read_chinese(plain))
    return float(_read_english(plain))


def _read_chinese(text: str) -> int:
    """Return a Chinese number; without tens and hundreds it is a row of digits."""
    if not set(text) & set("十百"):
        return int("".join(str(_DIGITS[one]) for one in text[:9]))
    if between := re.fullmatch("([一二三四五六七八])([二三四五六七八九])十", text):
        low, high = (_DIGITS[one] for one in between.groups())
        if high == low + 1:  # 七八十: between seventy and eighty
            return 5 * (low + high)
    if between := re.fullmatch("([一二两三])百([一二三四五六七八])([二三四五六七八九])十", text):
        hundreds, low, high = (_DIGITS[one] for one in between.groups())
        if high == low + 1:  # 一百七八十
            return 100 * hundreds + 5 * (low + high)
    total, digit = 0, -1
    for one in text:
        if one in _DIGITS:
            digit = _DIGITS[one]
        else:
            total += (1 if digit < 0 else digit) * (10 if one == "十" else 100)
            digit = -1
    if digit < 0:
        return total
    # 百二 is 120, as people say it
    is_short = text[-2:-1] == "百" and len(text) > 1
    return total + digit * (10 if is_short else 1)


def _read_english(text: str) -> int:
    """Return an English number; "one twenty" is 120."""
    total = 0
    words = re.split(r"[ -]+", text)
    for word in words:
        if word in ("a", "and", ""):
            continue
        if word in ("oh", "o"):  # "one oh five"
            total *= 10
            continue
        if word == "hundred":
            total = max(1, total) * 100
        elif word in _TENS:
            total = total * 100 + _TENS[word] if 0 < total < 10 else total + _TENS[word]
        elif total in (10, 20) and {"oh", "o"} & set(words):
            total = total * 10 + _ONES[word]
        elif 0 < total < 10 and _ONES[word] >= 10:
            total = total * 100 + _ONES[word]
        else:
            total += _ONES[word]
    return total
