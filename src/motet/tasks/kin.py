"""Which of the arranger's styles stands nearest to each style, for harmony, tempo and ground.

Conventions: a style of the arranger is its own kin; no style in particular is pop.
"""

from __future__ import annotations

from motet.arranger.style import Style
from motet.arranger.style_file import find_style

__all__ = ["KIN", "kin_style"]

KIN: dict[str, str] = {
    "": "pop", "renaissance": "classical", "baroque": "classical", "sacred-choral": "classical",
    "choral": "classical", "hymn": "classical", "keyboard": "classical",
    "piano-romantic": "classical", "art-song": "ballad", "opera": "classical",
    "string-quartet": "classical", "chamber": "classical", "orchestral": "cinematic",
    "guitar": "folk", "organ": "classical", "ragtime": "march", "dance-piano": "waltz",
    "mazurka": "folk-waltz", "polonaise": "folk-waltz", "irish": "reel", "tin-pan-alley": "swing",
    "jazz": "swing", "game": "chiptune", "game-rock": "rock", "metal": "rock",
    "electronic": "house", "drum-rock": "rock", "drum-funk": "funk", "drum-jazz": "swing",
    "drum-latin": "salsa", "drum-hiphop": "hiphop",
}  # fmt: skip
"""Style to the arranger's style that stands in for it; our own judgement."""


def kin_style(style: str) -> Style:
    """Return the arranger's style that stands nearest to a style.

    Parameters
    ----------
    style : str
        A member of `motet.tokens.vocab.STYLES`, or empty.

    Returns
    -------
    Style

    Examples
    --------
    >>> kin_style("bossa").name, kin_style("string-quartet").name
    ('bossa', 'classical')
    """
    return find_style(KIN.get(style, style))
