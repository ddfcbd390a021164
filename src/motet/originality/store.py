"""The file of an index: lines of the training music, where grams lie in them, and whose they are.

Conventions: one ``.npz`` whose members are compressed by themselves, so that opening reads only what
each search needs; notes are unpacked in blocks of 65,536 as they are asked for. Places count the notes
of all lines one after another. Pitches are sounding ones.

Offers `Store`, `Piece`, `pack_store`, `place_grams`, `read_store`, `write_store`.
"""

from __future__ import annotations

import io
import json
import lzma
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import CorpusError
from motet.io.atomic import write_whole
from motet.originality.gram import GRAM, HASH_BITS, Surprise
from motet.originality.habit import NO_HABITS, Habits, from_planes, hash_runs
from motet.originality.line import Ints

__all__ = [
    "BLOCK",
    "FORMAT",
    "SCAN_BITS",
    "Piece",
    "Store",
    "pack",
    "pack_store",
    "place_grams",
    "read_store",
    "write_store",
]

FORMAT: Final = 1
BLOCK: Final = 65536
"""Notes that are packed together."""
_FILTERS: Final = [{"id": lzma.FILTER_LZMA2, "preset": 9, "lc": 4, "lp": 0, "pb": 0}]
_LONG: Final = 255
SCAN_BITS: Final = 22
"""Of the codes by which all grams are compared."""

Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of the index: its name, source and licence, where its bars start."""

    name: str
    source: str
    title: str
    licence: str
    licence_class: str
    bar_starts: Ints
    first_number: int

    def bar_number(self, time: int) -> int:
        """Return the number, as people count, of the bar that a position lies in."""
        return int(np.searchsorted(self.bar_starts, time, side="right")) - 1 + self.first_number


@dataclass(frozen=True, eq=False, kw_only=True)
class Store:
    """An index as it lies in its file.

    Parameters
    ----------
    arrays : mapping of str to array
        The members, packed ones as uint8.
    facts : dict
        Counts, sources, window, and how alike people's pieces are.

    Examples
    --------
    >>> Store.__name__
    'Store'
    """

    arrays: Arrays
    facts: dict[str, Any]
    _blocks: dict[tuple[str, int], npt.NDArray[Any]] = field(default_factory=dict)

    @cached_property
    def places(self) -> npt.NDArray[np.uint32]:
        """uint32, shape (p,): places of grams, in the order of their hashes."""
        packed = np.asarray(self.arrays["places"]).reshape(3, -1).astype(np.uint32)
        found: npt.NDArray[np.uint32] = packed[0] | packed[1] << 8 | packed[2] << 16
        return found

    @cached_property
    def bounds(self) -> npt.NDArray[np.uint32]:
        """uint32, shape (2**22 + 1,): where the places of each hash begin."""
        counts = self._unpack("counts", np.uint8)
        bounds = np.zeros((1 << HASH_BITS) + 1, np.uint32)
        np.cumsum(counts, out=bounds[1:])
        return bounds

    @cached_property
    def surprise(self) -> Surprise:
        """How much notes say."""
        return Surprise(
            pitch=self._unpack("surprise_pitch", np.uint8).reshape(27, 27, 27),
            time=self._unpack("surprise_time", np.uint8).reshape(13, 13, 13),
            habits=self._habits,
        )

    @cached_property
    def _habits(self) -> Habits:
        """Return what everybody writes; nothing in an index that was built without."""
        if "habit_keys" not in self.arrays:
            return NO_HABITS
        planes = self._unpack("habit_keys", np.uint8).reshape(4, -1)
        return from_planes(planes, self._unpack("habit_bits", np.uint8))

    @cached_property
    def line_starts(self) -> Ints:
        """int64, shape (lines + 1,): place of the first note of each line, and the end."""
        return np.concatenate(([0], np.cumsum(self._unpack("line_sizes", np.int32)))).astype(
            np.int64
        )

    @cached_property
    def line_pieces(self) -> Ints:
        """int64, shape (lines,): the piece of each line."""
        return np.repeat(
            np.arange(self.facts["n_pieces"]), self._unpack("piece_lines", np.int32)
        ).astype(np.int64)

    @cached_property
    def _names(self) -> list[str]:
        return bytes(self._unpack("names", np.uint8)).decode("utf-8").split("\n")

    @cached_property
    def _bars(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any], Ints]:
        """Return lengths and counts of runs of equal bars, and where each piece's runs begin."""
        sizes = self._unpack("piece_runs", np.int32)
        runs = self._unpack("bar_runs", np.int32).reshape(2, -1)
        return runs[0], runs[1], np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)

    @cached_property
    def _heads(self) -> npt.NDArray[Any]:
        """int32, shape (2, lines): first pitch and first onset of each line."""
        return self._unpack("line_heads", np.int32).reshape(2, -1)

    @cached_property
    def _long(self) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Return places and lengths of the times between onsets that are over 254 positions."""
        pairs = self._unpack("long", np.int32).reshape(2, -1)
        return pairs[0], pairs[1]

    @cached_property
    def all_steps(self) -> npt.NDArray[np.int8]:
        """int8, shape (n,): `steps` of all notes."""
        return self.steps(0, int(self.line_starts[-1]))

    @cached_property
    def gram_codes(self) -> npt.NDArray[np.uint32]:
        """uint32, shape (n - 6,): the first bits of the hash of the gram that each note begins."""
        codes = hash_runs(self.all_steps[1:], GRAM)
        codes >>= np.uint32(32 - SCAN_BITS)
        return codes

    def piece(self, k: int) -> Piece:
        """Return what is known of a piece."""
        lengths, counts, starts = self._bars
        own = slice(int(starts[k]), int(starts[k + 1]))
        bars = np.repeat(lengths[own], counts[own]).astype(np.int64)
        source_id = int(self._unpack("piece_sources", np.uint8)[k])
        source = self.facts["sources"][source_id]
        return Piece(
            name=self._names[k],
            source=source["name"],
            title=source.get("title", ""),
            licence=source.get("licence", ""),
            licence_class=source.get("licence_class", ""),
            bar_starts=np.concatenate(([0], np.cumsum(bars))).astype(np.int64),
            first_number=int(self._unpack("piece_numbers", np.uint8)[k]),
        )

    def steps(self, start: int, end: int) -> npt.NDArray[np.int8]:
        """int8, shape (end - start,): interval into each of some notes; 0 where a line starts."""
        return self._span("steps", start, end).view(np.int8)

    def line(self, k: int) -> tuple[Ints, Ints]:
        """Return pitches and onsets of a line."""
        start, end = int(self.line_starts[k]), int(self.line_starts[k + 1])
        pitch = int(self._heads[0, k]) + np.cumsum(self.steps(start, end).astype(np.int64))
        apart = self._span("apart", start, end).astype(np.int64)
        at, length = self._long
        first, last = np.searchsorted(at, (start, end))
        apart[at[first:last] - start] = length[first:last]
        return pitch, int(self._heads[1, k]) + np.cumsum(apart)

    def _span(self, name: str, start: int, end: int) -> npt.NDArray[np.uint8]:
        """Return some values of a packed stream."""
        first, last = start // BLOCK, max(start, end - 1) // BLOCK
        if first == last:
            return self._block(name, first)[start - first * BLOCK : end - first * BLOCK]
        blocks = np.concatenate([self._block(name, k) for k in range(first, last + 1)])
        return blocks[start - first * BLOCK : end - first * BLOCK]

    def _block(self, name: str, k: int) -> npt.NDArray[np.uint8]:
        """Return a block of a packed stream."""
        if (name, k) not in self._blocks:
            ends = self.arrays[f"{name}_ends"]
            data = self.arrays[name][int(ends[k]) : int(ends[k + 1])]
            self._blocks[name, k] = _unpack(data, np.uint8)
        return self._blocks[name, k]

    def _unpack(self, name: str, kind: Any) -> npt.NDArray[Any]:
        """Return a packed member."""
        if (name, -1) not in self._blocks:
            self._blocks[name, -1] = _unpack(self.arrays[name], kind)
        return self._blocks[name, -1]


def pack(array: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Return the bytes of an array, compressed.

    Parameters
    ----------
    array : array

    Returns
    -------
    uint8, shape (n,)

    Examples
    --------
    >>> len(pack(np.zeros(1000))) < 100
    True
    """
    data = lzma.compress(array.tobytes(), format=lzma.FORMAT_RAW, filters=_FILTERS)
    return np.frombuffer(data, np.uint8)


