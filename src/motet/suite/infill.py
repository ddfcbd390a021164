"""Does infilling leave every other note as it was, and is what it writes better than a copy?

Conventions: bars 5 to 8 of held-out windows of 16 bars are written anew by `motet.tasks.infill`. Every
note that begins elsewhere, and everything that is no note, must be identical. The written bars stand
beside the composer's own, a copy of the four bars before, and what the arranger plays over the same
chords in the parts of nearest height.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from motet.corpus.shards import open_shards
from motet.engine.bundle import Bundle, load_bundle
from motet.errors import MotetError
from motet.score import Score
from motet.suite.documents import (
    Document,
    count_chains,
    make_document,
    open_model,
    sum_nats,
)
from motet.suite.figures import known_mean, tell
from motet.suite.page import make_table
from motet.suite.refill import (
    FIGURES,
    FIRST,
    LAST,
    arrange_bars,
    copy_bars,
    find_changes,
    fit_grid,
    measure_bars,
)
from motet.suite.table import Request, Table
from motet.suite.windows import pick_windows
from motet.tasks.infill import infill
from motet.tokens import GridScore, grid_to_score

__all__ = ["TABLE", "measure_infill", "write_infill"]

N_PIECES: Final = 40
N_BARS: Final = 16
MAX_TOKENS: Final = 3_000_000
FEW_TOKENS: Final = 400_000
"""Counted by chains in a quick run."""
PEOPLE: Final = "composer"
MODEL: Final = "motet.infill"
COPY: Final = "copy of bars 1 to 4"
ARRANGER: Final = "arranger"
NATS: Final = "nats_a_note"
_BARS: Final = range(FIRST, LAST)


def measure_infill(request: Request) -> dict[str, Any]:
    """Return the figures of the written bars, what changed outside them, and how likely true bars are.

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
    >>> measure_infill(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    shards = request.find_shards()
    bundle = load_bundle(request.bundle)
    rng = np.random.default_rng(request.seed)
    pieces = pick_windows(
        open_shards(shards, "test"), n=request.n or N_PIECES, n_bars=N_BARS, rng=rng
    )
    made: dict[str, list[GridScore]] = {PEOPLE: [], MODEL: [], COPY: [], ARRANGER: []}
    wrong: list[str] = []
    refused: list[str] = []
    n_kept = 0
    for turn, grid in enumerate(pieces):
        try:
            filled, changes = _fill(grid, bundle, request.seed + turn)
            played = arrange_bars(grid, seed=request.seed + turn)
        except MotetError as error:
            refused.append(f"piece {turn}: {error.en}")
            continue
        wrong += [f"piece {turn}: {name}" for name in changes]
        n_kept += int(((grid.notes["bar"] < FIRST) | (grid.notes["bar"] >= LAST)).sum())
        for name, one in zip(made, (grid, filled, copy_bars(grid), played), strict=True):
            made[name].append(one)
        if (turn + 1) % 10 == 0:
            request.say(f"  {turn + 1} of {len(pieces)}")
    table = {}
    for name, grids in made.items():
        rows = [measure_bars(one, true) for one, true in zip(grids, made[PEOPLE], strict=True)]
        table[name] = {figure: known_mean([row[figure] for row in rows]) for figure in FIGURES}
    facts = {
        "pieces": len(made[MODEL]),
        "bars": N_BARS,
        "other_notes": n_kept,
        "changed": wrong,
        "refused": refused,
        "rows": table,
        "true_bars": {},
        "seed": request.seed,
    }
    return _add_nats(facts, made, request, bundle.context) if made[MODEL] else facts


def _fill(grid: GridScore, bundle: Bundle, seed: int) -> tuple[GridScore, list[str]]:
    """Return a window with its bars written by the model, and what changed that should not."""
    score: Score = grid_to_score(grid)
    bars = f"{score.bars[FIRST].number}-{score.bars[LAST - 1].number}"  # a pickup is bar 0
    done = infill(score, bars=bars, bundle=bundle, seed=seed)
    return fit_grid(done.score, grid), find_changes(score, done.score)


def _add_nats(
    facts: dict[str, Any], made: dict[str, list[GridScore]], request: Request, context: int
) -> dict[str, Any]:
    """Return the facts with how likely the bars are, where all versions fit what the model has seen."""
    holed = {name: [_hole(one) for one in grids] for name, grids in made.items()}
    left = [make_document(grid, bars=_BARS) for grid in made[PEOPLE]]
    kept = [
        k
        for k, versions in enumerate(zip(left, *holed.values(), strict=True))
        if max(len(one.ids) for one in versions) <= context
    ]
    holed = {name: [documents[k] for k in kept] for name, documents in holed.items()}
    left = [left[k] for k in kept]
    facts |= {"foretold": len(kept), "context": context}
    if not kept:
        return facts
    few = FEW_TOKENS if request.n else MAX_TOKENS
    chain = count_chains(open_shards(request.find_shards(), "train"), max_tokens=few)
    with open_model(request) as losses:
        for name, documents in holed.items():
            own = sum(one.n_notes for one in documents)
            total = float(sum_nats(losses, documents).sum())
            facts["rows"][name][NATS] = total / own if own else float("nan")
        rows = {**chain, "model": losses}
        for name, tell_nats in rows.items():
            both = holed[PEOPLE]
            n_notes = max(1, sum(one.n_notes for one in both))
            facts["true_bars"][name] = {
                "left": float(sum_nats(tell_nats, left).sum()) / n_notes,
                "both": float(sum_nats(tell_nats, both).sum()) / n_notes,
            }
    return facts


def _hole(grid: GridScore) -> Document:
    """Return a window with its written bars said at the end."""
    return make_document(
        grid, holes=[(bar, part) for bar in _BARS for part in range(len(grid.parts))]
    )


def write_infill(facts: dict[str, Any]) -> str:
    """Return the tables as Markdown, and where copying or the arranger is nearer to the composer.

    Parameters
    ----------
    facts : dict
        Of `measure_infill`.

    Returns
    -------
    str

    Examples
    --------
    >>> row = dict.fromkeys((NATS, *FIGURES), 0.5)
    >>> facts = {"pieces": 2, "bars": 16, "other_notes": 9, "changed": [], "refused": [],
    ...     "rows": dict.fromkeys((PEOPLE, MODEL, COPY, ARRANGER), row),
    ...     "true_bars": {"model": {"left": 4.0, "both": 3.0}}}
    >>> "identical" in write_infill(facts) and "25 %" in write_infill(facts)
    True
    """
    kept = "all identical" if not facts["changed"] else f"CHANGED: {'; '.join(facts['changed'])}"
    head = (
        f"Bars 5 to 8 of {facts['pieces']} held-out windows of {facts['bars']} bars, written anew by "
        f"`motet.infill`; {facts['other_notes']:,} other notes: {kept}."
    )
    if facts["refused"]:
        head += f" Refused: {len(facts['refused'])}."
    rows = facts["rows"]
    lines = [(one, *(tell(rows[name].get(one)) for name in rows)) for one in (NATS, *FIGURES)]
    true = [
        (
            name,
            tell(one["left"], 2),
            tell(one["both"], 2),
            f"{1 - one['both'] / one['left']:.0%}".replace("%", " %"),
        )
        for name, one in facts["true_bars"].items()
    ]
    text = f"{head}\n\n{make_table(('', *rows), lines)}\n\n"
    if "foretold" in facts:
        text += (
            f"Nats a note are those of the {facts['foretold']} windows that, with the bars said again at "
            f"their end, fit the {facts['context']:,} tokens of the model's context. "
        )
    text += "Nats a note of the composer's bars, foretold from what is left of them, and from both sides:\n\n"
    text += make_table(("", "left side", "both sides", "gained"), true)
    return f"{text}\n\n{_tell_short(facts)}"


def _tell_short(facts: dict[str, Any]) -> str:
    """Return in words which rival is nearer to the composer, and in what."""
    rows, said = facts["rows"], []
    for rival in (COPY, ARRANGER):
        lost = [
            one for one in ("rhythm_match", "pitch_match") if rows[rival][one] > rows[MODEL][one]
        ]
        lost += [
            one
            for one in ("pitch_class_jsd_bits", "onset_jsd_bits")
            if rows[rival][one] < rows[MODEL][one]
        ]
        name = "a copy" if rival == COPY else "the arranger"
        said.append(
            f"{name} is nearer to the composer in {', '.join(lost)}"
            if lost
            else f"{name} is nearer to the composer in nothing"
        )
    true = facts["true_bars"].get("model")
    if true and true["both"] >= true["left"]:
        said.append("both sides do not help the model to foretell the bars")
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}."


TABLE: Final = Table(
    name="infill",
    title=("Filling in", "填补"),
    needs=frozenset({"shards", "bundle", "weights"}),
    measure=measure_infill,
    write=write_infill,
)
"""Bars written anew between those that stay."""
