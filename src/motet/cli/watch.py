"""``motet watch``: the curves of a run that goes on elsewhere, in the terminal and as a page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from motet.cli.wording import Translate

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "watch" in command_names()
    True
    """

    @app.command(
        "watch",
        cls=cls,
        short_help=t("Watch a training run.", "观看训练过程。"),
        help=t(
            "Show the curves of a training run, of this process or another, until it ends or Ctrl-C; "
            "and write run.html into its folder, with samples to see and to hear where the run was "
            "started with --watch. Reads the folder only. Where the output is no terminal, once.",
            "显示一次训练的曲线(可在其他进程中进行),直到其结束或按 Ctrl-C;并在其文件夹中写出 run.html,"
            "若训练以 --watch 启动,其中还有可看可听的样例。只读取文件夹。若输出不是终端,则只显示一次。",
        ),
        epilog="motet watch runs/one\nmotet watch runs/one --once",
    )
    def watch(
        ctx: typer.Context,
        folder: Path = typer.Argument(
            ..., metavar="RUN", help=t("Folder of the run.", "训练文件夹。")
        ),
        once: bool = typer.Option(
            False, "--once", help=t("As it stands, then leave.", "只显示当前状态。")
        ),
    ) -> None:
        from motet.cli.run_view import follow_run, tell_run
        from motet.train.curves import Follower, read_curves, tell_state
        from motet.train.page import write_page

        if not once and not ctx.obj.as_json and sys.stdout.isatty():
            follow_run(folder, ctx.obj, stream=sys.stdout)
            return
        page = write_page(folder, language=ctx.obj.language)
        follower = Follower(folder)
        follower.poll()
        last = {one.name: one.values[-1] for one in read_curves(follower.lines) if one.values}
        facts = {**tell_state(follower.lines), "last": last, "page": page}
        ctx.obj.finish(facts, [*tell_run(follower.lines, ctx.obj), "", str(page)])
