"""``motet play``: hear a file or a progression at once."""

from __future__ import annotations

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
    >>> "play" in command_names()
    True
    """

    @app.command(
        "play",
        cls=cls,
        short_help=t("Play a file or a progression.", "播放文件或和弦进行。"),
        help=t(
            "Play a score through this machine's audio player. A progression is arranged first.",
            "用本机的播放器播放乐谱;和弦进行会先被编配。",
        ),
        epilog='motet play song.mid\nmotet play "| C Am | F G |" --style reggae',
    )
    def play(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="SOURCE",
            help=t("File, progression, or - for standard input.", "文件、和弦进行,或 -。"),
        ),
        style: str = typer.Option(
            "pop", "--style", "-s", metavar="NAME", help=t("For a progression.", "用于和弦进行。")
        ),
        seed: int = typer.Option(
            0, "--seed", metavar="N", help=t("For a progression.", "用于和弦进行。")
        ),
    ) -> None:
        from motet.api import arrange
        from motet.cli.source import open_source
        from motet.render import play_audio, render_audio
        from motet.render.play import check_player

        out: Output = ctx.obj
        given = open_source(source, out)
        check_player()
        score = arrange(given, style=style, seed=seed).score if isinstance(given, str) else given
        with out.progress("rendering sound", "渲染声音") as report:
            audio = render_audio(score, progress=lambda done, total: report(done / total, ""))
        seconds = audio.duration_s
        out.note(f"playing {seconds:.0f} s; Ctrl-C stops", f"播放 {seconds:.0f} 秒;Ctrl-C 停止")
        player = play_audio(audio)
        text = out.say(f"played by {player}", f"播放器:{player}")
        out.finish({"duration_s": round(seconds, 2), "player": player}, [text])
