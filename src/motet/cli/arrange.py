"""``motet arrange``: a progression, a lead sheet or nothing becomes a piece."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.sheet import layout_option, page_option
from motet.cli.wording import Translate
from motet.cli.writing import finish_composition, output_option

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "arrange" in command_names()
    True
    """

    @app.command(
        "arrange",
        cls=cls,
        short_help=t("Turn chords or a lead sheet into a piece.", "把和弦或主旋律谱编配成乐曲。"),
        help=t(
            "Turn a chord progression, a lead sheet (MIDI or JSON), or nothing at all into a piece "
            "for many parts.\n\nA folder gets everything: sound (WAV), MIDI, MusicXML, "
            "score (SVG, PDF), lead sheet (PDF), picture (PNG) and JSON.",
            "把和弦进行、主旋律谱(MIDI 或 JSON)编配成多声部乐曲;什么都不给,则由编配器自己写。"
            "\n\n输出为文件夹时会有全部结果:声音(WAV)、MIDI、MusicXML、总谱(SVG、PDF)、"
            "主旋律谱(PDF)、图像(PNG)和 JSON。",
        ),
        epilog='motet arrange "| Am7 D7 | Gmaj7 |" --style bossa -o bossa.wav\n'
        "motet arrange song.mid --for string-quartet -o quartet.pdf\n"
        'motet arrange --style waltz --form "intro2 A8 B8 A8 outro2" --seed 4\n'
        'echo "| C | F G |" | motet arrange - --style pop -o pop.mid',
    )
    def arrange(
        ctx: typer.Context,
        source: str = typer.Argument(
            "",
            metavar="[SOURCE]",
            help=t(
                "Progression, file, or - for standard input.",
                "和弦进行、文件,或用 - 表示标准输入。",
            ),
        ),
        style: str = typer.Option(
            "pop", "--style", "-s", metavar="NAME", help=t("See motet styles.", "见 motet styles。")
        ),
        key: str | None = typer.Option(
            None, "--key", metavar="KEY", help=t("C, F#m, Bb minor.", "如 C、F#m、Bb minor。")
        ),
        metre: str | None = typer.Option(
            None,
            "--metre",
            metavar="N/D",
            help=t(
                "Any metre: 3/4, 5/4, 7/8; else the style's.",
                "任何拍号,如 3/4、5/4、7/8;默认随风格。",
            ),
        ),
        qpm: float | None = typer.Option(
            None,
            "--qpm",
            metavar="QPM",
            help=t("Quarter notes a minute; else the style's.", "每分钟四分音符数;默认随风格。"),
        ),
        form: str | None = typer.Option(
            None,
            "--form",
            metavar="FORM",
            help=t(
                'Sections and their bars: "intro4 A8 B8 A8 outro4".',
                '段落及其小节数,如 "intro4 A8 B8 A8 outro4"。',
            ),
        ),
        intensity: int = typer.Option(
            3, "--intensity", "-i", metavar="1..5", help=t("How full it is.", "织体的丰满程度。")
        ),
        seed: int = typer.Option(
            0,
            "--seed",
            metavar="N",
            help=t("0 or more; same seed, same notes.", "不小于 0;同一种子,同样的音符。"),
        ),
        group: str = typer.Option(
            "",
            "--for",
            metavar="ENSEMBLE",
            help=t(
                "Give a score to an ensemble, its notes kept: string-quartet, brass-quintet, satb, "
                "jazz-combo, orchestra ..., or instruments with commas.",
                "把乐谱编配给合奏,保留原有音符:弦乐四重奏、铜管五重奏、合唱、爵士小乐队、管弦乐队等,"
                "或用逗号列出乐器。",
            ),
        ),
        melody: bool = typer.Option(
            True, "--melody/--no-melody", help=t("Write a melody.", "是否写旋律。")
        ),
        part: list[str] = typer.Option(
            [],
            "--part",
            metavar="NAME",
            help=t(
                "Only this part: a role (melody, bass, drums, comping, pad, strings, horns, "
                "counter), a part's name or an instrument; may be repeated. ROLE=INSTRUMENT "
                "changes who plays: melody=violin.",
                "只写这个声部:角色(melody、bass、drums、comping、pad、strings、horns、counter)、"
                "声部名或乐器;可重复。“角色=乐器”可更换乐器,例如写 melody=violin 由小提琴奏旋律。",
            ),
        ),
        bars: int | None = typer.Option(
            None,
            "--bars",
            metavar="N",
            help=t("Exactly so many bars, 1 to 400.", "恰好多少小节,1 到 400。"),
        ),
        swing: float | None = typer.Option(
            None,
            "--swing",
            metavar="0..1",
            help=t("0 straight, 1 triplets; else the style's.", "0 平直,1 三连;默认随风格。"),
        ),
        humanise: float = typer.Option(
            1.0, "--humanise", metavar="0..2", help=t("Human timing.", "演奏的人性化程度。")
        ),
        title: str = typer.Option("", "--title", metavar="TEXT", help=t("Title.", "标题。")),
        output: str = output_option(t),
        stems: bool = typer.Option(
            False, "--stems", help=t("Sound of each part too.", "另存每个声部的声音。")
        ),
        loop: bool = typer.Option(False, "--loop", help=t("A seamless loop.", "无缝循环。")),
        layout: str = layout_option(t),
        page: str = page_option(t),
    ) -> None:
        from motet.api import arrange as arrange_score
        from motet.cli.source import open_source

        wishes = {"stems": stems, "loop": loop, "layout": layout, "page": page}
        if group:
            _give_to(ctx, source, group, {"seed": seed, "title": title}, output, wishes)
            return
        with ctx.obj.progress("arranging", "编配中") as report:
            piece = arrange_score(
                open_source(source, ctx.obj) if source else None, style=style, key=key, metre=metre,
                qpm=qpm, form=form, intensity=intensity, seed=seed, melody=melody, parts=part or None,
                bars=bars, swing=swing, humanise=humanise, title=title, language=ctx.obj.language,
                progress=report,
            )  # fmt: skip
        finish_composition(ctx.obj, piece, output, wishes)


def _give_to(
    ctx: typer.Context,
    source: str,
    group: str,
    options: dict[str, Any],
    output: str,
    wishes: dict[str, Any],
) -> None:
    """Arrange a score for an ensemble; options that only a style has are refused."""
    from motet.cli.source import load_score
    from motet.cli.writing import writing_progress
    from motet.errors import ParameterError
    from motet.tasks import arrange_for

    if not source:
        raise ParameterError(
            "--for needs a score to arrange; give a file: motet arrange song.mid --for string-quartet",
            zh="--for 需要一份乐谱;请给出文件:motet arrange song.mid --for string-quartet",
        )
    with_title = {name: value for name, value in options.items() if value != ""}
    allowed = {
        "ctx",
        "source",
        "group",
        "seed",
        "title",
        "output",
        "stems",
        "loop",
        "layout",
        "page",
    }
    for name in ctx.params:
        given = ctx.get_parameter_source(name)
        if name not in allowed and given is not None and given.name == "COMMANDLINE":
            raise ParameterError(
                f"--{name} does not go with --for, which keeps the notes of the score; leave it out",
                zh=f"--{name} 不能与 --for 同用,因为 --for 保留乐谱的音符;请去掉",
            )
    with writing_progress(ctx.obj) as tell:
        piece = arrange_for(
            load_score(source, ctx.obj), group, language=ctx.obj.language, on_bar=tell, **with_title
        )
    finish_composition(ctx.obj, piece, output, wishes)
