"""``motet render``: a score into sound, sheet music or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "render" in command_names()
    True
    """

    @app.command(
        "render",
        cls=cls,
        short_help=t("Make sound, sheet music or a picture.", "生成声音、乐谱或图像。"),
        help=t(
            "Render a score: wav, flac, ogg and mp3 are sound, svg and pdf sheet music, png a "
            "piano roll. Without -o, a WAV file beside the source.",
            "渲染乐谱:wav、flac、ogg、mp3 为声音,svg、pdf 为乐谱,png 为钢琴卷帘。不写 -o 时,"
            "在源文件旁写出 WAV。",
        ),
        epilog="motet render song.mid -o song.mp3\nmotet render song.mid -o loop.ogg --loop",
    )
    def render(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="FILE",
            help=t("File, or - for standard input.", "文件,或 -(标准输入)。"),
        ),
        output: str = typer.Option(
            "", "--output", "-o", metavar="PATH", help=t("What to write.", "要写的文件。")
        ),
        stems: bool = typer.Option(
            False, "--stems", help=t("Sound of each part too.", "另存每个声部的声音。")
        ),
        loop: bool = typer.Option(False, "--loop", help=t("A seamless loop.", "无缝循环。")),
        engine: str = typer.Option(
            "auto",
            "--engine",
            metavar="NAME",
            help=t("auto, motet or fluidsynth.", "auto、motet 或 fluidsynth。"),
        ),
        loudness: float = typer.Option(
            -16.0, "--loudness", metavar="LUFS", help=t("Loudness.", "响度。")
        ),
        sample_rate: int = typer.Option(
            44100, "--sample-rate", metavar="HZ", help=t("Samples a second.", "采样率。")
        ),
    ) -> None:
        from motet.cli.save import SoundWish, save_score
        from motet.cli.source import load_score

        out: Output = ctx.obj
        score = load_score(source, out)
        sound = SoundWish(
            stems=stems,
            loop=loop,
            engine=engine,
            loudness_lufs=loudness,
            sample_rate_hz=sample_rate,
        )
        place = "stdin.wav" if source == "-" else Path(source).with_suffix(".wav")
        files = save_score(score, output or place, out, stem=Path(source).stem, sound=sound)
        out.finish({"files": files}, [str(path) for path in files])
