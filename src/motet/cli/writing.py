"""What the commands that write a piece share: their options, progress by bar, and how they end.

Conventions: an option that was not given is None and leaves its value to the brief or to Motet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

from motet.cli.save import save_score
from motet.cli.wording import Translate

if TYPE_CHECKING:
    from motet.api import Arrangement
    from motet.cli.output import Output
    from motet.tasks import Composition

__all__ = [
    "bundle_option",
    "candidates_option",
    "chords_option",
    "finish_composition",
    "given_options",
    "harmony_option",
    "key_option",
    "originality_option",
    "output_option",
    "seed_option",
    "style_option",
    "temperature_option",
    "writing_progress",
]


def chords_option(t: Translate) -> Any:
    """Return the option ``--chords``.

    Examples
    --------
    >>> chords_option(lambda en, zh: en).metavar
    'CHORDS'
    """
    return typer.Option(
        None,
        "--chords",
        metavar="CHORDS",
        help=t('A progression: "Dm7 G7 | C".', '和弦进行,如 "Dm7 G7 | C"。'),
    )


def style_option(t: Translate) -> Any:
    """Return the option ``--style``.

    Examples
    --------
    >>> style_option(lambda en, zh: en).metavar
    'NAME'
    """
    return typer.Option(
        None,
        "--style",
        "-s",
        metavar="NAME",
        help=t(
            "A style of the arranger or of the corpus: bossa, string-quartet, ragtime.",
            "编配器或语料库中的风格,如 bossa、string-quartet、ragtime。",
        ),
    )


def key_option(t: Translate) -> Any:
    """Return the option ``--key``.

    Examples
    --------
    >>> key_option(lambda en, zh: en).metavar
    'KEY'
    """
    return typer.Option(None, "--key", metavar="KEY", help=t("C, F#m, D dorian.", "如 C、F#m。"))


def harmony_option(t: Translate) -> Any:
    """Return the option ``--harmony``.

    Examples
    --------
    >>> harmony_option(lambda en, zh: en).metavar
    'strict|scale|free'
    """
    return typer.Option(
        None,
        "--harmony",
        metavar="strict|scale|free",
        help=t(
            "Chord tones on strong beats; the scale only; or anything.",
            "强拍用和弦音;只限音阶;或不限。",
        ),
    )


def temperature_option(t: Translate) -> Any:
    """Return the option ``--temperature``.

    Examples
    --------
    >>> temperature_option(lambda en, zh: en).metavar
    '0.05..2'
    """
    return typer.Option(
        None,
        "--temperature",
        metavar="0.05..2",
        help=t("How daring the model is; 1 as usual.", "模型的大胆程度;通常为 1。"),
    )


def candidates_option(t: Translate) -> Any:
    """Return the option ``--candidates``.

    Examples
    --------
    >>> candidates_option(lambda en, zh: en).metavar
    'N'
    """
    return typer.Option(
        None,
        "--candidates",
        metavar="N",
        help=t("How many ways are tried, 1 to 16.", "尝试多少种写法,1 到 16。"),
    )


def seed_option(t: Translate) -> Any:
    """Return the option ``--seed``.

    Examples
    --------
    >>> seed_option(lambda en, zh: en).metavar
    'N'
    """
    return typer.Option(
        None,
        "--seed",
        metavar="N",
        help=t("0 or more; same seed, same notes.", "不小于 0;同一种子,同样的音符。"),
    )


def bundle_option(t: Translate) -> Any:
    """Return the option ``--bundle``.

    Examples
    --------
    >>> bundle_option(lambda en, zh: en).metavar
    'NAME'
    """
    return typer.Option(
        None,
        "--bundle",
        metavar="NAME",
        help=t("The model: a name or a folder.", "模型:名称或文件夹。"),
    )


def originality_option(t: Translate) -> Any:
    """Return the option ``--no-originality``.

    Examples
    --------
    >>> originality_option(lambda en, zh: en).default
    True
    """
    return typer.Option(
        True,
        "--originality/--no-originality",
        help=t(
            "Stop long runs of training music, and name the nearest piece.",
            "避免长段照搬训练乐曲,并指出最相近的曲子。",
        ),
    )


def output_option(t: Translate) -> Any:
    """Return the option ``--output``.

    Examples
    --------
    >>> output_option(lambda en, zh: en).default
    'song/'
    """
    return typer.Option(
        "song/",
        "--output",
        "-o",
        metavar="PATH",
        help=t("File (its extension decides) or folder.", "文件(由扩展名决定)或文件夹。"),
    )


def given_options(options: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given.

    Parameters
    ----------
    options : dict

    Returns
    -------
    dict

    Examples
    --------
    >>> given_options({"bars": 8, "key": None, "parts": []})
    {'bars': 8}
    """
    return {name: value for name, value in options.items() if value not in (None, [], ())}


@contextmanager
def writing_progress(out: Output) -> Iterator[Callable[[int, int], None]]:
    """Yield what a task calls with each finished bar; told on stderr.

    Parameters
    ----------
    out : Output

    Yields
    ------
    callable
        Of (bars done, bars in all).

    Examples
    --------
    >>> from motet.cli.output import Output
    >>> with writing_progress(Output(language="en", as_json=True)) as tell:
    ...     tell(1, 4)
    """
    with out.progress("writing", "写作中") as report:

        def tell(done: int, total: int) -> None:
            text = out.say(f"bar {done} of {total}", f"第 {done}/{total} 小节")
            report(done / max(1, total), text)

        yield tell


def finish_composition(
    out: Output, piece: Composition | Arrangement, output: str, wishes: dict[str, Any]
) -> None:
    """Save a piece, then print its summary, how it keeps to its brief, and the files.

    Parameters
    ----------
    out : Output
    piece : Composition or Arrangement
    output : str
        A file or a folder.
    wishes : dict
        Of `motet.cli.save.save_score`.

    Examples
    --------
    >>> finish_composition.__name__
    'finish_composition'
    """
    files = save_score(piece, output, out, **wishes)
    elapsed_s = out.elapsed_s
    lines = [piece.summary(out.language), "", out.say("Files:", "文件:")]
    lines += [f"  {path}" for path in files]
    lines.append(out.say(f"Done in {elapsed_s:.1f} s.", f"用时 {elapsed_s:.1f} 秒。"))
    out.finish({**piece.facts(), "files": files, "elapsed_s": round(elapsed_s, 2)}, lines)
