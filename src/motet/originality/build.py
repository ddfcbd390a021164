"""Building an index from the training split of a corpus.

Conventions: lines that repeat another line of their piece (three grams in four) are left out, a gram
counts once a piece, and grams of more than `COMMON` pieces are clichés and find nothing. The window of
the winnowing is widened until the file is small enough.

Offers `build_index`, `index_grids`, `collect_lines`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.corpus.shards import Shards, open_shards
from motet.errors import CorpusError
from motet.originality.calibrate import measure_people
from motet.originality.gram import HASH_BITS, hash_grams, learn_surprise, winnow
from motet.originality.habit import learn_habits
from motet.originality.index import Index
from motet.originality.line import Ints, Line, find_lines
from motet.originality.store import Store, pack, pack_store, place_grams, write_store
from motet.tokens.layout import GridScore, metre_length

__all__ = ["COMMON", "MADE", "build_index", "collect_lines", "index_grids"]

COMMON: Final = 20
MADE: Final = ("arranger",)
"""Sources that are not people's music."""
_WINDOWS: Final = (11, 12, 13, 15, 17, 19, 23, 29, 37)
_REPEATED: Final = 0.75
_MAX_BYTES: Final = 10_100_000
_TOLD_EVERY: Final = 2000
Arrays = dict[str, npt.NDArray[Any]]


def _silent(text: str) -> None:
    del text


@dataclass(eq=False)
class _Heap:
    """What is gathered while pieces are read."""

    steps: list[npt.NDArray[np.int8]] = field(default_factory=list)
    apart: list[Ints] = field(default_factory=list)
    hashes: list[npt.NDArray[np.int32]] = field(default_factory=list)
    heads: list[tuple[int, int]] = field(default_factory=list)
    runs: list[npt.NDArray[Any]] = field(default_factory=list)
    piece_lines: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    def take(self, grid: GridScore) -> None:
        """Add a piece."""
        found = collect_lines(grid)
        for line, hashes in found:
            self.steps.append(np.diff(line.pitch, prepend=line.pitch[:1]).astype(np.int8))
            self.apart.append(np.diff(line.time, prepend=line.time[:1]))
            self.hashes.append(hashes)
            self.heads.append((int(line.pitch[0]) - grid.shift_semi, int(line.time[0])))
        self.piece_lines.append(len(found))
        lengths = grid.bars["length"].astype(np.int64)
        first = np.flatnonzero(np.diff(lengths, prepend=-1))
        counts = np.diff(np.append(first, len(lengths)))
        self.runs.append(np.stack((lengths[first], counts)))
        whole = metre_length(int(grid.bars["metre"][0])) if len(lengths) else 0
        self.numbers.append(0 if len(lengths) and lengths[0] < whole else 1)

    def arrays(self) -> Arrays:
        """Return what was gathered, but for the grams' places."""
        surprise = learn_surprise(
            (np.cumsum(steps.astype(np.int64)), np.cumsum(apart))
            for steps, apart in zip(self.steps, self.apart, strict=True)
        )
        runs = np.concatenate(self.runs, axis=1)
        return {
            "steps": np.concatenate(self.steps),
            "apart": np.concatenate(self.apart),
            "line_sizes": np.array([len(one) for one in self.steps], np.int32),
            "line_heads": np.array(self.heads, np.int32).T.copy(),
            "piece_lines": np.array(self.piece_lines, np.int32),
            "piece_runs": np.array([one.shape[1] for one in self.runs], np.int32),
            "piece_numbers": np.array(self.numbers, np.uint8),
            "bar_runs": runs.astype(np.int32),
            "surprise_pitch": surprise.pitch,
            "surprise_time": surprise.time,
        }

    def place(self, store: Store, window: int) -> Store:
        """Return an index with the places of the grams that are kept."""
        hashes, places, pieces = [], [], []
        start = 0
        owners = np.repeat(np.arange(len(self.piece_lines)), self.piece_lines)
        for owner, steps, coded in zip(owners, self.steps, self.hashes, strict=True):
            kept = winnow(coded.astype(np.int64), coded >= 0, window=window)
            hashes.append(coded[kept].astype(np.int64))
            places.append(start + kept)
            pieces.append(np.full(len(kept), owner))
            start += len(steps)
        every = np.concatenate(hashes)
        _, first = np.unique(
            every * len(self.piece_lines) + np.concatenate(pieces), return_index=True
        )
        every, where = every[first], np.concatenate(places)[first]
        counts = np.bincount(every, minlength=1 << HASH_BITS)
        few = counts[every] <= COMMON
        every, where = every[few], where[few]
        order = np.lexsort((where, every))
        counts[counts > COMMON] = 0
        placed = place_grams(store, where[order], counts.astype(np.uint8))
        return replace(placed, facts={**placed.facts, "window": window})


def collect_lines(grid: GridScore) -> list[tuple[Line, npt.NDArray[np.int32]]]:
    """Return the lines of a piece that say something new, with the hashes of their grams.

    Parameters
    ----------
    grid : GridScore

    Returns
    -------
    list of (Line, int32 array)
        Hashes of grams that are not informative are -1.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> tune = "C4:1 E4:1 D4:1 G4:1 F4:1 A4:1 C5:1 B4:1 G4:1 C5:1"
    >>> len(collect_lines(score_to_grid(make_score(tune, tune)).grid))
    1
    """
    found: list[tuple[Line, npt.NDArray[np.int32]]] = []
    seen = np.zeros(0, np.int32)
    for line in find_lines(grid):
        hashes, wanted = hash_grams(line.pitch)
        coded = np.where(wanted, hashes, -1).astype(np.int32)
        told = coded[wanted]
        if not len(told) or np.isin(told, seen).mean() > _REPEATED:
            continue
        seen = np.concatenate((seen, told))
        found.append((line, coded))
    return found


