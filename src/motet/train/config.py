"""What a training run is told: read from TOML, changed by options, stored with each checkpoint.

Offers `RunConfig`, `load_config`.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, Field, asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final

from motet.errors import FormatError, ParameterError
from motet.train.draw import DrawConfig

__all__ = ["FORMAT", "OPTIMIZERS", "SCHEDULES", "RunConfig", "load_config"]

FORMAT: Final = 1
SCHEDULES: Final = ("stable", "cosine", "linear")
_TYPES: Final = {
    int: ("a whole number", "整数"),
    float: ("a number", "数字"),
    str: ("a text", "文本"),
    bool: ("true or false", " true 或 false"),
    Mapping: ("a table", "表"),
}
OPTIMIZERS: Final = ("adamw", "muon", "adam", "sgd", "rmsprop")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunConfig:
    """A training run.

    Parameters
    ----------
    family, size : str
        Model and its named size.
    dropout : float
    context : int, tokens
        Length of a row.
    rows : int
        Rows a step; the batch is `rows` × `context` tokens.
    micro_rows : int
        Rows computed at once; divides `rows`, the rest is accumulated.
    steps : int
        Length of the run; with `minutes` above 0 the clock decides instead.
    minutes : float
        Length of the run by the clock, time before a resume counted in.
    schedule : "stable", "cosine" or "linear"
        After warm-up: constant and then down to 0 over the last `decay`; or down all the way.
    model : mapping
        Fields of the family's config that differ from the named size.
    data : mapping
        Options of the family's kind of phrase (`motet.phrases`).
    plugin : str
        A Python file that registers a family of one's own; "" for none.
    pieces : int
        Most pieces that phrases are cut out of, drawn by their weights; 0 is all.
    loss : str
        Which of the family's losses; "" is its usual one.
    player_lr : mapping of str to float
        Player to the factor of its learning rate, in a family of several players.
    optimizer : "adamw", "muon", "adam", "sgd" or "rmsprop"
        With "muon" the matrices inside the blocks take orthogonalised steps, the rest AdamW's.
    lr, warmup_steps, decay, weight_decay, clip, beta1, beta2
        Peak learning rate, its linear rise, share of the run that decays, the optimiser's and the
        largest gradient norm.
    header_weight : float
        Weight of header tokens in the loss; the user gives them when composing.
    ema : float
        Most that the running mean of weights keeps a step; it starts from less (see `Ema`).
    bf16, compile_model : bool
        Mixed precision; torch.compile (GPU).
    device : str
        ``"cpu"``, ``"cuda"`` or ``"auto"``.
    threads : int
        Workers on the CPU, each with one core.
    seed : int
    valid_windows : int
        Windows of the validation split; a third of them also with a hole.
    valid_steps, valid_minutes : int, float
        How often to validate; the first above 0 counts.
    checkpoint_steps, checkpoint_minutes : int, float
        How often to save all.
    log_steps : int
    patience : int
        Validations without improvement after which the run ends; 0 is never.
    stop_metric, stop_target : str, float
        The run ends when this metric of validation has reached the target; "" for never.
    draw : DrawConfig

    Raises
    ------
    ParameterError
        A value is out of range.

    Examples
    --------
    >>> RunConfig(rows=8, context=512).batch_tokens
    4096
    """

    family: str = "transformer"
    size: str = "small"
    dropout: float = 0.0
    context: int = 768
    rows: int = 8
    micro_rows: int = 4
    steps: int = 1000
    minutes: float = 0.0
    schedule: str = "stable"
    optimizer: str = "adamw"
    lr: float = 2e-3
    warmup_steps: int = 100
    decay: float = 0.4
    weight_decay: float = 0.1
    clip: float = 1.0
    beta1: float = 0.9
    beta2: float = 0.98
    header_weight: float = 0.2
    ema: float = 0.999
    bf16: bool = False
    compile_model: bool = False
    device: str = "auto"
    threads: int = 1
    seed: int = 0
    valid_windows: int = 96
    valid_steps: int = 0
    valid_minutes: float = 5.0
    checkpoint_steps: int = 0
    checkpoint_minutes: float = 2.0
    log_steps: int = 10
    patience: int = 0
    stop_metric: str = ""
    stop_target: float = 0.0
    model: Mapping[str, Any] = field(default_factory=dict)
    data: Mapping[str, Any] = field(default_factory=dict)
    plugin: str = ""
    pieces: int = 0
    loss: str = ""
    player_lr: Mapping[str, float] = field(default_factory=dict)
    draw: DrawConfig = field(default_factory=DrawConfig)

    def __post_init__(self) -> None:
        for one in fields(self):
            _check_type(one.name, getattr(self, one.name), one)
        for name, allowed in (("schedule", SCHEDULES), ("optimizer", OPTIMIZERS)):
            if (value := getattr(self, name)) not in allowed:
                raise ParameterError(
                    f"{name} must be one of {', '.join(allowed)}, got {value!r}",
                    zh=f"{name} 应为 {'、'.join(allowed)} 之一,收到 {value!r}",
                )
        low = dict.fromkeys(("context", "rows", "micro_rows", "steps", "threads", "log_steps"), 1)
        low |= dict.fromkeys(("warmup_steps", "valid_windows", "patience", "seed", "pieces"), 0)
        for name, least in low.items():
            if getattr(self, name) < least:
                self._refuse(name, f">= {least}")
        if self.rows % self.micro_rows:
            self._refuse("micro_rows", f"a divisor of rows = {self.rows}")
        for name in ("lr", "clip", "minutes", "weight_decay", "header_weight"):
            if not 0 <= getattr(self, name) < float("inf"):
                self._refuse(name, ">= 0")
        for name in ("decay", "ema", "beta1", "beta2"):
            if not 0 <= getattr(self, name) <= 1:
                self._refuse(name, "0 to 1")

    def _refuse(self, name: str, allowed: str) -> None:
        value = getattr(self, name)
        raise ParameterError(
            f"{name} must be {allowed}, got {value}", zh=f"{name} 须为 {allowed},收到 {value}"
        )

    @property
    def batch_tokens(self) -> int:
        """Tokens a step."""
        return self.rows * self.context

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain values, as checkpoints store them."""
        return {"format": FORMAT, **asdict(self)}


