"""Are copies found that were planted on purpose, and is other music left in peace?

Conventions: passages of training pieces, copied in four ways (`motet.originality.plant`), the first three
of up to 32 bars, splices of four bars in the middle of a held-out piece. A passage counts that says
`LEAST_BITS`; what share of passages does is told. False alarms are windows of test pieces that are not
kin to their nearest piece. The threshold is that of the shipped index, set on the validation split.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from motet.corpus.shards import Shards, open_shards
from motet.originality import Index, load_index
from motet.originality.calibrate import is_kin
from motet.originality.plant import KINDS, Kind, plant, told_bits
from motet.suite.page import make_table
from motet.suite.table import Request, Table
from motet.tokens import GridScore, window

__all__ = ["LEAST_BITS", "TABLE", "measure_planted", "write_planted"]

N_COPIES: Final = 150
N_BARS: Final = 32
N_SPLICED: Final = 4
LEAST_BITS: Final = 90.0
_HOST_BARS: Final = 24
_NAMES: Final = {
    "transposed": "transposed",
    "rhythm": "rhythm changed",
    "edited": "20 % of notes edited",
    "splice": "4 bars spliced in",
}


def measure_planted(request: Request) -> dict[str, Any]:
    """Return recall by kind, false alarms, and what was left out.

    Parameters
    ----------
    request : Request
        ``n`` copies a kind; false alarms are counted on two windows of every test piece, or on 2 n.

    Returns
    -------
    dict

    Raises
    ------
    CorpusError
        There is no corpus, or no index.

    Examples
    --------
    >>> measure_planted(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    train, test = (open_shards(request.find_shards(), split) for split in ("train", "test"))
    index = load_index()
    rng = np.random.default_rng(request.seed)
    people = index.facts["people"]
    rows = {}
    for kind in KINDS:
        request.say(f"  {_NAMES[kind]}")
        rows[kind] = _find_copies(index, train, test, kind, request.n or N_COPIES, rng)
    request.say("  false alarms")
    alarms = _count_alarms(index, train, test, request.n, rng)
    alarm_bits = sorted(alarms.pop("bits"))
    at_one = alarm_bits[-1 - len(alarm_bits) // 100] if alarm_bits else people["copy"]
    for row in rows.values():
        found = row.pop("bits")
        row["recall_at_1"] = sum(one > at_one for one in found) / max(1, len(found))
    return {
        "threshold_bits": people["copy"],
        "bits_at_1": at_one,
        "n_valid": people["n_pieces"] - people["n_kin"],
        "rows": rows,
        "seed": request.seed,
        **alarms,
    }


def _find_copies(
    index: Index, train: Shards, test: Shards, kind: Kind, n: int, rng: np.random.Generator
) -> dict[str, Any]:
    """Return how many planted copies of a kind were found."""
    n_drawn = n_found = n_right = n_poor = n_poor_found = 0
    n_rich = 0
    bits: list[float] = []
    for k in rng.permutation(len(train)).tolist():
        if n_rich >= n:
            break
        if index.facts["sources"] and train.sources[int(train.pieces["source"][k])] == "arranger":
            continue
        passage = _passage(train[k], N_SPLICED if kind == "splice" else N_BARS, rng)
        if passage is None:
            continue
        n_drawn += 1
        is_rich = told_bits(passage, index.store.surprise) >= LEAST_BITS
        host = next(_hosts(test, rng)) if kind == "splice" else None
        near = index.nearest(plant(passage, kind, rng=rng, host=host))
        is_found = near is not None and near.verdict == "copy"
        if not is_rich:
            n_poor, n_poor_found = n_poor + 1, n_poor_found + is_found
            continue
        n_rich, n_found = n_rich + 1, n_found + is_found
        bits.append(near.bits if near is not None else 0.0)
        n_right += near is not None and is_found and near.piece == train.names[k]
    return {
        "n": n_rich,
        "bits": bits,
        "recall": n_found / max(1, n_rich),
        "right_piece": n_right / max(1, n_rich),
        "share_rich": n_rich / max(1, n_drawn),
        "recall_poor": n_poor_found / n_poor if n_poor else None,
    }


def _passage(grid: GridScore, n_bars: int, rng: np.random.Generator) -> GridScore | None:
    """Return a window of a piece; None where it is too short, or only drums play."""
    if grid.n_bars < N_SPLICED or all(part.is_drums for part in grid.parts):
        return None
    start = int(rng.integers(0, max(1, grid.n_bars - n_bars + 1)))
    return window(grid, start, min(grid.n_bars, start + n_bars))


def _hosts(test: Shards, rng: np.random.Generator) -> Iterator[GridScore]:
    """Yield beginnings of test pieces that are long enough and are not for drums alone."""
    while True:
        grid = test[int(rng.integers(len(test)))]
        if grid.n_bars >= N_SPLICED and not all(part.is_drums for part in grid.parts):
            yield window(grid, 0, min(grid.n_bars, _HOST_BARS))


def _count_alarms(
    index: Index, train: Shards, test: Shards, n: int | None, rng: np.random.Generator
) -> dict[str, Any]:
    """Return how many windows of people's test pieces are called copies."""
    names = {name: k for k, name in enumerate(train.names)}
    n_windows = n_kin = n_alarms = n_kin_alarms = 0
    bits: list[float] = []
    for k in rng.permutation(len(test)).tolist():
        if n is not None and n_windows + n_kin >= 2 * n:
            break
        for _ in range(2):
            own = _passage(test[k], N_BARS, rng)
            if own is None:
                continue
            near = index.nearest(own)
            is_alarm = near is not None and near.verdict == "copy"
            place = names.get(near.piece) if near is not None else None
            if place is not None and is_kin(own, train[place]):
                n_kin, n_kin_alarms = n_kin + 1, n_kin_alarms + is_alarm
            else:
                n_windows, n_alarms = n_windows + 1, n_alarms + is_alarm
                bits.append(near.bits if near is not None else 0.0)
    return {
        "bits": bits,
        "n_windows": n_windows,
        "false_alarms": n_alarms / max(1, n_windows),
        "n_kin": n_kin,
        "kin_alarms": n_kin_alarms / n_kin if n_kin else None,
    }


def write_planted(facts: dict[str, Any]) -> str:
    """Return the table as Markdown, and what falls short.

    Parameters
    ----------
    facts : dict
        Of `measure_planted`.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {"n": 9, "recall": 0.9, "right_piece": 0.9, "share_rich": 0.5, "recall_poor": None}
    >>> facts = {"threshold_bits": 60.0, "n_valid": 9, "rows": {"edited": row}, "seed": 0,
    ...          "n_windows": 9, "false_alarms": 0.0, "n_kin": 0, "kin_alarms": None}
    >>> write_planted(facts).splitlines()[-1]
    'Short of 95 %: 20 % of notes edited.'
    """

    def share(value: float | None) -> str:
        return "–" if value is None else f"{100 * value:.1f} %"

    lines = [
        (
            _NAMES[kind], str(row["n"]), share(row["recall"]), share(row.get("recall_at_1")),
            share(row["right_piece"]), share(row["share_rich"]), share(row["recall_poor"]),
        )
        for kind, row in facts["rows"].items()
    ]  # fmt: skip
    head = ("planted copies of training pieces", "n", "found", "found at 1 % false alarms", "right piece",
            f"passages that say {LEAST_BITS:.0f} bits", "found of the others")  # fmt: skip
    short = [
        _NAMES[kind]
        for kind, row in facts["rows"].items()
        if min(row["recall"], row.get("recall_at_1") or row["recall"]) < 0.95
    ]
    kin = facts["kin_alarms"]
    told = (
        f"False alarms: {share(facts['false_alarms'])} of {facts['n_windows']} windows of test pieces, at "
        f"the threshold of 0.5 % on {facts['n_valid']} validation pieces ({facts['threshold_bits']:.0f} "
        f"bits). {facts['n_kin']} more windows quote a training piece (six runs of nine intervals in "
        f"common); {share(kin)} of them are called copies."
    )
    if "bits_at_1" in facts:
        told += f" 1 % of the windows say more than {facts['bits_at_1']:.0f} bits."
    end = f"Short of 95 %: {', '.join(short)}." if short else "No kind falls short of 95 %."
    return f"{make_table(head, lines)}\n\n{told}\n\n{end}"


TABLE: Final = Table(
    name="planted",
    title=("Planted copies", "人为植入的抄袭"),
    needs=frozenset({"shards"}),
    measure=measure_planted,
    write=write_planted,
)
"""Recall of planted copies and false alarms."""
