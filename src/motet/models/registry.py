"""Model families by name, so that trainer, export and tests treat all alike.

Offers `build_model`, `MODEL_FAMILIES`, `find_config`, `count_weights`.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from torch import nn

from motet.errors import ParameterError
from motet.models.transformer import SIZES, Transformer, TransformerConfig

__all__ = ["MODEL_FAMILIES", "ModelFamily", "build_model", "count_weights", "find_config"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFamily:
    """What the registry knows of a family: its module, its config and its named sizes."""

    module: type[nn.Module]
    config: type[Any]
    sizes: Mapping[str, Any]


MODEL_FAMILIES: Final[dict[str, ModelFamily]] = {
    "transformer": ModelFamily(module=Transformer, config=TransformerConfig, sizes=SIZES)
}
"""Family name to what builds it."""


def _find_family(family: str) -> ModelFamily:
    found = MODEL_FAMILIES.get(family)
    if found is None:
        names = ", ".join(MODEL_FAMILIES)
        raise ParameterError(
            f"there is no model family {family!r}; there are: {names}",
            zh=f"没有名为 {family!r} 的模型类别;现有:{names}",
        )
    return found


def find_config(family: str, size: str | Mapping[str, Any], **overrides: Any) -> Any:
    """Return the config of a named size, or of stored fields, with some fields replaced.

    Parameters
    ----------
    family : str
        One of `MODEL_FAMILIES`.
    size : str or mapping
        A named size of the family, or all its fields.
    **overrides
        Fields that differ from it.

    Raises
    ------
    ParameterError
        No such family, size or field.

    Examples
    --------
    >>> find_config("transformer", "small", dropout=0.1).width
    256
    """
    found = _find_family(family)
    if isinstance(size, str):
        if size not in found.sizes:
            near = difflib.get_close_matches(size, found.sizes, n=1) or list(found.sizes)
            raise ParameterError(
                f"{family} has no size {size!r}; did you mean {' or '.join(near)}?",
                zh=f"{family} 没有尺寸 {size!r};您是否想用 {'、'.join(near)}?",
            )
        size = found.sizes[size].to_dict()
    values = {**size, **overrides}
    allowed = {field.name for field in fields(found.config)}
    for name in values:
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, n=1) or sorted(allowed)
            raise ParameterError(
                f"{family} has no field {name!r}; did you mean {' or '.join(near)}?",
                zh=f"{family} 没有字段 {name!r};您是否想用 {'、'.join(near)}?",
            )
    return found.config(**values)


def build_model(family: str, config: Any) -> nn.Module:
    """Return a fresh model of a family.

    Parameters
    ----------
    family : str
        One of `MODEL_FAMILIES`.
    config : the family's config, a mapping of its fields, or the name of a size

    Raises
    ------
    ParameterError
        No such family, size or field.

    Examples
    --------
    >>> count_weights(build_model("transformer", "tiny"))
    197056
    """
    found = _find_family(family)
    if not isinstance(config, found.config):
        config = find_config(family, config)
    return found.module(config)


def count_weights(model: nn.Module) -> int:
    """Return the number of trained numbers in a model; tied ones count once.

    Examples
    --------
    >>> from torch import nn
    >>> count_weights(nn.Linear(3, 2))
    8
    """
    return sum(weight.numel() for weight in model.parameters())
