"""``motet verify``: is this file what its record says, and what was changed?"""

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
    >>> import typer
    >>> app = typer.Typer()
    >>> register(app, lambda en, zh: en, None)
    >>> [one.name for one in app.registered_commands]
    ['verify']
    """

    @app.command(
        "verify",
        cls=cls,
        short_help=t("Tell whether a file is as Motet wrote it.", "核对文件是否与来历记录一致。"),
        help=t(
            "Compare a file with the record inside it, or with a signed NAME.provenance.json beside it, and "
            "name every note that was changed, added or removed.\n\nExit code 0: authentic (signed) or "
            "intact (not signed); 1: changed; 8: no record; 9: the signature is wrong. A signature shows "
            "that nothing was changed since a key signed, not who holds the key.",
            "将文件与其内含的来历记录,或旁边已签名的“名称.provenance.json”比较,指出每个被改动、新增或"
            "删去的音符。\n\n退出码 0:真实(已签名)或完好(未签名);1:有改动;8:无记录;9:签名不符。"
            "签名表明自某密钥签名后没有改动,并不说明密钥属于谁。",
        ),
        epilog="motet verify song/\nmotet verify song/song.mid\n"
        "motet verify song.musicxml --sidecar song.provenance.json\n"
        "motet verify song/song.wav --key 0f3a5c7e9b1d2f40 --json",
    )
    def verify(
        ctx: typer.Context,
        file: str = typer.Argument(
            ..., metavar="FILE", help=t("The file, or a folder.", "文件或文件夹。")
        ),
        sidecar: str = typer.Option(
            None,
            "--sidecar",
            metavar="FILE",
            help=t("The signed record; else the one beside it.", "已签名的记录;默认用旁边的。"),
        ),
        key: str = typer.Option(
            "",
            "--key",
            metavar="FINGERPRINT",
            help=t("The key that must have signed.", "必须由此密钥签名(指纹)。"),
        ),
    ) -> None:
        from motet.provenance import verify as check

        out: Output = ctx.obj
        verdict = check(file, sidecar=sidecar, key=key)
        out.finish(verdict.facts(), verdict.tell(out.language))
        if verdict.exit_code:
            raise typer.Exit(verdict.exit_code)
