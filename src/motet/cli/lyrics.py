"""``motet lyrics``: words set to music."""

from __future__ import annotations

from typing import Any

import typer

from motet.cli.wish import high_option, instrument_option, low_option, metre_option, qpm_option
from motet.cli.wording import Translate
from motet.cli.writing import (
    bundle_option,
    candidates_option,
    finish_composition,
    given_options,
    key_option,
    originality_option,
    output_option,
    seed_option,
    style_option,
    temperature_option,
    writing_progress,
)

__all__ = ["read_text", "register"]


def read_text(source: str) -> str:
    """Return the words that a source holds: a text file, ``-`` for standard input, or words themselves.

    Parameters
    ----------
    source : str

    Returns
    -------
    str

    Raises
    ------
    ParameterError
        There is no such file, or standard input is a terminal.
    FormatError
        The file is no text in UTF-8.

    Examples
    --------
    >>> read_text("Over the river / the silver moon")
    'Over the river\\nthe silver moon'
    """
    import sys
    from pathlib import Path

    from motet.errors import FormatError, ParameterError

    if source == "-":
        if sys.stdin is None or sys.stdin.isatty():
            raise ParameterError(
                "'-' reads standard input, but it is a terminal; pipe the words in",
                zh="“-”表示读取标准输入,但它是终端;请用管道送入歌词",
            )
        data = sys.stdin.buffer.read()
    elif len(source) < 255 and Path(source).is_file():
        data = Path(source).read_bytes()
    elif source.lower().endswith((".txt", ".lrc", ".md")) and " " not in source.strip():
        raise ParameterError(
            f"there is no file {source!r}; see its name and folder",
            zh=f"没有文件 {source!r};请检查文件名与所在文件夹",
        )
    else:
        return "\n".join(part.strip() for part in source.split(" / "))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(
            "the words are not text in UTF-8; save the file as UTF-8",
            zh="歌词不是 UTF-8 文本;请以 UTF-8 保存",
            path=source,
            place=f"byte {error.start}",
        ) from error


def register(app: typer.Typer, t: Translate, cls: Any) -> None:
    """Add the command to the application.

    Examples
    --------
    >>> from motet.cli.app import command_names
    >>> "lyrics" in command_names()
    True
    """

    @app.command(
        "lyrics",
        cls=cls,
        short_help=t("Set words to music.", "为歌词谱曲。"),
        help=t(
            "Set words to music, a syllable a note: English with its stress on the beat, Chinese with "
            "its tones respected. An empty line or a mark such as [Chorus] begins a section; sections "
            "that return have the same tune. With --style a band plays.",
            "为歌词谱曲,一字(音节)一音:英文重音落在拍上,中文旋律顺应声调。空行或[副歌]之类的"
            "标记分段;再现的段落用同一曲调。给出 --style 则配上乐队。",
        ),
        epilog="motet lyrics words.txt --style ballad -o song/\n"
        'motet lyrics "Over the river / the silver moon" --key G -o tune.musicxml\n'
        "motet lyrics 歌词.txt --style guofeng --seed 3 -o song/",
    )
    def lyrics(
        ctx: typer.Context,
        source: str = typer.Argument(
            ...,
            metavar="WORDS",
            help=t(
                "A text file, the words themselves with / between lines, or - for standard input.",
                "文本文件、歌词本身(行间用 / 隔开),或用 - 表示标准输入。",
            ),
        ),
        instrument: str = instrument_option(
            t, "Who sings; else a mezzo-soprano.", "由谁演唱;默认女中音。"
        ),
        low: str | None = low_option(t),
        high: str | None = high_option(t),
        chords: str | None = typer.Option(
            None, "--chords", metavar="CHORDS", help=t("Chords to sing over.", "演唱所用的和弦。")
        ),
        bars_a_line: int | None = typer.Option(
            None,
            "--bars-a-line",
            metavar="N",
            help=t("Bars that a line takes, 1 to 16.", "每行占几小节,1 到 16。"),
        ),
        backing: bool | None = typer.Option(
            None,
            "--backing/--no-backing",
            help=t("Whether a band plays; with --style it does.", "是否配乐队;给出风格即配。"),
        ),
        metre: str | None = metre_option(t),
        qpm: float | None = qpm_option(t),
        title: str | None = typer.Option(
            None, "--title", metavar="TEXT", help=t("Title.", "标题。")
        ),
        style: str | None = style_option(t),
        key: str | None = key_option(t),
        temperature: float | None = temperature_option(t),
        candidates: int | None = candidates_option(t),
        seed: int | None = seed_option(t),
        bundle: str | None = bundle_option(t),
        originality: bool = originality_option(t),
        output: str = output_option(t),
    ) -> None:
        from motet.tasks import set_lyrics

        asked = {
            "chords": chords, "metre": metre, "qpm": qpm, "title": title, "style": style,
            "key": key, "temperature": temperature, "candidates": candidates, "seed": seed,
        }  # fmt: skip
        words = read_text(source)
        with writing_progress(ctx.obj) as tell:
            piece = set_lyrics(
                words, instrument=instrument, lowest=low, highest=high, bars_a_line=bars_a_line,
                backing=backing, bundle=bundle, language=ctx.obj.language, on_bar=tell,
                originality=originality, **given_options(asked),
            )  # fmt: skip
        finish_composition(ctx.obj, piece, output, {})
