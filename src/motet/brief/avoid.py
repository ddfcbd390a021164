"""What must not be there: instruments, roles, and traits of the music.

Conventions: an avoided thing is a role of `motet.tokens.vocab.ROLES`, a key of `TRAITS`, or an instrument's
identifier, in this order (``"drums"`` is the role). What each trait forbids exactly stands beside it, so
that it can be kept and checked:

- syncopation: a note that begins off the beat and is held over the next beat (drums hold nothing);
- leaps: more than a perfect fourth from note to note of a single line;
- high notes, low notes: the upper, the lower third of what lies well on an instrument;
- minor, major: a key of that mode;
- chromatic notes: tones outside the scale (in minor also the raised sixth and seventh are inside);
- seventh chords: chords of more than three tones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from motet.brief.role import find_role, is_role, role_title
from motet.errors import ParameterError
from motet.theory.instrument import find_instrument

__all__ = ["LEAST_LEAP_SEMI", "TRAITS", "avoid_title", "read_avoid"]

LEAST_LEAP_SEMI = 6
"""Semitones from note to note from which on a step is a leap."""
TRAITS: dict[str, str] = {
    "syncopation": "切分", "leaps": "大跳", "high notes": "高音", "low notes": "低音区",
    "minor": "小调", "major": "大调", "chromatic notes": "变化音", "seventh chords": "七和弦",
}  # fmt: skip
"""Trait to its Chinese name."""
_NAMES = {
    "syncopations": "syncopation", "syncopated": "syncopation", "syncopated rhythm": "syncopation",
    "off-beats": "syncopation", "leap": "leaps", "jumps": "leaps", "large leaps": "leaps",
    "big leaps": "leaps", "wide leaps": "leaps", "high": "high notes", "high pitches": "high notes",
    "low": "low notes", "low pitches": "low notes", "minor key": "minor", "minor keys": "minor",
    "major key": "major", "major keys": "major", "chromatic": "chromatic notes",
    "chromaticism": "chromatic notes", "accidentals": "chromatic notes", "sevenths": "seventh chords",
    "seventh": "seventh chords", "7th chords": "seventh chords", "切分音": "syncopation",
    "切分节奏": "syncopation", "跳进": "leaps", "高音区": "high notes", "太高的音": "high notes",
    "太低的音": "low notes", "低音符": "low notes", "半音": "chromatic notes",
    "半音阶": "chromatic notes", "临时记号": "chromatic notes",
}  # fmt: skip


def read_avoid(value: Any) -> tuple[str, ...]:
    """Return what is to be avoided.

    Parameters
    ----------
    value : str, sequence of str or None
        In either language; a text may name several, with commas.

    Returns
    -------
    tuple of str
        Each once: roles, keys of `TRAITS`, and identifiers of instruments.

    Raises
    ------
    ParameterError
        Something is no role, no trait and no instrument.

    Examples
    --------
    >>> read_avoid("drums, leaps, 钢琴"), read_avoid(None)
    (('drums', 'leaps', 'piano'), ())
    """
    if value is None:
        return ()
    words: Sequence[Any] = [value] if isinstance(value, str) else value
    if not isinstance(words, list | tuple):
        raise _unknown(value)
    found: list[str] = []
    for word in words:
        if not isinstance(word, str):
            raise _unknown(word)
        found += [_read_one(one) for one in re.split(r"[,;\uff0c\uff1b、]", word) if one.strip()]
    return tuple(dict.fromkeys(found))


def _read_one(word: str) -> str:
    """Return the role, trait or instrument that a word names."""
    plain = " ".join(word.strip().lower().replace("_", " ").split())
    if is_role(plain):
        return find_role(plain)
    if plain in TRAITS:
        return plain
    if plain in _NAMES:
        return _NAMES[plain]
    for name, zh in TRAITS.items():
        if plain == zh:
            return name
    try:
        return find_instrument(word.strip()).identifier
    except ParameterError as error:
        raise _unknown(word.strip()) from error


def _unknown(word: Any) -> ParameterError:
    """Return the error for what cannot be avoided because nobody knows it."""
    return ParameterError(
        f"avoid takes roles (drums, bass ...), instruments (piano ...) and {', '.join(TRAITS)}; "
        f"got {word!r}",
        zh=f"avoid 可写角色(鼓、低音等)、乐器(钢琴等)以及 {'、'.join(TRAITS.values())};收到 {word!r}",
    )


def avoid_title(name: str) -> tuple[str, str]:
    """Return how an avoided thing is shown, in English and Chinese.

    Parameters
    ----------
    name : str
        As `read_avoid` gives it.

    Returns
    -------
    (str, str)

    Examples
    --------
    >>> avoid_title("leaps"), avoid_title("piano"), avoid_title("drums")
    (('leaps', '大跳'), ('Piano', '钢琴'), ('drums', '鼓'))
    """
    if name in TRAITS:
        return name, TRAITS[name]
    if is_role(name):
        return name, role_title(name, language="zh")
    found = find_instrument(name)
    return found.name, found.name_zh
