"""Reading a built corpus: pieces by number, memory-mapped, nothing copied until asked for.

Conventions: a split is ``train``, ``valid`` or ``test``; piece i is a `GridScore` in normalised pitch
(subtract its `shift_semi` for the sounding one). Arrays are not to be written to.

Offers `Shards`, `open_shards`, `read_facts`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from motet.corpus.layout import FORMAT, PART, PIECE, TIMING, Rows, rows_to_parts
from motet.corpus.split import SPLITS
from motet.errors import CorpusError, ParameterError
from motet.tokens.layout import GRID_BAR, GRID_CHORD, GRID_NOTE, GridScore
from motet.tokens.vocab import vocab_hash

__all__ = ["Shards", "open_shards", "read_facts"]

_ARRAYS = {
    "pieces": PIECE,
    "notes": GRID_NOTE,
    "bars": GRID_BAR,
    "chords": GRID_CHORD,
    "parts": PART,
}


@dataclass(frozen=True, eq=False, kw_only=True)
class Shards:
    """One split of a built corpus.

    Parameters
    ----------
    folder : Path
    split : str
    facts : dict
        What ``corpus.json`` says.
    pieces, notes, bars, chords, parts : memory-mapped arrays
        As `motet.corpus.layout` describes them.
    names : tuple of str
        ``source/path`` of each piece.

    Examples
    --------
    >>> from motet.corpus.shard import Piece, write_shards
    >>> from motet.corpus.layout import TIMING
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("C4:1 D4:1 E4:2")).grid
    >>> piece = Piece(name="mine/a", source=0, split="train", group=0, weight=1.0, grid=grid,
    ...     timing=np.zeros(0, TIMING))
    >>> facts = {"format": FORMAT, "vocab_hash": vocab_hash(), "source_names": ["mine"]}
    >>> _ = write_shards("shards", [piece], facts, {})
    >>> shards = open_shards("shards", "train")
    >>> len(shards), shards.names, shards[0].n_notes, shards.draw_weights()
    (1, ('mine/a',), 3, array([1.]))
    """

    folder: Path
    split: str
    facts: dict[str, Any]
    pieces: Rows
    notes: Rows
    bars: Rows
    chords: Rows
    parts: Rows
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.pieces)

    def __getitem__(self, index: int) -> GridScore:
        """Return one piece, whole."""
        if not -len(self) <= index < len(self):
            raise IndexError(f"piece {index} of {len(self)}")
        row = self.pieces[index]
        qpm = float(row["qpm"])
        return GridScore(
            parts=rows_to_parts(self._rows(self.parts, row, "part")),
            notes=self._rows(self.notes, row, "note"),
            bars=self._rows(self.bars, row, "bar"),
            chords=self._rows(self.chords, row, "chord"),
            key=int(row["key"]),
            shift_semi=int(row["shift_semi"]),
            qpm=None if math.isnan(qpm) else qpm,
            style=int(row["style"]),
        )

    def __iter__(self) -> Iterator[GridScore]:
        return (self[index] for index in range(len(self)))

    @staticmethod
    def _rows(array: Rows, row: Any, name: str) -> Rows:
        """Return the rows of one piece, as a plain array."""
        first = int(row[f"first_{name}"])
        return np.asarray(array[first : first + int(row[f"n_{name}s"])])

    @cached_property
    def styles(self) -> npt.NDArray[np.int64]:
        """int64, shape (n,): STYLE value of each piece, -1 unknown."""
        return self.pieces["style"].astype(np.int64)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Names of the sources, as the column ``source`` counts them."""
        return tuple(self.facts["source_names"])

    @cached_property
    def n_notes(self) -> npt.NDArray[np.int64]:
        """int64, shape (n,): notes of each piece."""
        return self.pieces["n_notes"].astype(np.int64)

    @cached_property
    def n_bars(self) -> npt.NDArray[np.int64]:
        """int64, shape (n,): bars of each piece."""
        return self.pieces["n_bars"].astype(np.int64)

    def draw_weights(self) -> npt.NDArray[np.float64]:
        """Return the probability of drawing each piece so that styles are balanced.

        Long pieces weigh more, for a window is drawn from the piece; no source gets more than its cap
        (see `motet.corpus.weights`).

        Returns
        -------
        float64, shape (n,), sum 1
        """
        weights = np.array(self.pieces["weight"], dtype=np.float64)
        total = float(weights.sum())
        return weights / total if total > 0 else weights

    def load_timing(self) -> Rows:
        """Return how the drummers of this split played, empty where there are none.

        Returns
        -------
        array of `motet.corpus.layout.TIMING`, shape (t,)
        """
        path = self.folder / f"{self.split}.timing.npy"
        if not path.is_file():
            return np.zeros(0, TIMING)
        return _load(path, TIMING)


