"""Help pages as plain text, in English and Chinese, the same on every terminal.

Conventions: written from the parameters that typer holds; Chinese characters count as two columns.
"""

from __future__ import annotations

import textwrap
from typing import Any
from unicodedata import east_asian_width

from motet.cli.wording import Translate
from motet.language import count_columns

__all__ = ["render_help", "wrap_text"]

_WIDTH = 92
_OPENING = "(「《“"
_CLOSING = "。,、;:?!)」》”"


def wrap_text(text: str, *, width: int) -> list[str]:
    """Return a text as lines no wider than so many columns.

    Parameters
    ----------
    text : str
        Latin words break at spaces, Chinese between any two characters.
    width : int, columns, > 0

    Returns
    -------
    list of str

    Examples
    --------
    >>> wrap_text("one two three", width=8)
    ['one two', 'three']
    >>> wrap_text("一二三四五", width=6)
    ['一二三', '四五']
    """
    if count_columns(text) == len(text):
        return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
    lines, line = [], ""
    for piece in _pieces(text):
        if line and count_columns(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    """Return the unbreakable pieces: wide letters one by one, Latin words and marks with them."""
    pieces: list[str] = []
    is_open = False
    for letter in text:
        is_wide = east_asian_width(letter) in "WF"
        is_joined = letter in _CLOSING or letter == " " or (is_open and not is_wide)
        if pieces and (is_joined or pieces[-1][-1] in _OPENING):
            pieces[-1] += letter
        else:
            pieces.append(letter)
        is_open = not is_wide and letter != " "
    return pieces


def _table(rows: list[tuple[str, str]]) -> list[str]:
    """Return two columns as lines, the right one wrapped."""
    left_width = min(30, max((count_columns(left) for left, _ in rows), default=0))
    lines = []
    for left, right in rows:
        first, *rest = wrap_text(right, width=_WIDTH - left_width - 4)
        if count_columns(left) > left_width:
            lines.append(f"  {left}")
            left = ""
        lines.append(f"  {left}{' ' * (left_width - count_columns(left))}  {first}".rstrip())
        lines += [" " * (left_width + 4) + line for line in rest]
    return lines


def _option_row(param: Any, t: Translate) -> tuple[str, str]:
    """Return one option's names and what it does."""
    left = ", ".join(sorted(param.opts, key=len))
    if param.secondary_opts:
        left += " / " + ", ".join(param.secondary_opts)
    if param.metavar:
        left += f" {param.metavar}"
    right = param.help or ""
    default = param.default
    if isinstance(default, bool) or default in (None, "", [], ()) or callable(default):
        return left, right
    return left, f"{right} {t(f'[default: {default}]', f'[默认:{default}]')}"


def render_help(command: Any, ctx: Any, *, t: Translate) -> str:
    """Return a command's help page.

    Parameters
    ----------
    command : typer's command or group
    ctx : typer.Context
        Its context.
    t : callable
        Picks English or Chinese.

    Returns
    -------
    str

    Examples
    --------
    >>> from motet.cli.app import help_page
    >>> help_page("doctor", language="en").splitlines()[0]
    'Usage: motet doctor [OPTIONS]'
    """
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option"]
    commands = getattr(command, "commands", {})
    words = [ctx.command_path, t("[OPTIONS]", "[选项]")]
    words += [param.metavar for param in arguments]
    words += [t("COMMAND ...", "命令 ...")] if commands else []
    lines = [t("Usage: ", "用法:") + " ".join(words), ""]
    for paragraph in (command.help or "").split("\n\n"):
        lines += [f"  {line}" for line in wrap_text(" ".join(paragraph.split()), width=_WIDTH - 2)]
        lines.append("")
    if commands:
        rows = [(name, one.short_help or "") for name, one in commands.items() if not one.hidden]
        lines += [t("Commands:", "命令:"), *_table(rows), ""]
    if arguments:
        rows = [(param.metavar, param.help or "") for param in arguments]
        lines += [t("Arguments:", "参数:"), *_table(rows), ""]
    everywhere = [
        ("--lang en|zh", t("Language of every text.", "所有文字的语言。")),
        ("--json", t("Answer with one JSON object.", "以一个 JSON 对象作答。")),
    ]
    rows = [_option_row(param, t) for param in options]
    lines += [t("Options:", "选项:"), *_table([*rows[:-1], *everywhere, *rows[-1:]])]
    if command.epilog:
        lines += ["", t("Examples:", "示例:")]
        lines += [f"  {line.strip()}" for line in command.epilog.strip().splitlines()]
    return "\n".join(lines) + "\n"
