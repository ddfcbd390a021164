"""``motet sweep``: many short trainings of one config, told in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "sweep" in command_names()
    True
    """

    @app.command(
        "sweep",
        cls=cls,
        short_help=t("Train a config with many settings.", "用多组设置训练同一配置。"),
        help=t(
            "Train a config once for each combination of settings, or for some drawn at random, one "
            "after the other, and leave sweep.csv with a row a run: settings, best validation, minutes, "
            "why it ended. Started again, it does what is left. Runs that fail are told and skipped. "
            "Needs pip install 'motet[train]'.",
            "对每种设置组合(或随机抽取的若干组合)依次训练同一配置,留下 sweep.csv,每次训练一行:设置、最佳"
            "验证值、时长、结束原因。再次启动时只做剩余部分。失败的训练会说明原因并跳过。"
            "需先安装 'motet[train]' 附加包。",
        ),
        epilog="motet sweep configs/small.toml --set lr=1e-3,2e-3 --set rows=4,8 --shards shards -o sweep\n"
        "motet sweep my.toml --set lr=1e-4..1e-2 --random 12 --minutes 2 --shards shards -o sweep",
    )
    def sweep(
        ctx: typer.Context,
        config: Path = typer.Argument(
            ..., metavar="TOML", help=t("Config of all runs.", "各次训练共用的配置。")
        ),
        settings: list[str] = typer.Option(
            [],
            "--set",
            metavar="FIELD=VALUES",
            help=t(
                "Values with commas, or LOW..HIGH; may be repeated.",
                "用逗号分隔,或 低..高;可重复。",
            ),
        ),
        source: Path | None = typer.Option(
            None,
            "--from",
            metavar="FOLDER",
            help=t("Your scores, in place of a corpus.", "用您的乐谱代替语料库。"),
        ),
        shards: Path | None = typer.Option(
            None, "--shards", metavar="FOLDER", help=t("A built corpus.", "已构建的语料库。")
        ),
        output: Path = typer.Option(
            ...,
            "--output",
            "-o",
            metavar="FOLDER",
            help=t("Folder of the sweep.", "扫描的文件夹。"),
        ),
        random: int = typer.Option(
            0, "--random", metavar="N", min=0, help=t("Draw so many runs.", "随机抽取的次数。")
        ),
        minutes: float | None = typer.Option(
            None, "--minutes", metavar="N", help=t("Length of a run.", "每次训练的分钟数。")
        ),
        steps: int | None = typer.Option(
            None, "--steps", metavar="N", help=t("Length of a run in steps.", "每次训练的步数。")
        ),
        seed: int = typer.Option(
            0, "--seed", metavar="N", help=t("Of the drawing.", "抽取用的种子。")
        ),
    ) -> None:
        _need_torch()
        from motet.train.sweep import CSV, list_runs, read_setting, run_sweep

        runs = list_runs([read_setting(one) for one in settings], n=random, seed=seed)
        length = {"steps": steps, "minutes": 0.0 if steps and not minutes else minutes}
        out = ctx.obj
        corpus = _find_corpus(out, shards, source, output)

        def told(k: int, row: Mapping[str, Any]) -> None:
            line = f"{k}/{len(runs)} {row['run']}: {row['reason']} {row.get('best', '')}"
            out.note(line, line)

        rows = run_sweep(config, runs, output=output, shards=corpus, overrides=length, on_run=told)
        left = len(runs) - len(rows)
        facts = {"rows": rows, "csv": output / CSV, "left": left}
        stopped = out.say(f"{left} runs left", f"还剩 {left} 次训练")
        out.finish(facts, [*_table(rows), *([stopped] if left else []), str(output / CSV)])


def _find_corpus(out: Output, shards: Path | None, source: Path | None, output: Path) -> Path:
    """Return the corpus to train on: a built one, or one made of somebody's scores."""
    from motet.cli.adapt import corpus_of
    from motet.errors import ParameterError

    if (shards is None) == (source is None):
        raise ParameterError(
            "motet sweep needs --shards FOLDER with a built corpus, or --from FOLDER with your scores",
            zh="motet sweep 需要 --shards 给出已构建的语料库,或用 --from 给出存放乐谱的文件夹",
        )
    return shards if shards is not None else corpus_of(out, source or Path(), output / "shards")


def _table(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the runs, best first, failed ones last."""

    def place(row: Mapping[str, Any]) -> float:
        best = row.get("best")
        return best if isinstance(best, (int, float)) else float("inf")

    width = max((len(str(row["run"])) for row in rows), default=0)
    return [
        f"{row['run']:{width}}  {row.get('best', '')!s:>12}  {row.get('minutes', 0.0):>7.2f} min  "
        f"{row['reason']}"
        for row in sorted(rows, key=place)
    ]


def _need_torch() -> None:
    """Refuse kindly where torch is missing."""
    from importlib.util import find_spec

    from motet.errors import ParameterError

    if find_spec("torch") is None:
        raise ParameterError(
            "a sweep trains and needs torch, which is not installed: pip install 'motet[train]'",
            zh="扫描需要训练,因而需要 torch,但尚未安装:pip install 'motet[train]'",
        )
