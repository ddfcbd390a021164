"""Printed music: a score as SVG, PDF, PNG pages or MusicXML, in full or as a lead sheet.

Conventions: pages are A4 or Letter; words are set in the shipped fonts, so that Chinese shows on
every machine. Several pages of one SVG or PNG are numbered ``name-1.svg``, ``name-2.svg``, ...

Offers `render_sheet`, `sheet_pages`, `write_pages`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from motet.errors import ParameterError
from motet.io.atomic import write_whole
from motet.language import Language
from motet.render.engrave import PAGES, engrave
from motet.render.label import section_label
from motet.render.picture import svg_to_pdf, svg_to_png
from motet.render.sheet_music import ready_full, ready_lead
from motet.render.sheet_page import dress_page, header_height_mm
from motet.score import Score

__all__ = ["check_sheet", "render_sheet", "sheet_pages", "write_pages"]

_ENDINGS = (".svg", ".pdf", ".png", ".musicxml", ".xml")
_PNG_PX_PER_MM = 8.0
_BIGGEST_STAFF_MM = ((1, 7.0), (2, 6.6), (4, 6.0), (6, 5.2), (8, 4.6), (12, 4.0), (16, 3.6))


def render_sheet(
    score: Score,
    path: str | Path,
    *,
    layout: Literal["full", "lead"] = "full",
    page: Literal["a4", "letter"] = "a4",
    scale: float = 1.0,
    time_limit_s: float | None = None,
    language: Language = "en",
) -> tuple[Path, ...]:
    """Return the files of a printed score: pages of music, or its MusicXML.

    Parameters
    ----------
    score : Score
    path : str or Path
        Ends in ``.pdf`` (all pages in one), ``.svg`` or ``.png`` (a file a page), ``.musicxml``.
    layout : ``"full"`` or ``"lead"``
        All parts, or melody with chord symbols.
    page : ``"a4"`` or ``"letter"``
    scale : float, 0.3 to 3
        Size of the staves as a multiple of the usual one for so many staves.
    time_limit_s : float, seconds, or None
        60 and more for long scores when None.
    language : Language
        Of section names.

    Returns
    -------
    tuple of Path

    Raises
    ------
    ParameterError
        An option or the file ending is not allowed, or the folder cannot be written to.
    FormatError
        The score cannot be engraved.
    BusyError
        Engraving takes longer than the limit.

    Examples
    --------
    >>> import tempfile
    >>> from motet.score import make_score
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     score = make_score("C4:1 E4:1 G4:2")
    ...     [file.name for file in render_sheet(score, Path(folder) / "a.pdf")]
    ['a.pdf']
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending not in _ENDINGS:
        raise ParameterError(
            f"a sheet is written as {', '.join(_ENDINGS[:4])}, got {target.name!r}",
            zh=f"乐谱可保存为 {'、'.join(_ENDINGS[:4])},收到 {target.name!r}",
        )
    if ending in (".musicxml", ".xml"):
        from motet.io.musicxml_write import write_musicxml

        check_sheet(layout=layout, page=page, scale=scale)
        write_musicxml(score, target, layout=layout)
        return (target,)
    pages = sheet_pages(
        score, layout=layout, page=page, scale=scale, time_limit_s=time_limit_s, language=language
    )
    return write_pages(pages, target, page=page)


def write_pages(
    pages: tuple[str, ...], path: str | Path, *, page: Literal["a4", "letter"] = "a4"
) -> tuple[Path, ...]:
    """Return the files of pages that are engraved already.

    Parameters
    ----------
    pages : tuple of str
        As from `sheet_pages`.
    path : str or Path
        Ends in ``.pdf`` (all pages in one), ``.svg`` or ``.png`` (a file a page).
    page : ``"a4"`` or ``"letter"``
        What they were engraved for.

    Returns
    -------
    tuple of Path

    Examples
    --------
    >>> from motet.score import make_score
    >>> pages = sheet_pages(make_score("C4:1 E4:1 G4:2"))
    >>> [write_pages(pages, name)[0].name for name in ("a.svg", "a.pdf")]
    ['a.svg', 'a.pdf']
    """
    target = Path(path)
    ending = target.suffix.lower()
    if ending == ".pdf":
        return (svg_to_pdf(pages, target),)
    files = (
        (target,)
        if len(pages) == 1
        else tuple(target.with_stem(f"{target.stem}-{k + 1}") for k in range(len(pages)))
    )
    width_px = round(PAGES[page].width_mm * _PNG_PX_PER_MM)
    for svg, file in zip(pages, files, strict=True):
        if ending == ".png":
            svg_to_png(svg, file, width_px=width_px)
        else:
            write_whole(file, svg.encode("utf-8"))
    return files


