"""Colours of a piano roll's page, and its smallest shapes."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from motet.language import Language
from motet.render.font import SANS

__all__ = ["RollStyle", "svg_rect", "svg_text"]


@dataclass(frozen=True)
class RollStyle:
    """Colours and words of a roll. ``theme``: ``"light"`` or ``"dark"``."""

    theme: str = "light"
    language: Language = "en"

    @property
    def font(self) -> str:
        """CSS family list, ready for an attribute in double quotes."""
        return SANS

    @property
    def paper(self) -> str:
        """Background of the page."""
        return "#14171c" if self.theme == "dark" else "#ffffff"

    @property
    def ink(self) -> str:
        """Colour of important words."""
        return "#f1f4f8" if self.theme == "dark" else "#1c2128"

    @property
    def soft_ink(self) -> str:
        """Colour of less important words."""
        return "#9aa4b2" if self.theme == "dark" else "#69727e"

    @property
    def white_key(self) -> str:
        """Lane of a white key."""
        return "#1c2027" if self.theme == "dark" else "#fafbfc"

    @property
    def black_key(self) -> str:
        """Lane of a black key."""
        return "#171a20" if self.theme == "dark" else "#eff1f5"

    @property
    def bar_line(self) -> str:
        """Bar lines and frames."""
        return "#4b5361" if self.theme == "dark" else "#aab2bf"

    @property
    def beat_line(self) -> str:
        """Beat lines and octave lines."""
        return "#2a303a" if self.theme == "dark" else "#dfe3e9"

    def section_colours(self, place: int) -> tuple[str, str]:
        """Band and word colour of a kind of section."""
        light = ("#dbe7f6", "#e4f0dd", "#fbe5d3", "#ece2f4", "#f8e3ea", "#dcf0ef", "#f3eed0")
        dark = ("#26405e", "#2c4a2b", "#5c3d22", "#43325c", "#5a2d3e", "#1f4b4a", "#4c4720")
        band = (dark if self.theme == "dark" else light)[place % len(light)]
        return band, self.ink


def svg_text(
    x: float,
    y: float,
    text: str,
    *,
    size: float,
    fill: str,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """Return a line of words as an SVG element.

    Parameters
    ----------
    x, y : float, units
        Left end (or middle, or right end) of the baseline.
    text : str
    size : float, units
    fill : str
    anchor : ``"start"``, ``"middle"`` or ``"end"``
    bold : bool

    Returns
    -------
    str

    Examples
    --------
    >>> svg_text(1, 2, "A&B", size=12, fill="#000")
    '<text x="1.0" y="2.0" font-size="12" fill="#000">A&amp;B</text>'
    """
    weight = ' font-weight="bold"' if bold else ""
    side = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.4g}" fill="{fill}"{weight}{side}>'
        f"{escape(text)}</text>"
    )


def svg_rect(x: float, y: float, width: float, height: float, fill: str, more: str = "") -> str:
    """Return a filled rectangle as an SVG element; `more` are attributes, with a space in front.

    Parameters
    ----------
    x, y, width, height : float, units
    fill, more : str

    Returns
    -------
    str

    Examples
    --------
    >>> svg_rect(0, 0, 2, 1, "#000")
    '<rect x="0.0" y="0.0" width="2.0" height="1.0" fill="#000"/>'
    """
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'fill="{fill}"{more}/>'
    )
