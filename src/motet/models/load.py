"""A trained model out of a bundle or a weights file, for those who want its insides.

Offers `load_model`.
"""

from __future__ import annotations

from pathlib import Path

from torch import nn

from motet.export.place import find_weights
from motet.models.registry import restore_model

__all__ = ["load_model"]


def load_model(source: str | Path = "small") -> nn.Module:
    """Return the model that a bundle was made from, ready to foretell, in full precision.

    Parameters
    ----------
    source : str or Path
        A bundle by name or folder (its weights lie beside the graph), a ``weights.npz``, or a folder of
        weight shards.

    Returns
    -------
    Module
        In evaluation mode; called with ids, int64 of shape (b, t), it gives logits of the next token,
        float32 of shape (b, t, v).

    Raises
    ------
    BundleError
        There is no such bundle or file, it came without weights, or they do not fit.

    Examples
    --------
    >>> load_model("nobody")
    Traceback (most recent call last):
    motet.errors.BundleError: there is no bundle 'nobody'; ...
    """
    from motet.train.checkpoint import load_weights

    facts, weights = load_weights(find_weights(source))
    return restore_model(facts, weights)
