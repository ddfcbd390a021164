"""``motet analyse``: what a score is made of: keys, metre, feel, form, chords, difficulty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate

if TYPE_CHECKING:
    from motet.score import Score

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> import typer
    >>> app = typer.Typer()
    >>> register(app, lambda en, zh: en, None)
    >>> [one.name for one in app.registered_commands]
    ['analyse']
    """

    @app.command(
        "analyse",
        cls=cls,
        short_help=t("Tell what a score is made of.", "分析乐谱。"),
        help=t(
            "Tell keys, metre, feel, form, chords with Roman numerals, melody part and difficulty, "
            "each with how sure it is; --json gives every feature of every bar.",
            "说明调、拍号、律动、曲式、和弦与级数、旋律声部和难度,并给出把握;"
            "--json 给出每小节的全部特征。",
        ),
        epilog="motet analyse song.mid --picture facts.png\nmotet analyse tune.mid --pickup fix.mid",
    )
    def analyse(
        ctx: typer.Context,
        source: str = typer.Argument(
            ..., metavar="FILE", help=t("File, or - for standard input.", "文件,或 -(标准输入)。")
        ),
        picture: str = typer.Option(
            "",
            "--picture",
            metavar="PNG",
            help=t("Draw a page (png, svg, pdf).", "画成一页(png、svg、pdf)。"),
        ),
        pickup: str = typer.Option(
            "",
            "--pickup",
            metavar="OUT",
            help=t(
                "Write the score with bar lines moved to the pickup found, if sure.",
                "若有把握,按找到的弱起移动小节线并写出。",
            ),
        ),
    ) -> None:
        from motet.analysis.report import analyse as analyse_score
        from motet.analysis.report_words import tell_report
        from motet.cli.source import load_score

        out: Output = ctx.obj
        score = load_score(source, out)
        report = analyse_score(score)
        files = _write_pickup(score, report.pickup, pickup, out) if pickup else []
        if picture:
            from motet.render.facts_page import draw_facts

            draw_facts(report, picture, language=out.language)
            files.append(picture)
        lines = [*tell_report(report, language=out.language), *map(str, files)]
        out.finish({**report.as_dict(), "files": files}, lines)


def _write_pickup(score: Score, found: Any, target: str, out: Output) -> list[Any]:
    """Write the score with its bar lines moved, unless they are unsure or already right."""
    from motet.analysis.metre import set_pickup
    from motet.cli.save import save_score

    if found is None or not found.is_sure:
        out.note(
            "the pickup is not sure enough; the bar lines stay as they are",
            "弱起把握不足,小节线保持不变",
        )
        return list(save_score(score, target, out))
    return list(save_score(set_pickup(score, pickup_qn=found.pickup_qn), target, out))
