"""``motet show``: what is in a file, in a few lines."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate

if TYPE_CHECKING:
    from motet.score import Score

__all__ = ["register", "score_facts"]

_MAJOR = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
_MINOR = ("Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#", "G#", "D#", "A#")


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "show" in command_names()
    True
    """

    @app.command(
        "show",
        cls=cls,
        short_help=t("Tell what is in a file.", "说明文件里有什么。"),
        help=t(
            "Tell a score's length, metre, tempo, key and parts, with a chart of its sections and "
            "chords bar by bar, and a piano roll in text.",
            "说明乐谱的长度、拍号、速度、调与声部,逐小节列出段落与和弦,并以文字画出钢琴卷帘。",
        ),
        epilog="motet show song.mid --roll roll.png --sheet score.pdf",
    )
    def show(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="FILE",
            help=t("File, or - for standard input.", "文件,或 -(标准输入)。"),
        ),
        roll: str = typer.Option(
            "", "--roll", metavar="PNG", help=t("Draw a piano roll too.", "另画钢琴卷帘。")
        ),
        sheet: str = typer.Option(
            "", "--sheet", metavar="PDF", help=t("Engrave sheet music too.", "另刻乐谱。")
        ),
        chart: bool = typer.Option(
            True, "--chart/--no-chart", help=t("Chords bar by bar.", "逐小节的和弦。")
        ),
        text_roll: bool = typer.Option(
            True, "--text-roll/--no-text-roll", help=t("Roll in text.", "文字卷帘。")
        ),
    ) -> None:
        from motet.cli.save import save_score
        from motet.cli.source import load_score
        from motet.cli.textroll import draw_text_roll
        from motet.render.chart import chart_bars, draw_chart

        out: Output = ctx.obj
        score = load_score(source, out)
        facts = score_facts(score)
        files = [path for name in (roll, sheet) if name for path in save_score(score, name, out)]
        lines = _fact_lines(facts, out) + [str(path) for path in files]
        if chart and (drawn := draw_chart(chart_bars(score), language=out.language)):
            lines += ["", *drawn]
        if text_roll and (drawn := draw_text_roll(score)):
            lines += ["", *drawn]
        out.finish({**facts, "files": files}, lines)


def _key_name(fifths: int, mode: str) -> str:
    """Return a key signature as a person says it: ``"F# minor"``."""
    names = _MINOR if mode == "minor" else _MAJOR
    return f"{names[fifths + 7]} {mode or 'major'}"


def score_facts(score: Score) -> dict[str, Any]:
    """Return what a score holds, as plain values.

    Parameters
    ----------
    score : Score

    Returns
    -------
    dict
        title, bars, duration_s, metres, qpm, keys (written), estimated_key (by its notes),
        sections, chords, chart (what begins in each bar), parts.

    Examples
    --------
    >>> from motet.score import make_score
    >>> facts = score_facts(make_score("C4:1 E4:1 G4:1", metre="3/4", fifths=0, chords="C:3"))
    >>> facts["bars"], facts["metres"], facts["keys"], facts["chords"]
    (1, ['3/4'], ['C major'], ['C'])
    """
    parts = [
        {
            "name": part.name,
            "role": part.role,
            "program": part.program,
            "is_drums": part.is_drums,
            "notes": len(part.notes),
            "lowest": min((note.pitch for note in part.notes), default=None),
            "highest": max((note.pitch for note in part.notes), default=None),
        }
        for part in score.parts
    ]
    from motet.analysis import estimate_key
    from motet.render.chart import chart_bars

    estimate = estimate_key(score)
    metres = [f"{one.numerator}/{one.denominator}" for one in score.metres] or ["4/4"]
    return {
        "title": score.title,
        "bars": score.n_bars,
        "duration_s": round(score.time.tick_to_s(score.end_tick), 2),
        "metres": list(dict.fromkeys(metres)),
        "qpm": [round(tempo.qpm, 2) for tempo in score.tempos] or [120.0],
        "keys": [_key_name(key.fifths, key.mode) for key in score.keys],
        "estimated_key": None if estimate is None else estimate.key.name(),
        "sections": [section.label for section in score.sections],
        "chords": [chord.symbol for chord in score.chords],
        "chart": [asdict(bar) for bar in chart_bars(score)],
        "notes": score.n_notes,
        "parts": parts,
    }


def _some(values: list[Any], count: int) -> str:
    """Return the first few values as text."""
    text = "  ".join(
        f"{value:g}" if isinstance(value, float) else str(value) for value in values[:count]
    )
    return f"{text} …" if len(values) > count else text


def _key_words(facts: dict[str, Any], out: Output) -> str:
    """Return the written keys, or the likely one where none is written."""
    from motet.theory import parse_key

    names = facts["keys"]
    if not names and facts["estimated_key"]:
        name = parse_key(facts["estimated_key"]).name(language=out.language)
        return out.say(f"{name} (by its notes; none is written)", f"{name}(由音符推断,文件未写明)")
    known = [name for name in names if name.endswith((" major", " minor"))]
    told = {name: parse_key(name).name(language=out.language) for name in known}
    return _some([told.get(name, name) for name in names], 6)


def _fact_lines(facts: dict[str, Any], out: Output) -> list[str]:
    """Return the facts as lines for a person."""
    length = f"{facts['duration_s']}"
    rows = [
        (out.say("Title", "标题"), facts["title"]),
        (out.say("Bars", "小节数"), str(facts["bars"])),
        (
            out.say("Length", "时长"),
            out.say(f"{length} s", f"{length} 秒"),
        ),
        (out.say("Metre", "拍号"), _some(facts["metres"], 8)),
        (out.say("Tempo", "速度"), "♩= " + _some(facts["qpm"], 6)),
        (out.say("Key", "调"), _key_words(facts, out)),
    ]
    colon = out.say(": ", ":")
    lines = [f"{name}{colon}{value}" for name, value in rows if value]

    def player(program: int) -> str:
        from motet.theory import find_instrument

        return find_instrument(program).name_in(language=out.language)

    for part in facts["parts"]:
        name = part["name"] or out.say("(no name)", "(无名)")
        kind = out.say("drums", "鼓") if part["is_drums"] else player(part["program"])
        notes = out.say(f"{part['notes']} notes", f"{part['notes']} 个音符")
        lines.append(f"  {name}  {kind}  {notes}")
    return lines
