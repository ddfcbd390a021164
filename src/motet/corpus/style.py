"""The style of a piece where its source leaves it open: from its instruments and metre.

Conventions: a style is a name of `motet.tokens.vocab.STYLES`.

Offers `refine_style`, `style_value`.

Source: own rules on the pieces they name.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from motet.tokens.layout import GridScore, metre_of
from motet.tokens.vocab import STYLES

__all__ = ["refine_style", "style_value"]

_DISTORTED: Final = frozenset((29, 30))
_GUITARS: Final = frozenset(range(24, 32))
_SYNTHS: Final = frozenset((38, 39, 50, 51, 62, 63, *range(80, 104)))
_HORNS: Final = frozenset(range(56, 68))


def style_value(name: str) -> int:
    """Return the STYLE value of a name, -1 when there is none.

    Parameters
    ----------
    name : str

    Returns
    -------
    int

    Examples
    --------
    >>> style_value("hymn") >= 0, style_value("")
    (True, -1)
    """
    return STYLES.index(name) if name in STYLES else -1


def refine_style(source: str, style: str, grid: GridScore) -> str:
    """Return the style of a piece after a look at its notes.

    Parameters
    ----------
    source : str
        Name of its source.
    style : str
        What its source says; empty when nothing.
    grid : GridScore

    Returns
    -------
    str
        Empty when nothing tells.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> refine_style("ceol-rince", "irish", score_to_grid(make_score("C4:3", metre="6/8")).grid)
    'jig'
    """
    if source == "ceol-rince":
        return _irish_style(style, grid)
    if source in ("freedoom", "simutrans"):
        return _band_style(source, grid)
    if style:
        return style
    if source == "polish-scores":
        return _plain_style(grid)
    return style


def _irish_style(style: str, grid: GridScore) -> str:
    """Return jig for compound metres; a name that says reel holds in simple ones."""
    metre = metre_of(int(np.bincount(grid.bars["metre"]).argmax()))
    if metre in ((6, 8), (9, 8), (12, 8)) and style in ("irish", "reel", "jig"):
        return "jig"
    return "irish" if style == "jig" else style


def _band_style(source: str, grid: GridScore) -> str:
    """Return the style of a game's piece by what share of notes its instruments have."""
    counts: list[int] = np.bincount(grid.notes["part"], minlength=len(grid.parts)).tolist()
    programs = [part.program for part in grid.parts]
    has_drums = any(part.is_drums for part in grid.parts)
    pitched = sum(n for n, part in zip(counts, grid.parts, strict=True) if not part.is_drums)

    def share(group: frozenset[int]) -> float:
        own = sum(n for n, program in zip(counts, programs, strict=True) if program in group)
        return float(own / max(pitched, 1.0))

    if has_drums and share(_DISTORTED) >= 0.2:
        is_fast = grid.qpm is not None and grid.qpm >= 150
        return "metal" if share(_DISTORTED) >= 0.45 or is_fast else "game-rock"
    if share(_SYNTHS) >= 0.4:
        return "electronic"
    if source == "simutrans" and has_drums:
        if share(_HORNS) >= 0.15:
            return "jazz"
        return "game-rock" if share(_GUITARS) >= 0.35 else "game"
    return "game-rock" if has_drums and share(_GUITARS) >= 0.25 else "game"


def _plain_style(grid: GridScore) -> str:
    """Return the style of a Polish source that names neither genre nor instruments."""
    programs = {part.program for part in grid.parts}
    if programs <= {0, 6, 7}:
        return "piano-romantic"
    if programs <= {19, 16, 20}:
        return "organ"
    if 52 in programs:
        return "art-song" if len(grid.parts) <= 2 else "choral"
    return "orchestral" if len(grid.parts) >= 8 else "chamber"
