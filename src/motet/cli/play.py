"""``motet play``: hear a file or a progression at once."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
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
        from motet.cli.player import find_player, play_file
        from motet.cli.save import save_score
        from motet.cli.source import load_score, open_source

        out: Output = ctx.obj
        with open_source(source) as given, out.progress("rendering", "渲染中") as report:
            if isinstance(given, Path):
                score = load_score(given, out)
            else:
                score = arrange(given, style=style, seed=seed).score
            with TemporaryDirectory(prefix="motet-") as folder:
                (path,) = save_score(score, Path(folder) / "play.wav", progress=report)
                play_file(path, player=find_player())
        seconds = score.time.tick_to_s(score.end_tick)
        text = out.say(f"played {seconds:.0f} s", f"已播放 {seconds:.0f} 秒")
        out.finish({"duration_s": round(seconds, 2)}, [text])
