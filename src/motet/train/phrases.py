"""Phrases to train on: cut out of a corpus once, kept in a file, drawn by step.

Conventions: a file holds the arrays of a kind of phrase, first axis phrases, and the weight of each; phrases
of a piece share the piece's weight, so that styles are balanced. Step s draws from a random generator of
its own, so a run that resumes sees what it would have seen. Training from a file needs torch and NumPy
alone.

Offers `open_phrases`, `write_phrases`, `PhraseRows`, `prepare_phrases`, `load_phrases`, `sample_phrases`.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.corpus.shards import Shards, open_shards
from motet.errors import CorpusError
from motet.models.registry import find_family
from motet.phrases.kinds import Batch, PhraseKind, find_kind, read_options
from motet.train.config import RunConfig
from motet.train.data import Split

__all__ = [
    "OpenPhrases",
    "PhraseRows",
    "load_phrases",
    "open_phrases",
    "prepare_phrases",
    "sample_phrases",
    "write_phrases",
]

_WEIGHT: Final = "weight_of_phrase"
_MOST_WEIGHT: Final = 8.0  # times the mean


def prepare_phrases(
    split: Split,
    kind: PhraseKind,
    options: Mapping[str, Any],
    path: str | Path,
    *,
    pieces: int = 0,
    seed: int = 0,
    is_packed: bool = False,
    facts: Mapping[str, Any] | None = None,
    say: Callable[[str], None] | None = None,
) -> Path:
    """Return the file that holds the phrases of a split, written now unless it is there already.

    Parameters
    ----------
    split : Split
        Of a built corpus, or `Pieces`.
    kind : PhraseKind
    options : mapping
        Options of the kind.
    path : str or Path
        ``.npz``; one that was made of other options or pieces is written anew.
    pieces : int
        Most pieces, drawn by their weights; 0 is all.
    seed : int
    is_packed : bool
        Compressed, to be carried elsewhere.
    facts : mapping, optional
        What else tells the corpus apart.
    say : callable, optional
        Told how it goes.

    Raises
    ------
    CorpusError
        No piece has a phrase of this kind, or the file cannot be written.

    Examples
    --------
    >>> from motet.score import make_score
    >>> from motet.tokens import score_to_grid
    >>> from motet.train.pieces import Pieces
    >>> def cut(grid, options):
    ...     return [{"pitches": grid.notes["pitch"][:4].astype(np.int16)}]
    >>> from motet.train.draw import DrawConfig
    >>> kind = PhraseKind(name="first", options=DrawConfig, extract=cut, vary=lambda batch, rng: batch)
    >>> pieces = Pieces([score_to_grid(make_score("C4:1 D4:1 E4:1 F4:1")).grid])
    >>> path = prepare_phrases(pieces, kind, {}, "first.npz")
    >>> load_phrases(path)["pitches"].shape
    (1, 4)
    """
    place = Path(path)
    told = {
        "kind": kind.name,
        "options": _plain(read_options(kind, options)),
        "split": split.split,
        "n_pieces": len(split),
        "pieces": pieces,
        "seed": seed,
        "code": _hash_code(kind),
        **(facts or {}),
    }
    if place.is_file() and _read_facts(place) == json.loads(json.dumps(told)):
        return place
    asked = read_options(kind, options)
    arrays: dict[str, list[npt.NDArray[Any]]] = {}
    weights: list[float] = []
    of_piece = split.draw_weights()
    chosen = _choose(of_piece, pieces, seed)
    is_all = len(chosen) >= np.count_nonzero(of_piece)
    for done, index in enumerate(chosen.tolist(), start=1):
        found = kind.extract(split[index], asked)
        chance = 1.0 if is_all else min(1.0, len(chosen) * float(of_piece[index]))
        weights += [float(of_piece[index]) / chance / max(1, len(found))] * len(found)
        for name in found[0] if found else ():
            arrays.setdefault(name, []).append(np.stack([one[name] for one in found]))
        if say is not None and (done % 500 == 0 or done == len(chosen)):
            say(f"{split.split}: {done} of {len(chosen)} pieces, {len(weights)} phrases")
    if not weights:
        raise CorpusError(
            f"no piece of this split has a phrase of kind {kind.name} with {dict(options)}",
            zh=f"这一部分中没有符合 {dict(options)} 的 {kind.name} 类乐句",
        )
    whole = {name: np.concatenate(many) for name, many in arrays.items()}
    _write(place, whole, _cap(np.array(weights)), told, is_packed=is_packed)
    return place


def _plain(options: Any) -> Any:
    return asdict(options) if hasattr(options, "__dataclass_fields__") else dict(options)


def _hash_code(kind: PhraseKind) -> str:
    """Return what tells one way of cutting phrases from another: its code."""
    path = getattr(sys.modules.get(kind.extract.__module__), "__file__", None)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12] if path else ""


def _choose(weights: npt.NDArray[np.float64], pieces: int, seed: int) -> npt.NDArray[np.int64]:
    """Return the pieces to cut up, in order."""
    usable = np.flatnonzero(weights > 0)
    if not pieces or pieces >= len(usable):
        return usable
    rng = np.random.default_rng(seed)
    chance = weights[usable] / weights[usable].sum()
    return np.sort(rng.choice(usable, pieces, replace=False, p=chance))


def _cap(weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """Return the weights of phrases, none so large that a run would see it over and over."""
    capped = np.minimum(weights, _MOST_WEIGHT * weights.mean())
    return (capped / capped.sum()).astype(np.float32)


def _write(
    path: Path, arrays: Batch, weights: Any, facts: Mapping[str, Any], *, is_packed: bool
) -> None:
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as stream:
            save = np.savez_compressed if is_packed else np.savez
            told = np.array(json.dumps(facts))
            save(stream, allow_pickle=False, facts=told, **{_WEIGHT: weights}, **arrays)
        draft.replace(path)
    except OSError as error:
        raise CorpusError(
            f"cannot write the phrases: {error.strerror}; choose a folder that is yours",
            zh=f"无法写入乐句:{error.strerror};请选择可写的文件夹",
            path=str(path),
        ) from error


def _read_facts(path: Path) -> Any:
    try:
        with np.load(path, allow_pickle=False) as file:
            return json.loads(str(file["facts"]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def load_phrases(path: str | Path) -> Batch:
    """Return the arrays of a file of phrases, their weights under ``weight_of_phrase``.

    Raises
    ------
    CorpusError
        It is missing or damaged.

    Examples
    --------
    >>> load_phrases("missing.npz")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: missing.npz: cannot read the phrases: ...; prepare them again
    """
    try:
        with np.load(Path(path), allow_pickle=False) as file:
            return {name: file[name] for name in file.files if name != "facts"}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise CorpusError(
            f"cannot read the phrases: {error}; prepare them again",
            zh=f"无法读取乐句:{error};请重新准备",
            path=str(path),
        ) from error


def sample_phrases(arrays: Batch, n: int, *, seed: int = 0) -> Batch:
    """Return so many phrases, drawn once by their weights, without the weights: to measure on.

    Examples
    --------
    >>> arrays = {"a": np.arange(5), "weight_of_phrase": np.ones(5, np.float32)}
    >>> sample_phrases(arrays, 9)["a"].tolist()
    [0, 1, 2, 3, 4]
    """
    weights = arrays[_WEIGHT].astype(np.float64)
    rng = np.random.default_rng(seed)
    count = min(n, int((weights > 0).sum()))
    at = np.sort(rng.choice(len(weights), count, replace=False, p=weights / weights.sum()))
    return {name: one[at] for name, one in arrays.items() if name != _WEIGHT}


class PhraseRows:
    """Phrases drawn by step.

    Parameters
    ----------
    path : str or Path
        File of `prepare_phrases`.
    kind : str
    seed : int

    Examples
    --------
    >>> PhraseRows("missing.npz", kind="steps", seed=0)
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: missing.npz: cannot read the phrases: ...; prepare them again
    """

    context = 1

    def __init__(self, path: str | Path, *, kind: str, seed: int) -> None:
        self._arrays = load_phrases(path)
        self._edges = np.cumsum(self._arrays.pop(_WEIGHT).astype(np.float64))
        self._kind, self._seed = find_kind(kind), seed

    def __len__(self) -> int:
        return len(self._edges)

    def rows(self, step: int, n_rows: int) -> Any:
        """Return the phrases of a step, varied, as a dict of arrays."""
        rng = np.random.default_rng((self._seed, step))
        drawn = rng.random(n_rows) * self._edges[-1]
        at = np.minimum(np.searchsorted(self._edges, drawn, side="right"), len(self._edges) - 1)
        return self._kind.vary({name: one[at] for name, one in self._arrays.items()}, rng)


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class OpenPhrases:
    """What a run on phrases needs: rows by step, phrases held out, and what to write beside weights."""

    rows: PhraseRows
    valid: Batch | None
    facts: dict[str, Any]


def open_phrases(
    config: RunConfig,
    *,
    shards: str | Path | None = None,
    prepared: str | Path | None = None,
    beside: str | Path = ".",
    say: Callable[[str], None] | None = None,
) -> OpenPhrases:
    """Return the phrases that a run learns from, cut out of a corpus at its first start.

    Parameters
    ----------
    config : RunConfig
        Of a family that takes phrases.
    shards : str, Path or None
        A built corpus. What is cut out lies in the folder ``phrases`` beside the run's own, for every
        run that asks for the same.
    prepared : str, Path or None
        A folder that `write_phrases` wrote; then no corpus is needed.
    beside : str or Path
        Folder of the run.
    say : callable or None
        Told how it goes; None says it on standard error.

    Raises
    ------
    CorpusError
        There are no phrases.

    Examples
    --------
    >>> config = RunConfig(family="vae", size="melody-2", data={"bars": 2, "content": "melody"})
    >>> open_phrases(config, shards="nowhere")
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    kind = find_kind(find_family(config.family).takes)
    options = _plain(read_options(kind, config.data))
    facts: dict[str, Any] = {"data": options}
    if prepared is not None:
        files = {name: Path(prepared) / f"{name}-phrases.npz" for name in ("train", "valid")}
        _check_facts(files["train"], kind.name, options)
    else:
        splits = {name: open_shards(shards or "", name) for name in ("train", "valid")}
        files = {
            name: _cut(config, split, Path(beside).resolve().parent / "phrases", say)
            for name, split in splits.items()
        }
        first = splits["train"]
        facts["corpus"] = {"sources": list(first.sources), "n_pieces": len(first)}
    rows = PhraseRows(files["train"], kind=kind.name, seed=config.seed)
    facts["n_phrases"] = len(rows)
    valid = None
    if files["valid"].is_file() and config.valid_windows:
        valid = sample_phrases(load_phrases(files["valid"]), config.valid_windows)
    return OpenPhrases(rows=rows, valid=valid, facts=facts)


