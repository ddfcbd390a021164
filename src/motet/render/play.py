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

from motet.errors import MotetError
from motet.render.audio_file import write_audio
from motet.render.sound import Audio

__all__ = ["find_players", "play_audio"]

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


def _play_by_module(audio: Audio) -> str:
    """Play by the package sounddevice; return why that failed, or an empty string."""
    if importlib.util.find_spec("sounddevice") is None:
        return "sounddevice: not installed"
    try:
        module = importlib.import_module("sounddevice")
    except OSError as error:
        return f"sounddevice: {error}"
    try:
        module.play(audio.samples, audio.sample_rate_hz, blocking=True)
    except (OSError, ValueError, module.PortAudioError) as error:
        return f"sounddevice: {error}"
    return ""


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
    failures = [_play_by_module(audio)]
    if not failures[0]:
        return "sounddevice"
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
                failures.append(f"{name}: {error}")
                continue
            if done.returncode == 0:
                return name
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            failures.append(f"{name}: {said[-1] if said else done.returncode}")
    tried = "; ".join(failures)
    raise MotetError(
        f"no sound can be played here ({tried}); connect a sound device and install one of "
        f"{', '.join(_PLAYERS)}, or write a file instead: motet render SCORE -o sound.wav",
        zh=f"此处无法播放声音({tried});请连接音频设备并安装 {'、'.join(_PLAYERS)} 之一,"
        "或改为写入文件:motet render 乐谱 -o sound.wav",
    )
