"""Printed music for a screen: pages that take the colour around them and say which note is where.

Conventions: a page is one SVG text without style sheets and ``style`` attributes, so that it shows under a
strict content security policy; everything is drawn in ``currentColor``, on no ground of its own. A printed
note is a group ``n-PART-ONSET-PITCH`` (parts from 0, ticks; tied heads end in ``-2``, ``-3``, ...), a bar of
it ``b-INDEX``. Words that hold musical signs ask for the font `Motet Music`, which the page must offer.

Offers `screen_pages`.
"""

from __future__ import annotations

import re
from typing import Literal

from motet.language import Language
from motet.render.sheet import sheet_pages
from motet.score import Score

__all__ = ["screen_pages"]

_STYLES = re.compile(r"<style\b.*?</style>", re.DOTALL)
_GROUND = re.compile(r'<rect\b[^>]*style="[^"]*"\s*/>')
_DESCRIPTION = re.compile(r"<desc>.*?</desc>", re.DOTALL)
_PLACEHOLDER = re.compile(
    r'<g\b[^>]*class="[^"]*\bplaceholder\b[^"]*"[^>]*>(?:<[^g/][^>]*/>)*</g>', re.DOTALL
)
_NAMELESS = re.compile(r' id="(?!n-|b-|[0-9A-F]{4,5}-)[^"]*"')
_GLYPH = re.compile(r'((?:id="|href="#)[0-9A-F]{4,5})-[^"]+"')
_WORDS = {"ending": "bold", "fing": "bold", "reh": "bold", "tempo": "bold", "label": "normal"}
_SLANTED = ("dir", "dynam", "mNum")
_WEIGHTED = re.compile(rf'class="({"|".join(_WORDS)})\b[^"]*"')
_ITALIC = re.compile(rf'class="({"|".join(_SLANTED)})\b[^"]*"')


def screen_pages(
    score: Score,
    *,
    layout: Literal["full", "lead"] = "full",
    scale: float = 1.0,
    time_limit_s: float | None = None,
    language: Language = "en",
) -> tuple[str, ...]:
    """Return the pages of a printed score for a screen, as SVG texts.

    Parameters
    ----------
    score, layout, scale, time_limit_s, language
        As in `motet.render.sheet_pages`; pages are A4.

    Returns
    -------
    tuple of str

    Raises
    ------
    ParameterError, FormatError, BusyError
        As in `motet.render.sheet_pages`.

    Examples
    --------
    >>> from motet.score import make_score
    >>> (page,) = screen_pages(make_score("C4:1 E4:1 G4:2"))
    >>> 'id="n-0-480-64"' in page, "style" in page
    (True, False)
    """
    pages = sheet_pages(
        score,
        layout=layout,
        scale=scale,
        time_limit_s=time_limit_s,
        language=language,
        note_ids=True,
    )
    return tuple(_plain(svg, number) for number, svg in enumerate(pages, start=1))


def _plain(svg: str, number: int) -> str:
    """Return a page without style sheets, in the colour around it; glyphs are named by the page."""
    svg = _PLACEHOLDER.sub("", _GROUND.sub("", _DESCRIPTION.sub("", _STYLES.sub("", svg))))
    svg = _GLYPH.sub(rf'\1-p{number}"', _NAMELESS.sub("", svg))
    svg = svg.replace(' color="black"', "").replace('fill="#000"', 'fill="currentColor"')
    svg = _WEIGHTED.sub(
        lambda found: f'{found.group()} font-weight="{_WORDS[found.group(1)]}"', svg
    )
    svg = _ITALIC.sub(lambda found: f'{found.group()} font-style="italic"', svg)
    svg = svg.replace("<text ", '<text stroke="none" ')
    return svg.replace("<svg ", '<svg fill="currentColor" stroke="currentColor" ', 1)
