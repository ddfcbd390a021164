"""``motet vary``: variations of a tune."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.wording import Translate
from motet.cli.writing import (
    bundle_option,
    finish_composition,
    given_options,
    key_option,
    originality_option,
    output_option,
    seed_option,
    style_option,
    temperature_option,
    writing_progress,
)

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.tasks import Composition

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "vary" in command_names()
    True
    """

    @app.command(
        "vary",
        cls=cls,
        short_help=t("Vary a tune, recognisably.", "变奏:曲调仍可辨认。"),
        help=t(
            "Write variations of a tune: ornamented, simplified, in another rhythm, bent between its "
            "main notes, some bars new, or in the other mode; with --amount drawn around the phrase in "
            "a model's space. What was kept is measured and told.",
            "为曲调写变奏:加花、简化、改变节奏、改变旋律线、重写若干小节或换调式;"
            "用 --amount 则在模型空间中的乐句周围取样;并量出保留了多少。",
        ),
        epilog="motet vary tune.mid --kind ornament --strength 0.6 -o varied.mid\n"
        "motet vary tune.musicxml --variations 4 -o variations/\n"
        "motet vary tune.mid --amount 0.3 --variations 3 -o near.mid\n"
        "motet vary song.mid --part Flute --bars 5-8 --keep rhythm",
    )
    def vary(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="SOURCE",
            help=t("A score file, or - for standard input.", "乐谱文件,或用 - 表示标准输入。"),
        ),
        kind: str = typer.Option(
            "",
            "--kind",
            metavar="KIND",
            help=t(
                "ornament, simplify, rhythm, contour, rewrite or mode; else the best.",
                "方式:ornament 加花、simplify 简化、rhythm 节奏、contour 旋律线、rewrite 重写、"
                "mode 调式;默认取最好的。",
            ),
        ),
        strength: float = typer.Option(
            0.5, "--strength", metavar="0..1", help=t("How far from the tune.", "离原曲多远。")
        ),
        amount: float | None = typer.Option(
            None,
            "--amount",
            metavar="0..1",
            help=t(
                "Draw around the phrase in a model's space, so far; melody or drums.",
                "在模型空间中的乐句周围取样的距离;旋律或鼓。",
            ),
        ),
        keep: list[str] = typer.Option(
            [],
            "--keep",
            metavar="WHAT",
            help=t(
                "What stays: harmony, form, rhythm, contour; may be repeated.",
                "保留什么:harmony 和声、form 曲式、rhythm 节奏、contour 走向;可重复。",
            ),
        ),
        bars: str | None = typer.Option(
            None, "--bars", metavar="BARS", help=t('Which: "5-8".', '哪些小节,如 "5-8"。')
        ),
        part: list[str] = typer.Option(
            [],
            "--part",
            metavar="NAME",
            help=t("Whose notes; else the melody; may be repeated.", "哪个声部;默认旋律;可重复。"),
        ),
        number: int = typer.Option(
            1, "--variations", metavar="N", help=t("How many, 1 to 16.", "几个变奏,1 到 16。")
        ),
        style: str | None = style_option(t),
        key: str | None = key_option(t),
        temperature: float | None = temperature_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        originality: bool = originality_option(t),
        output: str = output_option(t),
    ) -> None:
        from motet.cli.source import load_score
        from motet.tasks import variations

        score = load_score(source, ctx.obj)
        asked = {"style": style, "key": key, "temperature": temperature, "seed": seed}
        words = [word for text in keep for word in text.replace(",", " ").split()]
        with writing_progress(ctx.obj) as tell:
            found = variations(
                score, n=number, parts=part or None, bars=bars, strength=strength, amount=amount,
                keep=words or ("harmony", "form"), kind=kind, bundle=bundle,
                language=ctx.obj.language, on_bar=tell, originality=originality,
                **given_options(asked),
            )  # fmt: skip
        _save_others(ctx.obj, found[1:], output)
        finish_composition(ctx.obj, found[0], output, {})


def _save_others(out: Output, others: tuple[Composition, ...], output: str) -> None:
    """Write the variations after the first as files 2, 3 ... beside it, and say how they rank."""
    from motet.cli.save import save_score
    from motet.render.save import is_folder

    for number, piece in enumerate(others, start=2):
        path = Path(output)
        if is_folder(output):
            target = path / f"variation-{number}.mid"
        else:
            target = path.with_name(f"{path.stem}-{number}{path.suffix}")
        save_score(piece, target, out)
        what, kept = piece.adherence.checks[0].measured, piece.adherence.checks[1].measured
        out.note(
            f"{number}. {what[0]}, notes kept: {kept[0]}: {target}",
            f"{number}. {what[1]},保留的音:{kept[1]}:{target}",
        )
