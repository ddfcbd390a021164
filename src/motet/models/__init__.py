"""Models: the networks that write music. Needs torch (`pip install motet[train]`).

Offers the registry (`build_model`, `find_config`, `MODEL_FAMILIES`) and the Transformer.
"""

from __future__ import annotations

from motet.models.registry import (
    MODEL_FAMILIES,
    ModelFamily,
    build_model,
    count_weights,
    find_config,
    restore_model,
)
from motet.models.transformer import SIZES, Cache, Transformer, TransformerConfig

__all__ = [
    "MODEL_FAMILIES",
    "SIZES",
    "Cache",
    "ModelFamily",
    "Transformer",
    "TransformerConfig",
    "build_model",
    "count_weights",
    "find_config",
    "restore_model",
]
