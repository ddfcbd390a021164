"""Many short runs of one config, one after the other: a grid of settings, or some drawn at random.

Conventions: each run has a folder of its own beside ``sweep.csv``, which holds a row for each run that
ended: its settings, what its best validation measured (``best`` is what decides; lower is better), minutes,
and why it ended. A sweep that is started again does what is left, and what failed. A run that fails has its
reason in its row and ends nothing else.

Offers `Setting`, `read_setting`, `list_runs`, `run_sweep`.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from motet.errors import FormatError, MotetError, ParameterError
from motet.train.config import RunConfig, load_config
from motet.train.log import read_log

__all__ = ["CSV", "Setting", "list_runs", "read_setting", "run_sweep"]

CSV: Final = "sweep.csv"
_FACTS: Final = ("best", "best_step", "steps", "minutes", "reason")
_TABLES: Final = ("model", "data", "player_lr", "draw")
_MOST: Final = 1000
_FAILED: Final = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A field of the config and what it may be: values, or a range from low to high."""

    name: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 0.0


def read_setting(text: str) -> Setting:
    """Return a setting from text: ``lr=1e-3,2e-3``, or ``lr=1e-4..1e-2`` for a range.

    Parameters
    ----------
    text : str
        Fields of a table have a dot: ``model.width=128,256``.

    Raises
    ------
    ParameterError
        It says no field, or no value.

    Examples
    --------
    >>> read_setting("model.width=128,256").values
    (128, 256)
    >>> read_setting("lr=1e-4..1e-2").high
    0.01
    """
    name, _, said = text.partition("=")
    name, said = name.strip(), said.strip()
    table, dot, _ = name.partition(".")
    if not name or not said or (dot and table not in _TABLES):
        raise ParameterError(
            f"a setting is FIELD=VALUE,VALUE, a field of a table (model, data, player_lr, draw) with "
            f"a dot, as in model.width=128,256; got {text!r}",
            zh=f"设置应写成 字段=值,值;表(model、data、player_lr、draw)中的字段用点号,如 model.width=128,256;"
            f"收到 {text!r}",
        )
    low, dots, high = said.partition("..")
    if dots and "," not in said:
        ends = [_read_value(one) for one in (low, high)]
        if not all(type(one) in (int, float) for one in ends) or not ends[0] < ends[1]:
            raise ParameterError(
                f"a range goes from a number to a larger one, got {said!r}",
                zh=f"范围须从较小的数到较大的数,收到 {said!r}",
            )
        return Setting(name=name, low=ends[0], high=ends[1])
    return Setting(name=name, values=tuple(_read_value(one.strip()) for one in said.split(",")))


