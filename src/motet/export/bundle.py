"""Weights into a bundle: a folder that the engine loads, whole or not at all.

Conventions: the same weights, bits and card give the same bytes; nothing in a bundle depends on when
or where it was written.

Offers `read_weights`, `write_bundle`, `add_facts`.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from motet.errors import BundleError, ParameterError
from motet.export.card import Card, tell_card
from motet.export.graph import build_graph, read_shape
from motet.tokens.vocab import POSITIONS_PER_QN, VOCAB_SIZE, vocab_hash

__all__ = ["add_facts", "read_weights", "write_bundle"]

_FORMAT: Final = 1
_CONTEXT: Final = 2048


def read_weights(path: str | Path) -> tuple[dict[str, Any], dict[str, npt.NDArray[np.float32]]]:
    """Return the configuration and the weights of a weights file.

    Parameters
    ----------
    path : str or Path
        ``weights.npz`` as training writes it.

    Returns
    -------
    dict, dict of str to float32

    Raises
    ------
    BundleError
        It cannot be read, or holds no configuration.

    Examples
    --------
    >>> read_weights("missing.npz")
    Traceback (most recent call last):
    motet.errors.BundleError: missing.npz: the weights cannot be read: ...
    """
    try:
        with Path(path).open("rb") as stream:
            if not zipfile.is_zipfile(stream):
                raise ValueError("it is no npz archive")
            with np.load(stream, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
        config = json.loads(str(arrays.pop("config")))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise BundleError(
            f"the weights cannot be read: {error}; give the weights.npz of a training run",
            zh=f"无法读取权重:{error};请给出训练得到的 weights.npz",
            path=str(path),
        ) from error
    # Training keeps the sizes of the model in a table of their own, beside its recipe.
    if isinstance(config.get("config"), dict):
        config = {**config, **config["config"]}
    return config, {name: value.astype(np.float32) for name, value in arrays.items()}


def write_bundle(
    weights_path: str | Path,
    folder: str | Path,
    *,
    bits: int = 8,
    context: int | None = None,
    card: Card | None = None,
) -> Path:
    """Return the folder of a bundle made from a weights file.

    Parameters
    ----------
    weights_path : str or Path
        ``weights.npz``.
    folder : str or Path
        Written anew; a bundle that is there is replaced, any other folder refused.
    bits : int
        4, 8 or 32 a weight; 8 or 32 where the family is not the Transformer.
    context : int, tokens, optional
        Longest document of training; else what the weights say, else 2,048. For a Transformer only.
    card : Card, optional
        What the bundle says of itself, over what the weights say of their training.

    Returns
    -------
    Path

    Raises
    ------
    BundleError
        The weights cannot be read or do not fit.
    ParameterError
        Another number of bits, or the folder holds something else.

    Examples
    --------
    >>> write_bundle("missing.npz", "out")
    Traceback (most recent call last):
    motet.errors.BundleError: missing.npz: the weights cannot be read: ...
    """
    folder = Path(folder)
    if folder.exists() and not (folder / "bundle.json").is_file() and any(folder.iterdir()):
        raise ParameterError(
            f"the folder {str(folder)!r} holds something else than a bundle; give a new folder",
            zh=f"文件夹 {str(folder)!r} 中不是模型包;请给出新的文件夹",
        )
    config, weights = read_weights(weights_path)
    stated = config.get("recipe")
    recipe: dict[str, Any] = stated if isinstance(stated, dict) else {}
    family = str(config.get("family", "transformer"))
    blobs, facts, measured = _build(family, config, weights, bits=bits, path=weights_path)
    contract = {
        "format": _FORMAT,
        "family": family,
        "size": str(config.get("size", "custom")),
        "bits": bits,
        "context": int(context or recipe.get("context", _CONTEXT)) if "inputs" in facts else 0,
        "n_parameters": int(sum(weight.size for weight in weights.values())),
        "vocab_hash": vocab_hash(),
        "positions_per_qn": POSITIONS_PER_QN,
        **facts,
        "files": {
            name: {"sha256": hashlib.sha256(blob).hexdigest(), "bytes": len(blob)}
            for name, blob in blobs.items()
        },
        **_merge(_tell_training(config, recipe), asdict(card or Card())),
    }
    if measured:
        contract = _merge(contract, {"quality": {"difference_from_weights": measured}})
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(mkdtemp(dir=folder.parent, prefix=f".{folder.name}-"))
    try:
        for name, blob in blobs.items():
            (draft / name).write_bytes(blob)
        _write_contract(draft, contract, name=folder.name)
        draft.chmod(0o755)
        if folder.exists():
            shutil.rmtree(folder)
        draft.replace(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def _build(
    family: str,
    config: Mapping[str, Any],
    weights: Mapping[str, npt.NDArray[np.float32]],
    *,
    bits: int,
    path: str | Path,
) -> tuple[dict[str, bytes], dict[str, Any], dict[str, float]]:
    """Return the files of a bundle, what its contract says of them, and how far they are from the weights.

    A Transformer is built from its weights and measured where it runs; the others say their own graphs.
    """
    if family != "transformer":
        from motet.export.learner import build_learner

        return build_learner(family, config, weights, bits=bits, path=path)
    from onnx import ModelProto

    shape = read_shape(config, weights)
    if shape.vocab_size != VOCAB_SIZE:
        raise BundleError(
            f"the weights speak {shape.vocab_size} tokens, this version has {VOCAB_SIZE}; train again",
            zh=f"权重含 {shape.vocab_size} 个 token,当前版本为 {VOCAB_SIZE} 个;请重新训练",
            path=str(path),
        )
    model: ModelProto = build_graph(weights, shape, bits=bits)
    facts = {
        "config": asdict(shape),
        "inputs": [_tell_value(value) for value in model.graph.input],
        "outputs": [_tell_value(value) for value in model.graph.output],
    }
    return {"model.onnx": model.SerializeToString(deterministic=True)}, facts, {}


def add_facts(folder: str | Path, facts: Mapping[str, Any]) -> None:
    """Add facts to a bundle's contract and write its cards anew; a fact in a fact is merged.

    Parameters
    ----------
    folder : str or Path
        Of a bundle.
    facts : mapping
        ``{"quality": {"nll_per_note": 6.1}}``, for example.

    Raises
    ------
    BundleError
        The folder holds no bundle.

    Examples
    --------
    >>> add_facts("missing", {})
    Traceback (most recent call last):
    motet.errors.BundleError: missing: this is no bundle: ...
    """
    folder = Path(folder)
    try:
        contract = json.loads((folder / "bundle.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BundleError(
            f"this is no bundle: {error}", zh=f"这不是模型包:{error}", path=str(folder)
        ) from error
    contract = _merge(contract, facts)
    _write_contract(folder, contract, name=folder.name)


def _merge(contract: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a contract with facts that are not empty over its own; a fact in a fact is merged."""
    merged = dict(contract)
    for key, value in facts.items():
        if isinstance(value, Mapping) and isinstance(merged.get(key), Mapping):
            merged[key] = {**merged[key], **value}
        elif value or key not in merged:
            merged[key] = value
    return merged


