"""``motet harmonise``: chords for a melody, and parts that sound them."""

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
    output_option,
    seed_option,
    style_option,
    writing_progress,
)

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "harmonise" in command_names()
    True
    """

    @app.command(
        "harmonise",
        cls=cls,
        short_help=t("Find chords for a melody.", "为旋律配和声。"),
        help=t(
            "Find chords for a melody, in three degrees of adventure, and write them as chord symbols, "
            "a choir, a piano, a guitar or a whole style. The melody stays as it is, note for note.",
            "为旋律配和声,大胆程度分三级,可写成和弦记号、四部合唱、钢琴、吉他或整个风格的伴奏。"
            "旋律一音不改。",
        ),
        epilog="motet harmonise tune.musicxml --texture satb -o chorale.pdf\n"
        "motet harmonise tune.mid --adventure 3 --texture piano -o jazz.musicxml\n"
        "motet harmonise tune.mid --texture bossa -o bossa/",
    )
    def harmonise(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="SOURCE",
            help=t("A score file, or - for standard input.", "乐谱文件,或用 - 表示标准输入。"),
        ),
        adventure: int = typer.Option(
            1,
            "--adventure",
            "-a",
            metavar="1..3",
            help=t("In the key; coloured; reharmonised.", "调内;有色彩;重配和声。"),
        ),
        texture: str = typer.Option(
            "chords",
            "--texture",
            metavar="NAME",
            help=t(
                "chords, satb, piano, guitar, or a style.",
                "写法:chords(记号)、satb(合唱)、piano(钢琴)、guitar(吉他)或风格名。",
            ),
        ),
        melody: str | None = typer.Option(
            None, "--melody", metavar="PART", help=t("The part to harmonise.", "要配和声的声部。")
        ),
        chords_per_bar: int | None = typer.Option(
            None,
            "--chords-per-bar",
            metavar="N",
            help=t("At most so many, 1 to 8.", "每小节至多几个和弦,1 到 8。"),
        ),
        keep_chords: bool = typer.Option(
            False, "--keep-chords", help=t("Use the chords it has.", "沿用已有的和弦。")
        ),
        style: str | None = style_option(t),
        key: str | None = key_option(t),
        candidates: int | None = candidates_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        output: str = output_option(t),
    ) -> None:
        from motet.cli.source import load_score
        from motet.tasks.harmonise import harmonise as harmonise_score

        score = load_score(source, ctx.obj)
        asked = {"style": style, "key": key, "candidates": candidates, "seed": seed}
        with writing_progress(ctx.obj) as tell:
            piece = harmonise_score(
                score, adventure=adventure, texture=texture, melody=melody,
                chords_per_bar=chords_per_bar, keep_chords=keep_chords, bundle=bundle,
                language=ctx.obj.language, on_bar=tell, **given_options(asked),
            )  # fmt: skip
        finish_composition(ctx.obj, piece, output, {})
