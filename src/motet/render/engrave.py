"""MusicXML to engraved SVG pages, by verovio in a process of its own with a time limit.

Conventions: lengths in millimetres; a page is one SVG text, its root ``width`` and ``height`` in mm
and its ``viewBox`` in tenths of a millimetre. The pages carry no header and no footer, but the
first one leaves `header_mm` free at its top.

Offers `PageSize`, `PAGES`, `engrave`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Literal

from motet.errors import BusyError, FormatError, ParameterError

__all__ = ["MARGIN_MM", "PAGES", "PageSize", "engrave"]

MARGIN_MM = 14.0
# Measured with verovio 6.4: what one line of its own header takes at scale 100 %, and one unit.
_HEADER_LINE_MM, _UNIT_MM = 3.56, 0.9
_STAFF_MM = 7.2
# verovio takes every letter that it has no width for as half an em. A zero-width space after each
# full-width letter makes up the other half while it lays the page; then it is taken out again.
_WIDE = re.compile(
    "([\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6])"
)
_HALF_EM = "\u200b"


@dataclass(frozen=True)
class PageSize:
    """A sheet of paper in millimetres."""

    width_mm: float
    height_mm: float


PAGES = {"a4": PageSize(210.0, 297.0), "letter": PageSize(215.9, 279.4)}


def engrave(
    musicxml: bytes,
    *,
    page: PageSize,
    staff_mm: float,
    header_mm: float = 0.0,
    breaks: Literal["auto", "line"] = "auto",
    hides_silent: bool = False,
    time_limit_s: float = 60.0,
    memory_limit_bytes: int = 4 << 30,
) -> tuple[str, ...]:
    """Return the engraved pages of a MusicXML document as SVG.

    Parameters
    ----------
    musicxml : bytes
        Uncompressed MusicXML, UTF-8.
    page : PageSize
    staff_mm : float, mm, 1 to 20
        Height of a five-line staff.
    header_mm : float, mm, >= 0
        Free space above the first system.
    breaks : ``"auto"`` or ``"line"``
        ``"line"`` begins systems where the document says so, and only there.
    hides_silent : bool
        Hide staves that rest for a whole system, after the first; with the marks above them.
    time_limit_s : float, seconds, > 0
    memory_limit_bytes : int, bytes, > 0
        Held where the system can (not on Windows, not on macOS).

    Returns
    -------
    tuple of str
        One SVG text a page.

    Raises
    ------
    ParameterError
        A size is out of range.
    FormatError
        verovio cannot read the document, or breaks on it.
    BusyError
        It takes longer than the limit.

    Examples
    --------
    >>> engrave(b"<score-partwise/>", page=PAGES["a4"], staff_mm=7.0)
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: the score cannot be engraved: ...
    """
    if not 1.0 <= staff_mm <= 20.0:
        raise ParameterError(
            f"staff_mm must be 1 to 20 mm, got {staff_mm:g}; 7 is usual",
            zh=f"staff_mm(五线谱高度)必须在 1 到 20 毫米之间,收到 {staff_mm:g};常用 7",
        )
    scale = max(1, round(100 * staff_mm / _STAFF_MM))
    text, header_options = _with_header_room(musicxml, header_mm=header_mm, share=scale / 100)
    options = _options(page, scale) | header_options | {"limit_bytes": memory_limit_bytes}
    options |= {"breaks": breaks, "condense": "auto" if hides_silent else "none"}
    if breaks == "line":
        options |= {"spacingSystem": 6}
    request = json.dumps(options).encode("ascii") + b"\n" + text
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "motet.render.sheet_worker"],
            input=request,
            capture_output=True,
            timeout=time_limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise BusyError(
            f"engraving took longer than {time_limit_s:.0f} s; "
            "engrave fewer bars or parts, or allow more time",
            zh=f"排版超过 {time_limit_s:.0f} 秒;请减少小节或声部,或放宽时限",
        ) from error
    if answer.returncode != 0:
        reason = _why_it_stopped(answer.returncode, answer.stderr)
        raise FormatError(
            f"the score cannot be engraved: the engraver stopped ({reason}); "
            "try fewer bars or parts to find the place",
            zh=f"乐谱无法排版:排版程序中止({reason});请减少小节或声部以找出问题所在",
        )
    result: dict[str, Any] = json.loads(answer.stdout)
    if "error" in result:
        reason = " ".join(str(result["error"]).split())[:300]
        raise FormatError(f"the score cannot be engraved: {reason}", zh=f"乐谱无法排版:{reason}")
    return tuple(_sized(svg, page) for svg in result["pages"])


def _options(page: PageSize, scale: int) -> dict[str, Any]:
    """Return verovio's options; its page is in tenths of a mm before scaling."""

    def tenths(length_mm: float) -> int:
        return round(length_mm * 1000 / scale)

    return {
        "inputFrom": "xml",
        "scale": scale,
        "pageWidth": min(tenths(page.width_mm), 100_000),
        "pageHeight": min(tenths(page.height_mm), 60_000),
        "pageMarginLeft": min(tenths(MARGIN_MM), 500),
        "pageMarginRight": min(tenths(MARGIN_MM), 500),
        "pageMarginTop": min(tenths(MARGIN_MM), 500),
        "pageMarginBottom": min(tenths(MARGIN_MM + 2), 500),
        "font": "Bravura",
        "smuflTextFont": "none",
        "systemDivider": "none",
        "footer": "none",
        "header": "none",
        "justifyVertically": True,
        "justificationMaxVertical": 0.25,
        "minLastJustification": 0.75,
        "mnumInterval": 0,
        "shrinkToFit": True,
        "spacingSystem": 8,
        "spacingLinear": 0.27,
        "lyricTopMinMargin": 4,
        "lyricWordSpace": 2.4,
        "svgBoundingBoxes": False,
        "svgFormatRaw": True,
        "svgViewBox": True,
        "xmlIdSeed": 1,
    }


