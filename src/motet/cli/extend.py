"""``motet continue``: a score goes on after its last bar."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wish import (
    articulation_option,
    avoid_option,
    emotion_option,
    feel_option,
    surprise_option,
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
    >>> "continue" in command_names()
    True
    """

    @app.command(
        "continue",
        cls=cls,
        short_help=t("Write more bars after a score's last.", "在乐谱末尾续写。"),
        help=t(
            "Write more bars after the last one of a score, in its key, metre, ranges and densities. "
            "What is there stays as it is, note for note. Emotion, feel, articulation and what to avoid "
            "are of the new bars alone; bars of a curve of emotion are counted from the score's first.",
            "在乐谱最后一小节之后续写,沿用其调、拍号、音域与疏密。原有的音符一个不变。情绪、律动感、奏法与"
            "要避免的内容只用于新小节;情绪曲线的小节从乐谱开头数起。",
        ),
        epilog="motet continue song.mid --bars 8 --seed 3 -o longer.mid\n"
        'motet continue tune.musicxml --chords "Am D7 G G" --bars 4\n'
        "motet continue tune.mid --bars 8 --surprise 0.7 --articulation legato --avoid leaps",
    )
    def extend(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="SOURCE",
            help=t("A score file, or - for standard input.", "乐谱文件,或用 - 表示标准输入。"),
        ),
        bars: int = typer.Option(
            8, "--bars", metavar="N", help=t("How many to add, 1 to 400.", "续写几小节,1 到 400。")
        ),
        part: list[str] = typer.Option(
            [],
            "--part",
            metavar="NAME",
            help=t("Only this part goes on; may be repeated.", "只续写这个声部;可重复。"),
        ),
        chords: str | None = typer.Option(
            None,
            "--chords",
            metavar="CHORDS",
            help=t("Chords of the new bars.", "新小节的和弦。"),
        ),
        style: str | None = style_option(t),
        key: str | None = key_option(t),
        harmony: str | None = harmony_option(t),
        emotion: str | None = emotion_option(t),
        feel: str | None = feel_option(t, is_written=True),
        articulation: str | None = articulation_option(t),
        avoid: list[str] = avoid_option(t),
        surprise: float | None = surprise_option(t),
        temperature: float | None = temperature_option(t),
        candidates: int | None = candidates_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        originality: bool = originality_option(t),
        output: str = output_option(t),
    ) -> None:
        from motet.cli.source import load_score
        from motet.tasks import continue_score

        score = load_score(source, ctx.obj)
        asked = {
            "chords": chords, "style": style, "key": key, "harmony": harmony,
            "temperature": temperature, "candidates": candidates, "seed": seed, "emotion": emotion,
            "feel": feel, "articulation": articulation, "avoid": avoid, "surprise": surprise,
        }  # fmt: skip
        with writing_progress(ctx.obj) as tell:
            piece = continue_score(
                score, bars=bars, parts=part or None, bundle=bundle,
                language=ctx.obj.language, on_bar=tell, originality=originality,
                **given_options(asked),
            )  # fmt: skip
        finish_composition(ctx.obj, piece, output, {})
