"""A family at its smallest, with random weights."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import torch

from motet.models.learner import Learner
from motet.models.registry import MODEL_FAMILIES, build_model
from motet.phrases.kinds import find_kind, read_options


def smallest(family: str) -> tuple[Learner, dict[str, Any]]:
    """Return a model of a family with random weights, and the options of its phrases."""
    known = MODEL_FAMILIES[family]
    torch.manual_seed(7)
    model = build_model(family, "tiny" if "tiny" in known.sizes else next(iter(known.sizes)))
    assert isinstance(model, Learner)
    kind = find_kind(known.takes)
    own = model.config.to_dict()
    shared = {one.name: own[one.name] for one in fields(kind.options) if one.name in own}
    return model.eval(), asdict(read_options(kind, shared))