def _with_header_room(
    musicxml: bytes, *, header_mm: float, share: float
) -> tuple[bytes, dict[str, Any]]:
    """Return the document with empty credits that keep the room, and the options for it."""
    text = musicxml.decode("utf-8", errors="replace").replace(_HALF_EM, "")
    text = _WIDE.sub(rf"\1{_HALF_EM}", text)
    plain = re.sub(r"<credit\b.*?</credit>", "", text, flags=re.DOTALL).encode("utf-8")
    if header_mm <= 0 or b"<part-list>" not in plain:
        return plain, {}
    line = _HEADER_LINE_MM * share
    n_lines = max(1, int(header_mm / line))
    rest = max(0.0, header_mm - n_lines * line) / (_UNIT_MM * share)
    credit = (
        b'<credit page="1"><credit-words justify="center" valign="top">.</credit-words></credit>'
    )
    document = plain.replace(b"<part-list>", credit * n_lines + b"<part-list>", 1)
    return document, {"header": "encoded", "bottomMarginHeader": min(rest, 24.0)}


# Its text elements hold no group, so the group ends at the first end tag.
_PAGE_HEAD = re.compile(r'<g\b[^>]*class="pgHead"[^>]*>.*?</g>', re.DOTALL)
_ROOT = re.compile(r"<svg\b[^>]*>")


def _sized(svg: str, page: PageSize) -> str:
    """Return a page without verovio's own header and with a size in millimetres."""
    svg = _PAGE_HEAD.sub("", svg).replace(_HALF_EM, "").replace("&#x200B;", "")
    width, height = page.width_mm, page.height_mm
    found = _ROOT.search(svg)
    # Its style sheet names the root's id.
    name = re.search(r'\sid="[^"]*"', found.group()) if found else None
    root = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width * 10:g} {height * 10:g}"{name.group() if name else ""}>'
    )
    return _ROOT.sub(root, svg, count=1)


def _why_it_stopped(code: int, stderr: bytes) -> str:
    if code < 0:
        return f"signal {-code}"
    lines = stderr.decode("utf-8", errors="replace").strip().splitlines()
    return lines[-1][:200] if lines else f"exit {code}"
