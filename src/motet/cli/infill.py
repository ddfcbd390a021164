"""``motet infill``: some cells of a score are written anew, all others stay."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wish import (
    articulation_option,
    avoid_option,
    emotion_option,
    feel_option,
)
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
    >>> "infill" in command_names()
    True
    """

    @app.command(
        "infill",
        cls=cls,
        short_help=t("Write some bars of a score anew.", "重写乐谱中的若干小节。"),
        help=t(
            "Write the selected bars anew, knowing what comes before and after. Every other note "
            "stays exactly as it was. Emotion, feel, articulation and what to avoid are of the new bars.",
            "重写选定的小节,写时兼顾前后文。其余音符分毫不动。情绪、律动感、奏法与要避免的内容只用于新小节。",
        ),
        epilog="motet infill song.mid --bars 5-8 --seed 2 -o new.mid\n"
        "motet infill song.mid --bars 5-8 --part Melody --keep-rhythm\n"
        "motet infill song.mid --bars 1-8 --lock Bass --lock Piano:3-4\n"
        "motet infill song.mid --bars 5-8 --part Melody --emotion excited --avoid leaps",
    )
    def infill(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="SOURCE",
            help=t("A score file, or - for standard input.", "乐谱文件,或用 - 表示标准输入。"),
        ),
        bars: str = typer.Option(
            ..., "--bars", metavar="BARS", help=t('Which: "5-8, 12".', '哪些小节,如 "5-8, 12"。')
        ),
        part: list[str] = typer.Option(
            [],
            "--part",
            metavar="NAME",
            help=t("Only this part; may be repeated.", "只重写这个声部;可重复。"),
        ),
        lock: list[str] = typer.Option(
            [],
            "--lock",
            metavar="WHAT",
            help=t(
                "What stays: a part, PART:BARS, or bars; may be repeated.",
                "保持不变的部分:声部、声部:小节 或 小节;可重复。",
            ),
        ),
        keep_rhythm: bool = typer.Option(
            False, "--keep-rhythm", help=t("Only pitches are new.", "只换音高,保留节奏。")
        ),
        style: str | None = style_option(t),
        key: str | None = key_option(t),
        harmony: str | None = harmony_option(t),
        emotion: str | None = emotion_option(t),
        feel: str | None = feel_option(t, is_written=True),
        articulation: str | None = articulation_option(t),
        avoid: list[str] = avoid_option(t),
        temperature: float | None = temperature_option(t),
        candidates: int | None = candidates_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        originality: bool = originality_option(t),
        output: str = output_option(t),
    ) -> None:
        from motet.cli.source import load_score
        from motet.tasks import infill as infill_score

        score = load_score(source, ctx.obj)
        asked = {
            "style": style, "key": key, "harmony": harmony, "temperature": temperature,
            "candidates": candidates, "seed": seed, "emotion": emotion, "feel": feel,
            "articulation": articulation, "avoid": avoid,
        }  # fmt: skip
        with writing_progress(ctx.obj) as tell:
            piece = infill_score(
                score, bars=bars, parts=part or None, locks=lock, keep_rhythm=keep_rhythm,
                bundle=bundle, language=ctx.obj.language, on_bar=tell, originality=originality,
                **given_options(asked),
            )  # fmt: skip
        finish_composition(ctx.obj, piece, output, {})
