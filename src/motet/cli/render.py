"""``motet render``: a score into sound, sheet music or a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from motet.cli.output import Output
from motet.cli.sheet import layout_option, page_option
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
        epilog="motet render song.mid -o song.mp3 --reverb hall\n"
        "motet render song.mid -o loop.ogg --loop --from-bar 5 --to-bar 12\n"
        "motet render song.mid -o lead.pdf --layout lead --page letter",
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
        engine: str | None = typer.Option(
            None,
            "--engine",
            metavar="NAME",
            help=t(
                "Synthesiser: motet or fluidsynth; else motet.",
                "合成器:motet 或 fluidsynth;默认 motet。",
            ),
        ),
        reverb: str | None = typer.Option(
            None,
            "--reverb",
            metavar="ROOM",
            help=t(
                "Reverb: none, studio, room, chamber or hall; else room.",
                "混响:none、studio、room、chamber、hall;默认 room。",
            ),
        ),
        loudness: float | None = typer.Option(
            None, "--loudness", metavar="LUFS", help=t("Loudness; else -16.", "响度;默认 -16。")
        ),
        sample_rate: int | None = typer.Option(
            None,
            "--sample-rate",
            metavar="HZ",
            help=t("Samples a second; else 44100.", "采样率;默认 44100。"),
        ),
        from_bar: int | None = typer.Option(
            None, "--from-bar", metavar="N", help=t("First bar of an excerpt.", "节选的首小节。")
        ),
        to_bar: int | None = typer.Option(
            None, "--to-bar", metavar="N", help=t("Last bar of an excerpt.", "节选的末小节。")
        ),
        layout: str = layout_option(t),
        page: str = page_option(t),
    ) -> None:
        from motet.cli.save import save_score
        from motet.cli.source import load_score, take_bars

        out: Output = ctx.obj
        score = take_bars(load_score(source, out), from_bar, to_bar)
        target = output or ("stdin.wav" if source == "-" else Path(source).with_suffix(".wav"))
        files = save_score(
            score,
            target,
            out,
            stem="stdin" if source == "-" else Path(source).stem,
            stems=stems,
            loop=loop,
            engine=engine,
            reverb=reverb,
            loudness_lufs=loudness,
            sample_rate_hz=sample_rate,
            layout=layout,
            page=page,
        )
        out.finish({"files": files}, [str(path) for path in files])
