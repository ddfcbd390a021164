"""``motet restyle``: a score in another style, with what is to be kept kept."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wish import metre_option, qpm_option
from motet.cli.wording import Translate
from motet.cli.writing import (
    bundle_option,
    candidates_option,
    finish_composition,
    given_options,
    originality_option,
    output_option,
    seed_option,
    temperature_option,
    writing_progress,
)

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "restyle" in command_names()
    True
    """

    @app.command(
        "restyle",
        cls=cls,
        short_help=t("Write a score anew in another style.", "把乐谱改写成另一种风格。"),
        help=t(
            "Write a score anew in another style: what you keep stays note for note, groove, chords, "
            "instruments and ornament change as far as the strength says. Keep any of melody, tune, "
            "harmony, form, bass, rhythm, key, tempo, metre, lyrics, or parts by name.",
            "把乐谱改写成另一种风格:要保留的逐音不变,律动、和弦、乐器与装饰按强度改变。可保留 melody 旋律、"
            "tune 曲调、harmony 和声、form 曲式、bass 低音、rhythm 节奏、key 调、tempo 速度、metre 拍号、"
            "lyrics 歌词,或以名称指定的声部。",
        ),
        epilog="motet restyle song.mid --to bossa --keep melody,form --strength 0.7\n"
        "motet restyle song.musicxml --to string-quartet --keep tune -o quartet.pdf\n"
        "motet restyle waltz.abc --to swing --metre 4/4 --keep form",
    )
    def restyle(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="SOURCE",
            help=t("A score file, or - for standard input.", "乐谱文件,或用 - 表示标准输入。"),
        ),
        to: str = typer.Option(
            ...,
            "--to",
            metavar="STYLE",
            help=t("Which style: bossa, ragtime, hymn.", "目标风格,如 bossa、ragtime、hymn。"),
        ),
        keep: str = typer.Option(
            "melody,form",
            "--keep",
            metavar="WHAT",
            help=t("What stays; 'nothing' for all open.", "保留什么;nothing 表示全部放开。"),
        ),
        strength: float = typer.Option(
            0.7,
            "--strength",
            metavar="0..1",
            help=t("0 only what must change, 1 all.", "0 只改必须改的,1 全部放开。"),
        ),
        melody: str | None = typer.Option(
            None,
            "--melody",
            metavar="PART",
            help=t("The part that sings, if not found.", "旋律所在的声部(若未找对)。"),
        ),
        metre: str | None = metre_option(
            t, "Move the tune into 4/4, or 'style'.", "改为 4/4 等拍号,或 style。"
        ),
        qpm: float | None = qpm_option(t, "--tempo"),
        intensity: int | None = typer.Option(
            None,
            "--intensity",
            metavar="1..5",
            help=t("How full the band plays.", "乐队的饱满程度。"),
        ),
        swing: float | None = typer.Option(
            None, "--swing", metavar="0..1", help=t("0 straight, 1 triplets.", "0 平直,1 三连音。")
        ),
        temperature: float | None = temperature_option(t),
        candidates: int | None = candidates_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        originality: bool = originality_option(t),
        output: str = output_option(t),
    ) -> None:
        from motet.cli.source import load_score
        from motet.tasks import restyle as restyle_score

        score = load_score(source, ctx.obj)
        asked = {
            "metre": metre, "qpm": qpm, "intensity": intensity, "swing": swing,
            "temperature": temperature, "candidates": candidates, "seed": seed,
        }  # fmt: skip
        with writing_progress(ctx.obj) as tell:
            piece = restyle_score(
                score, to=to, keep=keep, strength=strength, melody=melody, bundle=bundle,
                language=ctx.obj.language, on_bar=tell, originality=originality,
                **given_options(asked),
            )  # fmt: skip
        finish_composition(ctx.obj, piece, output, {})
