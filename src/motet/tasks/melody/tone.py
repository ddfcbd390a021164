"""Mandarin tones and what they ask of a melody.

Conventions: tones are 1 to 4, 5 for the neutral one, 0 where a syllable has none (other languages). A
tone's height is the mean of its levels on the five-level scale: 1 is 55 (5), 2 is 35 (4), 3 is 21 as it
sounds within a phrase (1.5), 4 is 51 (3), the neutral tone is low (2). Between two syllables that follow
each other without a breath, the melody contradicts the tones where it moves against their heights:
falls where the next tone is a level or more higher, or rises where it is a level or more lower. A
repeated note contradicts nothing, and where heights differ by less than a level anything may be sung.

Source: the levels are those of Yuen Ren Chao, "A system of tone-letters", Le Maitre Phonetique 45
(1930), 24-27, which introduced the scale. The neutral tone as one height, and the rule, are our own.

Offers `contradicts`, `read_tones`, `tone_height`.
"""

from __future__ import annotations

import re

__all__ = ["contradicts", "read_tones", "tone_height"]

_HEIGHTS = {1: 5.0, 2: 4.0, 3: 1.5, 4: 3.0, 5: 2.0}
_LEAST = 1.0


def tone_height(tone: int) -> float:
    """Return the height of a tone on the five-level scale.

    Parameters
    ----------
    tone : int, 1 to 5

    Returns
    -------
    float, 1 to 5

    Examples
    --------
    >>> tone_height(1), tone_height(3)
    (5.0, 1.5)
    """
    return _HEIGHTS[tone]


def contradicts(tone: int, following: int, interval_semi: int) -> bool:
    """Whether an interval moves against the tones of its two syllables.

    Parameters
    ----------
    tone, following : int, 0 to 5
    interval_semi : int, semitones
        From the first syllable's last note to the second's first.

    Returns
    -------
    bool

    Examples
    --------
    >>> contradicts(3, 1, -2), contradicts(3, 1, 4), contradicts(1, 1, -5), contradicts(1, 3, 0)
    (True, False, False, False)
    """
    if not tone or not following:
        return False
    rise = _HEIGHTS[following] - _HEIGHTS[tone]
    return abs(rise) >= _LEAST and rise * interval_semi < 0


def read_tones(text: str) -> tuple[int, ...]:
    """Return the tone of each character of a Chinese text, as it sounds among its neighbours.

    Parameters
    ----------
    text : str
        Chinese characters only; give a whole line, for words decide how a character is read.

    Returns
    -------
    tuple of int, 0 to 5
        With the changes of tone within words and of U+4E00 and U+4E0D; 0 for a character without a
        reading.

    Examples
    --------
    >>> read_tones("月亮代表我的心")
    (4, 4, 4, 3, 3, 5, 1)
    """
    from pypinyin import Style, lazy_pinyin

    if not text:
        return ()
    found = []
    for sound in lazy_pinyin(
        text, style=Style.TONE3, neutral_tone_with_five=True, tone_sandhi=True
    ):
        match = re.search(r"[1-5]$", sound)
        found.append(int(match.group()) if match else 0)
    return tuple(found) if len(found) == len(text) else (0,) * len(text)
