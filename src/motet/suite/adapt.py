"""What adapting to a folder gains there, and what it costs elsewhere.

Conventions: folders are pieces of one kind from the validation split, which the model has not learnt
from, written as MIDI files and read back as a user's would be. Held-out pieces of the folder had no say in
when to stop. Music in general is the test split, which shares no piece with the folders.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np

from motet.errors import CorpusError
from motet.suite.page import make_table
from motet.suite.table import Request, Table
from motet.tokens.vocab import STYLES

__all__ = ["TABLE", "measure_adapting", "tell_adapting"]

_FOLDERS: Final = (
    ("Irish dances", ("reel", "jig", "irish")),
    ("guitar", ("guitar",)),
    ("art song", ("art-song",)),
)
_PIECES: Final = 50
_MINUTES: Final = 6.0


def measure_adapting(request: Request, *, minutes: float = _MINUTES) -> dict[str, Any]:
    """Return nats a note before and after adapting to folders of pieces of one kind.

    Parameters
    ----------
    request : Request
        Its `n` is the most pieces of a folder.
    minutes : float
        Most time to learn from a folder.

    Returns
    -------
    dict
        ``rows``: for each folder its figures.

    Raises
    ------
    CorpusError
        There is no corpus, or none of the folders has pieces enough.

    Examples
    --------
    >>> measure_adapting(Request())
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: no built corpus was given; ...
    """
    from motet.corpus.shards import open_shards

    shards = request.find_shards()
    split = open_shards(shards, "valid")
    rows: list[dict[str, Any]] = []
    without: list[str] = []
    for name, styles in _FOLDERS:
        values = [STYLES.index(style) for style in styles]
        mine = np.flatnonzero(np.isin(split.styles, values))
        chosen = np.random.default_rng((request.seed, 5)).permutation(mine)[: request.n or _PIECES]
        if len(chosen) >= 3:
            request.say(f"adapt: {name}, {len(chosen)} pieces")
            grids = [split[int(k)] for k in chosen]
            try:
                rows.append({"folder": name, **_adapt(grids, request, shards, minutes)})
            except CorpusError as error:
                request.say(f"adapt: {name}: {error}")
                without.append(name)
    if not rows:
        raise CorpusError(
            "the validation split has no three pieces of one kind to adapt to",
            zh="验证集中没有三首同类乐曲可供适配",
        )
    return {"rows": rows, "without": without, "minutes": minutes, "bundle": request.bundle}


def _adapt(grids: list[Any], request: Request, shards: Path, minutes: float) -> dict[str, Any]:
    """Return the figures of one folder."""
    from motet.io import write_midi
    from motet.tokens.restore import grid_to_score
    from motet.train import AdaptConfig, adapt_model, read_folder

    with TemporaryDirectory(prefix="motet-") as folder:
        for k, grid in enumerate(grids):
            write_midi(grid_to_score(grid), Path(folder) / f"{k:03}.mid")
        pieces = read_folder(folder)
    config = AdaptConfig(minutes=minutes, threads=request.threads, seed=request.seed)
    done = adapt_model(
        pieces, bundle=request.find_weights(), config=config, shards=shards,
        on_progress=lambda share, what: request.say(f"adapt: {share:.0%} {what}"),
    )  # fmt: skip
    return {
        "n_pieces": len(pieces),
        "n_held_out": len(done.split.held),
        "is_independent": done.split.is_independent,
        "own": done.own.to_dict(),
        "general": {name: one.to_dict() for name, one in done.general.items()},
        "steps": done.best_step,
        "minutes": round(done.minutes, 1),
        "reason": done.reason,
    }


def tell_adapting(facts: dict[str, Any]) -> str:
    """Return the table in Markdown.

    Examples
    --------
    >>> one = {"nats_per_note_before": 3.0, "nats_per_note_after": 2.7, "n_notes": 900}
    >>> row = {"folder": "guitar", "n_pieces": 37, "n_held_out": 6, "is_independent": True, "own": one,
    ...        "general": {"corpus": one, "arranger": one}, "steps": 90, "minutes": 5.9}
    >>> print(tell_adapting({"rows": [row], "minutes": 6.0, "bundle": "small"}).splitlines()[2])
    | guitar | 37 (6) | 3.000 → 2.700 (-10.0 %) | 3.000 → 2.700 (-10.0 %) | 3.000 → 2.700 (-10.0 %) | 90 | 5.9 |
    """
    head = (
        "folder", "pieces (held out)", "held-out pieces, nats a note", "corpus, test split",
        "arranger's pieces", "steps", "minutes",
    )  # fmt: skip
    rows = [
        (
            row["folder"],
            f"{row['n_pieces']} ({row['n_held_out']})",
            _change(row["own"]),
            *(_change(row["general"][name]) for name in ("corpus", "arranger")),
            str(row["steps"]),
            f"{row['minutes']:.1f}",
        )
        for row in facts["rows"]
    ]
    return f"{make_table(head, rows)}\n\n{_tell_shortfall(facts)}\n"


def _change(one: dict[str, Any]) -> str:
    """Return figures before and after, and by what share they changed."""
    before, after = one["nats_per_note_before"], one["nats_per_note_after"]
    return f"{before:.3f} → {after:.3f} ({100 * (after / before - 1):+.1f} %)"


def _tell_shortfall(facts: dict[str, Any]) -> str:
    """Return what the figures mean, and where they fall short."""
    rows = facts["rows"]
    worse = [row for row in rows if _is_worse(row["own"])]
    cost = [row for row in rows if any(_is_worse(one) for one in row["general"].values())]
    few = [row["folder"] for row in rows if row["n_held_out"] < 8]
    parts = [
        f"`motet train --from FOLDER` with the bundle {facts['bundle']}, at most {facts['minutes']:g} minutes "
        "of learning; fewer nats are better. The folders are of kinds that the corpus holds too, so that "
        "music the model has never met should gain more; that was not measured."
    ]
    none = [*(row["folder"] for row in worse), *facts.get("without", ())]
    if none:
        parts.append(f"No gain: {', '.join(none)}.")
    if cost:
        named = ", ".join(row["folder"] for row in cost)
        parts.append(f"Paid for elsewhere (other music is foretold worse): {named}.")
    if few:
        parts.append(f"Fewer than 8 pieces held out, so the figure is rough: {', '.join(few)}.")
    return " ".join(parts)


def _is_worse(one: dict[str, Any]) -> bool:
    return bool(one["nats_per_note_after"] > one["nats_per_note_before"])


TABLE: Final = Table(
    name="adapt",
    title=("Your own music: adapting to a folder", "您自己的音乐:适配到一个文件夹"),
    needs=frozenset({"shards", "weights"}),
    measure=measure_adapting,
    write=tell_adapting,
)
