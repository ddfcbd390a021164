"""``motet melody``: a melody over chords, or over the parts of a score."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wish import high_option, instrument_option, low_option, metre_option, qpm_option
from motet.cli.wording import Translate
from motet.cli.writing import (
    bundle_option,
    candidates_option,
    finish_composition,
    given_options,
    harmony_option,
    key_option,
    originality_option,
    output_option,
    seed_option,
    style_option,
    temperature_option,
    writing_progress,
)

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "melody" in command_names()
    True
    """

    @app.command(
        "melody",
        cls=cls,
        short_help=t("Write a melody over chords or a score.", "在和弦或乐谱之上写旋律。"),
        help=t(
            "Write a melody over a chord progression, or over the parts of a score, which stay as "
            "they are, note for note.",
            "在和弦进行之上,或在一份乐谱的各声部之上写一条旋律;原有音符一个不变。",
        ),
        epilog='motet melody "Dm7 G7 | Cmaj7" --style bossa -o tune.musicxml\n'
        "motet melody backing.mid --instrument flute --low C4 --high C6 -o song.mid\n"
        'motet melody "Am F C G" --rhythm "x--x--x-" --bars 8',
    )
    def melody(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="SOURCE",
            help=t(
                "Chords, a score file, or - for standard input.",
                "和弦、乐谱文件,或用 - 表示标准输入。",
            ),
        ),
        instrument: str = instrument_option(
            t, "Who sings; else the style's.", "由谁演奏;默认随风格。"
        ),
        low: str | None = low_option(t),
        high: str | None = high_option(t),
        density: str | None = typer.Option(
            None,
            "--density",
            metavar="A-B",
            help=t('Onsets a quarter note: "0.5-1.5".', '每四分音符的起音数,如 "0.5-1.5"。'),
        ),
        rhythm: str = typer.Option(
            "",
            "--rhythm",
            metavar="STEPS",
            help=t('A fixed rhythm: "x--x--x-".', '固定节奏,如 "x--x--x-"。'),
        ),
        bars: int | None = typer.Option(
            None, "--bars", metavar="N", help=t("Over chords: how many.", "用于和弦:多少小节。")
        ),
        metre: str | None = metre_option(t, "Over chords: 3/4.", "用于和弦:拍号,如 3/4。"),
        qpm: float | None = qpm_option(
            t, en="Over chords: quarter notes a minute.", zh="用于和弦:每分钟四分音符数。"
        ),
        style: str | None = style_option(t),
        key: str | None = key_option(t),
        harmony: str | None = harmony_option(t),
        temperature: float | None = temperature_option(t),
        candidates: int | None = candidates_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        originality: bool = originality_option(t),
        output: str = output_option(t),
    ) -> None:
        from motet.cli.source import open_source
        from motet.tasks import write_melody

        asked = {
            "bars": bars, "metre": metre, "qpm": qpm, "style": style, "key": key,
            "harmony": harmony, "temperature": temperature, "candidates": candidates, "seed": seed,
        }  # fmt: skip
        found = open_source(source, ctx.obj)
        with writing_progress(ctx.obj) as tell:
            piece = write_melody(
                found, instrument=instrument, lowest=low, highest=high, density=density,
                rhythm=rhythm, bundle=bundle, language=ctx.obj.language, on_bar=tell,
                originality=originality, **given_options(asked),
            )  # fmt: skip
        finish_composition(ctx.obj, piece, output, {})
