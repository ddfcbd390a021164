"""Scores made visible and audible: sheets, piano rolls, sound.

Conventions: files are written whole or not at all; pictures use the shipped fonts only.
"""

from typing import TYPE_CHECKING

from motet.lazy import load_on_use

if TYPE_CHECKING:
    from motet.render.picture import svg_to_pdf, svg_to_png
    from motet.render.play import play_audio
    from motet.render.roll import draw_roll
    from motet.render.sheet import render_sheet, sheet_pages
    from motet.render.sound import render_audio, render_stems

__all__ = [
    "draw_roll",
    "play_audio",
    "render_audio",
    "render_sheet",
    "render_stems",
    "sheet_pages",
    "svg_to_pdf",
    "svg_to_png",
]

load_on_use(
    __name__,
    {
        "motet.render.picture": ("svg_to_pdf", "svg_to_png"),
        "motet.render.play": ("play_audio",),
        "motet.render.roll": ("draw_roll",),
        "motet.render.sheet": ("render_sheet", "sheet_pages"),
        "motet.render.sound": ("render_audio", "render_stems"),
    },
)
