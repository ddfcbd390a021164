"""The listening test of ``motet evaluate``: writing it, and reading what listeners answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from motet.errors import ParameterError

if TYPE_CHECKING:
    from motet.cli.output import Output
    from motet.suite import Request

__all__ = ["make_kit", "show_answers"]


def make_kit(folder: Path, request: Request, out: Output) -> None:
    """Write a listening test and say what to do with its files.

    Parameters
    ----------
    folder : Path
    request : Request
    out : Output

    Examples
    --------
    >>> make_kit.__name__
    'make_kit'
    """
    from motet.suite.blind import write_kit

    page, key = write_kit(folder, request)
    lines = [
        out.say(
            f"{page}  for listeners; one file, works offline", f"{page}  给听者;单个文件,可离线使用"
        ),
        out.say(f"{key}  keep it to yourself", f"{key}  请自己保管"),
        out.say(
            f"then: motet evaluate --blind-results answers.json --key {key}",
            f"之后:motet evaluate --blind-results answers.json --key {key}",
        ),
    ]
    out.finish({"folder": str(folder), "page": str(page), "key": str(key)}, lines)


def show_answers(answers: Sequence[str], key: str, out: Output) -> None:
    """Print who won a listening test.

    Parameters
    ----------
    answers : sequence of str
        Files that listeners saved.
    key : str
        The key of the test.
    out : Output

    Raises
    ------
    ParameterError
        There is no key.

    Examples
    --------
    >>> show_answers.__name__
    'show_answers'
    """
    from motet.suite.blind_results import judge_answers, tell_answers

    if not key:
        raise ParameterError(
            "answers need the key of their test; add --key key.json",
            zh="统计答案需要该测试的钥匙文件;请加 --key key.json",
        )
    found = judge_answers(list(answers), key)
    out.finish(found, [out.say(*line) for line in tell_answers(found)])
