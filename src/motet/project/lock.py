"""Locks: which cells a songwriter keeps, wholly or one layer of them.

Conventions: a lock says where in words (``"Bass"``, ``"Bass:5-8"``, ``"5-8"``, ``""`` for the whole piece)
and which layer: ``all`` every note as it is, ``rhythm`` (new pitches on the same rhythm), ``pitch`` (the
same pitches in the same order, in a new rhythm), ``harmony`` (the chord symbols of those bars). Cells are
(bar, part) from 0. A lock that names a part or bars that a score lacks holds nothing there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from motet.brief import read_bars, tell_bars
from motet.errors import ParameterError
from motet.project.name import spell_out
from motet.score import Score
from motet.tasks.infill import lock_cells

__all__ = [
    "LAYERS",
    "Layer",
    "Lock",
    "add_lock",
    "find_cells",
    "find_locked",
    "read_layer",
    "remove_lock",
    "tell_cells",
]

Layer = Literal["all", "rhythm", "pitch", "harmony"]
LAYERS: tuple[Layer, ...] = ("all", "rhythm", "pitch", "harmony")
_WORDS: dict[str, Layer] = {
    "all": "all", "everything": "all", "全部": "all", "rhythm": "rhythm", "节奏": "rhythm",
    "pitch": "pitch", "pitches": "pitch", "notes": "pitch", "音高": "pitch", "harmony": "harmony",
    "chords": "harmony", "和声": "harmony", "和弦": "harmony",
}  # fmt: skip
_WHOLE = ("", "*", "all", "全部")


@dataclass(frozen=True, slots=True)
class Lock:
    """One lock: where, and which layer.

    Examples
    --------
    >>> from motet.score import make_score
    >>> sorted(Lock("Part 2:1").cells(make_score("C4:4 D4:4", "E3:4 F3:4")))
    [(0, 1)]
    """

    where: str
    layer: Layer = "all"

    def cells(self, score: Score) -> set[tuple[int, int]]:
        """Return the cells of a score that it holds; none where the score lacks its part or bars."""
        try:
            return _cells(score, self.where)
        except ParameterError:
            return self._present(score)

    def _present(self, score: Score) -> set[tuple[int, int]]:
        """Return what is left of the cells where the score has become shorter."""
        name, _, bars = self.where.rpartition(":")
        numbers = {bar.number for bar in score.bars}
        try:
            kept = tell_bars(one for one in read_bars(bars) if one in numbers)
            return _cells(score, f"{name}:{kept}" if name else kept) if kept else set()
        except ParameterError:
            return set()


def _cells(score: Score, where: str) -> set[tuple[int, int]]:
    if where.strip().lower() in _WHOLE:
        return {(bar, k) for bar in range(score.n_bars) for k in range(len(score.parts))}
    return lock_cells(score, where)


def read_layer(layer: str) -> Layer:
    """Return a layer by its name in either language.

    Parameters
    ----------
    layer : str

    Returns
    -------
    Layer

    Raises
    ------
    ParameterError
        There is no such layer.

    Examples
    --------
    >>> read_layer("节奏"), read_layer("chords")
    ('rhythm', 'harmony')
    """
    found = _WORDS.get(str(layer).strip().lower())
    if found is None:
        raise ParameterError(
            f"layer must be one of {', '.join(LAYERS)}, got {layer!r}",
            zh=f"layer(层)须为 {'、'.join(LAYERS)} 之一,收到 {layer!r}",
        )
    return found


def find_locked(
    score: Score, locks: Iterable[Lock]
) -> tuple[dict[tuple[int, int], frozenset[Layer]], frozenset[int]]:
    """Return which layers of which cells are locked, and the bars whose harmony is.

    Parameters
    ----------
    score : Score
    locks : iterable of Lock

    Returns
    -------
    dict of (bar, part) to frozenset of Layer, frozenset of int
        Rhythm and pitches locked together are all. A cell that is locked whole locks no harmony.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 D4:4")
    >>> find_locked(score, [Lock("1", "rhythm"), Lock("1", "pitch"), Lock("2", "harmony")])
    ({(0, 0): frozenset({'all'})}, frozenset({1}))
    """
    found: dict[tuple[int, int], set[Layer]] = {}
    bars: set[int] = set()
    for lock in locks:
        for cell in lock.cells(score):
            if lock.layer == "harmony":
                bars.add(cell[0])
            else:
                found.setdefault(cell, set()).add(lock.layer)
    whole: frozenset[Layer] = frozenset({"all"})
    cells = {
        cell: whole if "all" in layers or len(layers) > 1 else frozenset(layers)
        for cell, layers in sorted(found.items())
    }
    return cells, frozenset(bars)


def add_lock(score: Score, locks: Iterable[Lock], where: str, layer: Layer) -> tuple[Lock, ...]:
    """Return locks with one more, which must hold something.

    Parameters
    ----------
    score : Score
    locks : iterable of Lock
    where : str
    layer : Layer

    Returns
    -------
    tuple of Lock
        Those that the new one covers are gone.

    Raises
    ------
    ParameterError
        There is no such part or bar, or harmony is to be kept where no chord is written.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 D4:4")
    >>> add_lock(score, [Lock("2")], "1-2", "all")
    (Lock(where='1-2', layer='all'),)
    """
    text = spell_out(score, where)
    cells = _cells(score, text)
    if layer == "harmony" and not score.chords:
        raise ParameterError(
            "the score has no chord symbols whose harmony could be locked; write them down first "
            "(motet project harmony FILE), or lock parts",
            zh="乐谱中没有和弦记号,无法锁定和声;请先写出和弦(motet project harmony 文件),或锁定声部",
        )
    if layer == "harmony" and text.lower() not in _WHOLE:
        text = _tell_columns(score, cells)
    new = Lock("" if text.lower() in _WHOLE else text, layer)
    kept = [one for one in locks if not (one.layer == layer and one.cells(score) <= cells)]
    return (*kept, new)


def remove_lock(
    score: Score, locks: Iterable[Lock], where: str = "", layer: Layer | None = None
) -> tuple[Lock, ...]:
    """Return locks that no longer hold some cells.

    Parameters
    ----------
    score : Score
    locks : iterable of Lock
    where : str
        As for a lock; empty is everything.
    layer : Layer or None
        Which; None is every layer.

    Returns
    -------
    tuple of Lock
        A lock that is lifted in part goes on holding the rest.

    Raises
    ------
    ParameterError
        There is no such part or bar.

    Examples
    --------
    >>> from motet.score import make_score
    >>> score = make_score("C4:4 D4:4 E4:4")
    >>> remove_lock(score, [Lock("1-3", "rhythm")], "2")
    (Lock(where='Part 1:1, 3', layer='rhythm'),)
    """
    text = spell_out(score, where)
    if text.lower() in _WHOLE:
        return tuple(one for one in locks if layer is not None and one.layer != layer)
    gone = _cells(score, text)
    kept: list[Lock] = []
    for one in locks:
        held = one.cells(score)
        if (layer is not None and one.layer != layer) or not held & gone:
            kept.append(one)
            continue
        if one.layer == "harmony":
            bars = {bar for bar, _ in held} - {bar for bar, _ in gone}
            kept += (
                [Lock(_tell_columns(score, ((bar, 0) for bar in bars)), "harmony")] if bars else []
            )
        else:
            kept += [Lock(told, one.layer) for told in tell_cells(score, held - gone)]
    return tuple(kept)


def _tell_columns(score: Score, cells: Iterable[tuple[int, int]]) -> str:
    """Return the bars of cells as text."""
    return tell_bars({score.bars[bar].number for bar, _ in cells})


def tell_cells(score: Score, cells: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """Return cells as a person names them, one text a part.

    Parameters
    ----------
    score : Score
    cells : iterable of (bar, part)

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> from motet.score import make_score
    >>> tell_cells(make_score("C4:4 D4:4", "E3:4"), [(0, 0), (1, 0), (0, 1)])
    ('Part 1:1-2', 'Part 2:1')
    """
    rows: dict[int, list[int]] = {}
    for bar, k in sorted(cells):
        rows.setdefault(k, []).append(score.bars[bar].number)
    return tuple(f"{score.parts[k].name}:{tell_bars(bars)}" for k, bars in sorted(rows.items()))


def find_cells(score: Score, texts: Iterable[str]) -> set[tuple[int, int]]:
    """Return the cells that texts name; what the score lacks is left out.

    Parameters
    ----------
    score : Score
    texts : iterable of str
        Of `tell_cells`.

    Returns
    -------
    set of (bar, part)

    Examples
    --------
    >>> from motet.score import make_score
    >>> sorted(find_cells(make_score("C4:4 D4:4"), ["Part 1:2", "Flute:1"]))
    [(1, 0)]
    """
    return set().union(*(Lock(text).cells(score) for text in texts))
