"""The fonts that pictures are set in, shipped so that every machine draws the same.

Conventions: widths are in em, a fraction of the font size. Motet Sans (Latin, Chinese, accidentals)
is a renamed subset of Noto Sans CJK SC, Motet Music (signs inside words) one of Bravura; both are
under the SIL Open Font License: `motet/fonts/OFL.txt`.

Offers `font_dirs`, `SANS`, `SERIF`, `text_width_em`.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

__all__ = ["SANS", "SERIF", "font_dirs", "text_width_em"]

_FALLBACKS = (
    "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', "
)
SANS = f"'Motet Sans', {_FALLBACKS}sans-serif"
"""CSS family list of labels: the shipped font, then what browsers have."""
SERIF = f"'Libertinus Serif', 'Times New Roman', Times, 'Motet Sans', {_FALLBACKS}serif"
"""CSS family list of words in printed music: typst's own serif, Times in browsers."""

# Advances of the characters from space to tilde, and of the accidentals, in hundredths of an em;
# tests compare them with the fonts.
_ASCII = (
    "22 32 47 56 56 92 68 28 34 34 47 56 28 35 28 39 56 56 56 56 56 56 56 56 56 56 28 28 56 "
    "56 56 47 "
    "95 61 66 64 69 59 55 69 73 29 54 65 54 81 72 74 63 74 64 60 60 72 58 88 57 53 60 34 39 "
    "34 56 56 "
    "61 56 62 51 62 55 32 56 61 28 28 55 28 93 61 61 62 62 39 47 38 61 52 80 50 52 48 34 27 "
    "34 56 "
)
_ASCII_BOLD = (
    "23 37 57 59 59 96 74 32 38 38 51 59 32 37 32 39 59 59 59 59 59 59 59 59 59 59 32 32 59 "
    "59 59 51 "
    "101 64 68 66 71 62 58 72 76 33 57 69 58 85 75 77 67 77 68 62 62 75 62 92 63 58 61 38 39 "
    "38 59 57 "
    "63 59 64 53 64 58 37 60 64 30 31 60 32 96 64 63 64 64 44 50 42 64 58 86 56 57 51 38 30 "
    "38 59 "
)
_WIDTHS = {
    weight: dict(zip(map(chr, range(32, 127)), map(int, table.split()), strict=True))
    | {"♭": 48, "♯": 60, "♮": 43}
    for weight, table in ((False, _ASCII), (True, _ASCII_BOLD))
}


def font_dirs() -> tuple[Path, ...]:
    """Return the folders that hold the shipped fonts.

    Returns
    -------
    tuple of Path
        One folder, with ``MotetSans-Regular.otf``, ``MotetSans-Bold.otf`` and ``MotetMusic.ttf``.

    Examples
    --------
    >>> sorted(path.name for path in font_dirs()[0].glob("*.?tf"))
    ['MotetMusic.ttf', 'MotetSans-Bold.otf', 'MotetSans-Regular.otf']
    """
    return (Path(__file__).parents[1] / "fonts",)


def text_width_em(text: str, *, bold: bool = False) -> float:
    """Return how wide a text is set in Motet Sans, in em, to about 2 %.

    Parameters
    ----------
    text : str
    bold : bool

    Returns
    -------
    float, em
        Full-width characters count 1; letters beyond ASCII that are not full-width count 0.62.

    Examples
    --------
    >>> text_width_em("月光"), round(text_width_em("Piano"), 2), text_width_em("B♭", bold=True)
    (2.0, 2.69, 1.16)
    """
    widths = _WIDTHS[bold]
    total = 0
    for letter in text:
        if letter in widths:
            total += widths[letter]
        else:
            total += 100 if unicodedata.east_asian_width(letter) in "WFA" else 62
    return total / 100
