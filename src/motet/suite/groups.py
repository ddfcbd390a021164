"""Groups of styles: coarse enough that each has pieces to measure by.

Conventions: a style is a name of `motet.tokens.vocab.STYLES`; styles of drums alone are in no group.
"""

from __future__ import annotations

from typing import Final

from motet.tokens.vocab import STYLES

__all__ = ["FEW_WINDOWS", "GROUPS", "group_of", "style_name"]

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "choral": ("sacred-choral", "renaissance", "choral", "hymn"),
    "song": ("art-song", "opera", "tin-pan-alley"),
    "piano": ("piano-romantic", "mazurka", "polonaise", "dance-piano", "ragtime", "march"),
    "keyboard and organ": ("keyboard", "organ", "baroque"),
    "strings and orchestra": ("string-quartet", "chamber", "orchestral"),
    "guitar": ("guitar",),
    "folk": ("irish", "reel", "jig", "folk"),
    "band": ("jazz", "game", "game-rock", "metal", "electronic"),
}
"""Group to its styles."""
FEW_WINDOWS: Final = 8
"""A row with fewer windows than this says so."""
_GROUP_OF: Final = {style: group for group, styles in GROUPS.items() for style in styles}


def style_name(style: int) -> str:
    """Return the name of a STYLE value, ``"unknown"`` where there is none.

    Parameters
    ----------
    style : int

    Returns
    -------
    str

    Examples
    --------
    >>> style_name(STYLES.index("hymn")), style_name(-1)
    ('hymn', 'unknown')
    """
    return STYLES[style] if 0 <= style < len(STYLES) else "unknown"


def group_of(style: int) -> str:
    """Return the group of a STYLE value, empty where it has none.

    Parameters
    ----------
    style : int

    Returns
    -------
    str

    Examples
    --------
    >>> group_of(STYLES.index("hymn")), group_of(STYLES.index("drum-rock"))
    ('choral', '')
    """
    return _GROUP_OF.get(style_name(style), "")
