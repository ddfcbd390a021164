"""Exit codes, errors, Ctrl-C and bugs: all in one place."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from motet import __version__
from motet.cli.main import report_bug
from motet.cli.wording import Globals
from motet.io import write_json
from motet.score import make_score

SCORE = write_json(make_score("C4:1"))
MOTET = [sys.executable, "-m", "motet.cli.main"]


def start(*args: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the real program in a fresh process."""
    return subprocess.run(
        [*MOTET, *args],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
        stdin=subprocess.DEVNULL,
    )


def test_version_as_a_program() -> None:
    done = start("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"motet {__version__}\n", "")


def test_the_locale_decides_the_language() -> None:
    assert start("--help", LC_ALL="zh_CN.UTF-8", PYTHONUTF8="1").stdout.startswith("用法:")


def test_errors_of_a_file_exit_3(motet: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "bad.mid").write_bytes(b"MThd\x00")
    found = motet("show", "bad.mid", "--json")
    assert found.code == 3
    assert found.facts["ok"] is False
    assert found.facts["error"]["code"] == 3
    assert found.facts["error"]["path"] == "bad.mid"


def test_a_wrong_language_exits_2(motet: Callable[..., Any]) -> None:
    found = motet("styles", "--lang", "fr", "--json")
    assert found.code == 2
    assert "fr" in found.facts["error"]["message"]


@pytest.mark.parametrize("args", [["show", "absent.mid"], ["show", "."], ["render", "absent.mid"]])
def test_no_such_file_is_told_without_a_traceback(
    motet: Callable[..., Any], args: list[str]
) -> None:
    for language in ("en", "zh"):
        found = motet(*args, "--lang", language)
        assert found.code in (2, 3)
        assert len(found.err.splitlines()) == 1
        assert args[1] in found.err


def test_what_the_system_refuses_exits_3(motet: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    found = motet("convert", "-", "file/one.mid", stdin=SCORE, environ={})
    assert found.code in (2, 3)
    assert "file" in found.err
    assert (tmp_path / "file").read_text() == "x"


@pytest.mark.parametrize("is_debug", [False, True])
def test_a_bug_is_told_shortly(capsys: pytest.CaptureFixture[str], is_debug: bool) -> None:
    error = ZeroDivisionError("division by zero")
    options = Globals(language="zh", as_json=False)
    report_bug(options, is_debug, ZeroDivisionError, error, None)
    said = capsys.readouterr()
    assert "这是我们的错误:ZeroDivisionError" in said.err
    assert "MOTET_DEBUG=1" in said.err
    assert said.err.count("ZeroDivisionError: division by zero") == 1 + is_debug


def test_an_unforeseen_error_of_the_program_exits_1() -> None:
    code = "import motet.cli.main as m\nm.run = lambda *a: 1 // 0\nraise SystemExit(m.main())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "this is our fault: ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipes cannot be asked what they hold")
def test_ctrl_c_exits_130() -> None:
    import fcntl
    import termios

    process = subprocess.Popen(
        [*MOTET, "show", "-"],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # off in the background
    )
    assert process.stdin is not None
    process.stdin.write(b"MThd")
    process.stdin.flush()
    while process.poll() is None and any(fcntl.ioctl(process.stdin, termios.FIONREAD, bytes(4))):
        time.sleep(0.02)  # until it has read this and waits for more
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=20)[1].decode()
    assert process.returncode == 130
    assert "Traceback" not in said
