"""What each source holds: its pieces, and what folders, names and tables say of them.

Conventions: one function a source, folder in, items out, sorted by name. A source that has no
function is listed by `list_other`: every score file, nothing known.

Offers `list_items`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from motet.corpus.item import Item
from motet.corpus.sources.drums import list_groove
from motet.corpus.sources.folk import list_ceol_rince, list_hymnal
from motet.corpus.sources.game import list_blasphemer, list_freedoom, list_simutrans
from motet.corpus.sources.kern import list_chopin, list_polish
from motet.corpus.sources.lead_sheet import list_ewld
from motet.corpus.sources.mutopia import list_mutopia
from motet.corpus.sources.openscore import list_lieder, list_quartets
from motet.errors import CorpusError

__all__ = ["list_items"]

_LISTERS: Final[dict[str, Callable[[str, Path], list[Item]]]] = {
    "polish-scores": list_polish,
    "chopin-first-editions": list_chopin,
    "openscore-lieder": list_lieder,
    "openscore-quartets": list_quartets,
    "openewld": list_ewld,
    "openhymnal": list_hymnal,
    "ceol-rince": list_ceol_rince,
    "mutopia-pd-ccby": list_mutopia,
    "mutopia-ccbysa": list_mutopia,
    "groove-midi": list_groove,
    "freedoom": list_freedoom,
    "blasphemer": list_blasphemer,
    "simutrans": list_simutrans,
}
_ENDINGS = (".mid", ".midi", ".krn", ".mxl", ".musicxml", ".abc")


def list_items(source: str, folder: str | Path) -> tuple[Item, ...]:
    """Return the pieces of an unpacked source, sorted by name.

    Parameters
    ----------
    source : str
        Name of the source, which says how its folders are read.
    folder : str or Path
        Where its archive was unpacked to.

    Returns
    -------
    tuple of Item

    Raises
    ------
    CorpusError
        There is nothing of that source.

    Examples
    --------
    >>> Path("a/tunes").mkdir(parents=True)
    >>> Path("a/tunes/one.abc").write_text("X:1")
    3
    >>> [item.name for item in list_items("mine", "a")]
    ['one.abc']
    """
    lister = _LISTERS.get(source, _list_other)
    items = lister(source, _strip_top(Path(folder)))
    if not items:
        raise CorpusError(
            f"source {source!r} has no pieces there; fetch or unpack it again",
            zh=f"此处没有来源 {source!r} 的乐曲;请重新下载或解开",
            path=str(folder),
        )
    return tuple(sorted(items, key=lambda item: item.name))


def _strip_top(folder: Path) -> Path:
    """Return the folder that an archive holds, when it holds nothing else."""
    inside = [entry for entry in folder.iterdir() if not entry.name.startswith(".")]
    if len(inside) == 1 and inside[0].is_dir():
        return inside[0]
    return folder


def _list_other(source: str, folder: Path) -> list[Item]:
    """Return every score file of a source that nothing is known of."""
    files = [path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS]
    names = [path.relative_to(folder).as_posix() for path in files]
    return [
        Item(source=source, name=name, path=path, work=name, has_velocity=True)
        for name, path in zip(names, files, strict=True)
    ]
