"""``motet sketch``: many short ideas of a whole band from noise, the best first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from motet.cli.wish import metre_option, qpm_option
from motet.cli.wording import Translate
from motet.cli.writing import (
    chords_option,
    given_options,
    key_option,
    seed_option,
    style_option,
    temperature_option,
)

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "sketch" in command_names()
    True
    """

    @app.command(
        "sketch",
        cls=cls,
        short_help=t(
            "Sixteen ranked ideas of a band from noise.", "从噪声得到十六个排好序的乐队想法。"
        ),
        help=t(
            "Write short ideas of a whole band (melody, chords, bass, drums, strings) and put the best "
            "first: a folder of MIDI files and one picture of them all. Go on from the one that you like: "
            "motet continue ideas/idea-03.mid.",
            "写出整支乐队(旋律、和弦、贝斯、鼓、弦乐)的短小想法,好的排在前面:一个 MIDI 文件夹,"
            "加一张总览图。挑中一个即可继续:motet continue ideas/idea-03.mid。",
        ),
        epilog="motet sketch -o ideas/\n"
        'motet sketch --n 8 --chords "Dm7 G7 Cmaj7 A7" --style bossa -o ideas/\n'
        "motet sketch --style lofi --seed 7 --sound -o ideas/",
    )
    def sketch(
        ctx: typer.Context,
        n: int | None = typer.Option(
            None, "--n", metavar="N", help=t("How many ideas; else 16.", "想法个数,默认 16。")
        ),
        chords: str | None = chords_option(t),
        style: str | None = style_option(t),
        key: str | None = key_option(t),
        metre: str | None = metre_option(t),
        qpm: float | None = qpm_option(t),
        bars: int | None = typer.Option(
            None,
            "--bars",
            metavar="N",
            help=t("Of each idea; else 4.", "每个想法的小节数,默认 4。"),
        ),
        parts: str | None = typer.Option(
            None,
            "--parts",
            metavar="NAMES",
            help=t(
                "Of melody,chords,bass,drums,strings.", "取自 melody,chords,bass,drums,strings。"
            ),
        ),
        temperature: float | None = temperature_option(t),
        seed: int | None = seed_option(t),
        sound: bool = typer.Option(
            False, "--sound", help=t("Write an OGG of each too.", "同时写出每个想法的 OGG 音频。")
        ),
        folder: Path = typer.Option(
            ..., "--output", "-o", metavar="FOLDER", help=t("Where they go.", "写入的文件夹。")
        ),
    ) -> None:
        from motet.render.ideas import save_sketches
        from motet.tasks.sketch import sketch as write_sketches

        asked = {
            "n": n, "chords": chords, "style": style, "key": key, "metre": metre, "qpm": qpm,
            "bars": bars, "temperature": temperature, "seed": seed,
            "parts": tuple(parts.split(",")) if parts else None,
        }  # fmt: skip
        found = write_sketches(**given_options(asked), language=ctx.obj.language)
        with ctx.obj.progress("saving", "保存中") as report:
            files = save_sketches(found, folder, sound=sound, progress=report)
        lines = [found.summary(), "", *(f"  {path}" for path in files)]
        ctx.obj.finish({**found.facts(), "files": files}, lines)
