"""``motet progression``: chord progressions, from safe to surprising; open places filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from motet.cli.wording import Translate
from motet.cli.writing import seed_option, style_option

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.tasks.harmonise import OpenPlace, ProgressionIdea
    from motet.theory import Key

__all__ = ["register", "tell_ideas", "tell_places"]

_OPEN = frozenset("??_…")


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "progression" in command_names()
    True
    """

    @app.command(
        "progression",
        cls=cls,
        short_help=t("Write chord progressions, safe to surprising.", "写和弦进行,从稳妥到意外。"),
        help=t(
            "Write chord progressions and say what each chord does and how surprising it is. Chords "
            "that are given are kept as a beginning; ? is an open place, for which what could stand "
            "there is listed from safe to surprising.",
            "写和弦进行,并说明每个和弦的功能与意外程度。给出的和弦作为开头保留;? 表示空位,"
            "会从稳妥到意外列出可用的和弦。",
        ),
        epilog="motet progression --style bossa --bars 8 --surprise 0.6\n"
        'motet progression "C Am F ?"\n'
        'motet progression "Dm7 G7" --bars 4 --surprise 0.8 -o idea.mid --play-style swing',
    )
    def progression(
        ctx: typer.Context,
        chords: str = typer.Argument(
            "", metavar="[CHORDS]", help=t("A beginning; ? is open.", "开头;? 表示空位。")
        ),
        style: str | None = style_option(t),
        key: str = typer.Option(
            "", "--key", metavar="KEY", help=t("C, F#m, Bb minor.", "如 C、F#m、Bb minor。")
        ),
        bars: int = typer.Option(
            8, "--bars", metavar="N", help=t("How many, 1 to 64.", "多少小节,1 到 64。")
        ),
        surprise: float = typer.Option(
            0.3, "--surprise", metavar="0..1", help=t("Safe to surprising.", "从稳妥到意外。")
        ),
        count: int = typer.Option(
            4, "--count", "-n", metavar="N", help=t("How many ideas, 1 to 16.", "多少个,1 到 16。")
        ),
        start: str = typer.Option(
            "", "--start", metavar="CHORD", help=t("The first chord.", "第一个和弦。")
        ),
        end: str = typer.Option(
            "", "--end", metavar="CHORD", help=t("The last chord.", "最后一个和弦。")
        ),
        cadence: str = typer.Option(
            "",
            "--cadence",
            metavar="NAME",
            help=t(
                "authentic, half, plagal, deceptive, loop, open.",
                "终止:authentic 正格、half 半终止、plagal 变格、deceptive 阻碍、loop 循环、open 不限。",
            ),
        ),
        metre: str = typer.Option("4/4", "--metre", metavar="N/D", help=t("3/4, 6/8.", "如 3/4。")),
        chords_per_bar: int = typer.Option(
            1, "--chords-per-bar", metavar="1..4", help=t("How many a bar.", "每小节几个和弦。")
        ),
        replace: int | None = typer.Option(
            None,
            "--replace",
            metavar="N",
            help=t("What could stand for the Nth chord.", "列出可替换第 N 个和弦的和弦。"),
        ),
        seed: int | None = seed_option(t),
        play_style: str | None = typer.Option(
            None,
            "--play-style",
            metavar="NAME",
            help=t("The arranger plays the saved one.", "保存时由编配器以此风格演奏。"),
        ),
        output: str = typer.Option(
            "",
            "--output",
            "-o",
            metavar="PATH",
            help=t("Save the first idea there.", "把第一个进行存到此处。"),
        ),
    ) -> None:
        from motet.tasks.harmonise import fill_progression, progressions

        out: Output = ctx.obj
        if replace is not None or (set(chords) & _OPEN and not output):
            found = fill_progression(chords, key=key, style=style or "", at=replace)
            facts, lines = tell_places(*found, out)
            out.finish(facts, lines)
            return
        ideas = progressions(
            style=style or "", key=key, bars=bars, surprise=surprise, n=count, chords=chords,
            start=start, end=end, cadence=cadence, metre=metre, chords_per_bar=chords_per_bar,
            seed=seed or 0,
        )  # fmt: skip
        facts, lines = tell_ideas(ideas, out)
        if output:
            facts["files"] = _save(ideas[0], play_style, output, out)
            lines += ["", out.say("Files:", "文件:"), *[f"  {one}" for one in facts["files"]]]
        out.finish(facts, lines)


