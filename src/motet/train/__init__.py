"""Training: from a corpus to weights. Needs torch (`pip install motet[train]`); see docs/training.md.

Offers `train` with its `RunConfig`, the rows it reads (`CorpusRows`, `PreparedRows`), what judges it
(`build_valid`, `judge_weights`), and its files (`load_weights`, `save_weights`, `load_checkpoint`). To a
folder of one's own scores: `read_folder`, `adapt_model`, `write_adapted`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from motet.train.adapt import AdaptOutcome, adapt_model
    from motet.train.adapt_config import AdaptConfig
    from motet.train.adapted_bundle import write_adapted
    from motet.train.checkpoint import (
        load_checkpoint,
        load_weights,
        save_checkpoint,
        save_weight_shards,
        save_weights,
    )
    from motet.train.config import RunConfig, load_config
    from motet.train.data import CorpusRows, PreparedRows
    from motet.train.draw import DrawConfig
    from motet.train.folder import FolderPieces, read_folder
    from motet.train.judge import Verdict, judge_weights
    from motet.train.loop import Outcome, train
    from motet.train.pieces import Pieces
    from motet.train.prepare import prepare_rows
    from motet.train.valid import ValidSet, build_valid, evaluate

__all__ = [
    "AdaptConfig",
    "AdaptOutcome",
    "CorpusRows",
    "DrawConfig",
    "FolderPieces",
    "Outcome",
    "Pieces",
    "PreparedRows",
    "RunConfig",
    "ValidSet",
    "Verdict",
    "adapt_model",
    "build_valid",
    "evaluate",
    "judge_weights",
    "load_checkpoint",
    "load_config",
    "load_weights",
    "prepare_rows",
    "read_folder",
    "save_checkpoint",
    "save_weight_shards",
    "save_weights",
    "train",
    "write_adapted",
]

_HOMES = {
    "adapt": ("AdaptOutcome", "adapt_model"),
    "adapt_config": ("AdaptConfig",),
    "adapted_bundle": ("write_adapted",),
    "checkpoint": (
        "load_checkpoint", "load_weights", "save_checkpoint", "save_weight_shards", "save_weights",
    ),
    "config": ("RunConfig", "load_config"),
    "data": ("CorpusRows", "PreparedRows"),
    "draw": ("DrawConfig",),
    "folder": ("FolderPieces", "read_folder"),
    "judge": ("Verdict", "judge_weights"),
    "loop": ("Outcome", "train"),
    "pieces": ("Pieces",),
    "prepare": ("prepare_rows",),
    "valid": ("ValidSet", "build_valid", "evaluate"),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Return a public name, loading its module on first use."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
