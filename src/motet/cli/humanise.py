"""``motet humanise``: a written score played by hands; or played music put back on the grid."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wording import Translate
from motet.cli.writing import finish_composition, output_option, seed_option

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "humanise" in command_names()
    True
    """

    @app.command(
        "humanise",
        cls=cls,
        short_help=t("Play a score as people do, or tidy it.", "让乐谱像真人演奏,或反之对齐。"),
        help=t(
            "Give a score the timing and dynamics of people: accents by the metre, phrases that rise and "
            "fall, drums tighter than the melody, on request a tempo that yields. The notation stays "
            "as it is. --tidy does the opposite: it moves played music to the grid.",
            "为乐谱加上真人的时间与力度:按拍号的重音、起伏的乐句,鼓比旋律更紧,并可让速度在句尾放缓。"
            "记谱不变。--tidy 则相反:把演奏录下的音乐对齐到网格。",
        ),
        epilog="motet humanise song.mid --amount 1 -o played.mid\n"
        "motet humanise song.mid --style bossa --rubato 0.5 -o played.mid\n"
        "motet humanise played.mid --tidy -o written.musicxml",
    )
    def humanise(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="SOURCE",
            help=t("A score file, or - for standard input.", "乐谱文件,或用 - 表示标准输入。"),
        ),
        amount: float = typer.Option(
            1.0,
            "--amount",
            metavar="0..2",
            help=t("How human; 1 is usual.", "人性化程度;通常为 1。"),
        ),
        style: str = typer.Option(
            "",
            "--style",
            "-s",
            metavar="NAME",
            help=t("Whose feel: late or early roles.", "随哪种风格的松紧(提前或靠后)。"),
        ),
        rubato: float = typer.Option(
            0.0,
            "--rubato",
            metavar="0..1",
            help=t("How much phrases slow at their ends.", "乐句末尾放慢的程度。"),
        ),
        part: list[str] = typer.Option(
            [],
            "--part",
            metavar="NAME",
            help=t("Only this part; may be repeated.", "只限此声部;可重复。"),
        ),
        tidy: bool = typer.Option(
            False,
            "--tidy",
            help=t("Move played notes to the grid instead.", "改为把音符对齐到网格。"),
        ),
        seed: int | None = seed_option(t),
        output: str = output_option(t),
    ) -> None:
        from motet.cli.source import load_score
        from motet.tasks import humanise as play_score
        from motet.tasks import tidy as tidy_score

        score = load_score(source, ctx.obj)
        shared: dict[str, Any] = {
            "parts": part or None, "language": ctx.obj.language, "seed": seed or 0,
        }  # fmt: skip
        if tidy:
            piece = tidy_score(score, **shared)
        else:
            piece = play_score(score, amount=amount, style=style, rubato=rubato, **shared)
        finish_composition(ctx.obj, piece, output, {})
