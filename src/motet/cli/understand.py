"""``motet understand``: what Motet reads in a sentence, before anything is written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.wording import Translate
from motet.errors import ParameterError

if TYPE_CHECKING:
    from motet.brief import Brief
    from motet.cli.output import Output
    from motet.sentence import Understanding

__all__ = ["brief_as_toml", "open_wish", "read_sentence", "register", "write_brief"]


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "understand" in command_names()
    True
    """

    @app.command(
        "understand",
        cls=cls,
        short_help=t("Show what a sentence asks for.", "显示一句话要求了什么。"),
        help=t(
            "Read a sentence in English or Chinese and show the brief it asks for: each field"
            " with the words it comes "
            "from, what is assumed, what contradicts itself, and what was not understood. Works"
            " offline; with "
            "MOTET_ENDPOINT set, a language model of your own is asked too.",
            "读懂一句英文或中文,显示其中的要求:每一项及其出处、另外的设定、矛盾之处和没有读懂的词。"
            "离线即可使用;若设置了 MOTET_ENDPOINT,也会询问您自己的语言模型。",
        ),
        epilog='motet understand "a sad waltz for piano in A minor, 16 bars"\n'
        'motet understand "starts calm, gets tense" --toml wish.toml',
    )
    def understand(
        ctx: typer.Context,
        sentence: str = typer.Argument(
            ..., metavar="SENTENCE", help=t("What you want.", "您想要的音乐。")
        ),
        toml: Path | None = typer.Option(
            None,
            "--toml",
            metavar="FILE",
            help=t(
                "Also write the brief here, to edit and give to motet compose --brief.",
                "另把需求写入此文件,修改后交给 motet compose --brief。",
            ),
        ),
    ) -> None:
        out: Output = ctx.obj
        found = read_sentence(sentence, out)
        lines = [found.tell()]
        if toml is not None:
            write_brief(toml, found.full)
            lines += ["", out.say(f"Written: {toml}", f"已写入:{toml}")]
        out.finish({**found.to_dict(), "files": [str(toml)] if toml else []}, lines)


def read_sentence(text: str, out: Output) -> Understanding:
    """Return what a sentence asks for; the words to the user are in its language unless one was chosen.

    Parameters
    ----------
    text : str
    out : Output
        A sentence with Chinese turns it to Chinese where the user did not choose a language.

    Returns
    -------
    Understanding

    Raises
    ------
    ParameterError
        The sentence is empty or too long, or the endpoint's address is wrong.

    Examples
    --------
    >>> from motet.cli.output import Output
    >>> read_sentence("a waltz", Output(language="en", as_json=False)).brief.style
    'waltz'
    """
    from motet.sentence import read_endpoint, understand
    from motet.sentence.text import has_chinese

    if has_chinese(text) and not out.is_language_chosen:
        out.language = "zh"
    return understand(text, language=out.language, endpoint=read_endpoint(os.environ))


def open_wish(
    out: Output, sentence: str | None, path: Path | None, options: Mapping[str, Any]
) -> Brief:
    """Return the brief that a command starts from: of a sentence, shown first, or of a file, or empty.

    Parameters
    ----------
    out : Output
    sentence : str or None
    path : Path or None
    options : mapping
        What was given besides and will win; what the sentence says of the same gives way.

    Returns
    -------
    Brief

    Raises
    ------
    ParameterError
        A sentence and a file were given, or the sentence is empty or too long.

    Examples
    --------
    >>> from motet.cli.output import Output
    >>> open_wish(Output(language="en", as_json=True), "AABA in G", None, {"bars": 16}).form
    ''
    """
    from motet.brief import Brief, read_brief

    if sentence is None:
        return read_brief(path) if path is not None else Brief()
    if path is not None:
        raise ParameterError(
            f"give a sentence or --brief, got both; write the sentence to a file with motet understand "
            f"--toml and edit it, or leave {path} out",
            zh=f"句子与 --brief 只能给一个,收到两个;可先用 motet understand --toml 把句子写入文件再修改,"
            f"或去掉 {path}",
        )
    if sentence.strip().lower().endswith(".toml"):
        raise ParameterError(
            f"{sentence!r} is a file, not a sentence; give it with --brief",
            zh=f"{sentence!r} 是文件而不是句子;请用 --brief 给出",
        )
    found = read_sentence(sentence, out)
    out.note(found.tell("en"), found.tell("zh"))
    out.note("", "")
    wish = found.full
    freed = {name for option in options for name in _GIVES_WAY.get(option, ())}
    if freed:
        empty = Brief()
        wish = wish.with_(**{name: getattr(empty, name) for name in freed})
    return wish


_GIVES_WAY: dict[str, tuple[str, ...]] = {
    "bars": ("form", "emotion_curve", "bars"), "form": ("bars", "emotion_curve", "form"),
    "emotion": ("emotion_curve", "emotion"), "style": ("groove",), "parts": ("avoid",),
}  # fmt: skip


def brief_as_toml(brief: Brief) -> str:
    """Return a brief as TOML that `motet.brief.brief_from_toml` reads back.

    Parameters
    ----------
    brief : Brief

    Returns
    -------
    str

    Examples
    --------
    >>> from motet.brief import Brief
    >>> print(brief_as_toml(Brief(key="D", parts="flute:melody")).splitlines()[1])
    key = "D"
    """
    import json

    def value(one: Any) -> str:
        if isinstance(one, list | tuple):
            return "[" + ", ".join(value(each) for each in one) + "]"
        if isinstance(one, bool | int | float):
            return json.dumps(one)
        return json.dumps(str(one), ensure_ascii=False).replace("\x7f", "\\u007f")

    table = brief.to_dict()
    if "emotion_curve" in table:
        table.pop("emotion", None)
    parts = table.pop("parts", [])
    lines = [f"{name} = {value(one)}" for name, one in table.items()]
    for part in parts:
        lines += ["", "[[parts]]", *(f"{name} = {value(one)}" for name, one in part.items())]
    return "\n".join(lines) + "\n"


def write_brief(path: Path, brief: Brief) -> None:
    """Write a brief as TOML, whole or not at all.

    Parameters
    ----------
    path : Path
    brief : Brief

    Raises
    ------
    FormatError
        The file cannot be written.

    Examples
    --------
    >>> from motet.brief import Brief, read_brief
    >>> write_brief(Path("wish.toml"), Brief(key="D"))
    >>> read_brief("wish.toml").key
    'D'
    """
    from motet.errors import FormatError

    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        draft.write_text(brief_as_toml(brief), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise FormatError(
            f"cannot write the brief: {reason}", zh=f"无法写入需求文件:{reason}", path=str(path)
        ) from error
