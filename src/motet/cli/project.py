"""``motet project``: a piece in the making; its commands stand in the files beside this one.

Conventions: every command names the project file first; those that change it save it at once, whole or not
at all.
"""

from __future__ import annotations

import sys
from typing import Any

import typer

from motet.cli import project_begin, project_history, project_lock, project_offer
from motet.cli.output import write_lines
from motet.cli.wording import Translate

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the group of commands to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "project" in command_names()
    True
    """
    group = typer.Typer(
        name="project",
        cls=cls.group_class,
        rich_markup_mode=None,
        invoke_without_command=True,
        context_settings={"help_option_names": ["-h", "--help"]},
        short_help=t("Keep what you like, ask for more of the rest.", "保留喜欢的,其余再写。"),
        help=t(
            "A project holds a piece with all its versions in one file. Lock the bars that you like, ask "
            "for candidates for the rest, hear them, take one or some bars of several; undo, branch, "
            "compare, and take back what you edited elsewhere. Each command has its own --help.",
            "工程把一首作品及其所有版本存于一个文件。锁定喜欢的小节,为其余部分求取候选,试听,采用其一"
            "或各取几小节;可撤销、分支、比较,也可读回在别处修改的文件。每个命令都有自己的 --help。",
        ),
        epilog="motet project new song.motet --style pop --bars 16 --seed 3\n"
        "motet project lock song.motet Melody:1-4\n"
        "motet project propose song.motet --bars 5-8 --part Melody\n"
        "motet project accept song.motet 2",
    )

    @group.callback()
    def start(ctx: typer.Context) -> None:
        if ctx.invoked_subcommand is None:
            write_lines(sys.stdout, [ctx.get_help()])

    for module in (project_begin, project_lock, project_offer, project_history):
        module.register(group, t, cls)
    app.add_typer(group)
