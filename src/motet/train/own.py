"""A folder of somebody's scores as a corpus, so that any family can be trained on it.

Conventions: read as `motet.train.folder` reads it; music that pieces share lies on one side of the split. The
same files are not read twice.

Offers `OwnCorpus`, `build_own`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from motet.corpus.layout import FORMAT, TIMING
from motet.corpus.shard import Piece, write_shards
from motet.errors import ParameterError
from motet.tokens.vocab import vocab_hash
from motet.train.folder import FolderPieces, read_folder, split_folder

__all__ = ["OwnCorpus", "build_own"]


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class OwnCorpus:
    """Where the corpus lies, how many pieces are learnt from and held out, what was read (None: before)."""

    shards: Path
    n_train: int
    n_valid: int
    pieces: FolderPieces | None


def build_own(
    folder: str | Path,
    shards: str | Path,
    *,
    seed: int = 0,
    on_progress: Callable[[float, str], None] | None = None,
) -> OwnCorpus:
    """Return the corpus made of a folder of scores, written now unless it is there already.

    Parameters
    ----------
    folder : str or Path
        Scores in any format that Motet reads, in folders in folders.
    shards : str or Path
        Where to write the corpus.
    seed : int
        Of the split.
    on_progress : callable, optional
        Called with the share that is done and a file's name.

    Raises
    ------
    ParameterError
        There is no such folder.
    CorpusError
        It holds fewer than three different pieces, or all share their music.

    Examples
    --------
    >>> build_own("nowhere", "shards")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: there is no folder 'nowhere'; give one that holds scores
    """
    home, place = Path(folder), Path(shards)
    if not home.is_dir():
        raise ParameterError(
            f"there is no folder {str(folder)!r}; give one that holds scores",
            zh=f"没有文件夹 {str(folder)!r};请给出存放乐谱的文件夹",
        )
    mark = _mark(home, seed)
    facts = _read(place)
    if facts.get("folder") == mark:
        return OwnCorpus(
            shards=place, n_train=facts["n_train"], n_valid=facts["n_valid"], pieces=None
        )
    found = read_folder(home, on_progress=on_progress)
    split = split_folder(found, seed=seed)
    chosen = [(k, "train") for k in split.train] + [(k, "valid") for k in split.stop]
    chosen += [(k, "test") for k in split.held]
    pieces = [
        Piece(
            name=f"own/{found.names[k]}", source=0, split=name, group=int(found.groups[k]),
            weight=float(found.grids[k].n_bars), grid=found.grids[k], timing=np.zeros(0, TIMING),
        )
        for k, name in chosen
    ]  # fmt: skip
    told = {"format": FORMAT, "vocab_hash": vocab_hash(), "source_names": ["own"], "folder": mark}
    counts = {"n_train": len(split.train), "n_valid": len(split.stop)}
    write_shards(place, pieces, {**told, **counts}, {})
    return OwnCorpus(shards=place, **counts, pieces=found)


def _mark(home: Path, seed: int) -> str:
    """Return what tells a folder's state: names, sizes and times of its files."""
    files = sorted(path for path in home.rglob("*") if path.is_file())
    rows = [(path.relative_to(home).as_posix(), *_state(path)) for path in files]
    return hashlib.sha256(json.dumps([seed, rows]).encode()).hexdigest()[:16]


def _state(path: Path) -> tuple[int, int]:
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns


def _read(place: Path) -> dict[str, Any]:
    try:
        facts = json.loads((place / "corpus.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) and facts.get("vocab_hash") == vocab_hash() else {}
