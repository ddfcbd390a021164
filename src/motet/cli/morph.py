"""``motet morph``: from one phrase to another in steps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from motet.cli.wording import Translate
from motet.cli.writing import bundle_option, given_options, seed_option

__all__ = ["content_option", "register"]


def content_option(t: Translate) -> Any:
    """Return the option ``--content``.

    Examples
    --------
    >>> content_option(lambda en, zh: en).metavar
    'melody|drums|trio'
    """
    return typer.Option(
        None,
        "--content",
        metavar="melody|drums|trio",
        help=t(
            "What of the music; trio is melody, bass and drums.",
            "取哪些声部;trio 为旋律、贝斯与鼓。",
        ),
    )


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "morph" in command_names()
    True
    """

    @app.command(
        "morph",
        cls=cls,
        short_help=t("Go from one tune to another in steps.", "从一段音乐渐变到另一段。"),
        help=t(
            "Write the steps between two pieces, each of which is music: melodies or drums (melody, bass "
            "and drums at once with a bundle of your own). A table says how near each step is to both "
            "ends and to the one before. Files: step-0 ... and way, all steps one after another.",
            "写出两段音乐之间的各步,每一步都是音乐:旋律或鼓(用自己的模型包可同时取旋律、贝斯与鼓)。"
            "表中列出每一步离两端与上一步的距离。文件:step-0 等,以及首尾相接的 way。",
        ),
        epilog="motet morph a.mid b.mid --steps 7 -o morph/\n"
        "motet morph verse.musicxml chorus.musicxml --content melody -o morph/\n"
        "motet morph rock.mid funk.mid --content drums --steps 5 -o beats/",
    )
    def morph(
        ctx: typer.Context,
        first: str = typer.Argument(
            ..., metavar="A", help=t("A score file: where it begins.", "乐谱文件:起点。")
        ),
        second: str = typer.Argument(
            ..., metavar="B", help=t("A score file: where it ends.", "乐谱文件:终点。")
        ),
        steps: int | None = typer.Option(
            None,
            "--steps",
            metavar="N",
            help=t("How many, both ends with them; else 7.", "步数,含两端;默认 7。"),
        ),
        content: str | None = content_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        output: str = typer.Option(
            "morph/", "--output", "-o", metavar="FOLDER", help=t("Where to write.", "输出文件夹。")
        ),
    ) -> None:
        from motet.cli.save import save_score
        from motet.cli.source import load_score
        from motet.tasks.phrase import morph as find_way

        asked = {"steps": steps, "content": content, "seed": seed, "bundle": bundle}
        ends = load_score(first, ctx.obj), load_score(second, ctx.obj)
        way = find_way(*ends, **given_options(asked), language=ctx.obj.language)
        files = []
        for k, piece in enumerate(way.pieces):
            files += save_score(piece, Path(output) / f"step-{k}.mid", ctx.obj)
        for name in ("way.mid", "way.png"):
            files += save_score(way.joined, Path(output) / name, ctx.obj)
        lines = [way.summary(ctx.obj.language), "", *(f"  {path}" for path in files)]
        ctx.obj.finish({**way.facts(), "files": files}, lines)
