"""``motet styles``: what the arranger can play, all of it or one style in full."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.output import Output
from motet.cli.wording import Translate

if TYPE_CHECKING:
    from motet.api import StyleInfo
    from motet.arranger import Style

__all__ = ["register"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "styles" in command_names()
    True
    """

    @app.command(
        "styles",
        cls=cls,
        short_help=t("List the styles, or tell all of one.", "列出风格,或说明其中一个。"),
        help=t(
            "List the styles of the arranger: name, metre, tempo, parts and grooves. With a NAME "
            "(a style, a groove, or your own TOML file), tell all that it holds.",
            "列出编配器的风格:名称、拍号、速度、声部与律动。给出 NAME(风格、律动,或您自己的 TOML "
            "文件)时,说明其全部内容。",
        ),
        epilog="motet styles\nmotet styles bossa\nmotet styles --json",
    )
    def styles(
        ctx: typer.Context,
        name: str = typer.Argument(
            "", metavar="[NAME]", help=t("One style, in full.", "详细说明一个风格。")
        ),
    ) -> None:
        from motet.api import styles as list_styles
        from motet.arranger import find_style, list_broken_styles

        out: Output = ctx.obj
        if name:
            style = find_style(name)
            out.finish(_style_facts(style), _style_lines(style, out))
            return
        for error in list_broken_styles():
            out.note(f"left out: {error.localised('en')}", f"未列入:{error.localised('zh')}")
        found = list_styles()
        n_grooves = sum(len(style.grooves) for style in found)
        counts = out.say(
            f"{len(found)} styles, {n_grooves} grooves; all of one: motet styles NAME",
            f"{len(found)} 种风格,{n_grooves} 种律动;详细说明:motet styles 风格名",
        )
        lines = [line for style in found for line in _short_lines(style, out)]
        out.finish({"styles": [asdict(one) for one in found]}, [*lines, counts])


def _short_lines(style: StyleInfo, out: Output) -> list[str]:
    """Return a style in three lines."""
    title = out.say(style.title_en, style.title_zh)
    return [
        f"{style.name:<14} {title}  {' '.join(style.metres)}  ♩={style.qpm:g}",
        f"{'':<14} {out.say(', '.join(style.parts), '、'.join(style.parts_zh))}",
        f"{'':<14} {', '.join(style.grooves)}",
    ]


def _style_facts(style: Style) -> dict[str, Any]:
    """Return one style as plain values for JSON."""
    low, usual, high = style.qpm
    return {
        "name": style.name,
        "title_en": style.title,
        "title_zh": style.title_zh,
        "group": style.group,
        "metres": list(style.metres),
        "qpm": {"low": low, "usual": usual, "high": high},
        "keys": list(style.keys),
        "form": style.form,
        "melody": style.melody.instrument,
        "parts": [
            {
                "name": part.name,
                "name_zh": part.name_zh,
                "role": part.role,
                "instrument": part.instrument,
                "intensity": list(part.levels),
            }
            for part in style.parts
        ],
        "grooves": [
            {
                "name": groove.name,
                "title_en": groove.title,
                "title_zh": groove.title_zh,
                "metre": f"{groove.numerator}/{groove.denominator}",
                "sections": list(groove.sections),
            }
            for groove in style.grooves
        ],
    }


def _style_lines(style: Style, out: Output) -> list[str]:
    """Return one style as lines for a person."""
    from motet.theory import parse_key

    low, usual, high = style.qpm
    keys = "  ".join(parse_key(key).name(language=out.language) for key in style.keys)
    colon = out.say(": ", ":")
    rows = [
        (out.say("Metres", "拍号"), "  ".join(style.metres)),
        (out.say("Tempo", "速度"), f"♩= {low:g} – {high:g} ({usual:g})"),
        (out.say("Keys", "调"), keys),
        (out.say("Form", "曲式"), style.form),
        (out.say("Melody", "旋律"), out.say(style.melody.name, style.melody.name_zh)),
    ]
    lines = [f"{style.name}{colon}{out.say(style.title, style.title_zh)}"]
    lines += [f"{name}{colon}{value}" for name, value in rows]
    lines += ["", out.say("Parts (for --part):", "声部(用于 --part):")]
    for part in style.parts:
        levels = "" if part.levels == (1, 5) else f"{part.levels[0]}–{part.levels[1]}"
        levels = levels and out.say(f"  intensity {levels}", f"  强度 {levels}")
        lines.append(f"  {part.role:<11}{out.say(part.name, part.name_zh)}{levels}")
    lines += ["", out.say("Grooves (for --style):", "律动(用于 --style):")]
    for groove in style.grooves:
        where = " ".join(groove.sections)
        title = out.say(groove.title, groove.title_zh)
        metre = f"{groove.numerator}/{groove.denominator}"
        lines.append(f"  {groove.name:<24} {metre:<5} {title}  {where}".rstrip())
    example = f'motet arrange "| C | F G |" --style {style.name} -o {style.name}/'
    return [*lines, "", out.say(f"Try: {example}", f"试试:{example}")]