def open_shards(folder: str | Path, split: str) -> Shards:
    """Return one split of a built corpus, opened without reading it.

    Parameters
    ----------
    folder : str or Path
        What ``motet corpus build`` wrote.
    split : "train", "valid" or "test"

    Returns
    -------
    Shards

    Raises
    ------
    ParameterError
        There is no such split.
    CorpusError
        The folder holds no corpus, one of another vocabulary, or a damaged one.

    Examples
    --------
    >>> open_shards("nowhere", "train")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    if split not in SPLITS:
        raise ParameterError(
            f"split must be one of {', '.join(SPLITS)}, got {split!r}",
            zh=f"split 应为 {'、'.join(SPLITS)} 之一,收到 {split!r}",
        )
    place = Path(folder)
    facts = read_facts(place)
    arrays = {name: _load(place / f"{split}.{name}.npy", kind) for name, kind in _ARRAYS.items()}
    names_file = place / f"{split}.names.txt"
    try:
        names = tuple(names_file.read_text(encoding="utf-8").splitlines())
    except (OSError, ValueError) as error:
        raise _damaged(names_file, error) from error
    pieces = arrays["pieces"]
    if len(names) != len(pieces):
        raise _damaged(names_file, f"{len(names)} names for {len(pieces)} pieces")
    for name in ("note", "bar", "chord", "part"):
        if len(pieces):
            end = int((pieces[f"first_{name}"] + pieces[f"n_{name}s"]).max())
            if end > len(arrays[f"{name}s"]):
                raise _damaged(place / f"{split}.{name}s.npy", f"{end} rows expected")
    return Shards(folder=place, split=split, facts=facts, names=names, **arrays)


def read_facts(folder: str | Path) -> dict[str, Any]:
    """Return what ``corpus.json`` of a built corpus says, once it fits this version.

    Parameters
    ----------
    folder : str or Path

    Returns
    -------
    dict

    Raises
    ------
    CorpusError
        There is none, or it is of another format or vocabulary.

    Examples
    --------
    >>> Path("corpus.json").write_text('{"format": 9}')
    13
    >>> read_facts(".")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: corpus.json: the corpus has format 9; this version reads 1: build it again
    """
    path = Path(folder) / "corpus.json"
    try:
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CorpusError(
            "there is no built corpus here; motet corpus build writes one",
            zh="此处没有已构建的语料库;可用 motet corpus build 构建",
            path=str(folder),
        ) from error
    except (OSError, ValueError) as error:
        raise _damaged(path, error) from error
    for name, found, expected in (
        ("format", facts.get("format"), FORMAT),
        ("vocab_hash", facts.get("vocab_hash"), vocab_hash()),
    ):
        if found != expected:
            raise CorpusError(
                f"the corpus has {name} {found}; this version reads {expected}: build it again",
                zh=f"语料库的 {name} 为 {found};此版本读取 {expected}:请重新构建",
                path=str(path),
            )
    return facts


def _load(path: Path, kind: np.dtype[Any]) -> Rows:
    """Return one array, memory-mapped where it is not empty."""
    try:
        array: Rows = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise _damaged(path, error) from error
    if array.dtype != kind or array.ndim != 1:
        raise _damaged(path, f"columns {array.dtype}")
    return array


def _damaged(path: Path, reason: object) -> CorpusError:
    return CorpusError(
        f"the corpus is damaged: {reason}; build it again",
        zh=f"语料库已损坏:{reason};请重新构建",
        path=str(path),
    )