def _unpack(data: npt.NDArray[np.uint8], kind: Any) -> npt.NDArray[Any]:
    """Return an array from its compressed bytes."""
    try:
        plain = lzma.decompress(data.tobytes(), format=lzma.FORMAT_RAW, filters=_FILTERS)
    except lzma.LZMAError as error:
        raise _damaged("", error) from error
    return np.frombuffer(plain, kind)


def _pack_stream(name: str, values: npt.NDArray[np.uint8]) -> dict[str, npt.NDArray[Any]]:
    """Return the blocks of a stream and where they end."""
    blocks = [pack(values[k : k + BLOCK]) for k in range(0, len(values), BLOCK)]
    ends = np.cumsum([0, *(len(one) for one in blocks)]).astype(np.int64)
    data = np.concatenate(blocks) if blocks else np.zeros(0, np.uint8)
    return {name: data, f"{name}_ends": ends}


def pack_store(arrays: Arrays, facts: dict[str, Any]) -> Store:
    """Return an index of plain arrays.

    Parameters
    ----------
    arrays : mapping of str to array
        ``steps`` int8 and ``apart`` int64 of all notes; the other members as `Store` reads them, but
        for the places of grams.
    facts : dict

    Returns
    -------
    Store

    Examples
    --------
    >>> pack_store.__name__
    'pack_store'
    """
    apart = arrays["apart"]
    at = np.flatnonzero(apart >= _LONG)
    members: dict[str, npt.NDArray[Any]] = {
        **_pack_stream("steps", arrays["steps"].view(np.uint8)),
        **_pack_stream("apart", np.minimum(apart, _LONG).astype(np.uint8)),
        "long": pack(np.stack((at, apart[at])).astype(np.int32)),
    }
    for name, values in arrays.items():
        if name not in ("steps", "apart"):
            members[name] = pack(values)
    return Store(arrays=members, facts=facts)


