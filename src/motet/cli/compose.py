"""``motet compose``: a brief, in options or in a file, becomes a piece."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from motet.cli.batch import finish_variants
from motet.cli.sheet import layout_option, page_option
from motet.cli.understand import open_wish
from motet.cli.wish import (
    articulation_option,
    avoid_option,
    emotion_option,
    feel_option,
    metre_option,
    qpm_option,
    surprise_option,
)
from motet.cli.wording import Translate
from motet.cli.writing import (
    bundle_option,
    candidates_option,
    chords_option,
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
    >>> "compose" in command_names()
    True
    """

    @app.command(
        "compose",
        cls=cls,
        short_help=t("Compose a piece for a brief.", "按要求作曲。"),
        help=t(
            "Compose a piece with the trained model, the arranger, or both. What is asked for is "
            "guaranteed or refused; what is left open is chosen. The report at the end measures the "
            "result against the request.",
            "用训练好的模型、编配器或两者一起作曲。提出的要求要么保证做到,要么事先拒绝;"
            "没有提到的由 Motet 选择。最后的报告把结果与要求逐项对照。",
        ),
        epilog='motet compose "a sad waltz for piano in A minor, 16 bars"\n'
        'motet compose --chords "Dm7 G7 Cmaj7 A7" --part "piano:melody,acoustic_bass"\n'
        'motet compose --style string-quartet --form "A8 B8 A8" -o quartet.musicxml\n'
        "motet compose --brief wish.toml -o song/",
    )
    def compose(
        ctx: typer.Context,
        sentence: str | None = typer.Argument(
            None,
            metavar="SENTENCE",
            help=t(
                "What you want, in English or Chinese; options win.",
                "用一句中文或英文说出想要的音乐;命令行选项优先。",
            ),
        ),
        brief: Path | None = typer.Option(
            None,
            "--brief",
            metavar="FILE",
            help=t("A brief in TOML; options win.", "TOML 格式的需求;命令行选项优先。"),
        ),
        chords: str | None = chords_option(t),
        style: str | None = style_option(t),
        emotion: str | None = emotion_option(t),
        key: str | None = key_option(t),
        metre: str | None = metre_option(
            t, '3/4; with changes "4/4, 9: 3/4".', '如 3/4;变拍写作 "4/4, 9: 3/4"。'
        ),
        qpm: float | None = qpm_option(t),
        form: str | None = typer.Option(
            None,
            "--form",
            metavar="FORM",
            help=t('Sections and bars: "A8 B8 A8".', '段落与小节数,如 "A8 B8 A8"。'),
        ),
        bars: int | None = typer.Option(
            None, "--bars", metavar="N", help=t("Exactly so many bars.", "恰好多少小节。")
        ),
        part: list[str] = typer.Option(
            [],
            "--part",
            metavar="PARTS",
            help=t(
                'INSTRUMENT[:ROLE], several with commas: "piano:melody,acoustic_bass"; may be '
                "repeated. Roles: melody, bass, drums, comping, pad, strings, horns, counter, voice, "
                "solo.",
                '乐器[:角色],可用逗号写多个,如 "piano:melody,acoustic_bass";可重复。'
                "角色有旋律、低音、鼓、伴奏、铺底、弦乐、铜管、对位、声部、独奏(也可写英文)。",
            ),
        ),
        harmony: str | None = harmony_option(t),
        repeats: str | None = typer.Option(
            None,
            "--repeats",
            metavar="vary|copy|rhythm|new",
            help=t("What a returning section is.", "段落再现时如何处理。"),
        ),
        ground: str | None = typer.Option(
            None,
            "--ground",
            metavar="auto|model|arranger",
            help=t("Who writes the accompaniment.", "伴奏由谁来写。"),
        ),
        intensity: int | None = typer.Option(
            None, "--intensity", "-i", metavar="1..5", help=t("How full it is.", "织体的丰满程度。")
        ),
        swing: float | None = typer.Option(
            None,
            "--swing",
            metavar="0..1",
            help=t("0 straight, 1 triplets; else the style's.", "0 平直,1 三连;默认随风格。"),
        ),
        humanise: float | None = typer.Option(
            None,
            "--humanise",
            metavar="0..2",
            help=t("Human timing of the arranger.", "编配器演奏的人性化程度。"),
        ),
        groove: str | None = typer.Option(
            None,
            "--groove",
            metavar="NAME",
            help=t("A groove of the style.", "该风格的一种律动(groove)。"),
        ),
        feel: str | None = feel_option(t),
        articulation: str | None = articulation_option(t),
        avoid: list[str] = avoid_option(t),
        reference: list[str] = typer.Option(
            [],
            "--reference",
            metavar="FILE",
            help=t(
                "A score to be like in key, metre, tempo and mood, not in notes; may be repeated.",
                "参考乐谱:调、拍号、速度、情绪随它,音符不取;可重复。",
            ),
        ),
        surprise: float | None = surprise_option(t),
        temperature: float | None = temperature_option(t),
        candidates: int | None = candidates_option(t),
        variants: int | None = typer.Option(
            None,
            "--variants",
            metavar="N",
            help=t(
                "N pieces with seeds one after the other, the best first: song-1.mid, song-2.mid ...",
                "用连续的种子写 N 首,最好的在前:song-1.mid、song-2.mid……",
            ),
        ),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        originality: bool = originality_option(t),
        title: str | None = typer.Option(
            None, "--title", metavar="TEXT", help=t("Title.", "标题。")
        ),
        output: str = output_option(t),
        stems: bool = typer.Option(
            False, "--stems", help=t("Sound of each part too.", "另存每个声部的声音。")
        ),
        loop: bool = typer.Option(False, "--loop", help=t("A seamless loop.", "无缝循环。")),
        layout: str = layout_option(t),
        page: str = page_option(t),
    ) -> None:
        from motet import tasks

        asked = {
            "chords": chords, "style": style, "emotion": emotion, "key": key, "metre": metre,
            "qpm": qpm, "form": form, "bars": bars, "parts": part, "harmony": harmony,
            "repeats": repeats, "ground": ground, "intensity": intensity, "swing": swing,
            "humanise": humanise, "temperature": temperature, "candidates": candidates,
            "seed": seed, "title": title, "groove": groove, "feel": feel, "avoid": avoid,
            "articulation": articulation, "references": reference, "surprise": surprise,
        }  # fmt: skip
        options = given_options(asked)
        wish = open_wish(ctx.obj, sentence, brief, options)
        wishes = {"stems": stems, "loop": loop, "layout": layout, "page": page}
        with writing_progress(ctx.obj) as tell:
            shared = {**options, "bundle": bundle, "language": ctx.obj.language, "on_bar": tell}
            shared["originality"] = originality
            found = (
                tasks.compose_variants(wish, n=variants, **shared) if variants is not None else ()
            )
            piece = None if found else tasks.compose(wish, **shared)
        if piece is not None:
            return finish_composition(ctx.obj, piece, output, wishes)
        return finish_variants(ctx.obj, found, output, wishes)
