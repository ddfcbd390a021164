"""``motet convert``: one file into another kind, by its extension."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer

from motet.cli.output import Output
from motet.cli.sheet import layout_option, page_option
from motet.cli.wording import Translate
from motet.errors import ParameterError

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "convert" in command_names()
    True
    """

    @app.command(
        "convert",
        cls=cls,
        short_help=t("Turn a file into another kind.", "把文件转成另一种格式。"),
        help=t(
            "Read a score and write it as what the second name's extension says: mid, musicxml, "
            "json, svg, pdf, png, wav, flac, ogg or mp3.",
            "读取乐谱,并按第二个文件名的扩展名写出:mid、musicxml、json、svg、pdf、png、wav、flac、"
            "ogg 或 mp3。",
        ),
        epilog="motet convert song.mid song.musicxml\ncat song.mid | motet convert - - --to json",
    )
    def convert(
        ctx: typer.Context,
        source: str = typer.Argument(
            ..., metavar="IN", help=t("File, or - for standard input.", "文件,或 -(标准输入)。")
        ),
        target: str = typer.Argument(
            ...,
            metavar="OUT",
            help=t("File, or - for standard output.", "文件,或 -(标准输出)。"),
        ),
        to: str = typer.Option(
            "mid", "--to", metavar="KIND", help=t("Kind written to -.", "写到 - 时的格式。")
        ),
        layout: str = layout_option(t),
        page: str = page_option(t),
    ) -> None:
        from motet.cli.save import save_score
        from motet.cli.source import load_score

        out: Output = ctx.obj
        score = load_score(source, out)
        wishes = {"layout": layout, "page": page}
        if target == "-":
            _stream_score(score, to, out, wishes)
            return
        stem = "stdin" if source == "-" else Path(source).stem
        files = save_score(score, target, out, stem=stem, tells_losses=True, **wishes)
        out.finish({"files": files}, [str(path) for path in files])


def _stream_score(score: Any, kind: str, out: Output, wishes: dict[str, Any]) -> None:
    """Write one kind of file to standard output."""
    from motet.cli.save import save_score

    if out.as_json:
        raise ParameterError(
            "--json and OUT '-' would both use standard output; give OUT a file name",
            zh="--json 与 OUT “-”都要用标准输出;请给 OUT 一个文件名",
        )
    with TemporaryDirectory(prefix="motet-") as folder:
        files = save_score(score, Path(folder) / f"stdout.{kind}", out, **wishes)
        if len(files) > 1:
            raise ParameterError(
                f"the score has {len(files)} pages, and '-' holds one file; use --to pdf",
                zh=f"乐谱有 {len(files)} 页,而“-”只能写一个文件;请用 --to pdf",
            )
        sys.stdout.buffer.write(files[0].read_bytes())
        sys.stdout.buffer.flush()