def _read_value(text: str) -> Any:
    """Return a number, a truth or a word."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def list_runs(settings: Sequence[Setting], *, n: int = 0, seed: int = 0) -> list[dict[str, Any]]:
    """Return the settings of each run: all combinations, or so many drawn at random, none twice.

    Parameters
    ----------
    settings : sequence of Setting
    n : int
        0 for all combinations; ranges need a number.
    seed : int

    Raises
    ------
    ParameterError
        A range without a number of runs, a field named twice, or more than 1,000 runs.

    Examples
    --------
    >>> list_runs([read_setting("lr=1,2"), read_setting("seed=5")])
    [{'lr': 1, 'seed': 5}, {'lr': 2, 'seed': 5}]
    """
    names = [one.name for one in settings]
    if not names or len(set(names)) < len(names):
        raise ParameterError(
            f"each setting names another field, one at least; got {', '.join(names) or 'none'}",
            zh=f"各设置须为不同字段,且至少一个;收到 {'、'.join(names) or '无'}",
        )
    ranges = [one.name for one in settings if not one.values]
    if ranges and not n:
        raise ParameterError(
            f"{ranges[0]} is a range: say how many runs to draw with --random N",
            zh=f"{ranges[0]} 是一个范围:请用 --random N 说明抽取多少次训练",
        )
    n_all = math.prod(len(one.values) for one in settings)
    if (n or n_all) > _MOST:
        raise ParameterError(
            f"{n or n_all} runs are more than {_MOST}; name fewer values, or draw with --random",
            zh=f"{n or n_all} 次训练超过上限 {_MOST};请减少取值,或用 --random 抽取",
        )
    rng = np.random.default_rng(seed)
    if ranges:
        return [{one.name: _draw(one, rng) for one in settings} for _ in range(n)]
    chosen: Sequence[int] = range(n_all)
    if 0 < n < n_all:
        chosen = sorted(rng.choice(n_all, n, replace=False).tolist())
    combinations = list(itertools.product(*(one.values for one in settings)))
    return [dict(zip(names, combinations[k], strict=True)) for k in chosen]


def _draw(setting: Setting, rng: np.random.Generator) -> Any:
    """Return a value; in a range over a tenfold by its logarithm."""
    if setting.values:
        return setting.values[int(rng.integers(len(setting.values)))]
    low, high = setting.low, setting.high
    if isinstance(low, int) and isinstance(high, int):
        return int(rng.integers(low, high + 1))
    if low > 0 and high >= 10 * low:
        return float(f"{math.exp(rng.uniform(math.log(low), math.log(high))):.3g}")
    return float(f"{rng.uniform(low, high):.3g}")


def run_sweep(
    config: str | Path | Mapping[str, Any],
    runs: Sequence[Mapping[str, Any]],
    *,
    output: str | Path,
    shards: str | Path,
    overrides: Mapping[str, Any] | None = None,
    on_run: Callable[[int, dict[str, Any]], None] | None = None,
) -> list[dict[str, Any]]:
    """Return the rows of all runs, once each has been trained or has failed.

    Parameters
    ----------
    config : path of a TOML file, or mapping
        As for `load_config`.
    runs : sequence of dict
        As `list_runs` gives them.
    output, shards : str or Path
        Folder of the sweep; a built corpus.
    overrides : mapping, optional
        Fields of every run: minutes, steps.
    on_run : callable, optional
        Called with number and row after each run.

    Raises
    ------
    ParameterError
        No run has a valid config, or the folder holds another sweep.

    Examples
    --------
    >>> run_sweep({"format": 1}, [{"wdith": 3}], output="sweep", shards="nowhere")
    Traceback (most recent call last):
    ...
    motet.errors.ParameterError: RunConfig has no field 'wdith'; did you mean ...
    """
    said = {k: v for k, v in (overrides or {}).items() if v is not None}
    configs = [_configure(config, one, said) for one in runs]
    wrong = [one for one in configs if isinstance(one, MotetError)]
    if wrong and len(wrong) == len(configs):
        raise wrong[0]
    home = Path(output)
    base = _base_of(config, said)
    done = {row["run"]: row for row in _read_rows(home, base)}
    rows = []
    for k, (settings, one) in enumerate(zip(runs, configs, strict=True), start=1):
        name = _name(settings)
        row = done.get(name)
        if row is None:
            row = {"run": name, **settings, **_train(one, home, name, shards)}
            if row["reason"] == "interrupted":
                break
        rows.append(row)
        _write_rows(home, rows + [done[name] for name in done if name not in _names(rows)], base)
        if on_run is not None:
            on_run(k, row)
    return rows


def _names(rows: Sequence[Mapping[str, Any]]) -> set[str]:
    return {str(row["run"]) for row in rows}


def _configure(
    config: str | Path | Mapping[str, Any], settings: Mapping[str, Any], said: Mapping[str, Any]
) -> RunConfig | MotetError:
    """Return the config of a run, or why there is none."""
    values = load_config(config, **said).to_dict()
    try:
        for name, value in settings.items():
            table, dot, inner = name.partition(".")
            if dot:
                values[table] = {**values[table], inner: value}
            else:
                values[name] = value
        return load_config(values)
    except MotetError as error:
        return error
    except TypeError as error:
        return ParameterError(
            f"{_name(settings)}: a value is of the wrong kind: {error}",
            zh=f"{_name(settings)}:某个值的类型不对:{error}",
        )


def _name(settings: Mapping[str, Any]) -> str:
    """Return the name of a run, also of its folder."""
    plain = ",".join(f"{name}={value}" for name, value in settings.items())
    safe = "".join(letter if letter.isalnum() or letter in "=,._+-" else "_" for letter in plain)
    if safe == plain and len(plain) <= 100:
        return plain
    return f"{safe[:90]}-{hashlib.sha256(plain.encode()).hexdigest()[:8]}"


def _base_of(config: str | Path | Mapping[str, Any], said: Mapping[str, Any]) -> str:
    return json.dumps(load_config(config, **said).to_dict(), sort_keys=True)


def _train(
    config: RunConfig | MotetError, home: Path, name: str, shards: str | Path
) -> dict[str, Any]:
    """Return what is told of a run after its end; its phrases are cut once for all runs."""
    from motet.train.command import run_training
    from motet.train.family import prepare_family, takes_phrases

    try:
        if isinstance(config, MotetError):
            raise config
        where: dict[str, Any] = {"shards": shards}
        if takes_phrases(config):
            asked = json.dumps([config.family, dict(config.data), config.pieces], sort_keys=True)
            place = home / "phrases" / hashlib.sha256(asked.encode()).hexdigest()[:8]
            prepare_family(shards, place, config=config)
            where = {"prepared": place}
        outcome = run_training(config, output=home / name, **where)
    except MotetError as error:
        return {"reason": f"{_FAILED}: {error.en}"}
    except (
        ArithmeticError,
        LookupError,
        MemoryError,
        OSError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        return {"reason": f"{_FAILED}: {type(error).__name__}: {error}"[:200]}
    best = round(outcome.best, 6) if math.isfinite(outcome.best) else ""
    told = {"reason": outcome.reason, "steps": outcome.steps, "best": best}
    return told | _read_best(home / name)


def _read_best(folder: Path) -> dict[str, Any]:
    """Return minutes, and what the best validation of a run measured."""
    told: dict[str, Any] = {}
    for line in read_log(folder / "log.jsonl"):
        if line["kind"] == "end":
            told["minutes"] = round(line["minutes"], 3)
        elif line["kind"] == "valid" and (line.get("best") or "best_step" not in told):
            told["best_step"] = line["step"]
            told |= {
                name: value
                for name, value in line.items()
                if name not in ("kind", "step", "best") and isinstance(value, (int, float))
            }
    return told


def _read_rows(home: Path, base: str) -> list[dict[str, Any]]:
    """Return the rows of a sweep that was begun, checked to be this one."""
    try:
        if (home / "sweep.json").is_file():
            if (home / "sweep.json").read_text(encoding="utf-8") != base:
                raise ParameterError(
                    f"{str(home)!r} holds a sweep of another config or length; choose another folder",
                    zh=f"{str(home)!r} 中是另一配置或时长的扫描;请另选文件夹",
                )
            with (home / CSV).open(encoding="utf-8", newline="") as stream:
                rows = [
                    {name: _read_cell(name, value) for name, value in row.items() if value}
                    for row in csv.DictReader(stream)
                ]
            return [row for row in rows if not row.get("reason", _FAILED).startswith(_FAILED)]
        home.mkdir(parents=True, exist_ok=True)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FormatError(
            f"cannot use the folder of the sweep: {error.strerror}",
            zh=f"无法使用扫描的文件夹:{error.strerror}",
            path=str(home),
        ) from error
    return []


def _read_cell(name: str, text: str) -> Any:
    return text if name in ("run", "reason") else _read_value(text)


def _write_rows(home: Path, rows: Sequence[Mapping[str, Any]], base: str) -> None:
    """Write the table, whole or not at all."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    ordered = ["run", *(name for name in columns if name not in ("run", *_FACTS)), *_FACTS]
    draft = home / f".{CSV}.part"
    with draft.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ordered, restval="")
        writer.writeheader()
        writer.writerows(rows)
    draft.replace(home / CSV)
    (home / "sweep.json").write_text(base, encoding="utf-8")
