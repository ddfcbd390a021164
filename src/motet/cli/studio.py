"""``motet studio``: the page where people make music with Motet."""

from __future__ import annotations

import os
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
    >>> "studio" in command_names()
    True
    """

    @app.command(
        "studio",
        cls=cls,
        short_help=t("Open the studio, a page to make music in.", "打开工作室网页。"),
        help=t(
            "Serve the studio on this machine and open it in the browser: say what you want to hear, "
            "keep the bars you like, ask for more of the rest. Ends with Ctrl-C; everything is kept. "
            "Only this machine can reach it unless --host says otherwise; then a token is needed.",
            "在本机启动工作室并在浏览器中打开:说出想听的音乐,保留喜欢的小节,其余重写。按 Ctrl-C 结束,"
            "所有内容都会保留。除非用 --host 另行指定,只有本机能访问;对外开放时需要令牌。",
        ),
        epilog="motet studio\nmotet studio --port 9000 --no-open\nmotet studio --host 0.0.0.0 --token SECRET",
    )
    def studio(
        ctx: typer.Context,
        host: str | None = typer.Option(
            None, "--host", metavar="HOST", help=t("Where to listen.", "监听地址。")
        ),
        port: int | None = typer.Option(
            None, "--port", metavar="N", help=t("Port; else 8765.", "端口,默认 8765。")
        ),
        folder: Path | None = typer.Option(
            None, "--folder", metavar="FOLDER", help=t("Where projects lie.", "作品存放处。")
        ),
        database: str | None = typer.Option(
            None, "--database", metavar="URL", help=t("Another database.", "另用数据库。")
        ),
        workers: int | None = typer.Option(
            None, "--workers", metavar="N", help=t("Processes that write.", "写作进程数。")
        ),
        token: str | None = typer.Option(
            None, "--token", metavar="TEXT", help=t("What a browser must bring.", "访问令牌。")
        ),
        opens: bool | None = typer.Option(
            None, "--open/--no-open", help=t("Open the browser.", "打开浏览器。")
        ),
        page: Path | None = typer.Option(None, "--page", hidden=True),
    ) -> None:
        from motet.server.serve import serve
        from motet.server.settings import Settings, from_environment

        settings = from_environment(
            os.environ, host=host, port=port, folder=folder, database_url=database,
            n_workers=workers, token=token, page=page,
        )  # fmt: skip
        wants = sys.stdout.isatty() if opens is None else opens

        def tell(found: Settings) -> None:
            ctx.obj.finish({"url": found.url, "folder": found.folder}, [found.url])
            sys.stdout.flush()
            if wants:
                typer.launch(found.url)

        serve(settings, on_ready=tell)
