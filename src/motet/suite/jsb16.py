"""Bach's chorales on the 16th grid, nats a note, beside published figures.

Conventions: a note is one voice in one frame: a chorale of t frames has 4 t of them, held ones and
rests too. The mean is over all notes of a split; the first frame counts. Each voice of a frame is
foretold from all earlier frames and the voices above it.

Offers `TABLE`, `measure_chorales`, `write_chorales`.

Sources: Huang et al., "Music Transformer", ICLR 2019, table of note-wise validation NLL on these chorales
(figures as handed on by others).
"""

from __future__ import annotations

from typing import Any, Final

from motet.suite.page import make_table
from motet.suite.roll_models import PLANS, bench_folder, measure_set
from motet.suite.roll_sets import CHORALES, average_nats, measure_bigram, open_sets
from motet.suite.table import Request, Table

__all__ = ["PUBLISHED", "TABLE", "measure_chorales", "write_chorales"]

PUBLISHED: Final[dict[str, float]] = {"Transformer": 0.417, "Music Transformer": 0.335}
"""Nats a note; published for the validation split."""

_VOICES: Final = 4


def measure_chorales(request: Request) -> dict[str, Any]:
    """Return nats a note of the bigram and of a model trained on the set's training split.

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
    >>> measure_chorales(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no benchmark archive jsb-chorales.tar.zst at None; ...
    """
    folder = bench_folder()
    found = open_sets(request, (CHORALES,), folder)[CHORALES]
    train = found.splits["train"]
    bigram = {
        split: average_nats(measure_bigram(train, found.splits[split]), n_notes=_VOICES)
        for split in ("valid", "test")
    }
    model = measure_set(
        found,
        PLANS[CHORALES],
        folder=folder,
        seed=request.seed,
        n_notes=_VOICES,
        say=request.say,
    )
    return {
        "n": {split: len(pieces) for split, pieces in found.splits.items()},
        "notes": {split: _VOICES * found.n_frames(split) for split in found.splits},
        "bigram": bigram,
        "model": model,
        "published": PUBLISHED,
    }


def write_chorales(facts: dict[str, Any]) -> str:
    """Return the table as Markdown.

    Parameters
    ----------
    facts : dict
        Of `measure_chorales`.

    Examples
    --------
    >>> one = {"frames": 0.5, "pieces": 0.5, "without_first": 0.5}
    >>> both = {"valid": one, "test": one}
    >>> facts = {"n": {"train": 1, "valid": 1, "test": 1}, "notes": {"valid": 4, "test": 4},
    ...          "bigram": both, "model": {**both, "weights": 1, "steps": 1, "cpu_s": 60},
    ...          "published": PUBLISHED}
    >>> print(write_chorales(facts).splitlines()[2])
    | bigram of each voice | 0.500 | 0.500 |
    """
    model = facts["model"]
    rows = [
        ["bigram of each voice", *_both(facts["bigram"])],
        *([f"{name} (published)", f"{nats:.3f}", "–"] for name, nats in facts["published"].items()),
        ["trained here, per set", *_both(model)],
    ]
    mine = model["valid"]["frames"]
    beaten = [name for name, nats in facts["published"].items() if mine < nats]
    missed = [name for name in facts["published"] if name not in beaten]
    said = "On validation it is " + " and ".join(
        part
        for part in (
            f"below {' and '.join(beaten)}" if beaten else "",
            f"not below {' and '.join(missed)}" if missed else "",
        )
        if part
    )
    n = facts["n"]
    return "\n".join(
        [
            make_table(["nats a note", "valid", "test"], rows),
            "",
            f"{n['train']} chorales to train on, {n['valid']} and {n['test']} to measure; a note is one "
            f"voice in one sixteenth ({facts['notes']['valid']} and {facts['notes']['test']}), rests and "
            "held notes too, the first frame too. The published figures are for validation, quoted second "
            f"hand. The model ({model['weights'] / 1e6:.1f} million weights, {model['steps']} steps, "
            f"{model['cpu_s'] / 60:.0f} minutes of one core) saw the training split alone, moved up and "
            f"down. {said}.",
        ]
    )


def _both(figures: dict[str, Any]) -> list[str]:
    return [f"{figures[split]['frames']:.3f}" for split in ("valid", "test")]


TABLE: Final = Table(
    name="jsb16",
    title=("Chorales on the 16th grid", "十六分音符网格上的众赞歌"),
    needs=frozenset({"bench"}),
    measure=measure_chorales,
    write=write_chorales,
)
