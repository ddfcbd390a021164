"""Sound for the benchmark of the ears: FluidSynth with sound fonts that Motet does not ship, and damage.

Conventions: sound is mono float32 at 44,100 Hz with its peak at 0.7. FluidSynth plays dry (its own reverb
and chorus are off). Damage is made from a fixed seed: pink noise at 15 dB below the music (mean power over
the whole take), a synthetic room (decay of 60 dB in 1.2 s, as loud as the direct sound), MP3 at libsndfile's
lowest constant rate, and all three one after the other.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zlib
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motet.io import write_midi
from motet.score import Score

__all__ = ["DAMAGES", "FONTS", "RATE_HZ", "damage", "find_fonts", "make_room", "play", "read_sound"]

Sound = NDArray[np.float32]
RATE_HZ = 44100
FONTS = {
    "TimGM": ("/usr/share/sounds/sf2/TimGM6mb.sf2", "timgm6mb-soundfont"),
    "MuseScore": (
        "/usr/share/sounds/sf3/MuseScore_General_Full.sf3",
        "musescore-general-soundfont",
    ),
    "OPL-3": ("/usr/share/sounds/sf2/OPL-3_FM_128M.sf2", "opl3-soundfont"),
    "GMbank": ("/usr/share/sounds/sf2/sf_GMbank.sf2", "csound-soundfont"),
}
"""Sound fonts: where Debian puts them, and the package that holds them."""
DAMAGES = ("noise", "reverb", "mp3", "all three")
NOISE_DB, DECAY_S = 15.0, 1.2
_MP3_DELAY = (
    1105  # frames that the encoder puts in front: 576 and 529; cut off, so that times stay true
)


def find_fonts(names: tuple[str, ...] = tuple(FONTS)) -> dict[str, Path]:
    """Return the paths of the sound fonts, or end with what to install."""
    if not shutil.which("fluidsynth"):
        sys.exit("the program fluidsynth is not installed; apt-get install fluidsynth")
    for name in names:
        path, package = FONTS[name]
        if not Path(path).exists():
            sys.exit(f"{path} is not there; apt-get install {package}")
    return {name: Path(FONTS[name][0]) for name in names}


def play(score: Score, font: Path, target: Path) -> Path:
    """Return the path of a score played by FluidSynth, mono FLAC; played once, then kept."""
    import soundfile

    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        midi, wav = Path(folder) / "a.mid", Path(folder) / "a.wav"
        midi.write_bytes(write_midi(score))
        command = ["fluidsynth", "-niq", "-r", str(RATE_HZ), "-R", "0", "-C", "0", "-g", "0.6"]
        command += ["-o", "synth.dynamic-sample-loading=1", "-F", str(wav), str(font), str(midi)]
        subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        samples, _ = soundfile.read(wav, dtype="float32", always_2d=True)
    end = round((score.time.tick_to_s(score.end_tick) + 1.0) * RATE_HZ)
    _write(level(samples.mean(axis=1)[:end]), target)
    return target


def level(sound: Sound) -> Sound:
    """Return a sound with its peak at 0.7."""
    peak = float(np.abs(sound).max()) if len(sound) else 0.0
    return (sound * np.float32(0.7 / peak)).astype(np.float32) if peak > 0 else sound


def _write(sound: Sound, target: Path) -> None:
    import soundfile

    draft = target.with_name(f".{target.name}")
    with soundfile.SoundFile(draft, "w", RATE_HZ, 1, subtype="PCM_16", format="FLAC") as file:
        for at in range(0, len(sound), 65536):
            file.write(sound[at : at + 65536])
    draft.replace(target)


def read_sound(path: Path) -> Sound:
    """Return the samples of a mono file."""
    import soundfile

    return soundfile.read(path, dtype="float32")[0]


@lru_cache(maxsize=1)
def make_room(*, seed: int = 3) -> Sound:
    """Return the impulse response of a synthetic room: direct sound, six reflections, a decaying tail."""
    rng = np.random.default_rng(seed)
    n = round(DECAY_S * RATE_HZ)
    time_s = np.arange(n) / RATE_HZ
    tail = rng.normal(size=n) * 10 ** (-3 * time_s / DECAY_S)
    tail[: round(0.02 * RATE_HZ)] = 0
    dull = np.convolve(tail, np.ones(8) / 8, mode="same")
    for delay_s in rng.uniform(0.004, 0.05, 6):
        dull[round(delay_s * RATE_HZ)] += rng.choice((-1, 1)) * 3
    dull /= np.sqrt((dull**2).sum())
    dull[0] += 1.0
    return dull.astype(np.float32)


def _add_noise(sound: Sound, seed: int) -> Sound:
    """Return a sound with pink noise at `NOISE_DB` below its mean power."""
    rng = np.random.default_rng(seed)
    n = 1 << (len(sound) - 1).bit_length()
    spectrum = np.fft.rfft(rng.normal(size=n))
    hz = np.fft.rfftfreq(n, 1 / RATE_HZ)
    noise = np.fft.irfft(spectrum / np.sqrt(np.maximum(hz, 20.0)), n)[: len(sound)]
    power = float((sound.astype(np.float64) ** 2).mean())
    noise *= np.sqrt(power / 10 ** (NOISE_DB / 10) / (noise**2).mean())
    return (sound + noise).astype(np.float32)


def _squeeze(sound: Sound, folder: Path) -> tuple[Sound, float]:
    """Return a sound that went through MP3 at the lowest rate, and that rate in kbit/s."""
    import soundfile

    path = folder / f"squeezed-{zlib.crc32(sound.tobytes()):08x}.mp3"
    with soundfile.SoundFile(
        path, "w", RATE_HZ, 1, subtype="MPEG_LAYER_III", format="MP3",
        bitrate_mode="CONSTANT", compression_level=0.99,
    ) as file:  # fmt: skip
        for at in range(0, len(sound), 65536):
            file.write(sound[at : at + 65536])
    kbit = path.stat().st_size * 8 / 1000 / (len(sound) / RATE_HZ)
    found, _ = soundfile.read(path, dtype="float32")
    path.unlink()
    return found[_MP3_DELAY:][: len(sound)], kbit


def damage(sound: Sound, kind: str, target: Path, *, seed: int) -> tuple[Path, dict[str, float]]:
    """Return the path of a damaged sound, and how strong the damage is."""
    from scipy.signal import fftconvolve

    facts: dict[str, float] = {}
    if kind in ("reverb", "all three"):
        sound = level(fftconvolve(sound, make_room()).astype(np.float32))
    if kind in ("noise", "all three"):
        sound = level(_add_noise(sound, seed))
    if kind in ("mp3", "all three"):
        sound, facts["kbit"] = _squeeze(sound, target.parent)
    _write(sound, target)
    return target, facts
