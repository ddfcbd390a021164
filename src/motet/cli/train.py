"""``motet train``: a model from a built corpus, as ``python -m motet.train``; or adapted to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from motet.cli.adapt import run_adapt
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
        short_help=t(
            "Train a model, or adapt one to your scores.", "训练模型,或用自己的乐谱适配模型。"
        ),
        help=t(
            "With --from, adapt a bundle to a folder of your scores in minutes; the result is a bundle "
            "of your own, which every command takes by its name, and no file leaves your machine. "
            "A TOML of --config beside it trains a model of any family on that folder alone. "
            "Else train a model on the shards of motet corpus build, and leave weights.npz for motet "
            "export. A folder that holds a run goes on where it stopped. The weights of a run are compared "
            "with Markov chains by --judge. Needs pip install 'motet[train]'.",
            "加 --from 时,用您文件夹中的乐谱在几分钟内适配一个模型包,得到自己的模型包,各命令均可按名称"
            "使用;任何文件都不会离开本机。"
            "同时给出 --from 与 --config 时,只用该文件夹训练任一类模型。"
            "否则用 motet corpus build 的分片训练模型,得到供 motet export "
            "使用的 weights.npz。若文件夹中已有训练,则从中断处继续。--judge 改为把权重与马尔可夫链比较。"
            "需先安装 'motet[train]' 附加包。",
        ),
        epilog="motet train --from my_scores/ --name mine\n"
        "motet train --from my_scores/ --config configs/rnn-melody.toml -o runs/own --watch\n"
        "motet train --shards shards -o runs/one --config configs/small.toml\n"
        "motet train --shards shards -o runs/one --judge",
    )
    def train(
        ctx: typer.Context,
        source: Path | None = typer.Option(
            None,
            "--from",
            metavar="FOLDER",
            help=t("Your scores, any format.", "您的乐谱,格式不限。"),
        ),
        name: str | None = typer.Option(
            None,
            "--name",
            help=t("Of your bundle; else the folder's.", "模型包名称;默认取文件夹名。"),
        ),
        bundle: str | None = typer.Option(
            None,
            "--bundle",
            metavar="NAME",
            help=t("What to adapt; else small.", "要适配的模型包,默认 small。"),
        ),
        style: str | None = typer.Option(
            None, "--style", help=t("A style to call your scores.", "为您的乐谱标注的风格。")
        ),
        rank: int | None = typer.Option(
            None, "--rank", metavar="N", help=t("Of the adapters; else 8.", "适配器的秩,默认 8。")
        ),
        replace: bool = typer.Option(
            False, "--replace", help=t("A bundle of that name gives way.", "替换同名的自有模型包。")
        ),
        shards: Path | None = typer.Option(
            None, "--shards", metavar="FOLDER", help=t("A built corpus.", "已构建的语料库。")
        ),
        output: Path | None = typer.Option(
            None, "--output", "-o", metavar="FOLDER", help=t("Folder of the run.", "训练文件夹。")
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
        watch: bool = typer.Option(
            False,
            "--watch",
            help=t("Live curves, and run.html with samples.", "实时曲线,以及含样例的 run.html。"),
        ),
        judge: bool = typer.Option(
            False, "--judge", help=t("Only compare the weights.", "仅比较权重。")
        ),
    ) -> None:
        _need_torch()
        timing = {"minutes": minutes, "steps": steps, "threads": threads, "seed": seed}
        shaping = {"size": size, "config": config, "start": start, "output": output}
        if source is not None and (config is None or judge):
            _refuse_others("--from", {**shaping, "judge": judge, "watch": watch})
            run_adapt(
                ctx.obj, source, name=name, bundle=bundle or "small", is_replaced=replace,
                shards=shards, options={**timing, "style": style, "rank": rank},
            )  # fmt: skip
            return
        _refuse_others(
            "--shards",
            {"name": name, "bundle": bundle, "style": style, "rank": rank, "replace": replace},
        )
        corpus, place = _need_both(shards, output, source, ctx.obj)
        if judge:
            _judge(ctx.obj, place, corpus, threads or 1)
            return
        timing["minutes"] = 0.0 if steps and not minutes else minutes
        options = {**timing, "size": size}
        _train(ctx.obj, corpus, place, config, start, options, is_watched=watch)


def _refuse_others(chosen: str, options: dict[str, Any]) -> None:
    """Refuse options that belong to the other way of training."""
    from motet.errors import ParameterError

    for name, value in options.items():
        if value not in (None, False):
            raise ParameterError(
                f"--{name} does not go with {chosen}; motet train --help tells both ways of training",
                zh=f"--{name} 不能与 {chosen} 同用;两种训练方式见 motet train --help",
            )


def _need_both(
    shards: Path | None, output: Path | None, source: Path | None, out: Output
) -> tuple[Path, Path]:
    """Return corpus and folder of a run; both must be said, or scores to make the corpus of."""
    from motet.errors import ParameterError

    if source is not None and output is not None and shards is None:
        from motet.cli.adapt import corpus_of

        return corpus_of(out, source, output / "shards"), output
    if shards is None or output is None:
        raise ParameterError(
            "motet train needs --shards FOLDER and --output FOLDER, or --from FOLDER with your scores",
            zh="motet train 需要 --shards 文件夹 与 --output 文件夹,或用 --from 给出存放乐谱的文件夹",
        )
    return shards, output


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
    *,
    is_watched: bool,
) -> None:
    """Train, and tell how the run ended."""
    from motet.train.command import run_training
    from motet.train.config import load_config

    chosen = load_config(config or {"format": 1}, **options)
    if is_watched:
        from motet.cli.run_samples import make_sampler
        from motet.cli.run_view import watching

        sampler = make_sampler(chosen, output)
        with watching(output, out):
            outcome = run_training(
                chosen, output=output, shards=shards, start=start, on_judge=sampler
            )
    else:
        outcome = run_training(chosen, output=output, shards=shards, start=start)
    facts = {
        "weights": output / "weights.npz",
        "steps": outcome.steps,
        "tokens": outcome.tokens,
        "reason": outcome.reason,
        "best": outcome.best,
    }
    unit = (
        ("nats a note", "每音符 nat") if chosen.family == "transformer" else ("at best", "最佳值")
    )
    said = out.say(
        f"{outcome.steps} steps ({outcome.reason}), {outcome.best:.3f} {unit[0]}: "
        f"{output / 'weights.npz'}",
        f"{outcome.steps} 步,{unit[1]} {outcome.best:.3f}:{output / 'weights.npz'}",
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
