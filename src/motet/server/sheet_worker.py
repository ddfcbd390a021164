"""Engraving a score for the page, in a quick worker; pages are kept on disk by what they show.

Conventions: a score comes as Motet JSON (bytes) with the digest of it; pages lie as ``1.svg``, ``2.svg``, ...
beside ``pages.json``, which is written last, so that a folder with it is whole.

Offers `engrave_sheet`, `find_sheet`.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

__all__ = ["engrave_sheet", "find_sheet", "read_pages", "sheet_folder"]

_FORM = "1"
"""Changes when the same score is engraved differently."""
_TIME_LIMIT_S = 50.0
_A4_MM = (210.0, 297.0)


def sheet_folder(
    root: Path, digest: str, layout: str, language: str, *, scale: float = 1.0
) -> Path:
    """Return where the pages of a score are kept; a scale, 1 as usual, in whole percents.

    Examples
    --------
    >>> sheet_folder(Path("sheets"), "ab12", "full", "en").name
    'ab12-full-en-1'
    """
    size = "" if scale == 1.0 else f"-{round(scale * 100)}"
    return root / f"{digest}-{layout}-{language}{size}-{_FORM}"


def find_sheet(folder: Path) -> dict[str, Any] | None:
    """Return what is known of pages that were engraved before; None when they were not.

    Examples
    --------
    >>> find_sheet(Path("nowhere")) is None
    True
    """
    index = folder / "pages.json"
    if not index.is_file():
        return None
    os.utime(folder)
    found: dict[str, Any] = json.loads(index.read_text(encoding="utf-8"))
    return found


def read_pages(folder: Path, known: dict[str, Any], page: int | None) -> list[str]:
    """Return one page, counted from 1, or all.

    Parameters
    ----------
    folder : Path
    known : dict
        From `find_sheet`.
    page : int or None

    Returns
    -------
    list of str

    Raises
    ------
    ParameterError
        There is no such page.

    Examples
    --------
    >>> read_pages(Path("nowhere"), {"n_pages": 2}, 3)
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: page must be 1 to 2, got 3
    """
    from motet.errors import ParameterError

    n_pages = int(known["n_pages"])
    if page is not None and not 1 <= page <= n_pages:
        raise ParameterError(
            f"page must be 1 to {n_pages}, got {page}",
            zh=f"page(页)必须在 1 到 {n_pages} 之间,收到 {page}",
        )
    numbers = range(1, n_pages + 1) if page is None else (page,)
    return [(folder / f"{k}.svg").read_text(encoding="utf-8") for k in numbers]


def engrave_sheet(payload: dict[str, Any], _: Any = None) -> dict[str, Any]:
    """Return what is known of the pages, after they were engraved and kept.

    Parameters
    ----------
    payload : dict
        ``score`` (Motet JSON, bytes), ``folder`` (where they go), ``layout``, ``language``; perhaps ``scale``.
    _ : object
        Not needed.

    Returns
    -------
    dict
        ``n_pages``, ``width_mm``, ``height_mm``.

    Raises
    ------
    FormatError, BusyError
        It cannot be engraved, or takes too long.

    Examples
    --------
    >>> import tempfile
    >>> from motet.io import write_json
    >>> from motet.score import make_score
    >>> wish = {"score": write_json(make_score("C4:4")), "layout": "full", "language": "en"}
    >>> wish["folder"] = tempfile.mkdtemp() + "/one"
    >>> engrave_sheet(wish)["n_pages"]
    1
    """
    from motet.io import read_json
    from motet.render.sheet_screen import screen_pages

    score = read_json(payload["score"]).score
    pages = screen_pages(
        score,
        layout=payload["layout"],
        language=payload["language"],
        scale=payload.get("scale", 1.0),
        time_limit_s=_TIME_LIMIT_S,
    )
    folder = Path(payload["folder"])
    draft = folder.with_name(f"{folder.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for number, svg in enumerate(pages, start=1):
        (draft / f"{number}.svg").write_text(svg, encoding="utf-8")
    known = {"n_pages": len(pages), "width_mm": _A4_MM[0], "height_mm": _A4_MM[1]}
    (draft / "pages.json").write_text(json.dumps(known), encoding="utf-8")
    try:
        draft.replace(folder)
    except OSError:  # another request has engraved the same meanwhile
        shutil.rmtree(draft, ignore_errors=True)
    return known