def sheet_pages(
    score: Score,
    *,
    layout: Literal["full", "lead"] = "full",
    page: Literal["a4", "letter"] = "a4",
    scale: float = 1.0,
    time_limit_s: float | None = None,
    language: Language = "en",
    note_ids: bool = False,
) -> tuple[str, ...]:
    """Return the pages of a printed score as SVG texts, their size in millimetres.

    Parameters
    ----------
    score, layout, page, scale, time_limit_s, language
        As in `render_sheet`.
    note_ids : bool
        Whether each note is a group that says which it is, see `motet.io.write_musicxml`.

    Returns
    -------
    tuple of str

    Raises
    ------
    ParameterError, FormatError, BusyError
        As in `render_sheet`.

    Examples
    --------
    >>> from motet.score import make_score
    >>> len(sheet_pages(make_score("C4:1 E4:1 G4:2")))
    1
    """
    from motet.io.musicxml_write import write_musicxml

    check_sheet(layout=layout, page=page, scale=scale)
    n_staves = 1 if layout == "lead" else max(1, sum(part.n_staves for part in score.parts))
    if time_limit_s is None:
        time_limit_s = 60.0 + 0.02 * n_staves * score.n_bars
    size = PAGES[page]
    sections = tuple(
        replace(section, label=section_label(section.label, language=language))
        for section in score.sections
    )
    staff = _usual_staff_mm(n_staves, size.height_mm) * scale
    music = write_musicxml(replace(score, sections=sections), layout=layout, note_ids=note_ids)
    is_lead = layout == "lead"
    music = ready_lead(music, score, scale=scale) if is_lead else ready_full(music)
    pages = engrave(
        music,
        page=size,
        staff_mm=min(max(staff, 1.0), 20.0),
        header_mm=header_height_mm(score),
        breaks="line" if is_lead else "auto",
        hides_silent=not is_lead,
        time_limit_s=time_limit_s,
    )
    return tuple(
        dress_page(svg, score, page=size, number=k + 1, n_pages=len(pages))
        for k, svg in enumerate(pages)
    )


def _usual_staff_mm(n_staves: int, height_mm: float) -> float:
    """Return a staff height that reads well, and lets a system fit the page."""
    wished = next((size for most, size in _BIGGEST_STAFF_MM if n_staves <= most), 3.2)
    return min(wished, (height_mm - 60) / (2.6 * n_staves))


def check_sheet(*, layout: str, page: str, scale: float = 1.0) -> None:
    """Return nothing if a sheet can be made with these options.

    Parameters
    ----------
    layout, page, scale
        As in `render_sheet`.

    Raises
    ------
    ParameterError
        One of them is not allowed; the message says what is.

    Examples
    --------
    >>> check_sheet(layout="lead", page="letter")
    """
    if layout not in ("full", "lead"):
        raise ParameterError(
            f"layout must be 'full' or 'lead', got {layout!r}",
            zh=f"layout(版式)必须是 'full'(总谱)或 'lead'(主旋律谱),收到 {layout!r}",
        )
    if page not in PAGES:
        raise ParameterError(
            f"page must be 'a4' or 'letter', got {page!r}",
            zh=f"page(纸张)必须是 'a4' 或 'letter',收到 {page!r}",
        )
    if not 0.3 <= scale <= 3.0:
        raise ParameterError(
            f"scale must be 0.3 to 3, got {scale}; 1 is the usual size",
            zh=f"scale(缩放)必须在 0.3 到 3 之间,收到 {scale};1 为常用大小",
        )
