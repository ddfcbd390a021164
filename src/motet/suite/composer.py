"""Is what the model writes shaped like what people wrote?

Conventions: every row is measured by the same code (`motet.evaluate`) on the same number of bars. What
is within 5 % of people is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from motet.evaluate import MEASURES, interval_shares, jensen_shannon_bits, measure_score
from motet.score import Score
from motet.suite.figures import half_interval, known_mean, tell, within
from motet.suite.groups import style_name
from motet.suite.page import make_table
from motet.suite.rows import MODEL_ROWS, OTHERS, PEOPLE, make_rows
from motet.suite.table import Request, Table

__all__ = ["TABLE", "judge_rows", "measure_composer", "write_composer"]

N_WINDOWS: Final = 64
N_BARS: Final = 16
TOLERANCE: Final = 0.05
MUST_HOLD: Final = ("scale_fit", "consonance", "pitch_class_entropy_bits")
_INTERVALS: Final = "interval_jsd_bits"


def measure_composer(request: Request) -> dict[str, Any]:
    """Return every figure of every row, its interval, and what is within 5 % of people.

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
    >>> measure_composer(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    rows = make_rows(request, n=request.n or N_WINDOWS, n_bars=N_BARS)
    rng = np.random.default_rng(request.seed)
    table: dict[str, dict[str, float]] = {}
    wide: dict[str, dict[str, float]] = {}
    scores = {name: row.scores for name, row in rows.items()}
    human = _pool_intervals(scores[OTHERS])
    for name, row in scores.items():
        found = [measure_score(score) for score in row]
        table[name] = {one: known_mean([each[one] for each in found]) for one in MEASURES}
        wide[name] = {one: half_interval([each[one] for each in found], rng) for one in MEASURES}
        table[name][_INTERVALS] = jensen_shannon_bits(_pool_intervals(row), human)
    return {
        "n": {name: len(row) for name, row in scores.items()},
        "bars": N_BARS,
        "seed": request.seed,
        "styles": sorted({style_name(style) for style in rows[PEOPLE].styles}),
        "rows": table,
        "half_interval": wide,
        "within_5_percent": judge_rows(table),
    }


def judge_rows(table: dict[str, dict[str, float]]) -> dict[str, dict[str, bool]]:
    """Return for each row of the model and each figure whether it is within 5 % of people.

    Parameters
    ----------
    table : dict of dict of float
        Row to figure to value.

    Returns
    -------
    dict of dict of bool

    Examples
    --------
    >>> rows = {PEOPLE: dict.fromkeys(MEASURES, 1.0), "compose": dict.fromkeys(MEASURES, 1.04)}
    >>> all(judge_rows(rows)["compose"].values())
    True
    """
    people = table[PEOPLE]
    return {
        row: {name: within(table[row][name], people[name], TOLERANCE) for name in MEASURES}
        for row in MODEL_ROWS
        if row in table
    }


def _pool_intervals(scores: Sequence[Score]) -> Any:
    """Return the moves of all lines of a row, every score counted alike."""
    return np.sum([interval_shares(score) for score in scores], axis=0) if scores else np.zeros(25)


def write_composer(facts: dict[str, Any]) -> str:
    """Return the table as Markdown; what is within 5 % of people is set in bold.

    Parameters
    ----------
    facts : dict
        Of `measure_composer`.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {**dict.fromkeys(MEASURES, 1.0), "interval_jsd_bits": 0.0}
    >>> facts = {"n": {PEOPLE: 2}, "bars": 16, "seed": 0, "styles": ["jig"], "rows": {PEOPLE: row},
    ...          "within_5_percent": {}}
    >>> write_composer(facts).splitlines()[0]
    '2 windows of 16 bars in 1 styles, seed 0. Bold: within 5 % of people.'
    """
    verdict = facts["within_5_percent"]
    lines = [
        (
            figure,
            *(
                f"**{tell(row[figure])}**"
                if verdict.get(name, {}).get(figure)
                else tell(row[figure])
                for name, row in facts["rows"].items()
            ),
        )
        for figure in (*MEASURES, _INTERVALS)
    ]
    head = (
        f"{facts['n'][PEOPLE]} windows of {facts['bars']} bars in {len(facts['styles'])} styles, "
        f"seed {facts['seed']}. Bold: within {TOLERANCE:.0%}".replace("%", " %")
        + " of people."
    )
    said = []
    for row, found in verdict.items():
        missed = [name for name in MUST_HOLD if not found[name]]
        told = f"all of {', '.join(MUST_HOLD)}" if not missed else f"not {', '.join(missed)}"
        said.append(f"{row}: {sum(found.values())} of {len(MEASURES)} figures ({told})")
    tail = f"\n\nWithin 5 % of people: {'; '.join(said)}." if said else ""
    return f"{head}\n\n{make_table(('', *facts['rows']), lines)}{tail}"


TABLE: Final = Table(
    name="composer",
    title=("Composed music beside people's", "所作音乐与人的音乐相比"),
    needs=frozenset({"shards", "bundle"}),
    measure=measure_composer,
    write=write_composer,
)
"""Figures of composed music beside those of people."""
