"""Weights of a family of `motet.models.learner` into the files of a bundle, and what its contract says.

Conventions: a family that a user registered is found again by the file that its recipe names.

Offers `build_learner`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from motet.errors import BundleError
from motet.export.graphs import build_graphs, measure_graphs, tell_graphs
from motet.phrases.kinds import find_kind, read_options

__all__ = ["build_learner"]


def build_learner(
    family: str,
    config: Mapping[str, Any],
    weights: Mapping[str, npt.NDArray[np.float32]],
    *,
    bits: int,
    path: str | Path,
) -> tuple[dict[str, bytes], dict[str, Any], dict[str, float]]:
    """Return the ONNX files of a model, what a contract says of them, and how near they are.

    Parameters
    ----------
    family : str
    config : mapping
        As the weights file holds it.
    weights : mapping of str to float32
    bits : int
        8 or 32.
    path : str or Path
        Of the weights, for messages.

    Returns
    -------
    dict of str to bytes
        File name to content.
    dict
        ``interface``, ``takes``, ``data``, ``config`` and ``graphs``.
    dict of str to float
        Of each graph, how far it is from the weights; see `motet.export.graphs.measure_graphs`.

    Raises
    ------
    BundleError
        The family runs by no graphs, or the weights do not fit.

    Examples
    --------
    >>> build_learner.__name__
    'build_learner'
    """
    from motet.models.learner import Learner
    from motet.models.registry import MODEL_FAMILIES, find_family, load_plugin, restore_model

    recipe = config.get("recipe")
    stated: Mapping[str, Any] = recipe if isinstance(recipe, Mapping) else {}
    if family not in MODEL_FAMILIES and stated.get("plugin"):
        load_plugin(str(stated["plugin"]))
    known = find_family(family)
    model = restore_model(config, weights)
    if not isinstance(model, Learner) or not known.interface:
        raise BundleError(
            f"a model of the family {family!r} is no composer and becomes no bundle; export another's "
            "weights",
            zh=f"{family!r} 类模型不用于作曲,不能导出为模型包;请导出其他模型的权重",
            path=str(path),
        )
    graphs = build_graphs(model, bits=bits)
    data = config.get("data", stated.get("data"))
    options = read_options(find_kind(known.takes), data if isinstance(data, Mapping) else {})
    facts = {
        "interface": known.interface,
        "takes": known.takes,
        "data": asdict(options),
        "config": model.config.to_dict(),
        "graphs": tell_graphs(graphs),
    }
    measured = {name: float(f"{value:.2g}") for name, value in measure_graphs(graphs).items()}
    return {f"{one.name}.onnx": one.blob for one in graphs}, facts, measured
