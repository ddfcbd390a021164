"""Checkpoints, from which a run goes on as if it had never stopped, and weights, for everything else.

Conventions: every file is written under another name, flushed, and then moved into place; two full
checkpoints take turns, so one whole is always there. Weights are fp16 in an ``.npz`` without pickles,
with the model's config as JSON under ``config``; large ones are cut into numbered shards.

Offers `save_checkpoint`, `load_checkpoint`, `save_weights`, `load_weights`, `save_weight_shards`.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from motet.errors import BundleError, ParameterError

__all__ = [
    "SHARD_BYTES",
    "load_checkpoint",
    "load_weights",
    "save_checkpoint",
    "save_weight_shards",
    "save_weights",
]

SHARD_BYTES: Final = 15 * 2**20
_NAMES: Final = ("checkpoint-0.pt", "checkpoint-1.pt")


def _write(path: Path, fill: Callable[[IO[bytes]], None]) -> None:
    """Write a file whole or not at all."""
    draft = path.with_name(f".{path.name}.part")
    try:
        with draft.open("wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise ParameterError(
            f"cannot write {str(path)!r}: {error.strerror}; choose a folder that is yours",
            zh=f"无法写入 {str(path)!r}:{error.strerror};请选择可写的文件夹",
        ) from error


def save_checkpoint(folder: Path, state: Mapping[str, Any]) -> Path:
    """Return the file that now holds a run's whole state; the one before it stays.

    Parameters
    ----------
    folder : Path
    state : mapping
        Tensors and plain values, with ``step``.

    Examples
    --------
    >>> save_checkpoint(Path("."), {"step": 7}).name
    'checkpoint-0.pt'
    """
    steps = {name: _step_of(folder / name) for name in _NAMES}
    path = folder / min(_NAMES, key=lambda name: steps[name])
    _write(path, lambda file: torch.save(dict(state), file))
    return path


def _step_of(path: Path) -> float:
    """Return the time of a checkpoint file, less than any when there is none."""
    return path.stat().st_mtime_ns if path.is_file() else -1


def load_checkpoint(folder: Path) -> dict[str, Any] | None:
    """Return the newest whole state in a folder, or None.

    Parameters
    ----------
    folder : Path
        A damaged file is passed over for the one before it.

    Examples
    --------
    >>> _ = save_checkpoint(Path("."), {"step": 7})
    >>> load_checkpoint(Path("."))
    {'step': 7}
    """
    found: list[dict[str, Any]] = []
    for name in _NAMES:
        path = folder / name
        if path.is_file():
            try:
                found.append(torch.load(path, map_location="cpu", weights_only=True))
            except (OSError, RuntimeError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
                continue
    return max(found, key=lambda state: int(state["step"]), default=None)


def _weights_bytes(weights: Mapping[str, npt.NDArray[Any]], config: Mapping[str, Any]) -> bytes:
    buffer = io.BytesIO()
    arrays = {name: np.asarray(array, np.float16) for name, array in weights.items()}
    np.savez(buffer, allow_pickle=False, config=np.array(json.dumps(dict(config))), **arrays)
    return buffer.getvalue()


def save_weights(
    path: str | Path, model: Mapping[str, Tensor | npt.NDArray[Any]], config: Mapping[str, Any]
) -> None:
    """Write weights as fp16, with the config that builds the model.

    Parameters
    ----------
    path : str or Path
        An ``.npz`` file.
    model : mapping of name to tensor or array
        A state_dict, or the mean weights.
    config : mapping
        ``family``, the model's ``config`` and what else is worth keeping; plain values.

    Raises
    ------
    ParameterError
        The file cannot be written.

    Examples
    --------
    >>> save_weights("weights.npz", {"a": np.ones((2, 3))}, {"width": 3})
    >>> load_weights("weights.npz")[0]
    {'width': 3}
    """
    data = _weights_bytes(_to_arrays(model), config)
    _write(Path(path), lambda file: _put(file, data))


def _put(file: IO[bytes], data: bytes) -> None:
    file.write(data)


def _to_arrays(model: Mapping[str, Tensor | npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    return {
        name: one.detach().float().cpu().numpy() if isinstance(one, Tensor) else one
        for name, one in model.items()
    }


def save_weight_shards(
    folder: str | Path,
    model: Mapping[str, Tensor | npt.NDArray[Any]],
    config: Mapping[str, Any],
    *,
    max_bytes: int = SHARD_BYTES,
) -> list[Path]:
    """Return the files, each at most so large, that now hold the weights as fp16.

    Parameters
    ----------
    folder : str or Path
        Made when it is missing; files are ``weights-0001.npz`` and so on.
    model, config
        As for `save_weights`; each file holds the config.
    max_bytes : int

    Raises
    ------
    ParameterError
        One matrix alone is larger, or a file cannot be written.

    Examples
    --------
    >>> paths = save_weight_shards("shards", {"a": np.ones((2, 3)), "b": np.ones(4)}, {})
    >>> [path.name for path in paths]
    ['weights-0001.npz']
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for old in place.glob("weights-*.npz"):
        old.unlink()
    groups: list[dict[str, npt.NDArray[Any]]] = [{}]
    room = max_bytes - 65536
    used = 0
    for name, array in _to_arrays(model).items():
        size = 2 * array.size + 512
        if size > room:
            raise ParameterError(
                f"{name} takes {size} bytes, more than a shard of {max_bytes}",
                zh=f"{name} 需 {size} 字节,超过每片 {max_bytes} 字节",
            )
        if used + size > room:
            groups.append({})
            used = 0
        groups[-1][name] = array
        used += size
    paths = []
    for number, group in enumerate(groups, start=1):
        path = place / f"weights-{number:04d}.npz"
        save_weights(path, group, {**config, "shard": number, "n_shards": len(groups)})
        paths.append(path)
    return paths


def load_weights(path: str | Path) -> tuple[dict[str, Any], dict[str, npt.NDArray[np.float32]]]:
    """Return the config and the weights of a file, or of a folder of shards.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    dict, and dict of name to float32 array

    Raises
    ------
    BundleError
        A file is missing, damaged, or a shard is not there.

    Examples
    --------
    >>> save_weights("weights.npz", {"a": np.ones((2, 3))}, {})
    >>> load_weights("weights.npz")[1]["a"].dtype
    dtype('float32')
    """
    place = Path(path)
    files = sorted(place.glob("weights-*.npz")) if place.is_dir() else [place]
    config: dict[str, Any] = {}
    weights: dict[str, npt.NDArray[np.float32]] = {}
    try:
        for one in files:
            with one.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
                config = json.loads(str(stored["config"]))
                for name in stored.files:
                    if name != "config":
                        weights[name] = stored[name].astype(np.float32)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise BundleError(
            f"cannot read weights: {error}", zh=f"无法读取权重:{error}", path=str(place)
        ) from error
    expected = int(config.get("n_shards", 1))
    if not weights or (place.is_dir() and len(files) != expected):
        raise BundleError(
            f"{len(files)} of {expected} weight shards are here",
            zh=f"应有 {expected} 个权重分片,现有 {len(files)} 个",
            path=str(place),
        )
    return config, weights