def _tell_training(config: Mapping[str, Any], recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a weights file says of its training, as a card holds it."""
    kept = ("steps", "tokens", "phrases", "minutes", "machine")
    done = {key: config[key] for key in kept if key in config}
    measured, corpus = config.get("measured"), config.get("corpus")
    names = corpus.get("sources") if isinstance(corpus, dict) else None
    return {
        **asdict(Card()),
        "recipe": {**recipe, **done},
        "quality": measured if isinstance(measured, dict) else {},
        "sources": _tell_sources(names) if isinstance(names, list) else [],
    }


def _tell_sources(names: Sequence[Any]) -> list[dict[str, Any]]:
    """Return title, licence and attribution of sources that the manifest names, and of the arranger."""
    from motet.corpus.arranged import ARRANGER
    from motet.corpus.manifest import load_manifest

    known = {source.name: source for source in (*load_manifest(), ARRANGER)}
    told: list[dict[str, Any]] = []
    for name in names:
        source = known.get(str(name))
        if source is None:
            told.append({"name": str(name)})
            continue
        facts = {
            "name": source.title,
            "licence": source.licence,
            "attribution": source.attribution,
        }
        if source.repository:
            facts["repository"] = f"{source.repository}@{source.commit[:12]}"
        told.append(facts)
    return told


def _tell_value(value: Any) -> dict[str, Any]:
    """Return name, dtype and shape of an input or output of a graph."""
    from onnx import helper

    tensor = value.type.tensor_type
    axes = [axis.dim_param or axis.dim_value for axis in tensor.shape.dim]
    dtype = str(helper.tensor_dtype_to_np_dtype(tensor.elem_type))
    return {"name": value.name, "dtype": dtype, "shape": axes}


def _write_contract(folder: Path, contract: Mapping[str, Any], *, name: str) -> None:
    """Write bundle.json and the cards, each whole or not at all."""
    texts = {
        "CARD.md": tell_card(contract, name=name, language="en"),
        "CARD.zh.md": tell_card(contract, name=name, language="zh"),
        "bundle.json": json.dumps(contract, ensure_ascii=False, indent=1) + "\n",
    }
    for file_name, text in texts.items():
        draft = folder / f".{file_name}.part"
        draft.write_text(text, encoding="utf-8", newline="\n")
        draft.replace(folder / file_name)
