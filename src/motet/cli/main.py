"""The entry point: language, then the command, then errors into exit codes, in this one place.

Conventions: 0 is success, 1 an unknown error, 2 to 7 as `motet.errors` says, 130 after Ctrl-C.
A traceback is shown only with ``MOTET_DEBUG=1``.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from functools import partial
from types import TracebackType

from motet.cli.output import Output, write_lines
from motet.cli.wording import Globals, split_globals
from motet.errors import FormatError, MotetError
from motet.language import say

__all__ = ["main", "report_bug", "run"]


def _fail(out: Output, error: MotetError) -> int:
    out.fail(error)
    return error.exit_code


def run(args: Sequence[str], environ: Mapping[str, str]) -> int:
    """Return the exit code after running one command line.

    Parameters
    ----------
    args : sequence of str
        Without the program's name.
    environ : mapping
        The environment: language, completion, debugging.

    Returns
    -------
    int
        0, or the `exit_code` of the error that was reported.

    Examples
    --------
    >>> run(["--version", "--json"], {})
    {"ok": true, "version": "0.1.0"}
    0
    """
    options = split_globals(args, environ)
    out = Output(
        language=options.language,
        as_json=options.as_json,
        is_language_chosen=options.is_chosen,
    )
    try:
        options.check()
        return _run_command(options, out, environ)
    except MotetError as error:
        return _fail(out, error)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        path = str(error.filename or "")
        return _fail(out, FormatError(reason, zh=f"系统拒绝:{reason}", path=path))
    except KeyboardInterrupt:
        out.note("stopped", "已停止")
        return 130


def _run_command(options: Globals, out: Output, environ: Mapping[str, str]) -> int:
    """Build the application and run it; return its exit code."""
    import typer

    from motet.cli.app import build_app

    if environ.get("_MOTET_COMPLETE"):
        from motet.cli.completion import prepare_completion

        prepare_completion()
    command = typer.main.get_command(build_app(options.language))
    try:
        code = command.main(
            args=list(options.args), prog_name="motet", standalone_mode=False, obj=out
        )
    except typer.Abort:
        raise KeyboardInterrupt from None
    if code == 130:
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def report_bug(
    options: Globals,
    is_debug: bool,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    """Say that something went wrong that should not, shortly, and how to tell us.

    Parameters
    ----------
    options : Globals
    is_debug : bool
        Whether to show the traceback.
    kind, error, trace
        As `sys.excepthook` gets them.

    Examples
    --------
    >>> options = Globals(language="en", as_json=True)
    >>> report_bug(options, False, ValueError, ValueError("x"), None)
    {"ok": false, "error": {"type": "ValueError", "code": 1, "message": "x"}}
    """
    if is_debug:
        write_lines(sys.stderr, ["".join(traceback.format_exception(kind, error, trace)).rstrip()])
    if options.as_json:
        facts = {"type": kind.__name__, "code": 1, "message": str(error)}
        write_lines(sys.stdout, [json.dumps({"ok": False, "error": facts}, ensure_ascii=False)])
        return
    text = say(
        f"motet: this is our fault: {kind.__name__}: {error}\n"
        "Please report it with the command you ran and what MOTET_DEBUG=1 adds.",
        f"motet:这是我们的错误:{kind.__name__}: {error}\n"
        "请把所用命令以及设置 MOTET_DEBUG=1 后的输出一起报告给我们。",
        language=options.language,
    )
    write_lines(sys.stderr, [text])


def main() -> int:
    """Return the exit code of the ``motet`` command as typed by a person.

    Returns
    -------
    int

    Examples
    --------
    >>> import subprocess, sys
    >>> subprocess.run([sys.executable, "-m", "motet.cli.main", "--version"]).returncode
    0
    """
    options = split_globals(sys.argv[1:], os.environ)
    sys.excepthook = partial(report_bug, options, os.environ.get("MOTET_DEBUG") == "1")
    return run(sys.argv[1:], os.environ)


if __name__ == "__main__":
    sys.exit(main())
