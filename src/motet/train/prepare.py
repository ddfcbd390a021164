"""Rows made ahead, for a machine that trains faster than rows can be drawn, or has no corpus.

Conventions: a folder holds ``train-0001.npz`` and so on, ``valid.npz`` and ``prepared.json``; rows are
as `motet.train.data` describes them, variations and holes drawn already.

Offers `prepare_rows`, `load_valid`.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from motet.corpus.shards import open_shards
from motet.errors import CorpusError
from motet.tokens.vocab import vocab_hash
from motet.train.config import RunConfig
from motet.train.data import CorpusRows, load_rows, save_rows
from motet.train.valid import ValidSet, build_valid

__all__ = ["load_valid", "prepare_rows"]

_ROWS_PER_FILE: Final = 8192


def prepare_rows(
    shards: str | Path, output: str | Path, *, config: RunConfig, n_rows: int
) -> dict[str, Any]:
    """Return what was written: rows drawn from a corpus, and its validation windows.

    Parameters
    ----------
    shards : str or Path
        A built corpus.
    output : str or Path
        Folder to write to.
    config : RunConfig
        Context, seed and how rows are drawn.
    n_rows : int

    Returns
    -------
    dict
        Counts and bytes, as ``prepared.json`` says them.

    Examples
    --------
    >>> prepare_rows("nowhere", "rows", config=RunConfig(), n_rows=8)
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    unmoved = replace(config.draw, p_shift=0.0)  # pitches are moved when the rows are read
    source = CorpusRows(
        open_shards(shards, "train"), context=config.context, config=unmoved, seed=config.seed
    )
    for number, start in enumerate(range(0, n_rows, _ROWS_PER_FILE), start=1):
        count = min(_ROWS_PER_FILE, n_rows - start)
        rows = np.stack([source.row(start + i, 0) for i in range(count)])
        save_rows(folder / f"train-{number:04d}.npz", rows)
    valid = build_valid(
        open_shards(shards, "valid"), context=config.context, n_windows=config.valid_windows
    )
    save_rows(folder / "valid.npz", valid.rows, **valid.to_arrays())
    facts = {
        "format": 1,
        "vocab_hash": vocab_hash(),
        "context": config.context,
        "n_rows": n_rows,
        "n_valid_rows": len(valid.rows),
        "n_bytes": sum(path.stat().st_size for path in folder.glob("*.npz")),
        "config": config.to_dict(),
    }
    (folder / "prepared.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    return facts


def load_valid(path: Path, *, context: int) -> ValidSet:
    """Return the validation windows of a prepared folder.

    Raises
    ------
    CorpusError
        The file is missing, damaged, or made for a longer context than asked for.

    Examples
    --------
    >>> load_valid(Path("missing.npz"), context=64)
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: missing.npz: cannot read prepared rows: ...; prepare them again
    """
    rows = load_rows(path)
    longest = int((rows != 0).sum(axis=1).max())
    if longest > context + 1:
        raise CorpusError(
            f"validation windows of {longest} tokens need a context of {longest - 1}, got {context}",
            zh=f"验证窗口长 {longest} 个 token,需上下文 {longest - 1},收到 {context}",
            path=str(path),
        )
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            marks = np.unpackbits(file["marks"], axis=1).astype(np.bool_)[:, : rows.shape[1] - 1]
            return ValidSet(rows=rows, styles=file["styles"], side=file["side"], marks=marks)
    except (OSError, ValueError, KeyError) as error:
        raise CorpusError(
            f"cannot read validation windows: {error}",
            zh=f"无法读取验证窗口:{error}",
            path=str(path),
        ) from error
