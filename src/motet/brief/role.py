"""Roles: what a part does, its names in both languages, who usually plays it, and how many notes.

Conventions: a role is one of `motet.tokens.vocab.ROLES`; names are read in English and Chinese.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from motet.errors import ParameterError
from motet.language import Language
from motet.theory.instrument import Instrument
from motet.tokens.vocab import ROLES

__all__ = ["ROLE_HABITS", "RoleHabit", "find_role", "is_role", "role_title", "usual_role"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHabit:
    """What is usual for a role.

    Parameters
    ----------
    name_zh : str
    instrument : str
        Identifier of who plays it when nobody is named.
    max_polyphony : int, notes at once
    low, high : int, MIDI numbers
        Where it lies, before the instrument's own range is taken into account.
    density : (float, float), onsets a quarter note
        Fewest and most, over the bars where it plays.
    """

    name_zh: str
    instrument: str
    max_polyphony: int
    low: int
    high: int
    density: tuple[float, float]


def _habit(
    name_zh: str, instrument: str, notes: int, low: int, high: int, a: float, b: float
) -> RoleHabit:
    """Return one row of the table."""
    return RoleHabit(
        name_zh=name_zh, instrument=instrument, max_polyphony=notes, low=low, high=high,
        density=(a, b),
    )  # fmt: skip


ROLE_HABITS: dict[str, RoleHabit] = {
    "melody": _habit("旋律", "flute", 1, 60, 84, 0.4, 2.5),
    "bass": _habit("低音", "acoustic_bass", 1, 28, 55, 0.25, 2.0),
    "drums": _habit("鼓", "drums", 6, 27, 87, 0.5, 6.0),
    "comping": _habit("伴奏", "piano", 5, 48, 76, 0.25, 3.0),
    "pad": _habit("铺底", "warm_pad", 4, 48, 76, 0.2, 1.0),
    "strings": _habit("弦乐", "strings", 4, 48, 81, 0.2, 1.5),
    "horns": _habit("铜管", "brass", 3, 50, 77, 0.2, 1.5),
    "counter": _habit("对位", "clarinet", 1, 52, 77, 0.25, 2.0),
    "voice": _habit("声部", "choir", 1, 43, 79, 0.3, 2.0),
    "solo": _habit("独奏", "alto_sax", 1, 55, 84, 0.5, 4.0),
}
"""Role to what is usual for it: our own figures, set by hand."""

_NAMES = {role: role for role in ROLES} | {
    "旋律": "melody", "主旋律": "melody", "低音": "bass", "贝斯": "bass", "鼓": "drums",
    "伴奏": "comping", "和声": "comping", "铺底": "pad", "弦乐": "strings", "铜管": "horns",
    "对位": "counter", "副旋律": "counter", "声部": "voice", "人声": "voice", "独奏": "solo",
    "accompaniment": "comping", "chords": "comping", "lead": "melody", "countermelody": "counter",
    "vocal": "voice", "brass": "horns",
}  # fmt: skip


def is_role(text: str) -> bool:
    """Whether a text names a role.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_role("旋律"), is_role("piano")
    (True, False)
    """
    return text.strip().lower() in _NAMES


def find_role(text: str) -> str:
    """Return the role that a text names, in either language.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        A member of `motet.tokens.vocab.ROLES`.

    Raises
    ------
    ParameterError
        It names none; the nearest is offered.

    Examples
    --------
    >>> find_role("Bass"), find_role("伴奏")
    ('bass', 'comping')
    """
    plain = text.strip().lower()
    if plain in _NAMES:
        return _NAMES[plain]
    near = get_close_matches(plain, _NAMES, n=1, cutoff=0.5)
    guess = near[0] if near else "melody"
    raise ParameterError(
        f"a role is one of {', '.join(ROLES)}, got {text!r}; did you mean {guess!r}?",
        zh=f"角色须为 {'、'.join(ROLES)} 之一,收到 {text!r};是否想写 {guess!r}?",
    )


def role_title(role: str, *, language: Language = "en") -> str:
    """Return how a role is shown to people.

    Parameters
    ----------
    role : str
    language : Language

    Returns
    -------
    str

    Examples
    --------
    >>> role_title("comping"), role_title("comping", language="zh")
    ('comping', '伴奏')
    """
    return ROLE_HABITS[role].name_zh if language == "zh" and role in ROLE_HABITS else role


_SECTIONS = {48: "strings", 49: "strings", 50: "strings", 61: "horns", 62: "horns"}
_LOW = {"double_bass", "tuba", "cello", "bassoon", "bass_voice", "baritone_sax", "bass_trombone"}
_CHORDAL = {"keys", "guitar", "plucked", "mallets"}


def usual_role(instrument: Instrument, taken: tuple[str, ...]) -> str:
    """Return the role that an instrument plays beside others.

    Parameters
    ----------
    instrument : Instrument
    taken : tuple of str
        Roles of the parts before it.

    Returns
    -------
    str
        Drums and basses are what they are; else the first part has the melody, chordal instruments
        accompany, sections hold, and single voices answer.

    Examples
    --------
    >>> from motet.theory import find_instrument
    >>> usual_role(find_instrument("piano"), ()), usual_role(find_instrument("piano"), ("melody",))
    ('melody', 'comping')
    """
    if instrument.is_drums:
        return "drums"
    if instrument.family == "bass":
        return "bass"
    if "melody" not in taken:
        return "melody"
    if instrument.identifier in _LOW and "bass" not in taken:
        return "bass"
    if instrument.program in _SECTIONS:
        return _SECTIONS[instrument.program]
    if 88 <= instrument.program <= 95:
        return "pad"
    if instrument.family in _CHORDAL:
        return "comping"
    return "voice" if instrument.family == "voice" else "counter"
