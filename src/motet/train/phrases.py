"""Phrases to train on: cut out of a corpus once, kept in a file, drawn by step.

Conventions: a file holds the arrays of a kind of phrase, first axis phrases, and the weight of each; phrases
of a piece share the piece's weight, so that styles are balanced. Step s draws from a random generator of
its own, so a run that resumes sees what it would have seen. Training from a file needs torch and NumPy
alone.

Offers `prepare_phrases`, `load_phrases`, `sample_phrases`, `pack_phrases`, `PhraseRows`.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import CorpusError
from motet.phrases.kinds import Batch, PhraseKind, find_kind, read_options
from motet.train.data import Split

__all__ = [
    "PhraseRows",
    "load_phrases",
    "pack_phrases",
    "plain_options",
    "prepare_phrases",
    "sample_phrases",
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
        "options": plain_options(read_options(kind, options)),
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
    _write(place, whole, _cap(np.array(weights)), told)
    return place


def plain_options(options: Any) -> dict[str, Any]:
    """Return the options of a kind of phrase as JSON gives them back.

    Examples
    --------
    >>> plain_options({"bars": (1, 2)})
    {'bars': [1, 2]}
    """
    values = asdict(options) if hasattr(options, "__dataclass_fields__") else dict(options)
    found: dict[str, Any] = json.loads(json.dumps(values))
    return found


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
    share: npt.NDArray[np.float32] = (capped / capped.sum()).astype(np.float32)
    return share


def _write(
    path: Path, arrays: Batch, weights: Any, facts: Mapping[str, Any], *, is_packed: bool = False
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
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
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
        with Path(path).open("rb") as stream, np.load(stream, allow_pickle=False) as file:
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
        self.facts: dict[str, Any] = _read_facts(Path(path)) or {}
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


def pack_phrases(path: str | Path, output: str | Path, *, n_phrases: int, seed: int = 0) -> int:
    """Return how many phrases of a file were put into another, compressed: to be carried elsewhere.

    Parameters
    ----------
    path, output : str or Path
        They may be the same.
    n_phrases : int, > 0
        At most so many, drawn by their weights.
    seed : int

    Raises
    ------
    CorpusError
        The first is missing or damaged, or the second cannot be written.

    Examples
    --------
    >>> pack_phrases("missing.npz", "packed.npz", n_phrases=9)
    Traceback (most recent call last):
    ...
    motet.errors.CorpusError: missing.npz: cannot read the phrases: ...; prepare them again
    """
    arrays, facts = load_phrases(path), _read_facts(Path(path))
    weights = arrays.pop(_WEIGHT).astype(np.float64)
    chance = weights / weights.sum()
    count = min(n_phrases, int((weights > 0).sum()))
    rng = np.random.default_rng(seed)
    at = np.sort(rng.choice(len(weights), count, replace=False, p=chance))
    share = chance[at] / np.minimum(1.0, count * chance[at])
    kept = {name: one[at] for name, one in arrays.items()}
    _write(Path(output), kept, _cap(share), facts, is_packed=True)
    return count