def build_index(
    shards: Path,
    out: Path,
    *,
    say: Callable[[str], None] = _silent,
    exclude: Collection[str] = MADE,
    max_bytes: int = _MAX_BYTES,
    n_people: int | None = None,
) -> None:
    """Return nothing once an index of a corpus' training split is written.

    Parameters
    ----------
    shards : Path
        A built corpus; its validation split says how alike people's pieces are.
    out : Path
        The file to write, ``.npz``.
    say : callable
        Told how far it is.
    exclude : collection of str
        Sources that are left out.
    max_bytes : int
        How large the file may become.
    n_people : int, optional
        How many held-out pieces are measured; None is all of them.

    Raises
    ------
    CorpusError
        The folder holds no corpus, or one without a melody, or the file would be too large.

    Examples
    --------
    >>> build_index(Path("nowhere"), Path("index.npz"))
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    train, valid = open_shards(shards, "train"), open_shards(shards, "valid")
    left_out = [k for k, name in enumerate(train.sources) if name in exclude]
    chosen = np.flatnonzero(~np.isin(train.pieces["source"], left_out)).tolist()
    heap = _read((train[k] for k in chosen), say)
    arrays, facts = _name(
        heap.arrays(),
        names=[train.names[k] for k in chosen],
        source_ids=train.pieces["source"][chosen],
        sources=_sources(train),
    )
    plain = _with_habits(pack_store(arrays, facts))
    for window in _WINDOWS:
        store = heap.place(plain, window)
        size = write_store(out, store).stat().st_size
        say(f"one gram of {window}: {size:,} bytes")
        if size <= max_bytes:
            break
    else:
        out.unlink()
        raise CorpusError(
            f"the index takes {size:,} bytes, and {max_bytes:,} are allowed; allow more, or leave "
            "out a source",
            zh=f"索引需 {size:,} 字节,而上限为 {max_bytes:,};请放宽上限,或去掉一个来源",
            path=str(out),
        )
    people = measure_people(Index(store), valid, train, n=n_people, say=say)
    write_store(out, replace(store, facts={**store.facts, "people": people}))


def index_grids(grids: Sequence[GridScore], *, names: Sequence[str], window: int = 11) -> Index:
    """Return an index of some pieces, in memory.

    It knows nothing of how alike people's pieces are: its percentiles are nan.

    Parameters
    ----------
    grids : sequence of GridScore
    names : sequence of str
    window : int, grams

    Returns
    -------
    Index

    Raises
    ------
    CorpusError
        No piece has a line of ten notes that says anything.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> tune = "C4:1 E4:1 D4:1 G4:1 F4:1 A4:1 C5:1 B4:1 G4:1 C5:1"
    >>> index = index_grids([score_to_grid(make_score(tune)).grid], names=["mine/tune"])
    >>> index.facts["n_pieces"]
    1
    """
    heap = _read(grids, _silent)
    arrays, facts = _name(
        heap.arrays(),
        names=names,
        source_ids=np.zeros(len(grids), np.int64),
        sources=[{"name": ""}],
    )
    return Index(heap.place(_with_habits(pack_store(arrays, facts)), window))


def _with_habits(store: Store) -> Store:
    """Return an index that knows what many of its pieces have in common."""
    found = learn_habits(store.all_steps, store.line_starts, store.line_pieces)
    members = {"habit_keys": pack(found.planes), "habit_bits": pack(found.bits)}
    return replace(store, arrays={**store.arrays, **members}, _blocks={})


def _read(grids: Iterable[GridScore], say: Callable[[str], None]) -> _Heap:
    """Return what is gathered of some pieces."""
    heap = _Heap()
    for k, grid in enumerate(grids):
        if k % _TOLD_EVERY == 0:
            say(f"piece {k}")
        heap.take(grid)
    if not heap.steps:
        raise CorpusError(
            "no piece has a melody of ten notes, so there is nothing to index",
            zh="没有一首曲子含十个音以上的旋律,无可索引",
        )
    return heap


def _name(
    arrays: Arrays,
    *,
    names: Sequence[str],
    source_ids: npt.NDArray[Any],
    sources: list[dict[str, str]],
) -> tuple[Arrays, dict[str, Any]]:
    """Return the members with names and sources, and the facts."""
    text = "\n".join(name.replace("\n", " ") for name in names).encode()
    more = {
        "names": np.frombuffer(text, np.uint8),
        "piece_sources": np.asarray(source_ids).astype(np.uint8),
    }
    facts = {
        "n_pieces": len(names),
        "n_lines": len(arrays["line_sizes"]),
        "n_notes": len(arrays["steps"]),
        "sources": sources,
    }
    return {**arrays, **more}, facts


def _sources(shards: Shards) -> list[dict[str, str]]:
    """Return name, title, licence and attribution of each source, as the shards count them."""
    told = shards.facts.get("sources", {})
    keys = ("title", "licence", "licence_class", "attribution")
    return [
        {"name": name, **{key: str(told.get(name, {}).get(key, "")) for key in keys}}
        for name in shards.sources
    ]
