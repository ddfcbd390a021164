"""The OpenScore sources: Lieder and string quartets, MusicXML by composer, work and song.

Conventions: a song belongs to its cycle; a folder named ``_`` is no cycle.
"""

from __future__ import annotations

from pathlib import Path

from motet.corpus.item import Item

__all__ = ["list_lieder", "list_quartets"]


def list_lieder(source: str, folder: Path) -> list[Item]:
    """Return the songs; those of one cycle or opus are one work.

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
    >>> Path("in/scores/Brahms/5_Lieder,_Op.49/1_Am_Sonntag/lc1.mxl").parent.mkdir(parents=True, exist_ok=True)
    >>> Path("in/scores/Brahms/5_Lieder,_Op.49/1_Am_Sonntag/lc1.mxl").touch()
    >>> [item.work for item in list_lieder("lieder", Path("in"))]
    ['lieder/Brahms/5_Lieder,_Op.49']
    """
    return [_openscore_item(source, folder, path, "art-song") for path in folder.rglob("*.mxl")]


def list_quartets(source: str, folder: Path) -> list[Item]:
    """Return the quartets, each whole in its file.

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
    >>> Path("in/scores/Haydn/Op.64_No.1/sq1.mxl").parent.mkdir(parents=True, exist_ok=True)
    >>> Path("in/scores/Haydn/Op.64_No.1/sq1.mxl").touch()
    >>> [item.work for item in list_quartets("quartets", Path("in"))]
    ['quartets/Haydn/Op.64_No.1']
    """
    paths = folder.rglob("*.mxl")
    return [_openscore_item(source, folder, path, "string-quartet") for path in paths]


def _openscore_item(source: str, folder: Path, path: Path, style: str) -> Item:
    """Return one score with its composer and cycle as the work."""
    name = path.relative_to(folder).as_posix()
    places = name.split("/")[1:-1]
    work = places[:2] if len(places) > 2 and places[1] != "_" else places
    return Item(
        source=source,
        name=name,
        path=path,
        work=f"{source}/{'/'.join(work)}",
        style=style,
        title=places[-1].replace("_", " ") if places else "",
        has_tempo=True,
    )
