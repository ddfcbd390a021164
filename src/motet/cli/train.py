"""``motet train``: a model from a built corpus, by the same functions as ``python -m motet.train``."""

from __future__ import annotations

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
    >>> "train" in command_names()
    True
    """

    @app.command(
        "train",
        cls=cls,
        short_help=t("Train a model on a corpus.", "用语料库训练模型。"),
        help=t(
            "Train a model on the shards of motet corpus build, and leave weights.npz for motet "
            "export. A folder that holds a run goes on where it stopped. --judge compares the weights "
            "with Markov chains instead. Needs pip install 'motet[train]'.",
            "用 motet corpus build 的分片训练模型,得到供 motet export 使用的 weights.npz。若文件夹中"
            "已有训练,则从中断处继续。--judge 改为把权重与马尔可夫链比较。"
            "需先安装 'motet[train]' 附加包。",
        ),
        epilog="motet train --shards shards -o runs/one --config configs/small.toml\n"
        "motet train --shards shards -o runs/one --judge",
    )
    def train(
        ctx: typer.Context,
        shards: Path = typer.Option(
            ..., "--shards", metavar="FOLDER", help=t("A built corpus.", "已构建的语料库。")
        ),
        output: Path = typer.Option(
            ..., "--output", "-o", metavar="FOLDER", help=t("Folder of the run.", "训练文件夹。")
        ),
        config: Path | None = typer.Option(
            None, "--config", metavar="TOML", help=t("What to train, and how.", "训练内容与方式。")
        ),
        minutes: float | None = typer.Option(
            None, "--minutes", metavar="N", help=t("Length by the clock.", "时长(分钟)。")
        ),
        steps: int | None = typer.Option(
            None, "--steps", metavar="N", help=t("Length in steps.", "步数。")
        ),
        size: str | None = typer.Option(
            None, "--size", help=t("tiny, small, medium or base.", "tiny、small、medium 或 base。")
        ),
        threads: int | None = typer.Option(
            None, "--threads", metavar="N", help=t("Cores to use.", "使用的核心数。")
        ),
        seed: int | None = typer.Option(
            None, "--seed", metavar="N", help=t("Same seed, same rows.", "随机种子。")
        ),
        start: Path | None = typer.Option(
            None, "--start", metavar="WEIGHTS", help=t("Weights to begin from.", "起始权重。")
        ),
        judge: bool = typer.Option(
            False, "--judge", help=t("Only compare the weights.", "仅比较权重。")
        ),
    ) -> None:
        _need_torch()
        if judge:
            _judge(ctx.obj, output, shards, threads or 1)
            return
        options = {
            "minutes": 0.0 if steps and not minutes else minutes,
            "steps": steps,
            "size": size,
            "threads": threads,
            "seed": seed,
        }
        _train(ctx.obj, shards, output, config, start, options)


def _need_torch() -> None:
    """Refuse kindly where torch is missing."""
    from importlib.util import find_spec

    from motet.errors import ParameterError

    if find_spec("torch") is None:
        raise ParameterError(
            "training needs torch, which is not installed: pip install 'motet[train]'",
            zh="训练需要 torch,但尚未安装:pip install 'motet[train]'",
        )


def _train(
    out: Output,
    shards: Path,
    output: Path,
    config: Path | None,
    start: Path | None,
    options: dict[str, Any],
) -> None:
    """Train, and tell how the run ended."""
    from motet.train.command import run_training
    from motet.train.config import load_config

    chosen = load_config(config or {"format": 1}, **options)
    outcome = run_training(chosen, output=output, shards=shards, start=start)
    facts = {
        "weights": output / "weights.npz",
        "steps": outcome.steps,
        "tokens": outcome.tokens,
        "reason": outcome.reason,
        "nats_per_note": outcome.best,
    }
    said = out.say(
        f"{outcome.steps} steps ({outcome.reason}), {outcome.best:.3f} nats a note: "
        f"{output / 'weights.npz'}",
        f"{outcome.steps} 步,每音符 {outcome.best:.3f} nat:{output / 'weights.npz'}",
    )
    out.finish(facts, [said])


def _judge(out: Output, output: Path, shards: Path, threads: int) -> None:
    """Compare the weights of a run with Markov chains."""
    from motet.train.judge import judge_weights

    verdict = judge_weights(output / "weights.npz", shards, threads=threads)
    lines = [f"{name:10} {one.nats_per_note:7.3f}" for name, one in verdict.rows.items()]
    head = out.say("nats a note on held-out music", "留出音乐上的每音符 nat 数")
    gain = out.say(
        f"{verdict.gain:.1%} fewer than the best Markov chain",
        f"比最好的马尔可夫链少 {verdict.gain:.1%}",
    )
    out.finish(verdict.to_dict(), [head, *lines, gain])
