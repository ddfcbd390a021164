"""``motet generate``: phrases from a model of any family."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wish import high_option, low_option, metre_option, qpm_option
from motet.cli.wording import Translate
from motet.cli.writing import (
    chords_option,
    finish_composition,
    given_options,
    harmony_option,
    key_option,
    output_option,
    seed_option,
    style_option,
    temperature_option,
)

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "generate" in command_names()
    True
    """

    @app.command(
        "generate",
        cls=cls,
        short_help=t("Write phrases with any family of model.", "用任一类模型写乐句。"),
        help=t(
            "Write music with a model of any family: a recurrent network (rnn-...), an autoencoder "
            "(vae-...), an adversarial network (gan-...) or a Transformer. motet bundles says what each "
            "is for. Key, chords, range and polyphony are kept or refused; the report measures them.",
            "用任一类模型写音乐:循环网络(rnn-…)、变分自编码器(vae-…)、对抗网络(gan-…)或 Transformer。"
            "motet bundles 说明各模型的用途。调、和弦、音域与复音数要么保证做到,要么事先拒绝;报告逐项实测。",
        ),
        epilog='motet generate --chords "Dm7 G7 Cmaj7 A7" --bars 8 -o tune.mid\n'
        "motet generate --bundle gan-band --style bossa --bars 4\n"
        "motet generate --bundle small --part flute:melody,cello:bass --metre 3/4 --seed 5",
    )
    def generate(
        ctx: typer.Context,
        bundle: str | None = typer.Option(
            None,
            "--bundle",
            metavar="NAME",
            help=t("The model; else rnn-melody.", "模型;默认 rnn-melody。"),
        ),
        bars: int | None = typer.Option(
            None, "--bars", metavar="N", help=t("How many; else 8.", "小节数,默认 8。")
        ),
        chords: str | None = chords_option(t),
        key: str | None = key_option(t),
        metre: str | None = metre_option(t),
        qpm: float | None = qpm_option(t),
        style: str | None = style_option(t),
        part: list[str] = typer.Option(
            [],
            "--part",
            metavar="PARTS",
            help=t("INSTRUMENT:ROLE, with commas.", "乐器:角色,可用逗号写多个。"),
        ),
        low: str | None = low_option(t),
        high: str | None = high_option(t),
        polyphony: int | None = typer.Option(
            None,
            "--polyphony",
            metavar="N",
            help=t("Most notes of a part at once.", "每声部最多同时发声数。"),
        ),
        harmony: str | None = harmony_option(t),
        temperature: float | None = temperature_option(t),
        n: int | None = typer.Option(
            None,
            "--n",
            metavar="N",
            help=t(
                "Candidates, 1 to 64, the best is kept; else 4.",
                "候选数,1 到 64,取最好的;默认 4。",
            ),
        ),
        seed: int | None = seed_option(t),
        title: str | None = typer.Option(
            None, "--title", metavar="TEXT", help=t("Title.", "标题。")
        ),
        output: str = output_option(t),
    ) -> None:
        from motet import tasks

        asked = {
            "bundle": bundle, "bars": bars, "chords": chords, "key": key, "metre": metre, "qpm": qpm,
            "style": style, "parts": part, "low": low, "high": high, "polyphony": polyphony,
            "harmony": harmony, "temperature": temperature, "n": n, "seed": seed, "title": title,
        }  # fmt: skip
        with ctx.obj.progress("writing", "写作中") as report:
            piece = tasks.generate(**given_options(asked), language=ctx.obj.language)
            report(1.0, "")
        finish_composition(ctx.obj, piece, output, {})
