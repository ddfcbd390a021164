"""``motet reduce``: a score for many becomes one for two hands, or a lead sheet."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wording import Translate
from motet.cli.writing import finish_composition, output_option

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "reduce" in command_names()
    True
    """

    @app.command(
        "reduce",
        cls=cls,
        short_help=t("Reduce a score to piano or lead sheet.", "把乐谱缩编为钢琴谱或主旋律谱。"),
        help=t(
            "Reduce a score to a piano part that two hands can play, or to a lead sheet: melody and "
            "chord symbols. Drums and doublings go; what was kept is measured and told.",
            "把乐谱缩编为双手可弹的钢琴谱,或主旋律谱(旋律加和弦记号)。去掉鼓与重复的音,并量出保留了多少。",
        ),
        epilog="motet reduce song.mid --to piano -o piano.pdf\n"
        "motet reduce song.mid --to lead -o lead.musicxml\n"
        "motet reduce quartet.musicxml --melody Viola -o piano.musicxml",
    )
    def reduce(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="SOURCE",
            help=t("A score file, or - for standard input.", "乐谱文件,或用 - 表示标准输入。"),
        ),
        to: str = typer.Option(
            "piano",
            "--to",
            metavar="piano|lead",
            help=t("Two hands, or melody and chord symbols.", "双手钢琴,或旋律加和弦记号。"),
        ),
        melody: str | None = typer.Option(
            None,
            "--melody",
            metavar="NAME",
            help=t("The part with the melody; else found.", "旋律所在声部;默认自动寻找。"),
        ),
        title: str = typer.Option("", "--title", metavar="TEXT", help=t("Title.", "标题。")),
        output: str = output_option(t),
    ) -> None:
        from motet.cli.source import load_score
        from motet.tasks import reduce_score

        score = load_score(source, ctx.obj)
        piece = reduce_score(score, to=to, melody=melody, language=ctx.obj.language, title=title)
        finish_composition(ctx.obj, piece, output, {})