def _cut(config: RunConfig, split: Shards, folder: Path, say: Callable[[str], None] | None) -> Path:
    """Return the file of a split's phrases in a folder that runs share."""
    kind = find_kind(find_family(config.family).takes)
    asked = json.dumps([config.data, config.pieces, config.seed, str(split.folder.resolve())])
    mark = hashlib.sha256(asked.encode()).hexdigest()[:8]
    return prepare_phrases(
        split,
        kind,
        config.data,
        folder / f"{kind.name}-{mark}-{split.split}.npz",
        pieces=config.pieces,
        seed=config.seed,
        say=say or _tell,
    )


def _tell(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _check_facts(path: Path, kind: str, options: Mapping[str, Any]) -> None:
    """Refuse phrases that were cut for another model."""
    facts = _read_facts(path)
    if facts is None:
        load_phrases(path)
    if facts is None or facts["kind"] != kind or facts["options"] != options:
        raise CorpusError(
            f"these phrases are not of kind {kind} with {options}; prepare them again",
            zh=f"这些乐句不是 {options} 的 {kind} 类;请重新准备",
            path=str(path),
        )


def write_phrases(
    shards: str | Path, output: str | Path, *, config: RunConfig, n_phrases: int
) -> dict[str, Any]:
    """Return what was written: phrases of a corpus for a machine that has none, packed.

    Parameters
    ----------
    shards : str or Path
        A built corpus.
    output : str or Path
        Folder to write to.
    config : RunConfig
        Of a family that takes phrases.
    n_phrases : int
        Most of them, drawn by their weights.

    Examples
    --------
    >>> config = RunConfig(family="vae", size="melody-2", data={"bars": 2, "content": "melody"})
    >>> write_phrases("nowhere", "out", config=config, n_phrases=9)
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: nowhere: there is no built corpus here; motet corpus build writes one
    """
    folder = Path(output)
    told: dict[str, Any] = {"format": 1, "config": config.to_dict()}
    for name in ("train", "valid"):
        path = _cut(config, open_shards(shards, name), folder / "whole", None)
        arrays, facts = load_phrases(path), _read_facts(path)
        weights = arrays.pop(_WEIGHT)
        rng = np.random.default_rng(config.seed)
        chosen = np.arange(len(weights))
        if len(weights) > n_phrases:
            chance = weights.astype(np.float64) / weights.sum(dtype=np.float64)
            chosen = np.sort(rng.choice(len(weights), n_phrases, replace=False, p=chance))
            inclusion = np.minimum(1.0, n_phrases * chance[chosen])
            weights = (chance[chosen] / inclusion).astype(np.float32)
        kept = {key: one[chosen] for key, one in arrays.items()}
        _write(folder / f"{name}-phrases.npz", kept, weights, facts, is_packed=True)
        path.unlink()
        told[f"n_{name}"] = len(chosen)
    (folder / "whole").rmdir()
    told["n_bytes"] = sum(path.stat().st_size for path in folder.glob("*-phrases.npz"))
    (folder / "prepared.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return told
