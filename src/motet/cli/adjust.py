"""``motet adjust``: sliders for density, syncopation, range, brightness and tension."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.morph import content_option
from motet.cli.wording import Translate
from motet.cli.writing import (
    bundle_option,
    finish_composition,
    given_options,
    output_option,
    seed_option,
)

__all__ = ["register"]


def _slider(t: Translate, name: str, en: str, zh: str) -> Any:
    """Return one slider's option."""
    return typer.Option(None, f"--{name}", metavar="-3..3", help=t(en, zh))


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "adjust" in command_names()
    True
    """

    @app.command(
        "adjust",
        cls=cls,
        short_help=t("Denser, brighter, tenser, or less so.", "更密、更亮、更紧张,或相反。"),
        help=t(
            "Move sliders of a melody or of drums, and keep all else as near as can be. 1 is a standard "
            "deviation of what people wrote: a clear difference. The report measures every slider "
            "before and after, those that were to stay too.",
            "调节旋律或鼓的若干特性,其余尽量不变。1 为人所写音乐的一个标准差,即明显的差别。"
            "报告列出每一项调节前后的实测值,包括应保持不变的项。",
        ),
        epilog="motet adjust tune.mid --density 1 -o denser.mid\n"
        "motet adjust tune.musicxml --brightness 1 --tension -1 --bars 5-8\n"
        "motet adjust beat.mid --content drums --syncopation 1 -o beat2.mid",
    )
    def adjust(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="SOURCE",
            help=t("A score file, or - for standard input.", "乐谱文件,或用 - 表示标准输入。"),
        ),
        density: float | None = _slider(t, "density", "Notes a beat.", "每拍音数。"),
        syncopation: float | None = _slider(t, "syncopation", "Off the beat.", "切分。"),
        reach: float | None = _slider(t, "range", "How far its notes lie apart.", "音域宽窄。"),
        brightness: float | None = _slider(
            t, "brightness", "How high it lies; of drums, cymbals.", "音区高低;鼓则为镲的多少。"
        ),
        tension: float | None = _slider(
            t, "tension", "Tones away from rest; of drums, toms.", "离开稳定音的程度;鼓则为通鼓。"
        ),
        bars: str | None = typer.Option(
            None, "--bars", metavar="BARS", help=t('Which: "5-8".', '哪些小节,如 "5-8"。')
        ),
        part: str | None = typer.Option(
            None, "--part", metavar="NAME", help=t("Whose notes.", "哪个声部。")
        ),
        content: str | None = content_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        output: str = output_option(t),
    ) -> None:
        from motet.cli.source import load_score
        from motet.tasks.phrase import adjust as move_sliders

        asked = {
            "density": density, "syncopation": syncopation, "range": reach,
            "brightness": brightness, "tension": tension, "bars": bars,
            "parts": [part] if part else None, "content": content, "seed": seed, "bundle": bundle,
        }  # fmt: skip
        score = load_score(source, ctx.obj)
        piece = move_sliders(score, **given_options(asked), language=ctx.obj.language)
        finish_composition(ctx.obj, piece, output, {})
