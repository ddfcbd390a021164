"""The bare training command: standard library only around torch and NumPy.

Conventions: ``python -m motet.train`` runs from a copy of ``src/motet`` beside torch and NumPy, with
nothing installed; ``motet train`` calls the same functions.

Offers `run_command`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from torch import nn

from motet.corpus.shards import open_shards
from motet.errors import MotetError
from motet.language import choose_language
from motet.train.config import RunConfig, load_config
from motet.train.data import CorpusRows, PreparedRows, Source
from motet.train.family import open_family, prepare_family, takes_phrases
from motet.train.loop import Outcome, train
from motet.train.prepare import load_valid, prepare_rows
from motet.train.valid import build_valid

__all__ = ["run_command", "run_training"]

_OPTIONS: tuple[tuple[str, type[Any]], ...] = (
    ("minutes", float), ("steps", int), ("threads", int), ("seed", int), ("lr", float),
    ("size", str), ("rows", int), ("micro_rows", int), ("context", int), ("device", str),
    ("valid_minutes", float), ("patience", int),
)  # fmt: skip


def run_training(
    config: RunConfig,
    *,
    output: str | Path,
    shards: str | Path | None = None,
    prepared: str | Path | None = None,
    start: str | Path | None = None,
    on_judge: Callable[[int, nn.Module], None] | None = None,
) -> Outcome:
    """Return how a run on a corpus, or on prepared rows, ended.

    Parameters
    ----------
    config : RunConfig
    output : str or Path
        Folder of the run.
    shards : str, Path or None
        A built corpus; its splits ``train`` and ``valid`` are used.
    prepared : str, Path or None
        A folder that `prepare_rows` wrote; one of the two must be given.
    start : str, Path or None
        Weights to begin from.
    on_judge : callable or None
        Called with step and mean model after each validation.

    Raises
    ------
    CorpusError
        There are no rows to train on.

    Examples
    --------
    >>> run_training(RunConfig(), shards="nowhere", output="run")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    source: Source
    valid: Any
    facts: dict[str, Any] = {}
    if takes_phrases(config):
        place = Path(prepared or output)
        if prepared is None:
            facts = prepare_family(shards or "", output, config=config)
        source, valid, told = open_family(config, place)
        facts |= told
    elif prepared is not None:
        place = Path(prepared)
        paths = list(place.glob("train-*.npz"))
        source = PreparedRows(paths, context=config.context, seed=config.seed, config=config.draw)
        valid = load_valid(place / "valid.npz", context=config.context)
    else:
        split = open_shards(shards or "", "train")
        source = CorpusRows(split, context=config.context, config=config.draw, seed=config.seed)
        facts = {"corpus": {"sources": list(split.sources), "n_pieces": len(split)}}
        valid = build_valid(
            open_shards(shards or "", "valid"),
            context=config.context,
            n_windows=config.valid_windows,
        )
    return train(
        config, source, folder=output, valid=valid, start=start, facts=facts, on_judge=on_judge
    )


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m motet.train", description=__doc__)
    parser.add_argument("--config", help="TOML file of RunConfig")
    parser.add_argument("--shards", help="folder of a built corpus")
    parser.add_argument("--prepared", help="folder of prepared rows")
    parser.add_argument("--output", required=True, help="folder of the run, or of prepared rows")
    parser.add_argument("--start", help="weights to begin from")
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction)
    parser.add_argument(
        "--prepare", type=int, metavar="ROWS", help="write so many rows or phrases and end"
    )
    for name, kind in _OPTIONS:
        parser.add_argument(f"--{name.replace('_', '-')}", type=kind)
    return parser.parse_args(arguments)


def run_command(arguments: Sequence[str]) -> int:
    """Return the exit code of ``python -m motet.train`` with these arguments.

    Examples
    --------
    >>> run_command(["--shards", "nowhere", "--output", "run"])
    4
    """
    said = _parse(arguments)
    try:
        config = load_config(said.config) if said.config else RunConfig()
        named = {name: getattr(said, name) for name, _ in (*_OPTIONS, ("bf16", bool))}
        config = replace(config, **{k: v for k, v in named.items() if v is not None})
        if said.prepare:
            write = prepare_family if takes_phrases(config) else prepare_rows
            facts = write(said.shards or "", said.output, config=config, n_rows=said.prepare)
            sys.stdout.write(json.dumps(facts) + "\n")
        else:
            run_training(
                config,
                output=said.output,
                shards=said.shards,
                prepared=said.prepared,
                start=said.start,
            )
    except MotetError as error:
        sys.stderr.write(error.localised(choose_language(os.environ.get("LANG"))) + "\n")
        return error.exit_code
    return 0
