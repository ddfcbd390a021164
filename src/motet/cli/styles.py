"""``motet styles``: what the arranger can play."""

from __future__ import annotations

from dataclasses import asdict
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
    >>> "styles" in command_names()
    True
    """

    @app.command(
        "styles",
        cls=cls,
        short_help=t("List the styles and their grooves.", "列出风格及其律动。"),
        help=t(
            "List the styles of the arranger: name, metre, tempo, parts and grooves.",
            "列出编配器的风格:名称、拍号、速度、声部与律动。",
        ),
        epilog="motet styles --json",
    )
    def styles(ctx: typer.Context) -> None:
        from motet.api import styles as list_styles

        out: Output = ctx.obj
        found = list_styles()
        lines: list[str] = []
        for style in found:
            title = out.say(style.title_en, style.title_zh)
            lines.append(f"{style.name:<14} {title}  {style.metre}  ♩={style.qpm:g}")
            lines.append(f"{'':<14} {', '.join(style.parts)}")
            lines.append(f"{'':<14} {', '.join(style.grooves)}")
        n_grooves = sum(len(style.grooves) for style in found)
        counts = (
            f"{len(found)} styles, {n_grooves} grooves",
            f"{len(found)} 种风格,{n_grooves} 种律动",
        )
        out.finish({"styles": [asdict(one) for one in found]}, [*lines, out.say(*counts)])