def _save(idea: ProgressionIdea, play_style: str | None, output: str, out: Output) -> list[Any]:
    """Return the paths written: the arranger's piece, or a lead sheet with piano."""
    from motet.api import arrange
    from motet.cli.save import save_score

    if play_style:
        piece: Any = arrange(
            idea.text(), style=play_style, key=idea.key.name(), metre=idea.metre, melody=False,
            bars=idea.progression.n_bars, language=out.language,
        )  # fmt: skip
    else:
        piece = idea.to_score(language=out.language)
    return save_score(piece, output, out)


def tell_ideas(ideas: list[ProgressionIdea], out: Output) -> tuple[dict[str, Any], list[str]]:
    """Return ideas as facts and as lines.

    Parameters
    ----------
    ideas : list of ProgressionIdea
    out : Output

    Returns
    -------
    dict, list of str

    Examples
    --------
    >>> from motet.cli.output import Output
    >>> from motet.tasks.harmonise import progressions
    >>> ideas = progressions(bars=4, n=1)
    >>> facts, lines = tell_ideas(ideas, Output(language="en", as_json=False))
    >>> len(facts["ideas"]), lines[0].startswith("1. | ")
    (1, True)
    """
    from motet.tasks.harmonise.idea import tell_bits

    lines: list[str] = []
    for number, idea in enumerate(ideas, start=1):
        bits, words = idea.surprise_bits, out.say(*tell_bits(idea.surprise_bits))
        if lines:
            lines.append("")
        lines.append(f"{number}. {idea.text()}")
        lines.append(
            out.say(
                f"   {idea.key.name()}; {bits:.1f} bits a chord: {words}",
                f"   {idea.key.name(language='zh')};每个和弦 {bits:.1f} 比特:{words}",
            )
        )
        rows = zip(idea.symbols, idea.romans, idea.functions, idea.bits, strict=True)
        lines += [
            f"   {symbol:<9} {roman:<8} {own:4.1f}  {out.say(*function)}"
            for symbol, roman, function, own in rows
        ]
    return {"ideas": [idea.facts() for idea in ideas]}, lines


def tell_places(
    places: tuple[OpenPlace, ...], key: Key, out: Output
) -> tuple[dict[str, Any], list[str]]:
    """Return what could stand at open places as facts and as lines.

    Parameters
    ----------
    places : tuple of OpenPlace
    key : Key
    out : Output

    Returns
    -------
    dict, list of str

    Examples
    --------
    >>> from motet.cli.output import Output
    >>> from motet.tasks.harmonise import fill_progression
    >>> facts, lines = tell_places(*fill_progression("C Am F ?"), Output(language="en", as_json=False))
    >>> facts["key"], facts["places"][0]["number"]
    ('C major', 4)
    """
    lines = [out.say(f"Key: {key.name()}", f"调:{key.name(language='zh')}")]
    for place in places:
        lines += [
            "",
            out.say(
                f"Chord {place.number}, from safe to surprising:",
                f"第 {place.number} 个和弦,从稳妥到意外:",
            ),
        ]
        lines += [
            f"   {one.symbol:<9} {one.roman:<8} {one.bits:4.1f}  {out.say(*one.function)}"
            for one in place.options
        ]
    facts = {
        "key": key.name(),
        "places": [
            {"number": place.number, "options": [one.facts() for one in place.options]}
            for place in places
        ],
    }
    return facts, lines
