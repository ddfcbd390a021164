"""The fonts that pictures are set in, shipped so that every machine draws the same.

Conventions: widths are in em, a fraction of the font size. Motet Sans (Latin, Chinese, accidentals)
is a renamed subset of Noto Sans CJK SC under the SIL Open Font License: `motet/fonts/OFL.txt`.

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

_NARROW = {
    **dict.fromkeys("ijl|!'.,:; ", 0.27),
    **dict.fromkeys("fIrt()[]-·/", 0.34),
    **dict.fromkeys("♭♯♮", 0.55),
    **dict.fromkeys("mwMW", 0.85),
}


def font_dirs() -> tuple[Path, ...]:
    """Return the folders that hold the shipped fonts.

    Returns
    -------
    tuple of Path
        One folder, with ``MotetSans-Regular.otf`` and ``MotetSans-Bold.otf``.

    Examples
    --------
    >>> sorted(path.name for path in font_dirs()[0].glob("*.otf"))
    ['MotetSans-Bold.otf', 'MotetSans-Regular.otf']
    """
    return (Path(__file__).parents[1] / "fonts",)


def text_width_em(text: str) -> float:
    """Return about how wide a text is set in Motet Sans, in em; an upper estimate.

    Parameters
    ----------
    text : str

    Returns
    -------
    float, em
        Full-width characters count 1.

    Examples
    --------
    >>> text_width_em("月光"), 1.9 < text_width_em("Piano") < 3.0
    (2.0, True)
    """
    total = 0.0
    for letter in text:
        if unicodedata.east_asian_width(letter) in "WF":
            total += 1.0
        elif letter in _NARROW:
            total += _NARROW[letter]
        elif letter.isupper():
            total += 0.64
        else:
            total += 0.57
    return total
