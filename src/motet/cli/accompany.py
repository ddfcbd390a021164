"""``motet accompany``: parts under given notes."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wording import Translate
from motet.cli.writing import (
    bundle_option,
    candidates_option,
    finish_composition,
    given_options,
    key_option,
    originality_option,
    output_option,
    seed_option,
    style_option,
    temperature_option,
    writing_progress,
)

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "accompany" in command_names()
    True
    """

    @app.command(
        "accompany",
        cls=cls,
        short_help=t("Add parts under given notes.", "在已有音符下添加伴奏声部。"),
        help=t(
            "Add bass, drums, comping, a counter-melody, pads or strings under the notes of a score, "
            "which stay as they are. Chords are those of the score, or found for its melody.",
            "在乐谱已有的音符下添加低音、鼓、伴奏、副旋律、铺底或弦乐;原有音符不变。"
            "和弦取自乐谱,没有时为旋律配出。",
        ),
        epilog="motet accompany tune.mid --style bossa -o song/\n"
        "motet accompany tune.musicxml --parts bass,drums,comping,counter -o band.mid\n"
        "motet accompany song.mid --parts cello:counter,strings --ground arranger",
    )
    def accompany(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="SOURCE",
            help=t("A score file, or - for standard input.", "乐谱文件,或用 - 表示标准输入。"),
        ),
        parts: str = typer.Option(
            "bass,drums,comping",
            "--parts",
            metavar="PARTS",
            help=t(
                "Roles or instruments: bass,drums,comping,counter,pad,strings; cello:counter.",
                "角色或乐器,如 bass,drums,comping,counter,pad,strings 或 cello:counter。",
            ),
        ),
        style: str | None = style_option(t),
        ground: str = typer.Option(
            "both",
            "--ground",
            metavar="both|arranger|model",
            help=t("Who writes.", "由谁写:编配器、模型或二者。"),
        ),
        intensity: int = typer.Option(
            3, "--intensity", "-i", metavar="1..5", help=t("How full it is.", "织体的丰满程度。")
        ),
        adventure: int = typer.Option(
            1,
            "--adventure",
            "-a",
            metavar="1..3",
            help=t("Of chords that must be found.", "需要配和弦时的大胆程度。"),
        ),
        melody: str | None = typer.Option(
            None, "--melody", metavar="PART", help=t("The part to mind.", "主旋律声部。")
        ),
        key: str | None = key_option(t),
        temperature: float | None = temperature_option(t),
        candidates: int | None = candidates_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        originality: bool = originality_option(t),
        output: str = output_option(t),
    ) -> None:
        from motet.cli.source import load_score
        from motet.tasks.harmonise import accompany as accompany_score

        score = load_score(source, ctx.obj)
        asked = {"key": key, "temperature": temperature, "candidates": candidates, "seed": seed}
        with writing_progress(ctx.obj) as tell:
            piece = accompany_score(
                score, parts=parts, style=style or "", ground=ground,  # type: ignore[arg-type]
                intensity=intensity, adventure=adventure, melody=melody, bundle=bundle,
                language=ctx.obj.language, on_bar=tell, originality=originality,
                **given_options(asked),
            )  # fmt: skip
        finish_composition(ctx.obj, piece, output, {})
