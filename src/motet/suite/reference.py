"""The ranges of people's music that ``motet evaluate FILE`` compares with, counted over a corpus.

Conventions: stretches of 16 bars of the training split, as many of each style; styles of drums alone and
those with too few stretches have no range of their own.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np

from motet.corpus.shards import open_shards
from motet.evaluate.people import EVERYONE, N_BARS, measure_stretches
from motet.evaluate.report import MEASURES
from motet.io.atomic import write_whole
from motet.suite.groups import group_of, style_name
from motet.suite.table import silent
from motet.suite.windows import pick_windows

__all__ = ["count_ranges", "write_reference"]

PER_STYLE: Final = 60
LEAST: Final = 20
_PERCENTILES: Final = (10, 50, 90)


def count_ranges(rows: list[tuple[str, dict[str, float]]], *, least: int = LEAST) -> dict[str, Any]:
    """Return the ranges of measured stretches, by style and for all styles alike.

    Parameters
    ----------
    rows : list of (style, measures)
    least : int
        Fewest stretches of a style that has a range of its own.

    Returns
    -------
    dict
        Style to ``n`` and ``ranges``.

    Examples
    --------
    >>> found = count_ranges([("jig", {"consonance": k / 10}) for k in range(11)], least=5)
    >>> found["jig"]["ranges"]["consonance"]
    [0.1, 0.5, 0.9]
    """
    by_style: dict[str, list[dict[str, float]]] = defaultdict(list)
    for style, row in rows:
        by_style[style].append(row)
    kept = {style: own for style, own in sorted(by_style.items()) if len(own) >= least}
    found = {style: {"n": len(own), "ranges": _ranges(own)} for style, own in kept.items()}
    every = [row for _, row in rows]
    return {EVERYONE: {"n": len(every), "ranges": _ranges(every)}, **found}


def _ranges(rows: list[dict[str, float]]) -> dict[str, list[float]]:
    found = {}
    for name in MEASURES:
        values = [row[name] for row in rows if name in row and not math.isnan(row[name])]
        if values:
            found[name] = [round(float(one), 4) for one in np.percentile(values, _PERCENTILES)]
    return found


def write_reference(
    shards: Path,
    out: Path,
    *,
    per_style: int = PER_STYLE,
    seed: int = 0,
    say: Callable[[str], None] = silent,
) -> None:
    """Return nothing once a file holds the ranges of a corpus.

    Parameters
    ----------
    shards : Path
        A built corpus.
    out : Path
    per_style : int
        Stretches of each style.
    seed : int
    say : callable

    Raises
    ------
    CorpusError
        There is no corpus.
    ParameterError
        The file cannot be written.

    Examples
    --------
    >>> write_reference(Path("nowhere"), Path("people.json"))
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; ...
    """
    split = open_shards(shards, "train")
    rows: list[tuple[str, dict[str, float]]] = []
    for style in np.unique(split.styles).tolist():
        if not group_of(style):
            continue
        found = pick_windows(
            split,
            n=per_style,
            n_bars=N_BARS,
            rng=np.random.default_rng((seed, int(style) + 1)),
            per_piece=4,
            styles=[style],
        )
        say(f"  {style_name(style)}: {len(found)}")
        rows += [(style_name(style), measure_stretches(grid)) for grid in found]
    facts = {
        "format": 1,
        "n_bars": N_BARS,
        "split": "train",
        "percentiles": _PERCENTILES,
        "styles": count_ranges(rows, least=min(LEAST, per_style)),
    }
    write_whole(out, (json.dumps(facts, ensure_ascii=False) + "\n").encode())
