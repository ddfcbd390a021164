"""Words that a command cannot take: what typer finds wrong, said in English and in Chinese.

Conventions: every mistake becomes a `ParameterError` that names the option, what came, what is
allowed, and the help page to look at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from motet.cli.suggest import did_you_mean
from motet.errors import ParameterError

__all__ = ["check_repeats", "usage_error"]

_GLOBAL_OPTIONS = ("--lang", "--json")
_WANTED = {
    "int": ("a whole number", "整数"),
    "float": ("a number", "数"),
    "finite": ("a finite number", "有限的数"),
    "bool": ("true or false", "true 或 false"),
}


def _name(param: Any) -> str:
    """Return a parameter's name as a person types it."""
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return str(param.metavar or param.name).strip("[]")


def _wrong_value(error: Any, name: str, page: str) -> ParameterError:
    """Return the error for a value that is no number, or of another kind than wanted."""
    cause = error.__cause__
    facts = cause.errors()[0] if hasattr(cause, "errors") else {}
    wanted = _WANTED.get(str(facts.get("type", "")).split("_")[0])
    if wanted is None:
        what = str(getattr(error, "message", error)).rstrip(".")
        return ParameterError(
            f"{name}: {what}; see {page}", zh=f"{name} 的值不合法:{what};见 {page}"
        )
    came = facts.get("input")
    return ParameterError(
        f"{name} must be {wanted[0]}, got {came!r}; see {page}",
        zh=f"{name} 必须是{wanted[1]},收到 {came!r};见 {page}",
    )


def _extra_words(message: str, page: str) -> ParameterError:
    """Return the error for words that no argument takes."""
    words = message.rpartition("(")[2].rstrip(").")
    return ParameterError(
        f"there are too many words: {words}; put chords and names with spaces in quotes "
        f'("| C | F G |"); see {page}',
        zh=f"多出了参数:{words};含空格的和弦或文件名请加引号(“| C | F G |”);见 {page}",
    )


def usage_error(error: Any, command: Any, ctx: Any) -> ParameterError:
    """Return our own error, in both languages, for what typer found wrong with the words given.

    Parameters
    ----------
    error : typer's usage error
    command : typer's command or group
    ctx : typer.Context
        Its context.

    Returns
    -------
    ParameterError

    Examples
    --------
    >>> from motet.cli.main import run
    >>> run(["arrange", "--qpm", "fast", "--json"], {})
    {"ok": false, "error": {"type": "ParameterError", "code": 2, "message":
    "--qpm must be a number, got 'fast'; see motet arrange --help", "path": "", "place": ""}}
    2
    """
    page = f"{ctx.command_path} --help"
    option = getattr(error, "option_name", "")
    param = getattr(error, "param", None)
    kind = type(error).__name__
    message = str(getattr(error, "message", error))
    if kind == "NoSuchOption":
        names = [name for one in command.get_params(ctx) for name in one.opts + one.secondary_opts]
        en, zh = did_you_mean(option, [*names, *_GLOBAL_OPTIONS])
        return ParameterError(
            f"there is no option {option}{en or f'; see {page}'}",
            zh=f"没有选项 {option}{zh or f';见 {page}'}",
        )
    if kind == "BadOptionUsage":
        takes_none = "does not take" in message
        return ParameterError(
            f"{option} {'takes no' if takes_none else 'needs a'} value; see {page}",
            zh=f"{option} {'不带' if takes_none else '需要一个'}值;见 {page}",
        )
    if param is None:
        if "unexpected extra argument" in message:
            return _extra_words(message, page)
        return ParameterError(f"{message}; see {page}", zh=f"用法有误({message});见 {page}")
    name = _name(param)
    if kind == "MissingParameter":
        return ParameterError(f"{name} is missing; see {page}", zh=f"缺少 {name};见 {page}")
    return _wrong_value(error, name, page)


def check_repeats(args: Sequence[str], command: Any, ctx: Any) -> None:
    """Raise a ParameterError when an option that takes one value is given twice.

    Parameters
    ----------
    args : sequence of str
        The words after the command.
    command : typer's command
    ctx : typer.Context
        Its context.

    Examples
    --------
    >>> from motet.cli.main import run
    >>> run(["arrange", "-o", "a.mid", "-o", "b.mid"], {})
    2
    """
    once = {}
    for param in command.get_params(ctx):
        if param.param_type_name == "option" and not param.is_flag and not param.multiple:
            once.update(dict.fromkeys(param.opts, _name(param)))
    seen: set[str] = set()
    words = iter(args)
    for word in words:
        if word == "--":
            return
        head, has_value, _ = word.partition("=")
        name = once.get(head)
        if name is None:
            continue
        if name in seen:
            raise ParameterError(
                f"{name} is given twice; give it once, or run the command again for each",
                zh=f"{name} 给了两次;请只给一次,或分两次运行命令",
            )
        seen.add(name)
        if not has_value:
            next(words, None)
