"""Why a recording is refused: the decoder's own words, with the place, in both languages.

Offers `stopped`, `unreadable`.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import IO

from motet.errors import FormatError
from motet.language import say_reason

__all__ = ["stopped", "unreadable"]


def stopped(worker: subprocess.Popen[bytes], path: Path, log: IO[bytes]) -> FormatError:
    """Return the error that says why the decoder's process gave up.

    Parameters
    ----------
    worker : subprocess.Popen
        At its end.
    path : Path
    log : open file
        What it wrote to stderr.

    Returns
    -------
    FormatError

    Examples
    --------
    >>> import sys
    >>> import tempfile
    >>> with tempfile.TemporaryFile() as log:
    ...     worker = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
    ...     print(stopped(worker, Path("a.wav"), log))
    a.wav: cannot be read as audio: the decoder stopped (exit 3)
    """
    code = worker.wait()
    log.seek(max(0, log.seek(0, os.SEEK_END) - 4096))
    line = log.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
    if code == 1 and line.startswith("{"):
        found = json.loads(line)
        place = f"frame {found['frame']}" if found["frame"] else "byte 0"
        reason = str(found["error"])[:200]
        return unreadable(path, reason, say_reason(reason, language="zh"), place)
    reason = f"signal {-code}" if code < 0 else f"exit {code}"
    return unreadable(path, f"the decoder stopped ({reason})", f"解码程序中止({reason})", "")


def unreadable(path: Path, why: str, why_zh: str, place: str) -> FormatError:
    """Return the error for a file that cannot be read as audio.

    Parameters
    ----------
    path : Path
    why, why_zh : str
        The reason in both languages.
    place : str
        As in `motet.errors.MotetError`.

    Returns
    -------
    FormatError

    Examples
    --------
    >>> print(unreadable(Path("a.wav"), "the file is empty", "文件为空", "byte 0"))
    a.wav, byte 0: cannot be read as audio: the file is empty
    """
    return FormatError(
        f"cannot be read as audio: {why}",
        zh=f"无法作为音频读取:{why_zh}",
        path=str(path),
        place=place,
    )
