"""Irish dance tunes and hymns.

Conventions: a tune's kind stands at the end of its name; tunes of one name are one work.
"""

from __future__ import annotations

import re
from pathlib import Path

from motet.corpus.item import Item

__all__ = ["list_ceol_rince", "list_hymnal"]

_KINDS = {
    "jig": "jig", "slide": "jig", "reel": "reel", "hornpipe": "irish", "polka": "irish",
    "march": "march", "fling": "irish", "barndance": "irish", "setdance": "irish",
}  # fmt: skip


def list_ceol_rince(source: str, folder: Path) -> list[Item]:
    """Return the tunes; jigs and reels by their names, the rest is Irish.

    Parameters
    ----------
    source : str
        Its name.
    folder : Path
        The content of its archive.

    Returns
    -------
    list of Item

    Examples
    --------
    >>> Path("in/MIDI/BaconandBeanshornpipe.mid").parent.mkdir(parents=True, exist_ok=True)
    >>> Path("in/MIDI/BaconandBeanshornpipe.mid").touch()
    >>> [item.work for item in list_ceol_rince("ceol-rince", Path("in"))]
    ['ceol-rince/baconandbeanshornpipe']
    """
    items = []
    for path in folder.rglob("*.mid"):
        stem = re.sub(r"The$|\d+$|[A-Z]$", "", path.stem)
        kind = next(
            (style for word, style in _KINDS.items() if word in stem.lower()[-12:]), "irish"
        )
        items.append(
            Item(
                source=source,
                name=path.relative_to(folder).as_posix(),
                path=path,
                work=f"{source}/{stem.lower()}",
                style=kind,
                title=re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem),
            )
        )
    return items


def list_hymnal(source: str, folder: Path) -> list[Item]:
    """Return the hymns; each text and tune is a work, tunes sung twice are found by their notes.

    Parameters
    ----------
    source : str
        Its name.
    folder : Path
        The content of its archive.

    Returns
    -------
    list of Item

    Examples
    --------
    >>> Path("in/Complete/Abide/Abide_With_Me-Eventide.abc").parent.mkdir(parents=True, exist_ok=True)
    >>> Path("in/Complete/Abide/Abide_With_Me-Eventide.abc").touch()
    >>> [item.work for item in list_hymnal("openhymnal", Path("in"))]
    ['openhymnal/Abide_With_Me-Eventide']
    """
    return [
        Item(
            source=source,
            name=path.relative_to(folder).as_posix(),
            path=path,
            work=f"{source}/{path.stem}",
            style="hymn",
            title=path.stem.split("-")[0].replace("_", " "),
            program=52,
        )
        for path in folder.rglob("*.abc")
    ]
