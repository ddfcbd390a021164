"""Models: the networks that write music. Needs torch (`pip install motet[train]`).

Offers the registry (`build_model`, `find_config`, `MODEL_FAMILIES`), the Transformer, `RollModel` for
benchmark piano rolls, `load_model` for what a bundle was made from, and low-rank adapters
(`add_adapters`, `merge_adapters`).
"""

from __future__ import annotations

from motet.models.load import load_model
from motet.models.lora import add_adapters, merge_adapters
from motet.models.registry import (
    MODEL_FAMILIES,
    ModelFamily,
    build_model,
    count_weights,
    find_config,
    restore_model,
)
from motet.models.roll import ROLL_SIZES, RollConfig, RollModel
from motet.models.transformer import SIZES, Cache, Transformer, TransformerConfig

__all__ = [
    "MODEL_FAMILIES",
    "ROLL_SIZES",
    "SIZES",
    "Cache",
    "ModelFamily",
    "RollConfig",
    "RollModel",
    "Transformer",
    "TransformerConfig",
    "add_adapters",
    "build_model",
    "count_weights",
    "find_config",
    "load_model",
    "merge_adapters",
    "restore_model",
]
