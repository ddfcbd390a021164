"""FluidSynth as a stem renderer, where it is installed: a program of the system, not a package.

Conventions: as `motet.render.stem`: dry stereo float32 of shape (2, frames), before balance and
room, so that the mix is the same whichever engine made the stem.

Source: the FluidSynth user manual, command line options (``-F``, ``-O``, ``-R``, ``-C``).
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motet.errors import MotetError
from motet.render.performance import Performance

__all__ = ["find_fluidsynth", "render_stem_fluidsynth"]

Float32 = NDArray[np.float32]
_TICKS_A_SECOND = 20_000
_BEND_SEMI = 24
_DRUM_BANK = 128
_GAIN = 3.95
_TIMEOUT_S = 600


@lru_cache(maxsize=1)
def find_fluidsynth() -> str:
    """Return the path of the installed fluidsynth program, or an empty string.

    Returns
    -------
    str

    Examples
    --------
    >>> isinstance(find_fluidsynth(), str)
    True
    """
    return shutil.which("fluidsynth") or ""


def _write_performance(performance: Performance, path: Path, *, n: int, rate_hz: int) -> None:
    """Write the strikes as a MIDI file whose ticks are 50 microseconds."""
    import mido

    def tick(seconds: float) -> int:
        return max(0, round(seconds * _TICKS_A_SECOND))

    events: list[tuple[int, int, mido.Message]] = []
    is_drums = any(strike.bank == _DRUM_BANK for strike in performance.strikes)
    channel = 9 if is_drums else 0
    for number, value in ((101, 0), (100, 0), (6, _BEND_SEMI)):
        events.append((0, 0, mido.Message("control_change", control=number, value=value)))
    now = (-1, -1)
    for strike in performance.strikes:
        at = tick(strike.onset_s)
        if (strike.bank, strike.program) != now:
            now = (strike.bank, strike.program)
            if not is_drums:
                bank = mido.Message("control_change", control=0, value=min(strike.bank, 127))
                events.append((at, 1, bank))
            events.append((at, 2, mido.Message("program_change", program=strike.program)))
        on = mido.Message("note_on", note=strike.key, velocity=strike.velocity)
        events.append((at, 4, on))
        off_at = max(at + 1, tick(strike.off_s))
        events.append((off_at, 3, mido.Message("note_off", note=strike.key)))
    for time_s, turned in performance.controls.get(1, ()):
        message = mido.Message("control_change", control=1, value=int(turned))
        events.append((tick(time_s), 1, message))
    for time_s, cents in performance.bend_cents:
        pitch = max(-8192, min(8191, round(cents / (100 * _BEND_SEMI) * 8192)))
        events.append((tick(time_s), 1, mido.Message("pitchwheel", pitch=pitch)))
    for time_s, pressed in performance.pressure:
        events.append((tick(time_s), 1, mido.Message("aftertouch", value=int(pressed))))
    events.sort(key=lambda event: event[:2])
    track = mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=500_000)])
    before = 0
    for at, _, message in events:
        track.append(message.copy(channel=channel, time=at - before))
        before = at
    end = max(before, tick(n / rate_hz + 0.1))
    track.append(mido.MetaMessage("end_of_track", time=end - before))
    file = mido.MidiFile(ticks_per_beat=_TICKS_A_SECOND // 2)
    file.tracks.append(track)
    file.save(path)


def render_stem_fluidsynth(
    soundfont: Path, performance: Performance, *, n: int, rate_hz: int
) -> Float32:
    """Return a part's sound, dry, rendered by the system's FluidSynth.

    Parameters
    ----------
    soundfont : Path
    performance : Performance
        Strikes before 0 start at 0.
    n : int, frames
    rate_hz : int, Hz, 8,000 to 96,000

    Returns
    -------
    float32, shape (2, n)

    Raises
    ------
    MotetError
        FluidSynth is not installed, or failed.

    Source
    ------
    FluidSynth user manual.

    Examples
    --------
    >>> from motet.render.soundfont import load_soundfont
    >>> if find_fluidsynth():
    ...     silent = render_stem_fluidsynth(
    ...         load_soundfont().path, Performance(), n=100, rate_hz=44100)
    ...     assert not silent.any()
    """
    import soundfile

    program = find_fluidsynth()
    if not program:
        raise MotetError(
            "engine 'fluidsynth' needs the program fluidsynth, which is not installed; "
            "install it or use engine='motet'",
            zh="engine 'fluidsynth' 需要程序 fluidsynth,但系统未安装;"
            "请安装它,或使用 engine='motet'",
        )
    out = np.zeros((2, n), np.float32)
    if not performance.strikes:
        return out
    with tempfile.TemporaryDirectory(prefix="motet-") as folder:
        midi, wav = Path(folder) / "part.mid", Path(folder) / "part.wav"
        _write_performance(performance, midi, n=n, rate_hz=rate_hz)
        options = ["-niq", "-R", "0", "-C", "0", "-g", "0.5", "-r", str(rate_hz)]
        options += ["-O", "float", "-T", "wav", "-F", str(wav)]
        for setting in ("synth.dynamic-sample-loading=1", "synth.polyphony=512"):
            options += ["-o", setting]
        try:
            done = subprocess.run(
                [program, *options, str(soundfont), str(midi)],
                capture_output=True,
                check=False,
                timeout=_TIMEOUT_S,
                stdin=subprocess.DEVNULL,
            )
            refused = b"not a SoundFont" in done.stderr + done.stdout
            if done.returncode or refused or not wav.is_file():
                said = done.stderr.decode("utf-8", "replace").strip()[-300:]
                raise MotetError(
                    f"fluidsynth failed ({done.returncode}): {said}; use engine='motet'",
                    zh=f"fluidsynth 运行失败({done.returncode}):{said};可使用 engine='motet'",
                )
            with soundfile.SoundFile(wav) as file:
                sound = file.read(n, dtype="float32", always_2d=True)
        except (OSError, subprocess.TimeoutExpired, soundfile.SoundFileError) as error:
            raise MotetError(
                f"fluidsynth could not be run: {error}; use engine='motet'",
                zh=f"无法运行 fluidsynth:{error};可使用 engine='motet'",
            ) from error
    out[:, : len(sound)] = sound.T * np.float32(_GAIN)
    return out
