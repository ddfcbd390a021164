"""What a run of a family that takes phrases is given: its files of phrases, training and held out.

Conventions: a folder, the run's own or a prepared one, holds ``phrases-train.npz`` and
``phrases-valid.npz``; they are cut out of the corpus once for the same options.

Offers `takes_phrases`, `prepare_family`, `open_family`.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any, Final

from motet.corpus.shards import open_shards
from motet.errors import CorpusError
from motet.models.registry import find_config, find_family, load_plugin
from motet.phrases.kinds import Batch, find_kind, read_options
from motet.train.config import RunConfig
from motet.train.data import Split
from motet.train.phrases import (
    PhraseRows,
    load_phrases,
    pack_phrases,
    plain_options,
    prepare_phrases,
    sample_phrases,
)

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
    return find_family(config.family).takes not in ("tokens", "rolls")


def prepare_family(
    shards: str | Path, folder: str | Path, *, config: RunConfig, n_rows: int = 0
) -> dict[str, Any]:
    """Return what is told of the corpus, once the phrases of both splits lie in a folder.

    Parameters
    ----------
    shards : str or Path
        A built corpus.
    folder : str or Path
    config : RunConfig
    n_rows : int
        Above 0, at most so many phrases are kept, drawn by their weights, and packed: to be carried to
        a machine that has no corpus.

    Raises
    ------
    CorpusError
        There is no corpus, or it has no such phrase.

    Examples
    --------
    >>> prepare_family("nowhere", "run", config=RunConfig(family="vae", size="tiny"))
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    splits = {name: open_shards(shards, name) for name in _FILES}
    corpus = {"sources": list(splits["train"].sources), "n_pieces": len(splits["train"])}
    mark = hashlib.sha256(json.dumps(splits["train"].facts, sort_keys=True).encode()).hexdigest()
    made = cut_phrases(config, splits["train"], splits["valid"], folder, mark=mark[:12])
    if not n_rows:
        return {"corpus": corpus}
    kept = [pack_phrases(path, path, n_phrases=n_rows, seed=config.seed) for path in made]
    facts = {
        "format": 1,
        "corpus": corpus,
        "n_rows": kept[0],
        "n_valid_rows": kept[1],
        "n_bytes": sum(path.stat().st_size for path in made),
        "config": config.to_dict(),
    }
    told = json.dumps(facts, indent=1) + "\n"
    (Path(folder) / "prepared.json").write_text(told, encoding="utf-8")
    return facts


def cut_phrases(
    config: RunConfig, train: Split, valid: Split, folder: str | Path, *, mark: str = ""
) -> tuple[Path, Path]:
    """Return the files of phrases of two splits; valid pieces are an eighth where pieces are limited.

    Parameters
    ----------
    config : RunConfig
    train, valid : Split
    folder : str or Path
    mark : str
        Tells one corpus from another: phrases of another mark are cut anew.

    Examples
    --------
    >>> cut_phrases.__name__
    'cut_phrases'
    """
    kind = find_kind(find_family(config.family).takes)
    made = []
    for name, split in (("train", train), ("valid", valid)):
        most = (
            config.pieces if name == "train" else max(1, config.pieces // 8) * bool(config.pieces)
        )
        made.append(
            prepare_phrases(
                split,
                kind,
                config.data,
                Path(folder) / _FILES[name],
                pieces=most,
                facts={"corpus": mark},
                say=_say,
            )
        )
    return made[0], made[1]


def _say(text: str) -> None:
    sys.stderr.write(f"phrases: {text}\n")
    sys.stderr.flush()


def open_family(
    config: RunConfig, folder: str | Path
) -> tuple[PhraseRows, Batch | None, dict[str, Any]]:
    """Return the rows of a run, the phrases that it is judged by, and what weights should tell of them.

    Raises
    ------
    CorpusError
        The files are not there, damaged, or were cut for another model.

    Examples
    --------
    >>> open_family(RunConfig(family="vae", size="tiny"), "nowhere")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere/phrases-train.npz: cannot read the phrases: ...
    """
    takes = find_family(config.family).takes
    path = Path(folder) / _FILES["train"]
    rows = PhraseRows(path, kind=takes, seed=config.seed)
    options = plain_options(read_options(find_kind(takes), config.data))
    if (rows.facts["kind"], rows.facts["options"]) != (takes, options):
        raise CorpusError(
            f"these phrases are not of kind {takes} with {options}; prepare them again",
            zh=f"这些乐句不是 {options} 的 {takes} 类;请重新准备",
            path=str(path),
        )
    facts = {"data": options, "n_phrases": len(rows)}
    if not config.valid_windows:
        return rows, None, facts
    held_out = load_phrases(Path(folder) / _FILES["valid"])
    return rows, sample_phrases(held_out, config.valid_windows), facts
