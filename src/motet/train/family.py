"""What a run of a family that takes phrases is given: its files of phrases, training and held out.

Conventions: a folder, the run's own or a prepared one, holds ``phrases-train.npz`` and
``phrases-valid.npz``; they are cut out of the corpus once for the same options.

Offers `takes_phrases`, `prepare_family`, `open_family`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

from motet.corpus.shards import open_shards
from motet.models.registry import MODEL_FAMILIES, find_config, load_plugin
from motet.phrases.kinds import Batch, find_kind
from motet.train.config import RunConfig
from motet.train.data import Split
from motet.train.phrases import PhraseRows, load_phrases, prepare_phrases, sample_phrases

__all__ = ["cut_phrases", "open_family", "prepare_family", "takes_phrases"]

_FILES: Final = {"train": "phrases-train.npz", "valid": "phrases-valid.npz"}


def takes_phrases(config: RunConfig) -> bool:
    """Return whether the family of a run takes phrases, and no tokens.

    Raises
    ------
    ParameterError
        There is no such family.

    Examples
    --------
    >>> takes_phrases(RunConfig())
    False
    """
    if config.plugin:
        load_plugin(config.plugin)
    find_config(config.family, config.size, **config.model)
    return MODEL_FAMILIES[config.family].takes not in ("tokens", "rolls")


def prepare_family(config: RunConfig, shards: str | Path, folder: str | Path) -> dict[str, Any]:
    """Return what is told of the corpus, once the phrases of both splits lie in a folder.

    Parameters
    ----------
    config : RunConfig
    shards : str or Path
        A built corpus.
    folder : str or Path

    Raises
    ------
    CorpusError
        There is no corpus, or it has no such phrase.

    Examples
    --------
    >>> prepare_family(RunConfig(family="rnn", size="tiny"), "nowhere", "run")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    splits = {name: open_shards(shards, name) for name in _FILES}
    corpus = {"sources": list(splits["train"].sources), "n_pieces": len(splits["train"])}
    cut_phrases(config, splits["train"], splits["valid"], folder)
    return {"corpus": corpus}


def cut_phrases(
    config: RunConfig, train: Split, valid: Split, folder: str | Path
) -> tuple[Path, Path]:
    """Return the files of phrases of two splits; valid pieces are an eighth where pieces are limited.

    Examples
    --------
    >>> cut_phrases.__name__
    'cut_phrases'
    """
    kind = find_kind(MODEL_FAMILIES[config.family].takes)
    made = []
    for name, split in (("train", train), ("valid", valid)):
        most = (
            config.pieces if name == "train" else max(1, config.pieces // 8) * bool(config.pieces)
        )
        made.append(
            prepare_phrases(
                split, kind, config.data, Path(folder) / _FILES[name], pieces=most, say=_say
            )
        )
    return made[0], made[1]


def _say(text: str) -> None:
    sys.stderr.write(f"phrases: {text}\n")
    sys.stderr.flush()


def open_family(config: RunConfig, folder: str | Path) -> tuple[PhraseRows, Batch]:
    """Return the rows of a run, and the phrases that it is judged by.

    Raises
    ------
    CorpusError
        The files are not there, or damaged.

    Examples
    --------
    >>> open_family(RunConfig(family="rnn", size="tiny"), "nowhere")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere/phrases-train.npz: cannot read the phrases: ...
    """
    takes = MODEL_FAMILIES[config.family].takes
    rows = PhraseRows(Path(folder) / _FILES["train"], kind=takes, seed=config.seed)
    held_out = load_phrases(Path(folder) / _FILES["valid"])
    return rows, sample_phrases(held_out, config.valid_windows)
