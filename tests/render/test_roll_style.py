"""Colours of the page, and the smallest shapes."""

import xml.etree.ElementTree as ET

import pytest

from motet.render.roll_style import RollStyle, svg_rect, svg_text


def _luminance(colour: str) -> float:
    """Relative luminance as in WCAG 2.1."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, two: str) -> float:
    high, low = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_can_be_read_on_what_is_behind_them(theme: str) -> None:
    style = RollStyle(theme=theme)
    assert _contrast(style.ink, style.paper) > 7
    assert _contrast(style.soft_ink, style.paper) > 4.5
    for place in range(9):
        band, ink = style.section_colours(place)
        assert _contrast(ink, band) > 4.5


def test_shapes_are_sound_xml() -> None:
    text = ET.fromstring(svg_text(1, 2, '<"&', size=9, fill="#000", anchor="end", bold=True))
    assert (text.text, text.get("text-anchor"), text.get("font-weight")) == ('<"&', "end", "bold")
    rect = ET.fromstring(svg_rect(1, 2, 3, 4, "#123456", ' rx="2"'))
    assert (rect.get("width"), rect.get("rx")) == ("3.0", "2")
