"""Does the model copy what it was trained on, more than people who never saw it?

Conventions: the longest run of a window is the most notes of one line, in their order and without gaps,
that one piece has too, whatever key and rhythm. It is looked up in all training music, in held-out
(validation) music, and in as many training pieces as there are held-out ones: who has learnt nothing
by heart has the same run in the last two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from motet.corpus.shards import Shards, open_shards
from motet.originality import Index, load_index
from motet.originality.block import longest_run
from motet.originality.build import index_grids
from motet.originality.line import find_lines
from motet.suite.page import make_table
from motet.suite.rows import (
    ARRANGER,
    COMPOSED,
    CONSTRAINED,
    FREE,
    MARKOV,
    PEOPLE,
    WITH_GROUND,
    make_rows,
)
from motet.suite.table import Request, Table
from motet.tokens import GridScore

__all__ = ["TABLE", "measure_copying", "write_copying"]

N_WINDOWS: Final = 48
N_BARS: Final = 16
_ROWS: Final = (PEOPLE, MARKOV, ARRANGER, FREE, CONSTRAINED, COMPOSED, WITH_GROUND)
_IN: Final = ("train", "sample", "held_out")


def measure_copying(request: Request) -> dict[str, Any]:
    """Return the longest runs of each row, their mean and 95th percentile, and how many are copies.

    Parameters
    ----------
    request : Request

    Returns
    -------
    dict

    Raises
    ------
    CorpusError, BundleError
        An input is missing.

    Examples
    --------
    >>> measure_copying(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    rows = make_rows(request, n=request.n or N_WINDOWS, n_bars=N_BARS)
    folder = request.find_shards()
    valid, train = open_shards(folder, "valid"), open_shards(folder, "train")
    rng = np.random.default_rng(request.seed)
    request.say("  indices of equal size")
    known = load_index()
    indices = {
        "train": known,
        "sample": _index_some(train, len(valid), rng),
        "held_out": _index_some(valid, len(valid), rng),
    }
    found: dict[str, Any] = {}
    for name in (one for one in _ROWS if one in rows):
        grids = [grid for grid in rows[name].grids if grid is not None]
        near = [known.nearest(grid) for grid in grids]
        found[name] = {
            "n": len(grids),
            "copies": float(np.mean([one is not None and one.verdict == "copy" for one in near])),
            **{where: _tell_runs(index, grids) for where, index in indices.items()},
        }
    return {"rows": found, "bars": N_BARS, "seed": request.seed, "n_held_out": len(valid)}


def _index_some(shards: Shards, n: int, rng: np.random.Generator) -> Index:
    """Return an index, with every gram, of some people's pieces of a split."""
    human = [k for k in range(len(shards)) if not shards.names[k].startswith("arranger/")]
    chosen = rng.permutation(human)[:n].tolist()
    return index_grids(
        [shards[k] for k in chosen], names=[shards.names[k] for k in chosen], window=1
    )


def _tell_runs(index: Index, grids: Sequence[GridScore]) -> dict[str, float]:
    """Return mean and 95th percentile of the longest runs, in notes."""
    runs = [
        max((longest_run(index.store, line.pitch) for line in find_lines(grid)), default=0)
        for grid in grids
    ]
    return {"mean": float(np.mean(runs)), "p95": float(np.quantile(runs, 0.95))}


def write_copying(facts: dict[str, Any]) -> str:
    """Return the table as Markdown, and who copies more than people do.

    Parameters
    ----------
    facts : dict
        Of `measure_copying`.

    Returns
    -------
    str

    Examples
    --------
    >>> run = {"mean": 9.0, "p95": 14.0}
    >>> row = {"n": 2, "copies": 0.0, "train": run, "sample": run, "held_out": run}
    >>> facts = {"rows": {PEOPLE: row, FREE: row}, "bars": 16, "seed": 0, "n_held_out": 5}
    >>> write_copying(facts).splitlines()[-1]
    'No row of the model has longer runs of training music than people have.'
    """
    lines = [
        (
            name, str(row["n"]),
            *(f"{row[where]['mean']:.1f} / {row[where]['p95']:.0f}" for where in _IN),
            f"{100 * row['copies']:.1f} %",
        )
        for name, row in facts["rows"].items()
    ]  # fmt: skip
    n = facts["n_held_out"]
    head = ("longest run, notes (mean / 95th percentile)", "windows", "in all training music",
            f"in {n} training pieces", f"in {n} held-out pieces", "called copies")  # fmt: skip
    people = facts["rows"][PEOPLE]["train"]
    longer = [
        name
        for name, row in facts["rows"].items()
        if name in (FREE, CONSTRAINED, COMPOSED, WITH_GROUND)
        and row["train"]["p95"] > people["p95"]
    ]
    end = (
        f"Longer runs of training music than people's (95th percentile): {', '.join(longer)}."
        if longer
        else "No row of the model has longer runs of training music than people have."
    )
    said = f"Windows of {facts['bars']} bars, seed {facts['seed']}; long runs are stopped in compose only."
    return f"{make_table(head, lines)}\n\n{said}\n\n{end}"


TABLE: Final = Table(
    name="copying",
    title=("Copying", "照搬训练乐曲的程度"),
    needs=frozenset({"shards", "bundle"}),
    measure=measure_copying,
    write=write_copying,
)
"""Longest runs of training and of held-out music."""