def place_grams(store: Store, places: Ints, counts: npt.NDArray[np.uint8]) -> Store:
    """Return an index with the places of grams.

    Parameters
    ----------
    store : Store
    places : int64, shape (p,)
        In the order of their hashes.
    counts : uint8, shape (2**22,)
        How many places each hash has.

    Returns
    -------
    Store

    Examples
    --------
    >>> place_grams.__name__
    'place_grams'
    """
    packed = np.concatenate([(places >> k) & 255 for k in (0, 8, 16)]).astype(np.uint8)
    return Store(
        arrays={**store.arrays, "places": packed, "counts": pack(counts)},
        facts={**store.facts, "n_places": len(places)},
    )


def write_store(path: str | Path, store: Store) -> Path:
    """Return the path of an index that was written, whole or not at all.

    Parameters
    ----------
    path : str or Path
    store : Store

    Returns
    -------
    Path

    Raises
    ------
    ParameterError
        The place cannot be written.

    Examples
    --------
    >>> write_store.__name__
    'write_store'
    """
    facts = json.dumps({"format": FORMAT, **store.facts}, ensure_ascii=False).encode()
    data = io.BytesIO()
    members = {**store.arrays, "facts": np.frombuffer(facts, np.uint8)}
    np.savez(data, allow_pickle=False, **members)
    write_whole(path, data.getvalue())
    return Path(path)


def read_store(path: str | Path) -> Store:
    """Return the index in a file.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Store

    Raises
    ------
    CorpusError
        There is no such file, or it is damaged or of another format.

    Examples
    --------
    >>> read_store("nowhere.npz")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere.npz: there is no originality index here; ...
    """
    try:
        with Path(path).open("rb") as data, np.load(data, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        facts: dict[str, Any] = json.loads(arrays.pop("facts").tobytes())
    except FileNotFoundError as error:
        raise CorpusError(
            "there is no originality index here; motet originality --build writes one",
            zh="此处没有原创性索引;可用 motet originality --build 构建",
            path=str(path),
        ) from error
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise _damaged(str(path), error) from error
    if facts.get("format") != FORMAT:
        raise _damaged(str(path), f"format {facts.get('format')}, {FORMAT} expected")
    return Store(arrays=arrays, facts=facts)


def _damaged(path: str, reason: object) -> CorpusError:
    return CorpusError(
        f"the originality index is damaged: {reason}; build it again",
        zh=f"原创性索引已损坏:{reason};请重新构建",
        path=path,
    )
