"""``motet completion``: the script that makes a shell complete Motet's words."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer

from motet.cli.output import Output
from motet.cli.suggest import did_you_mean
from motet.cli.wording import Translate
from motet.errors import ParameterError

__all__ = ["prepare_completion", "register"]

_SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


def prepare_completion() -> Any:
    """Return typer's completion module, ready to answer a shell.

    Examples
    --------
    >>> prepare_completion().__name__
    'typer.completion'
    """
    module = import_module("typer.completion")
    module.completion_init()
    return module


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "completion" in command_names()
    True
    """

    @app.command(
        "completion",
        cls=cls,
        short_help=t("Print or install shell completion.", "输出或安装命令补全。"),
        help=t(
            "Print the script that completes Motet's commands and options, or install it.",
            "输出补全 Motet 命令与选项的脚本,或直接安装。",
        ),
        epilog="motet completion bash --install",
    )
    def completion(
        ctx: typer.Context,
        shell: str = typer.Argument(
            "bash", metavar="[SHELL]", help=t("One of: ", "其中之一:") + ", ".join(_SHELLS)
        ),
        install: bool = typer.Option(
            False, "--install", help=t("Install it for this user.", "为当前用户安装。")
        ),
    ) -> None:
        out: Output = ctx.obj
        if shell not in _SHELLS:
            en, zh = did_you_mean(shell, _SHELLS)
            raise ParameterError(
                f"SHELL must be one of {', '.join(_SHELLS)}, got {shell!r}{en}",
                zh=f"SHELL 必须是 {', '.join(_SHELLS)} 之一,收到 {shell!r}{zh}",
            )
        words = {"prog_name": "motet", "complete_var": "_MOTET_COMPLETE", "shell": shell}
        module = prepare_completion()
        if install:
            _, path = module.install(**words)
            text = out.say(f"installed: {path}; open a new terminal", f"已安装:{path};请新开终端")
            out.finish({"shell": shell, "path": path}, [text])
            return
        script = module.get_completion_script(**words)
        out.finish({"shell": shell, "script": script}, [script])