def _check_type(name: str, value: Any, told: Field[Any]) -> None:
    """Refuse a value of another type than the field's own; a whole number is a float too."""
    usual = told.default
    if told.default_factory is not MISSING:
        usual = told.default_factory()
    wanted: type[Any] = Mapping if isinstance(usual, Mapping) else type(usual)
    is_number = wanted is float and isinstance(value, int) and not isinstance(value, bool)
    if is_number or (isinstance(value, wanted) and isinstance(value, bool) <= (wanted is bool)):
        return
    said = _TYPES.get(wanted, (wanted.__name__, wanted.__name__))
    raise ParameterError(
        f"{name} must be {said[0]}, got {value!r}", zh=f"{name} 须为{said[1]},收到 {value!r}"
    )


def load_config(source: str | Path | Mapping[str, Any], **overrides: Any) -> RunConfig:
    """Return a run's config from a TOML file or from stored fields, some of them replaced.

    Parameters
    ----------
    source : path of a TOML file, or mapping
        Must say ``format = 1``; the fields of `DrawConfig` stand in a table ``draw``.
    **overrides
        Fields that differ; None leaves the file's.

    Raises
    ------
    FormatError
        The file is missing, no TOML, or of another format.
    ParameterError
        A field is unknown or out of range.

    Examples
    --------
    >>> load_config({"format": 1, "size": "tiny", "draw": {"p_holes": 0.0}}, rows=4).rows
    4
    """
    values = dict(source) if isinstance(source, Mapping) else _read(Path(source))
    if values.pop("format", None) != FORMAT:
        raise FormatError(
            f"a training config must say format = {FORMAT}",
            zh=f"训练配置须写明 format = {FORMAT}",
            path="" if isinstance(source, Mapping) else str(source),
        )
    _check_names(values, RunConfig)
    draw = values.pop("draw", {})
    _check_names(draw, DrawConfig)
    config = RunConfig(**values, draw=DrawConfig(**draw))
    said = {name: value for name, value in overrides.items() if value is not None}
    _check_names(said, RunConfig)
    return replace(config, **said)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FormatError(
            f"cannot read the training config: {error}",
            zh=f"无法读取训练配置:{error}",
            path=str(path),
        ) from error


def _check_names(values: Mapping[str, Any], kind: type[Any]) -> None:
    allowed = [one.name for one in fields(kind)]
    for name in values:
        if name not in allowed:
            near = ", ".join(difflib.get_close_matches(name, allowed, n=1) or allowed)
            raise ParameterError(
                f"{kind.__name__} has no field {name!r}; did you mean {near}?",
                zh=f"{kind.__name__} 没有字段 {name!r};您是否想用 {near}?",
            )
