"""The four piano-roll sets, nats a frame, beside published figures.

Conventions: a frame costs the sum over its pitches; the figure is the mean over all frames of the test
split, the first of each piece too. Papers differ in whether they count the first frame and whether a
mean is over frames or over pieces, so all three stand here. Each pitch of a frame is foretold from all
earlier frames and the lower pitches.

Offers `TABLE`, `measure_all_rolls`, `write_rolls`.

Sources: Boulanger-Lewandowski et al., ICML 2012 (RNN-NADE); Bai, Kolter and Koltun, 2018 (TCN); Johnson,
"Generating Polyphonic Music Using Tied Parallel Networks", 2017 (TP-LSTM-NADE, BALSTM).
"""

from __future__ import annotations

from typing import Any, Final

from motet.suite.page import make_table
from motet.suite.roll_models import PLANS, bench_folder, measure_set
from motet.suite.roll_sets import (
    ROLL_NAMES,
    average_nats,
    measure_first_order,
    measure_static,
    open_sets,
)
from motet.suite.table import Request, Table

__all__ = ["PUBLISHED", "TABLE", "measure_all_rolls", "write_rolls"]

PUBLISHED: Final[dict[str, dict[str, float]]] = {
    "TCN, pitches independent": {"JSB_Chorales": 8.10, "Nottingham": 3.07},
    "RNN-NADE": {
        "JSB_Chorales": 5.56,
        "Nottingham": 2.31,
        "MuseData": 5.19,
        "Piano_midi": 7.05,
    },
    "TP-LSTM-NADE": {
        "JSB_Chorales": 5.88,
        "Nottingham": 1.61,
        "MuseData": 4.32,
        "Piano_midi": 5.44,
    },
    "BALSTM": {
        "JSB_Chorales": 5.05,
        "Nottingham": 1.55,
        "MuseData": 3.90,
        "Piano_midi": 4.90,
    },
}
"""Nats a frame on test, as others quote them; not looked up in the papers themselves."""

_MEANS: Final = {
    "frames": "trained here, per set",
    "without_first": "… without first frames",
    "pieces": "… mean over pieces",
}


def measure_all_rolls(request: Request) -> dict[str, Any]:
    """Return nats a frame of the baselines and of a model trained on each set's training split.

    Parameters
    ----------
    request : Request

    Returns
    -------
    dict

    Raises
    ------
    CorpusError
        The archive is missing.

    Examples
    --------
    >>> measure_all_rolls(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no benchmark archive polyphonic-mats.tar.zst at None; ...
    """
    folder = bench_folder()
    facts: dict[str, Any] = {"published": PUBLISHED, "sets": {}}
    for name, found in open_sets(request, ROLL_NAMES, folder).items():
        train, test = found.splits["train"], found.splits["test"]
        facts["sets"][name] = {
            "n": {split: len(pieces) for split, pieces in found.splits.items()},
            "frames": {split: found.n_frames(split) for split in found.splits},
            "static": average_nats(measure_static(train, test)),
            "first_order": average_nats(measure_first_order(train, test)),
            "model": measure_set(
                found, PLANS[name], folder=folder, seed=request.seed, say=request.say
            ),
        }
    return facts


def write_rolls(facts: dict[str, Any]) -> str:
    """Return the table as Markdown; what the model does not beat is said.

    Parameters
    ----------
    facts : dict
        Of `measure_all_rolls`.

    Examples
    --------
    >>> one = {"frames": 5.0, "pieces": 5.0, "without_first": 5.0}
    >>> each = {"n": {"train": 1, "test": 1}, "frames": {"test": 9}, "static": one, "first_order": one,
    ...         "model": {"test": one, "valid": one, "weights": 1, "steps": 1, "cpu_s": 60}}
    >>> text = write_rolls({"published": PUBLISHED, "sets": {"JSB_Chorales": each}})
    >>> print(text.splitlines()[-1])
    Not beaten: nothing on JSB_Chorales.
    """
    sets, published = facts["sets"], facts["published"]
    rows = [
        ["each pitch by its share", *(_cell(one["static"]["frames"]) for one in sets.values())],
        ["each pitch by its last", *(_cell(one["first_order"]["frames"]) for one in sets.values())],
    ]
    rows += [
        [f"{row} (published)", *(_cell(values.get(name)) for name in sets)]
        for row, values in published.items()
    ]
    rows += [
        [label, *(_cell(one["model"]["test"][mean]) for one in sets.values())]
        for mean, label in _MEANS.items()
    ]
    rows.append(
        ["… on validation", *(_cell(one["model"]["valid"]["frames"]) for one in sets.values())]
    )
    pieces = ", ".join(f"{one['n']['test']} of {name}" for name, one in sets.items())
    models = [one["model"] for one in sets.values()]
    minutes = ", ".join(f"{one['cpu_s'] / 60:.0f}" for one in models)
    missed = "; ".join(
        f"{', '.join(_not_beaten(name, one, published)) or 'nothing'} on {name}"
        for name, one in sets.items()
    )
    return "\n".join(
        [
            make_table(["nats a frame, test", *sets], rows),
            "",
            f"Pieces measured: {pieces}. Splits are the sets' own; each model "
            f"({models[0]['weights'] / 1e6:.1f} million weights) saw one training split alone, moved up "
            f"and down, for {minutes} minutes of one core. Published figures are quoted second hand; "
            "papers differ in what they average, so three means are given.",
            f"Not beaten: {missed}.",
        ]
    )


def _not_beaten(
    name: str, one: dict[str, Any], published: dict[str, dict[str, float]]
) -> list[str]:
    mine = one["model"]["test"]["frames"]
    return [row for row, values in published.items() if values.get(name, float("inf")) <= mine]


def _cell(nats: float | None) -> str:
    return "–" if nats is None else f"{nats:.2f}"


TABLE: Final = Table(
    name="rolls",
    title=("Piano rolls", "钢琴卷"),
    needs=frozenset({"bench"}),
    measure=measure_all_rolls,
    write=write_rolls,
)
