"""Playing a sound file with whatever player this machine has.

Conventions: the first player found wins; nothing is installed, nothing is sent anywhere.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from motet.errors import MotetError

__all__ = ["find_player", "play_file"]

_PLAYERS: tuple[tuple[str, ...], ...] = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("afplay",),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    ("mpv", "--no-video", "--really-quiet"),
    ("play", "-q"),
)
_WINDOWS = "(New-Object Media.SoundPlayer $args[0]).PlaySync()"


def find_player(
    find: Callable[[str], str | None] = shutil.which,
) -> tuple[str, ...]:
    """Return the command that plays a WAV file here, without the file; empty when there is none.

    Parameters
    ----------
    find : callable
        Returns the path of a program, or None.

    Returns
    -------
    tuple of str

    Examples
    --------
    >>> find_player(lambda name: "/usr/bin/aplay" if name == "aplay" else None)
    ('/usr/bin/aplay', '-q')
    """
    for name, *options in _PLAYERS:
        path = find(name)
        if path:
            return (path, *options)
    path = find("powershell")
    return (path, "-NoProfile", "-Command", _WINDOWS) if path else ()


def play_file(path: Path, *, player: tuple[str, ...]) -> None:
    """Play a WAV file to its end.

    Parameters
    ----------
    path : Path
    player : tuple of str
        From `find_player`.

    Raises
    ------
    MotetError
        There is no player, or it refused.

    Examples
    --------
    >>> play_file(Path("a.wav"), player=())
    Traceback (most recent call last):
    motet.errors.MotetError: no audio player was found; install one ...
    """
    if not player:
        raise MotetError(
            "no audio player was found; install one (aplay, paplay, ffplay, mpv), "
            "or write a file: motet render FILE -o out.wav",
            zh="没有找到音频播放器;请安装一个(aplay、paplay、ffplay、mpv),"
            "或写成文件:motet render FILE -o out.wav",
        )
    done = subprocess.run([*player, str(path)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1]
        name = Path(player[0]).name
        raise MotetError(
            f"{name} could not play: {reason}; is a sound card there? "
            "Write a file instead: motet render FILE -o out.wav",
            zh=f"{name} 无法播放:{reason};这台机器有声卡吗?"
            "也可写成文件:motet render FILE -o out.wav",
        )
