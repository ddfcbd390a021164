"""Model families by name, so that trainer, export and tests treat all alike.

Offers `build_model`, `MODEL_FAMILIES`, `register_family`, `load_plugin`, `find_family`, `find_config`,
`restore_model`, `count_weights`.
"""

from __future__ import annotations

import difflib
import importlib.util
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from motet.errors import BundleError, ParameterError
from motet.models.critic import JUDGE_SIZES, Judge, JudgeConfig
from motet.models.dense_gan import DENSE_GAN_SIZES, DenseGan, DenseGanConfig
from motet.models.gan import GAN_SIZES, Gan, GanConfig
from motet.models.rnn import RNN_SIZES, Rnn, RnnConfig
from motet.models.roll import ROLL_SIZES, RollConfig, RollModel
from motet.models.transformer import SIZES, Transformer, TransformerConfig
from motet.models.vae import VAE_SIZES, Vae, VaeConfig

__all__ = [
    "MODEL_FAMILIES",
    "ModelFamily",
    "build_model",
    "count_weights",
    "find_config",
    "find_family",
    "load_plugin",
    "register_family",
    "restore_model",
]


_PLUGIN_FAULTS: Final = (
    ArithmeticError, AttributeError, ImportError, LookupError, NameError, OSError, RuntimeError,
    SyntaxError, TypeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFamily:
    """What the registry knows of a family: module, config, named sizes, what it is given, how it runs.

    One that takes "tokens" gives logits of the vocabulary; one that takes "rolls" gives nats a frame; any
    other takes phrases of that kind (`motet.phrases.KINDS`) and is a `Learner`. The interface says how the
    engine writes with its bundle: "tokens", "events", "latent", "noise", or "" for not at all.
    """

    module: type[nn.Module]
    config: type[Any]
    sizes: Mapping[str, Any]
    takes: str = "tokens"
    interface: str = ""


MODEL_FAMILIES: Final[dict[str, ModelFamily]] = {
    "transformer": ModelFamily(
        module=Transformer, config=TransformerConfig, sizes=SIZES, interface="tokens"
    ),
    "roll": ModelFamily(module=RollModel, config=RollConfig, sizes=ROLL_SIZES, takes="rolls"),
    "gan": ModelFamily(
        module=Gan, config=GanConfig, sizes=GAN_SIZES, takes="band", interface="noise"
    ),
    "critic": ModelFamily(
        module=Judge, config=JudgeConfig, sizes=JUDGE_SIZES, takes="judged", interface="judge"
    ),
    "rnn": ModelFamily(
        module=Rnn, config=RnnConfig, sizes=RNN_SIZES, takes="events", interface="events"
    ),
    "vae": ModelFamily(
        module=Vae, config=VaeConfig, sizes=VAE_SIZES, takes="steps", interface="latent"
    ),
    "dense-gan": ModelFamily(
        module=DenseGan, config=DenseGanConfig, sizes=DENSE_GAN_SIZES, takes="binary-roll"
    ),
}
"""Family name to what builds it."""


def register_family(name: str, family: ModelFamily) -> None:
    """Make a family of one's own known by its name.

    Parameters
    ----------
    name : str
    family : ModelFamily
        Its config is a frozen dataclass with a field ``dropout`` and a method ``to_dict``.

    Examples
    --------
    >>> register_family("mine", MODEL_FAMILIES["transformer"])
    >>> "mine" in MODEL_FAMILIES
    True
    >>> _ = MODEL_FAMILIES.pop("mine")
    """
    MODEL_FAMILIES[name] = family


def load_plugin(path: str | Path) -> None:
    """Run a Python file that registers a family of one's own; once, however often it is asked for.

    Parameters
    ----------
    path : str or Path

    Raises
    ------
    ParameterError
        It is not there, or fails.

    Examples
    --------
    >>> load_plugin("nowhere.py")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: the family's file 'nowhere.py' is not there; ...
    """
    place = Path(path).resolve()
    name = f"motet_plugin_{place.stem}_{abs(hash(str(place)))}"
    if name in sys.modules:
        return
    if not place.is_file():
        raise ParameterError(
            f"the family's file {str(path)!r} is not there; give the path of a Python file",
            zh=f"找不到模型类别文件 {str(path)!r};请给出 Python 文件的路径",
        )
    spec = importlib.util.spec_from_file_location(name, place)
    if spec is None or spec.loader is None:
        raise ParameterError(
            f"{str(path)!r} is no Python file", zh=f"{str(path)!r} 不是 Python 文件"
        )
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except _PLUGIN_FAULTS as error:
        del sys.modules[name]
        raise ParameterError(
            f"the family's file {str(path)!r} fails: {type(error).__name__}: {error}",
            zh=f"模型类别文件 {str(path)!r} 运行出错:{type(error).__name__}: {error}",
        ) from error


def find_family(family: str) -> ModelFamily:
    """Return what the registry knows of a family.

    Raises
    ------
    ParameterError
        There is none of that name.

    Examples
    --------
    >>> find_family("transformer").takes
    'tokens'
    """
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
    found = find_family(family)
    named: Mapping[str, Any]
    if isinstance(size, str):
        if size not in found.sizes:
            near = difflib.get_close_matches(size, found.sizes, n=1) or list(found.sizes)
            raise ParameterError(
                f"{family} has no size {size!r}; did you mean {' or '.join(near)}?",
                zh=f"{family} 没有尺寸 {size!r};您是否想用 {'、'.join(near)}?",
            )
        named = found.sizes[size].to_dict()
    else:
        named = size
    values = {**named, **overrides}
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
    196928
    """
    found = find_family(family)
    if not isinstance(config, found.config):
        config = find_config(family, config)
    return found.module(config)


def restore_model(
    facts: Mapping[str, Any], weights: Mapping[str, npt.NDArray[np.float32]]
) -> nn.Module:
    """Return the model that a weights file holds, ready to foretell.

    Parameters
    ----------
    facts : mapping
        ``family`` and the fields of its config; other entries are passed over.
    weights : mapping of name to float32 array

    Raises
    ------
    BundleError
        The weights do not fit the config.

    Examples
    --------
    >>> model = build_model("transformer", "tiny")
    >>> weights = {name: one.numpy() for name, one in model.state_dict().items()}
    >>> restore_model({**model.config.to_dict(), "steps": 9}, weights).training
    False
    """
    family = str(facts.get("family", "transformer"))
    allowed = {field.name for field in fields(find_family(family).config)}
    values = {name: value for name, value in facts.items() if name in allowed}
    model = build_model(family, {**values, "dropout": 0.0})
    try:
        model.load_state_dict({name: torch.from_numpy(one) for name, one in weights.items()})
    except RuntimeError as error:
        raise BundleError(
            f"the weights do not fit their model: {error}", zh=f"权重与模型不符:{error}"
        ) from error
    return model.eval()


def count_weights(model: nn.Module) -> int:
    """Return the number of trained numbers in a model; tied ones count once.

    Examples
    --------
    >>> from torch import nn
    >>> count_weights(nn.Linear(3, 2))
    8
    """
    return sum(weight.numel() for weight in model.parameters())
