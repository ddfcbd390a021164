"""What the models of a record learned from, as their contracts name it.

Conventions: a bundle's ``bundle.json`` names each source with licence, attribution and repository. A bundle
that is no longer there, or is another one of the same name, gives nothing.
"""

from __future__ import annotations

import json
from typing import Any

from motet.errors import BundleError
from motet.export.place import CONTRACT_FILE, find_bundle

__all__ = ["training_sources"]

_KEYS = ("name", "licence", "attribution", "repository")


def training_sources(name: str, digest: str) -> tuple[dict[str, str], ...]:
    """Return the sources that a bundle was trained on.

    Parameters
    ----------
    name : str
        A name of `motet.export.list_bundles`.
    digest : str
        SHA-256 of its graph.

    Returns
    -------
    tuple of dict
        ``name``, ``licence``, ``attribution``, ``repository``; empty where the bundle is not found.

    Examples
    --------
    >>> training_sources("nobody", "")
    ()
    """
    try:
        contract = json.loads((find_bundle(name) / CONTRACT_FILE).read_text(encoding="utf-8"))
    except (BundleError, OSError, ValueError):
        return ()
    if not isinstance(contract, dict) or _graph_digest(contract) != digest:
        return ()
    found = [
        {key: str(row[key]) for key in _KEYS if row.get(key)}
        for row in contract.get("sources", ())
        if isinstance(row, dict)
    ]
    if contract.get("adapted"):
        found.append(
            {"name": "scores that the user adapted this model to", "licence": "not known to Motet"}
        )
    return tuple(found)


def _graph_digest(contract: dict[str, Any]) -> str:
    file = contract.get("files", {}).get("model.onnx", {})
    return str(file.get("sha256", "")) if isinstance(file, dict) else ""
