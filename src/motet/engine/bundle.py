"""Bundles: where they lie, what they state, and whether they fit this build.

Conventions: a bundle is a folder with ``bundle.json`` (the contract), one ONNX file for each of its
graphs (``model.onnx`` of a Transformer) and two cards. It is named by its folder. Shipped ones lie in the
package, a user's own in the user's data folder.

Offers `Bundle`, `load_bundle`, `list_bundles`, `BUNDLE_FORMAT`, `INTERFACES`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from motet.errors import BundleError
from motet.export.place import CONTRACT_FILE, find_bundle, list_bundles, user_folder
from motet.tokens.vocab import POSITIONS_PER_QN, VOCAB_SIZE, vocab_hash

__all__ = ["BUNDLE_FORMAT", "INTERFACES", "Bundle", "list_bundles", "load_bundle", "user_folder"]

BUNDLE_FORMAT: Final = 1
INTERFACES: Final = ("tokens", "rolls", "events", "latent", "noise", "judge")
"""How a bundle runs: ids and a cache; or the named graphs of a family that writes phrases."""
_SIZES: Final = ("n_layers", "width", "n_heads", "n_kv_heads", "ffn_width", "vocab_size")
_MAX_CONTRACT_BYTES: Final = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A checked bundle.

    Parameters
    ----------
    folder : Path
    name, family, size : str
    config : dict of str to number
        Sizes of the model: ``n_layers``, ``width``, ``n_heads``, ``n_kv_heads``, ``ffn_width`` ...
    bits : int
        4, 8 or 32 a weight.
    context : int, tokens
        Longest document that the model was trained on; 0 where it reads no tokens.
    digest : str
        SHA-256 of its graphs: with build and seed it decides the notes.
    contract : dict
        All of ``bundle.json``: recipe, data sources, measured quality.
    interface : str
        One of `INTERFACES`.
    takes : str
        ``"tokens"``, or the kind of phrase that it was trained on.
    data : dict
        Options of that kind.
    graphs : dict of str to dict
        Graph name to its ``file``, ``inputs`` and ``outputs``.

    Examples
    --------
    >>> bundle = Bundle(folder=Path("."), name="a", family="transformer", size="tiny", config={},
    ...                 bits=8, context=1024, digest="", contract={})
    >>> bundle.model_path.name
    'model.onnx'
    """

    folder: Path
    name: str
    family: str
    size: str
    config: dict[str, Any]
    bits: int
    context: int
    digest: str
    contract: dict[str, Any]
    interface: str = "tokens"
    takes: str = "tokens"
    data: dict[str, Any] = field(default_factory=dict)
    graphs: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((self.folder, self.digest))

    @property
    def model_path(self) -> Path:
        """The graph of a bundle that runs by tokens."""
        return self.folder / "model.onnx"

    @property
    def cache_shape(self) -> tuple[int, int, int]:
        """Layers, key/value heads, width of a head; `BundleError` where it does not run by tokens."""
        config = self.config
        if self.interface != "tokens":
            raise BundleError(
                f"the bundle {self.name!r} ({self.family}) writes phrases by itself and fills no single "
                "cells; use it with motet generate, or take the bundle small here",
                zh=f"模型包 {self.name!r}({self.family})直接写乐句,不能填写单个单元格;"
                "请用 motet generate 调用它,或在此改用模型包 small",
            )
        return config["n_layers"], config["n_kv_heads"], config["width"] // config["n_heads"]


def load_bundle(source: str | Path) -> Bundle:
    """Return a bundle after every check of its contract.

    Parameters
    ----------
    source : str or Path
        A name of `list_bundles`, or a folder.

    Returns
    -------
    Bundle

    Raises
    ------
    BundleError
        There is none, it is damaged (a file's hash differs), it was written for another vocabulary, time
        grid or format, or states sizes that no model has.

    Examples
    --------
    >>> load_bundle("nobody")
    Traceback (most recent call last):
    motet.errors.BundleError: there is no bundle 'nobody'; ...
    """
    folder = find_bundle(source)
    contract = _read_contract(folder)
    _check_vocabulary(contract, folder)
    interface = _check_interface(contract, folder)
    is_tokens = interface == "tokens"
    config = (
        _check_sizes(contract, folder) if is_tokens else _take(contract, "config", dict, folder)
    )
    graphs = _find_graphs(contract, folder)
    digest = _check_files(contract, folder, [one["file"] for one in graphs.values()])
    return Bundle(
        folder=folder,
        name=folder.name,
        family=_take(contract, "family", str, folder),
        size=_take(contract, "size", str, folder),
        config=config,
        bits=_take(contract, "bits", int, folder),
        context=_take(contract, "context", int, folder),
        digest=digest,
        contract=contract,
        interface=interface,
        takes=str(contract.get("takes", "tokens")),
        data=dict(_take(contract, "data", dict, folder)) if "data" in contract else {},
        graphs=graphs,
    )


