"""Writing a built corpus: arrays that can be memory-mapped, and what is in them.

Conventions: the folder is written whole beside its place and then put there, so that a reader sees
the old corpus or the new one. Same pieces, same bytes.

Offers `Piece`, `write_shards`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from motet.corpus.layout import PART, PIECE, TIMING, Rows, part_rows
from motet.corpus.performed import Stroke
from motet.corpus.split import SPLITS
from motet.errors import CorpusError, ParameterError
from motet.tokens.layout import GRID_BAR, GRID_CHORD, GRID_NOTE, GridScore

__all__ = ["Piece", "place_strokes", "write_shards"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Piece:
    """A piece as it goes into a shard.

    Parameters
    ----------
    name : str
        ``source/path``.
    source : int
        Index of its source.
    split : str
    group : int
        Its duplicate group.
    weight : float
        Its share of draws.
    grid : GridScore
    timing : array of `TIMING`
        How its drums were played; the column ``piece`` is filled in here.
    """

    name: str
    source: int
    split: str
    group: int
    weight: float
    grid: GridScore
    timing: Rows


def place_strokes(strokes: Sequence[Stroke], *, resolution: int, grid: GridScore) -> Rows:
    """Return how drums were played, by bar and position.

    Parameters
    ----------
    strokes : sequence of Stroke
    resolution : int, ticks a quarter note
        Of the strokes.
    grid : GridScore
        The piece they are of.

    Returns
    -------
    array of `TIMING`, shape (t,)

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> grid = score_to_grid(make_score("drums 36:4 | 38:4")).grid
    >>> stroke = Stroke(tick=1920, pitch=38, deviation_qn=0.01, velocity=90)
    >>> place_strokes([stroke], resolution=480, grid=grid)[["bar", "pos", "velocity"]].tolist()
    [(1, 0, 90)]
    """
    if not strokes:
        return np.zeros(0, TIMING)
    ticks = np.array([one.tick for one in strokes], np.int64)
    place = (2 * 24 * ticks + resolution) // (2 * resolution)
    bar = np.clip(np.searchsorted(grid.bar_starts, place, side="right") - 1, 0, grid.n_bars - 1)
    rows = np.zeros(len(strokes), TIMING)
    rows["bar"], rows["pos"] = bar, place - grid.bar_starts[bar]
    rows["pitch"] = [one.pitch for one in strokes]
    rows["deviation_qn"] = [one.deviation_qn for one in strokes]
    rows["velocity"] = [one.velocity for one in strokes]
    return rows


def write_shards(
    folder: str | Path, pieces: Iterable[Piece], facts: Mapping[str, Any], report: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what ``corpus.json`` says, once the folder holds the corpus.

    Parameters
    ----------
    folder : str or Path
        Replaced if it holds a corpus; refused if it holds anything else.
    pieces : iterable of Piece
        In the order in which they are to lie.
    facts : mapping
        What ``corpus.json`` says beside the files' fingerprints.
    report : mapping
        What ``report.json`` says.

    Returns
    -------
    dict

    Raises
    ------
    ParameterError
        The folder holds something else.
    CorpusError
        It cannot be written.

    Examples
    --------
    >>> facts = write_shards("shards", [], {"format": 1}, {})
    >>> len(facts["files"]), sorted(path.name for path in Path("shards").iterdir())[:2]
    (21, ['corpus.json', 'report.json'])
    """
    target = Path(folder)
    is_other = target.exists() and not (target / "corpus.json").is_file()
    if is_other and (not target.is_dir() or any(target.iterdir())):
        raise ParameterError(
            f"{str(target)!r} holds something that is no corpus; choose another output folder",
            zh=f"{str(target)!r} 中有语料库以外的内容;请选择其他输出文件夹",
        )
    draft: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=".building-"))
        ordered = list(pieces)
        for split in SPLITS:
            _write_split(draft, split, [piece for piece in ordered if piece.split == split])
        whole = dict(facts)
        whole["files"] = {
            path.name: {"sha256": _hash(path), "n_bytes": path.stat().st_size}
            for path in sorted(draft.iterdir())
        }
        _write_json(draft / "report.json", report)
        _write_json(draft / "corpus.json", whole)
        draft.chmod(0o755)
        if target.exists():
            shutil.rmtree(target)
        draft.rename(target)
    except OSError as error:
        raise CorpusError(
            f"the corpus cannot be written: {error.strerror}; choose a folder with room",
            zh=f"无法写入语料库:{error.strerror};请选择有空间的文件夹",
            path=str(target),
        ) from error
    finally:
        if draft is not None:
            shutil.rmtree(draft, ignore_errors=True)
    return whole


def _write_split(folder: Path, split: str, pieces: list[Piece]) -> None:
    """Write the arrays of one split."""
    rows = np.zeros(len(pieces), PIECE)
    grids = [piece.grid for piece in pieces]
    parts = [part_rows(grid.parts) for grid in grids]
    for name, counts in (
        ("note", [grid.n_notes for grid in grids]),
        ("bar", [grid.n_bars for grid in grids]),
        ("chord", [len(grid.chords) for grid in grids]),
        ("part", [len(one) for one in parts]),
    ):
        rows[f"n_{name}s"] = counts
        rows[f"first_{name}"] = np.cumsum([0, *counts])[:-1]
    rows["key"] = [grid.key for grid in grids]
    rows["shift_semi"] = [grid.shift_semi for grid in grids]
    rows["style"] = [grid.style for grid in grids]
    rows["qpm"] = [np.nan if grid.qpm is None else grid.qpm for grid in grids]
    rows["source"] = [piece.source for piece in pieces]
    rows["group"] = [piece.group for piece in pieces]
    rows["weight"] = [piece.weight for piece in pieces]
    np.save(folder / f"{split}.pieces.npy", rows)
    np.save(folder / f"{split}.notes.npy", _join([grid.notes for grid in grids], GRID_NOTE))
    np.save(folder / f"{split}.bars.npy", _join([grid.bars for grid in grids], GRID_BAR))
    np.save(folder / f"{split}.chords.npy", _join([grid.chords for grid in grids], GRID_CHORD))
    np.save(folder / f"{split}.parts.npy", _join(parts, PART))
    timing = []
    for index, piece in enumerate(pieces):
        if len(piece.timing):
            own = piece.timing.copy()
            own["piece"] = index
            timing.append(own)
    np.save(folder / f"{split}.timing.npy", _join(timing, TIMING))
    text = "".join(f"{piece.name}\n" for piece in pieces)
    (folder / f"{split}.names.txt").write_text(text, encoding="utf-8", newline="\n")


def _join(arrays: Sequence[Rows], kind: np.dtype[Any]) -> Rows:
    """Return arrays one after another."""
    return np.concatenate([np.zeros(0, kind), *arrays]) if arrays else np.zeros(0, kind)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
