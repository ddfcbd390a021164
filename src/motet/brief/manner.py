"""How a piece is played: its feel in time, and how notes are joined or parted.

Conventions: a feel or an articulation is one of few words, empty when nothing is asked; both languages are
read. A feel moves onsets and tempo, an articulation how long notes sound and what is written over them.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from motet.errors import ParameterError

__all__ = [
    "FEELS",
    "MANNERS",
    "articulation_title",
    "feel_title",
    "read_articulation",
    "read_feel",
]

FEELS: dict[str, str] = {
    "straight": "平直", "swing": "摇摆", "shuffle": "三连摇摆", "laid-back": "慵懒靠后",
    "pushed": "推进靠前", "half-time": "半速", "double-time": "倍速",
}  # fmt: skip
"""Feel to its Chinese name."""
MANNERS: dict[str, str] = {
    "legato": "连奏", "staccato": "断奏", "tenuto": "保持", "marcato": "强奏", "portato": "次断奏",
    "pizzicato": "拨奏",
}  # fmt: skip
"""Articulation to its Chinese name."""
_FEEL_NAMES = {
    "even": "straight", "swung": "swing", "laidback": "laid-back", "lazy": "laid-back",
    "behind-the-beat": "laid-back", "pushing": "pushed", "driving": "pushed",
    "on-top-of-the-beat": "pushed", "halftime": "half-time", "doubletime": "double-time",
    "平稳": "straight", "摇摆感": "swing", "洗牌": "shuffle", "拖拍": "laid-back", "慵懒": "laid-back",
    "靠后": "laid-back", "推进": "pushed", "赶拍": "pushed", "靠前": "pushed", "半拍感": "half-time",
    "双倍速": "double-time",
}  # fmt: skip
_MANNER_NAMES = {
    "slurred": "legato", "smooth": "legato", "detached": "staccato", "short": "staccato",
    "sustained": "tenuto", "accented": "marcato", "plucked": "pizzicato", "pizz": "pizzicato",
    "pizz.": "pizzicato", "stacc.": "staccato", "跳音": "staccato", "顿音": "staccato",
    "连贯": "legato", "圆滑": "legato", "保持音": "tenuto", "持续": "tenuto", "重音": "marcato",
    "拨弦": "pizzicato",
}  # fmt: skip


def read_feel(value: Any) -> str:
    """Return the feel that a text names.

    Parameters
    ----------
    value : str or None
        In either language.

    Returns
    -------
    str
        A key of `FEELS`, or empty.

    Raises
    ------
    ParameterError
        It names none.

    Examples
    --------
    >>> read_feel("Laid back"), read_feel("半速"), read_feel("")
    ('laid-back', 'half-time', '')
    """
    return _read(value, FEELS, _FEEL_NAMES, name="feel", name_zh="律动感 feel")


def read_articulation(value: Any) -> str:
    """Return the articulation that a text names.

    Parameters
    ----------
    value : str or None
        In either language.

    Returns
    -------
    str
        A key of `MANNERS`, or empty.

    Raises
    ------
    ParameterError
        It names none.

    Examples
    --------
    >>> read_articulation("Staccato"), read_articulation("连奏")
    ('staccato', 'legato')
    """
    return _read(value, MANNERS, _MANNER_NAMES, name="articulation", name_zh="奏法 articulation")


def _read(
    value: Any, known: Mapping[str, str], others: Mapping[str, str], *, name: str, name_zh: str
) -> str:
    """Return the word that a text means."""
    if value is None or value == "":
        return ""
    names = {word: word for word in known} | {zh: word for word, zh in known.items()} | dict(others)
    plain = (
        "-".join(value.strip().lower().replace("_", " ").split()) if isinstance(value, str) else ""
    )
    if plain in names:
        return names[plain]
    near = get_close_matches(plain, names, n=1, cutoff=0.5)
    guess = names[near[0]] if near else next(iter(known))
    raise ParameterError(
        f"{name} must be one of {', '.join(known)}, got {value!r}; did you mean {guess!r}?",
        zh=f"{name_zh} 须为 {'、'.join(known.values())}(或英文 {'、'.join(known)})之一,"
        f"收到 {value!r};是否想写 {guess!r}?",
    )


def feel_title(feel: str) -> tuple[str, str]:
    """Return how a feel is shown, in English and Chinese.

    Parameters
    ----------
    feel : str

    Returns
    -------
    (str, str)

    Examples
    --------
    >>> feel_title("half-time")
    ('half-time', '半速')
    """
    return feel, FEELS.get(feel, feel)


def articulation_title(articulation: str) -> tuple[str, str]:
    """Return how an articulation is shown, in English and Chinese.

    Parameters
    ----------
    articulation : str

    Returns
    -------
    (str, str)

    Examples
    --------
    >>> articulation_title("legato")
    ('legato', '连奏')
    """
    return articulation, MANNERS.get(articulation, articulation)