def _read_contract(folder: Path) -> dict[str, Any]:
    """Return what bundle.json states, when it is of this format."""
    path = folder / CONTRACT_FILE
    try:
        if path.stat().st_size > _MAX_CONTRACT_BYTES:
            raise ValueError("it is too large")
        contract = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise BundleError(
            f"the contract cannot be read: {error}; install the bundle again",
            zh=f"无法读取模型包说明:{error};请重新安装该模型包",
            path=str(path),
        ) from error
    if not isinstance(contract, dict) or contract.get("format") != BUNDLE_FORMAT:
        got = contract.get("format") if isinstance(contract, dict) else None
        raise BundleError(
            f"the bundle must have format {BUNDLE_FORMAT}, got {got}; export it again with this "
            "version of motet",
            zh=f"模型包的 format 须为 {BUNDLE_FORMAT},收到 {got};请用当前版本的 motet 重新导出",
            path=str(path),
        )
    return contract


def _take(contract: dict[str, Any], key: str, kind: type, folder: Path) -> Any:
    """Return a field of the kind that it must have."""
    value = contract.get(key)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise BundleError(
            f"the contract's {key!r} must be {kind.__name__}, got {value!r}; export the bundle again",
            zh=f"模型包说明中的 {key!r} 须为 {kind.__name__},收到 {value!r};请重新导出模型包",
            path=str(folder / CONTRACT_FILE),
        )
    return value


def _check_vocabulary(contract: dict[str, Any], folder: Path) -> None:
    """Raise when the bundle speaks other tokens than this build."""
    expected = {"vocab_hash": vocab_hash(), "positions_per_qn": POSITIONS_PER_QN}
    for key, value in expected.items():
        if contract.get(key) != value:
            raise BundleError(
                f"the bundle's {key} is {contract.get(key)!r}, this version of motet has {value!r}; "
                "export it again from its weights, or install the version it was made for",
                zh=f"模型包的 {key} 为 {contract.get(key)!r},当前版本的 motet 为 {value!r};"
                "请用其权重重新导出,或安装与之对应的版本",
                path=str(folder / CONTRACT_FILE),
            )


def _check_sizes(contract: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Return the model's sizes, each a positive whole number that fits the others."""
    config = dict(_take(contract, "config", dict, folder))
    for key in _SIZES:
        if _take(config, key, int, folder) <= 0:
            raise BundleError(
                f"the contract's {key!r} must be above 0, got {config[key]}; export the bundle again",
                zh=f"模型包说明中的 {key!r} 须大于 0,收到 {config[key]};请重新导出模型包",
                path=str(folder / CONTRACT_FILE),
            )
    is_whole = config["width"] % config["n_heads"] == 0
    if (
        not is_whole
        or config["n_heads"] % config["n_kv_heads"]
        or config["vocab_size"] != VOCAB_SIZE
    ):
        raise BundleError(
            f"the contract's sizes do not fit each other or the {VOCAB_SIZE} tokens: {config}; export "
            "the bundle again",
            zh=f"模型包说明中的尺寸互不相符,或与 {VOCAB_SIZE} 个 token 不符:{config};请重新导出模型包",
            path=str(folder / CONTRACT_FILE),
        )
    return config


def _check_interface(contract: dict[str, Any], folder: Path) -> str:
    """Return how the bundle runs, when this build knows how."""
    found = contract.get("interface", "tokens")
    if found not in INTERFACES:
        raise BundleError(
            f"the bundle runs by {found!r}, this version of motet knows {', '.join(INTERFACES)}; install "
            "a newer version",
            zh=f"模型包的接口为 {found!r},当前版本的 motet 只支持 {'、'.join(INTERFACES)};请安装更新的版本",
            path=str(folder / CONTRACT_FILE),
        )
    return str(found)


def _find_graphs(contract: dict[str, Any], folder: Path) -> dict[str, dict[str, Any]]:
    """Return the graphs that a contract states; that of a Transformer is its only one."""
    if "graphs" not in contract:
        sides = {key: contract.get(key) for key in ("inputs", "outputs")}
        return {"model": {"file": "model.onnx", **sides}}
    found = _take(contract, "graphs", dict, folder)
    for facts in found.values():
        facts = facts if isinstance(facts, dict) else {}
        _take(facts, "file", str, folder)
        for key in ("inputs", "outputs"):
            for one in _take(facts, key, list, folder):
                _take(one if isinstance(one, dict) else {}, "name", str, folder)
    if not found:
        _take(contract, "inputs", list, folder)
    return dict(found)


def _check_files(contract: dict[str, Any], folder: Path, graphs: Sequence[str]) -> str:
    """Return the SHA-256 of the graphs after comparing every file with its hash."""
    files = _take(contract, "files", dict, folder)
    for name in graphs:
        if name not in files:
            _take(files, name, dict, folder)
    for name, facts in files.items():
        path = folder / name
        if Path(name).name != name or not path.is_file():
            raise BundleError(
                f"the bundle lacks its file {name!r}; install it again",
                zh=f"模型包缺少文件 {name!r};请重新安装",
                path=str(folder),
            )
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        if not isinstance(facts, dict) or digest != facts.get("sha256"):
            raise BundleError(
                "the file differs from the one that was exported (its SHA-256 does not match); "
                "install the bundle again",
                zh="文件与导出时不同(SHA-256 不符);请重新安装该模型包",
                path=str(path),
            )
    digests = [str(files[name]["sha256"]) for name in sorted(graphs)]
    if len(digests) == 1:
        return digests[0]
    return hashlib.sha256(" ".join(digests).encode()).hexdigest()
