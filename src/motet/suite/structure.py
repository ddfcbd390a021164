"""Does a long piece come back to itself as people's do: by the bar, the phrase, the section?

Conventions: windows of 32 and 64 bars; the return of a run of 1, 4 or 8 bars is how alike it is to the
most alike run before it (`motet.evaluate.form.block_return`). Shuffling bars keeps what bars have in common and
takes the phrases away. Pieces of ``compose`` are written with one candidate a stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from motet.corpus.shards import open_shards
from motet.engine.bundle import load_bundle
from motet.evaluate.form import block_return
from motet.evaluate.statistics import grid_likeness
from motet.suite.chain import learn_chain
from motet.suite.figures import half_interval, known_mean, tell
from motet.suite.groups import FEW_WINDOWS
from motet.suite.page import make_table
from motet.suite.rewrite import rewrite_windows
from motet.suite.rows import (
    ARRANGER,
    COMPOSED,
    FREE,
    MARKOV,
    PEOPLE,
    SHUFFLED,
    WITH_GROUND,
    arrange_like,
    compose_like,
)
from motet.suite.table import Request, Table
from motet.suite.windows import pick_windows, shuffle_bars
from motet.tokens import GridScore

__all__ = ["TABLE", "measure_returns", "measure_structure", "write_structure"]

LENGTHS: Final = {32: 12, 64: 8}
"""Bars, and windows that models answer."""
MORE_PEOPLE: Final = 4
RUNS: Final = {"bar": 1, "phrase of 4": 4, "section of 8": 8}
_CHAIN_PIECES: Final = 1000


def measure_returns(grids: Sequence[GridScore | None]) -> dict[str, list[float]]:
    """Return how much bars, phrases and sections come back, for each piece.

    Parameters
    ----------
    grids : sequence of GridScore or None

    Returns
    -------
    dict of str to list of float
        nan where undefined; what is None is left out.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> tune = score_to_grid(make_score("C4:4 | D4:4 | E4:4 | F4:4 | " * 2)).grid
    >>> measure_returns([tune])["phrase of 4"]
    [1.0]
    """
    tables = [grid_likeness(grid) for grid in grids if grid is not None]
    return {
        name: [block_return(table, n_bars=n_bars) for table in tables]
        for name, n_bars in RUNS.items()
    }


def measure_structure(request: Request) -> dict[str, Any]:
    """Return the returns in every row, for 32 and for 64 bars.

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
    >>> measure_structure(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    shards = request.find_shards()
    model = load_bundle(request.bundle)
    rng = np.random.default_rng(request.seed)
    chain = learn_chain(open_shards(shards, "train"), n_pieces=_CHAIN_PIECES, rng=rng)
    facts: dict[str, Any] = {"seed": request.seed, "lengths": {}}
    for n_bars, usual in LENGTHS.items():
        n = request.n or usual
        people = pick_windows(
            open_shards(shards, "test"), n=MORE_PEOPLE * n, n_bars=n_bars, rng=rng, per_piece=2
        )
        windows = people[:n]
        rows: dict[str, Sequence[GridScore | None]] = {
            PEOPLE: people,
            SHUFFLED: [shuffle_bars(grid, rng) for grid in people],
            MARKOV: [chain.write(grid, rng) for grid in windows],
            ARRANGER: arrange_like(windows, n_bars=n_bars),
        }
        request.say(f"  {n_bars} bars, {FREE}")
        rows[FREE] = rewrite_windows(
            windows, model, is_constrained=False, seed=request.seed, threads=request.threads
        )
        for name, ground in ((COMPOSED, "model"), (WITH_GROUND, "auto")):
            request.say(f"  {n_bars} bars, {name}")
            rows[name] = compose_like(
                windows,
                model,
                n_bars=n_bars,
                ground=ground,
                seed=request.seed,
                candidates=1,
                say=request.say,
            )
        facts["lengths"][str(n_bars)] = {}
        for name, grids in rows.items():
            found = measure_returns(grids)
            facts["lengths"][str(n_bars)][name] = {
                "n": len(next(iter(found.values()))),
                **{one: known_mean(values) for one, values in found.items()},
                "half_interval": {one: half_interval(values, rng) for one, values in found.items()},
            }
    return facts


def write_structure(facts: dict[str, Any]) -> str:
    """Return the tables as Markdown, and which rows repeat less or more than people do.

    Parameters
    ----------
    facts : dict
        Of `measure_structure`.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {**dict.fromkeys(RUNS, 0.4), "n": 8, "half_interval": dict.fromkeys(RUNS, 0.05)}
    >>> low = {**row, "phrase of 4": 0.2}
    >>> facts = {"seed": 0, "lengths": {"32": {PEOPLE: row, "compose": low}}}
    >>> "compose: phrase of 4 less" in write_structure(facts)
    True
    """
    texts = []
    for n_bars, rows in facts["lengths"].items():
        lines = [
            (
                name,
                f"{row['n']}{'*' if row['n'] < FEW_WINDOWS else ''}",
                *(f"{tell(row[one])} ± {tell(row['half_interval'][one])}" for one in RUNS),
            )
            for name, row in rows.items()
        ]
        people = rows[PEOPLE]
        said = [told for name, row in rows.items() if (told := _compare(name, row, people))]
        texts.append(
            f"{n_bars} bars:\n\n{make_table(('', 'pieces', *RUNS), lines)}\n\n"
            f"Beside people, beyond both intervals: {'; '.join(said) or 'nothing differs'}."
        )
    head = (
        f"How alike a bar, a phrase, a section is to the most alike one before it, ± half the 95 % "
        f"interval, seed {facts['seed']}. * Fewer than {FEW_WINDOWS} pieces: no more than a hint."
    )
    return "\n\n".join([head, *texts])


def _compare(name: str, row: dict[str, Any], people: dict[str, Any]) -> str:
    """Return where a row lies outside of what people do, in words."""
    told = []
    for one in RUNS:
        margin = np.nansum([row["half_interval"][one], people["half_interval"][one]])
        if abs(row[one] - people[one]) > margin:
            told.append(f"{one} {'more' if row[one] > people[one] else 'less'}")
    return f"{name}: {', '.join(told)}" if told else ""


TABLE: Final = Table(
    name="structure-long",
    title=("Structure over 32 and 64 bars", "32 与 64 小节的结构"),
    needs=frozenset({"shards", "bundle"}),
    measure=measure_structure,
    write=write_structure,
)
"""How much long pieces come back to themselves."""
