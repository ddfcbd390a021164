"""Playing: a recording through the machine's loudspeakers, by a player that is already there.

Conventions: blocks until the sound has ended; Ctrl-C stops it. Players are tried in order: the
optional package ``sounddevice``, then programs of the system.
"""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from motet.audio.file import write_audio
from motet.audio.recording import Audio
from motet.errors import MotetError

__all__ = ["check_player", "find_players", "play_audio"]

_PLAYERS: dict[str, tuple[str, ...]] = {
    "pw-play": (),
    "paplay": (),
    "afplay": (),
    "aplay": ("-q",),
    "ffplay": ("-nodisp", "-autoexit", "-loglevel", "error"),
}


def find_players() -> tuple[tuple[str, ...], ...]:
    """Return the commands that could play a WAV file here, best first, without the file's name.

    Returns
    -------
    tuple of tuples of str
        Empty when there is none.

    Examples
    --------
    >>> all(command[0] for command in find_players())
    True
    """
    found = []
    for name, options in _PLAYERS.items():
        program = shutil.which(name)
        if program:
            found.append((program, *options))
    if sys.platform == "win32":
        program = shutil.which("powershell") or shutil.which("pwsh")
        if program:
            script = "(New-Object Media.SoundPlayer $args[0]).PlaySync()"
            found.append((program, "-NoProfile", "-Command", script))
    return tuple(found)


def _has_module() -> bool:
    """Tell whether the package sounddevice is installed."""
    try:
        return importlib.util.find_spec("sounddevice") is not None
    except ValueError:  # set to None in sys.modules: its import is forbidden
        return False


def check_player() -> None:
    """Return nothing if something here might play sound; costs no rendering.

    Raises
    ------
    MotetError
        There is neither a player nor the package ``sounddevice``; the message says what to do.

    Examples
    --------
    >>> from motet.errors import MotetError
    >>> try:
    ...     check_player()
    ... except MotetError as error:
    ...     assert "motet render" in str(error)
    """
    if not find_players() and not _has_module():
        raise _no_sound([])


def _no_sound(failures: list[tuple[str, str]]) -> MotetError:
    """Return the error that tells each player's reason, in English and in Chinese."""
    tried = "; ".join(en for en, _ in failures)
    tried_zh = ";".join(zh for _, zh in failures)
    return MotetError(
        f"no sound can be played here ({tried or 'no player is installed'}); connect a sound "
        f"device and install one of {', '.join(_PLAYERS)}, or write a file instead: "
        "motet render SCORE -o sound.wav",
        zh=f"此处无法播放声音({tried_zh or '没有安装播放器'});请连接音频设备并安装 "
        f"{'、'.join(_PLAYERS)} 之一,或改为写入文件:motet render 乐谱 -o sound.wav",
    )


def _failure(name: str, reason: str) -> tuple[str, str]:
    """Return what a player said; its own words stay, in Chinese they are marked as such."""
    return f"{name}: {reason}", f"{name} 报告“{reason}”"


def _play_by_module(audio: Audio) -> tuple[str, str] | None:
    """Play by the package sounddevice; return why that failed, or None."""
    if not _has_module():
        return "sounddevice: not installed", "未安装 sounddevice"
    try:
        module = importlib.import_module("sounddevice")
    except OSError as error:
        return _failure("sounddevice", str(error))
    try:
        module.play(audio.samples, audio.sample_rate_hz, blocking=True)
    except (OSError, ValueError, module.PortAudioError) as error:
        return _failure("sounddevice", str(error))
    return None


def play_audio(audio: Audio) -> str:
    """Play a recording to its end and return what played it.

    Parameters
    ----------
    audio : Audio

    Returns
    -------
    str
        Name of the player.

    Raises
    ------
    MotetError
        Nothing on this machine could play; the message says what was tried and what to do.

    Examples
    --------
    >>> import numpy as np
    >>> play_audio(Audio(np.zeros((0, 2), np.float32), 44100))
    'nothing'
    """
    if not len(audio.samples):
        return "nothing"
    failure = _play_by_module(audio)
    if failure is None:
        return "sounddevice"
    failures = [failure]
    with tempfile.TemporaryDirectory(prefix="motet-") as folder:
        path = write_audio(audio, Path(folder) / "motet.wav")
        for command in find_players():
            name = Path(command[0]).stem
            try:
                done = subprocess.run(
                    [*command, str(path)],
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    check=False,
                    timeout=audio.duration_s + 60,
                )
            except (OSError, subprocess.TimeoutExpired) as error:
                failures.append(_failure(name, str(error)))
                continue
            if done.returncode == 0:
                return name
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            failures.append(
                _failure(name, said[-1])
                if said
                else (f"{name}: exit code {done.returncode}", f"{name} 退出码 {done.returncode}")
            )
    raise _no_sound(failures)
