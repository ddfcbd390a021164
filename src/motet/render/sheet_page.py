"""What stands on an engraved page beside the music: title, names, page number, fonts.

Conventions: lengths in tenths of a millimetre inside the page's SVG, as `engrave` lays it.

Offers `dress_page`, `header_height_mm`.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from xml.sax.saxutils import escape

from motet.render.engrave import MARGIN_MM, PageSize
from motet.render.font import SERIF, font_dirs, text_width_em
from motet.score import Score

__all__ = ["dress_page", "header_height_mm"]

_TITLE, _SUBTITLE, _NAME, _FOOT = 72.0, 44.0, 35.0, 30.0
# "Swing" and the note of its metronome mark come without a space between them.
_WORD_THEN_NOTE = re.compile(
    r'(class="tempo"[^>]*><text[^>]*>(?:<tspan[^>]*>)+[^<]*[^<\s])'
    r"((?:</tspan>)+(?:<tspan[^>]*>)*<tspan font-family=\"'Motet Music')"
)
_CHORD_SIZE = 1.2
_CHORD = re.compile(r'<g\b[^>]*class="harm"[^>]*>.*?</g>', re.DOTALL)
_FONT_SIZE = re.compile(r'font-size="(\d+)px"')
_CHORD_PLACE = re.compile(
    r'class="harm"[^>]*>\s*<text x="-?\d+" y="(-?\d+)".*?font-size="([1-9]\d*)px', re.DOTALL
)
_SECTION = re.compile(r'(<g\b[^>]*class="reh"[^>]*)(>\s*<rect\b[^>]* y="(-?\d+)" height="(\d+)")')
_MUSIC_SIGNS = re.compile("[\ue000-\uf8ff]")


def header_height_mm(score: Score) -> float:
    """Return how much room the title and names of a score take above the first system.

    Parameters
    ----------
    score : Score

    Returns
    -------
    float, mm
        0 when the score has neither.

    Examples
    --------
    >>> header_height_mm(Score()), header_height_mm(Score(title="Song"))
    (0.0, 13.0)
    """
    height = 0.0
    if score.title:
        height += 9.0
    if score.subtitle:
        height += 6.6
    if score.composer or score.lyricist:
        height += 6.0
    return height + 4.0 if height else 0.0


def dress_page(
    svg: str,
    score: Score,
    *,
    page: PageSize,
    number: int,
    n_pages: int,
) -> str:
    """Return an engraved page with its header or number, and fonts that every reader has.

    Parameters
    ----------
    svg : str
        A page from `engrave`.
    score : Score
        Names and title are taken from here.
    page : PageSize
    number, n_pages : int, >= 1

    Returns
    -------
    str

    Examples
    --------
    >>> page = PageSize(210.0, 297.0)
    >>> text = dress_page("<svg></svg>", Score(title="月光"), page=page, number=1, n_pages=1)
    >>> "月光" in text
    True
    """
    svg = svg.replace('font-family="Times, serif"', f'font-family="{SERIF}"')
    svg = svg.replace('font-family="Bravura"', "font-family=\"'Motet Music', Bravura\"")
    svg = svg.replace('font-family="Leipzig"', "font-family=\"'Motet Music', Leipzig\"")
    svg = _WORD_THEN_NOTE.sub("\\1\u00a0\u00a0\\2", svg)
    svg = _CHORD.sub(lambda found: _enlarged(found.group()), svg)
    parts = re.split(r'(?=<g\b[^>]*class="system")', svg)
    svg = "".join([parts[0], *(_lift_sections(system) for system in parts[1:])])
    extra = []
    if _MUSIC_SIGNS.search(svg):
        extra.append(f"<style>{_music_face()}</style>")
    extra.append(
        f'<rect width="{page.width_mm * 10:g}" height="{page.height_mm * 10:g}" style="fill:#fff;stroke:none"/>'
    )
    close = svg.rindex("</svg>")
    words = _header(score, page) if number == 1 else ""
    words += _footer(score, page, number=number, n_pages=n_pages)
    body = svg[:close] + f'<g font-family="{SERIF}" fill="#000">{words}</g>' + svg[close:]
    start = body.index(">", body.index("<svg")) + 1
    return body[:start] + "".join(extra) + body[start:]


def _enlarged(chord: str) -> str:
    """Return a chord symbol in larger type than the engraver's words."""
    return _FONT_SIZE.sub(
        lambda found: f'font-size="{round(int(found.group(1)) * _CHORD_SIZE)}px"', chord
    )


def _lift_sections(system: str) -> str:
    """Return a system whose section boxes stand above the line of chord symbols."""
    chords = [(int(y), int(size)) for y, size in _CHORD_PLACE.findall(system)]
    if not chords:
        return system
    top = min(y - round(0.8 * size) for y, size in chords)  # capitals, not the whole em

    def lift(found: re.Match[str]) -> str:
        over = int(found.group(3)) + int(found.group(4)) - top
        moved = f' transform="translate(0, {-over})"' if over > 0 else ""
        return found.group(1) + moved + found.group(2)

    return _SECTION.sub(lift, system)


def _line(text: str, x: float, y: float, *, size: float, anchor: str, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.4g}" text-anchor="{anchor}"{weight}>'
        f"{escape(text)}</text>"
    )


def _header(score: Score, page: PageSize) -> str:
    width, side = page.width_mm * 10, MARGIN_MM * 10
    y = side - 10.0
    out = []
    for text, size, step, bold in (
        (score.title, _TITLE, 90.0, True),
        (score.subtitle, _SUBTITLE, 66.0, False),
    ):
        if text:
            y += step
            fitting = min(size, (width - 2 * side) / max(text_width_em(text, bold=bold), 1.0))
            out.append(_line(text, width / 2, y - 15, size=fitting, anchor="middle", bold=bold))
    if score.composer or score.lyricist:
        y += 60.0
        half = (width - 2 * side) / 2 - 20
        for text, x, anchor in (
            (score.lyricist, side, "start"),
            (score.composer, width - side, "end"),
        ):
            if text:
                size = min(_NAME, half / max(text_width_em(text), 1.0))
                out.append(_line(text, x, y - 15, size=size, anchor=anchor))
    return "".join(out)


def _footer(score: Score, page: PageSize, *, number: int, n_pages: int) -> str:
    width, y = page.width_mm * 10, page.height_mm * 10 - 80
    out = []
    if n_pages > 1:
        out.append(_line(str(number), width / 2, y, size=_FOOT, anchor="middle"))
    if score.copyright and number == 1:
        place = y if n_pages == 1 else y + 38
        room = (width - 2 * MARGIN_MM * 10) / max(text_width_em(score.copyright), 1.0)
        out.append(_line(score.copyright, width / 2, place, size=min(_FOOT, room), anchor="middle"))
    elif number > 1 and score.title:
        out.append(_line(score.title, MARGIN_MM * 10, y, size=_FOOT * 0.9, anchor="start"))
    return "".join(out)


@cache
def _music_face() -> str:
    """Return the CSS that gives browsers the signs inside words."""
    data = (font_dirs()[0] / "MotetMusic.ttf").read_bytes()
    coded = base64.b64encode(data).decode("ascii")
    return (
        "@font-face{font-family:'Motet Music';"
        f"src:url(data:font/ttf;base64,{coded}) format('truetype')}}"
    )
