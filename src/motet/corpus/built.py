"""A built corpus taken apart into pieces again, so that sources can be added without a new build.

Offers `load_built`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from motet.corpus.choice import Choice
from motet.corpus.shard import Piece
from motet.corpus.shards import open_shards, read_facts
from motet.corpus.split import SPLITS
from motet.errors import CorpusError

__all__ = ["load_built"]


def load_built(folder: str | Path) -> tuple[Choice, dict[str, Any], dict[str, Any]]:
    """Return the pieces of a built corpus, its facts and its report.

    Parameters
    ----------
    folder : str or Path

    Returns
    -------
    tuple of Choice, dict, dict
        Splits, groups and order within each split are as they were.

    Raises
    ------
    CorpusError
        There is no corpus, or it is damaged.

    Examples
    --------
    >>> load_built("nowhere")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    facts = read_facts(folder)
    path = Path(folder) / "report.json"
    try:
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CorpusError(
            f"the corpus is damaged: {error}; build it again",
            zh=f"语料库已损坏:{error};请重新构建",
            path=str(path),
        ) from error
    pieces: list[Piece] = []
    for split in SPLITS:
        shards = open_shards(folder, split)
        timing = np.asarray(shards.load_timing())
        edges = np.searchsorted(timing["piece"], np.arange(len(shards) + 1))
        pieces += [
            Piece(
                name=shards.names[k],
                source=int(shards.pieces["source"][k]),
                split=split,
                group=int(shards.pieces["group"][k]),
                weight=float(shards.pieces["weight"][k]),
                grid=shards[k],
                timing=timing[edges[k] : edges[k + 1]],
            )
            for k in range(len(shards))
        ]
    choice = Choice(pieces=pieces, duplicates=report["duplicates"], benchmark=report["benchmark"])
    return choice, facts, report
