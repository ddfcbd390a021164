"""SVG pages to PNG and PDF, by typst, with the shipped fonts only: the same picture everywhere.

Conventions: a page is one SVG text whose root has ``width`` and ``height`` (plain, px, pt, mm, cm
or in) or a ``viewBox``; one SVG pixel is 1/96 inch. Files are written whole or not at all.

Offers `svg_to_png`, `svg_to_pdf`, `svg_size_pt`.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from motet.errors import FormatError, ParameterError
from motet.io.atomic import write_whole
from motet.render.font import font_dirs

__all__ = ["svg_size_pt", "svg_to_pdf", "svg_to_png"]

_PT = {"": 0.75, "px": 0.75, "pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0}
_ROOT = re.compile(r"<svg\b[^>]*>")
_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_SIDE = re.compile(rf"\s(width|height)\s*=\s*[\"']\s*{_NUMBER}\s*([a-z]*)\s*[\"']")
_VIEW = re.compile(
    rf"\sviewBox\s*=\s*[\"'][^\"'\s,]+[\s,]+[^\"'\s,]+[\s,]+{_NUMBER}[\s,]+{_NUMBER}\s*[\"']"
)
_MAX_PX = 20_000


def svg_size_pt(svg: str) -> tuple[float, float]:
    """Return the width and height of an SVG page.

    Parameters
    ----------
    svg : str

    Returns
    -------
    tuple of float, points (1/72 inch), both > 0

    Raises
    ------
    FormatError
        The text has no SVG root, or the root gives no size.

    Examples
    --------
    >>> svg_size_pt('<svg width="210mm" height="96px"/>')
    (595.27..., 72.0)
    """
    root = _ROOT.search(svg)
    if root is None:
        raise FormatError("no <svg> element in the text", zh="文本中没有 <svg> 元素")
    sides = {
        name: float(number) * _PT[unit]
        for name, number, unit in _SIDE.findall(root.group())
        if unit in _PT
    }
    width, height = sides.get("width", 0.0), sides.get("height", 0.0)
    if not (width > 0 and height > 0):
        view = _VIEW.search(root.group())
        if view:
            width, height = float(view.group(1)) * 0.75, float(view.group(2)) * 0.75
    if not (width > 0 and height > 0):
        raise FormatError(
            "the <svg> element gives no width and height", zh="<svg> 元素没有给出宽度和高度"
        )
    return width, height


def svg_to_png(svg: str, path: str | Path, *, width_px: int) -> Path:
    """Return the path of a PNG picture of an SVG page.

    Parameters
    ----------
    svg : str
    path : str or Path
    width_px : int, pixels, 1 to 20000
        The height follows from the page's shape.

    Returns
    -------
    Path

    Raises
    ------
    ParameterError
        The width is out of range or the folder cannot be written to.
    FormatError
        The SVG cannot be drawn.

    Examples
    --------
    >>> page = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     svg_to_png(page, Path(folder) / "a.png", width_px=40).read_bytes()[1:4]
    b'PNG'
    """
    if not 1 <= width_px <= _MAX_PX:
        raise ParameterError(
            f"width_px must be 1 to {_MAX_PX} pixels, got {width_px}; 1600 is usual",
            zh=f"width_px 必须在 1 到 {_MAX_PX} 像素之间,收到 {width_px};常用 1600",
        )
    width, height = svg_size_pt(svg)
    if height / width * width_px > _MAX_PX:
        raise ParameterError(
            f"the picture would be {height / width * width_px:.0f} pixels high, "
            f"more than {_MAX_PX}; give a smaller width_px",
            zh=f"图片高度将达 {height / width * width_px:.0f} 像素,超过 {_MAX_PX};请减小 width_px",
        )
    # typst rounds the page up to whole pixels, so a page is given that many points.
    size = (float(width_px), float(max(1, round(height / width * width_px))))
    target = Path(path)
    write_whole(target, _compile([svg], [size], kind="png"))
    return target


def svg_to_pdf(pages: Sequence[str], path: str | Path) -> Path:
    """Return the path of a PDF whose pages are SVG pages, each at its own size.

    Parameters
    ----------
    pages : sequence of str
        At least one SVG text.
    path : str or Path

    Returns
    -------
    Path

    Raises
    ------
    ParameterError
        There is no page, or the folder cannot be written to.
    FormatError
        An SVG cannot be drawn.

    Examples
    --------
    >>> page = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>'
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     svg_to_pdf([page, page], Path(folder) / "a.pdf").read_bytes()[:5]
    b'%PDF-'
    """
    if not pages:
        raise ParameterError(
            "a PDF needs at least one page, got none", zh="PDF 至少需要一页,收到 0 页"
        )
    target = Path(path)
    write_whole(target, _compile(pages, [svg_size_pt(page) for page in pages], kind="pdf"))
    return target


def _compile(
    pages: Sequence[str], sizes_pt: Sequence[tuple[float, float]], *, kind: Literal["pdf", "png"]
) -> bytes:
    """Return the document that typst makes of the pages, each filled by its picture."""
    import typst

    with tempfile.TemporaryDirectory(prefix="motet-") as name:
        folder = Path(name)
        lines = ["#set document(date: none)", "#set page(margin: 0pt)"]
        for k, (page, (width, height)) in enumerate(zip(pages, sizes_pt, strict=True)):
            (folder / f"{k}.svg").write_text(page, encoding="utf-8")
            side = f"width: {width:.4f}pt, height: {height:.4f}pt"
            lines.append(f'#page({side})[#image("{k}.svg", {side}, fit: "stretch")]')
        source = folder / "pages.typ"
        source.write_text("\n".join(lines), encoding="utf-8")
        out = folder / f"pages.{kind}"
        try:
            typst.compile(
                source,
                output=out,
                format=kind,
                ppi=72.0,
                root=folder,
                font_paths=list(font_dirs()),
                ignore_system_fonts=True,
            )
        except RuntimeError as error:
            raise FormatError(
                f"the SVG picture cannot be drawn: {error}", zh=f"无法绘制 SVG 图片:{error}"
            ) from error
        return out.read_bytes()
