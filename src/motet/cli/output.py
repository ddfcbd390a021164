"""What the command line says: results on stdout, progress and errors on stderr.

Conventions: with ``--json`` stdout holds exactly one JSON object, ``{"ok": true, …}`` or
``{"ok": false, "error": {…}}``. Bars are drawn only where stderr is a terminal. A reader that
closes the pipe early is no error.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from motet.cli.reason import tell_error
from motet.errors import MotetError
from motet.language import Language, say

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[[float, str], None]

__all__ = ["Output", "error_facts", "write_lines"]


def error_facts(error: MotetError, *, language: Language) -> dict[str, Any]:
    """Return what a JSON reader is told about an error.

    Parameters
    ----------
    error : MotetError
    language : Language
        Of the message.

    Returns
    -------
    dict
        ``{"ok": False, "error": {type, code, message, path, place}}``.

    Examples
    --------
    >>> from motet.errors import ParameterError
    >>> error_facts(ParameterError("no", zh="不"), language="zh")["error"]["message"]
    '不'
    """
    return {
        "ok": False,
        "error": {
            "type": type(error).__name__,
            "code": error.exit_code,
            "message": tell_error(error, language=language),
            "path": error.path,
            "place": error.place,
        },
    }


class Output:
    """Where one command's words go: a person's terminal, or one JSON object.

    Parameters
    ----------
    language : Language
    as_json : bool
    is_language_chosen : bool
        Whether the user chose the language for this command; else a command may follow what it reads.

    Examples
    --------
    >>> out = Output(language="en", as_json=False)
    >>> out.finish({"bars": 4}, ["4 bars"])
    4 bars
    >>> Output(language="en", as_json=True).finish({"bars": 4}, ["4 bars"])
    {"ok": true, "bars": 4}
    """

    def __init__(
        self, *, language: Language, as_json: bool, is_language_chosen: bool = False
    ) -> None:
        self.language = language
        self.is_language_chosen = is_language_chosen
        self.as_json = as_json
        self._began_s = time.perf_counter()
        self.notes: list[str] = []

    @property
    def elapsed_s(self) -> float:
        """Seconds since the command began."""
        return time.perf_counter() - self._began_s

    def say(self, en: str, zh: str) -> str:
        """Return the text in the language of this run."""
        return say(en, zh, language=self.language)

    def finish(self, facts: Mapping[str, Any], lines: Sequence[str]) -> None:
        """Print the result: the facts as JSON, or the lines for a person."""
        if self.as_json:
            told = {"notes": self.notes} if self.notes else {}
            whole = {"ok": True, **facts, **told}
            lines = [json.dumps(whole, ensure_ascii=False, default=_plain)]
        write_lines(sys.stdout, lines)

    def note(self, en: str, zh: str) -> None:
        """Say something on the way, to stderr; with JSON it waits for `finish`, as ``notes``."""
        if self.as_json:
            self.notes.append(self.say(en, zh))
        else:
            write_lines(sys.stderr, [self.say(en, zh)])

    def fail(self, error: MotetError) -> None:
        """Report an error: one JSON object to stdout, or a line to stderr."""
        if self.as_json:
            facts = error_facts(error, language=self.language)
            write_lines(sys.stdout, [json.dumps(facts, ensure_ascii=False)])
        else:
            head = self.say("motet: error: ", "motet:错误:")
            write_lines(sys.stderr, [head + tell_error(error, language=self.language)])

    @contextmanager
    def progress(self, en: str, zh: str) -> Iterator[Report]:
        """Yield ``report(fraction, label)``, which moves a bar where stderr is a terminal."""
        if self.as_json or not sys.stderr.isatty():
            yield _ignore
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(self.say(en, zh), total=1.0)
            yield lambda fraction, label: bar.update(
                task, completed=fraction, description=label or None
            )


def _ignore(fraction: float, label: str) -> None:
    """Take a report where no bar is drawn."""


def write_lines(stream: TextIO, lines: Sequence[str]) -> None:
    """Write lines whole, with what the stream's encoding lacks replaced; a closed pipe is fine.

    Parameters
    ----------
    stream : text file
        Standard output or error.
    lines : sequence of str
        Without line ends.

    Examples
    --------
    >>> write_lines(sys.stdout, ["one", "two"])
    one
    two
    """
    text = "".join(f"{line}\n" for line in lines)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        stream.write(text.encode(encoding, errors="replace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, stream.fileno())


def _plain(value: Any) -> Any:
    """Return paths as text and number types of NumPy as Python's, for JSON."""
    if isinstance(value, Path):
        return str(value)
    if hasattr(value, "tolist"):
        return value.tolist()
    return str(value)
