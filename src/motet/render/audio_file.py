"""Audio files: WAV, FLAC, OGG and MP3 in and out.

Conventions: the ending of the path chooses the format. A file appears whole or not at all: it is
written beside its place under another name, then moved.

Source: libsndfile through soundfile. Frames are handed over in blocks of 65,536: the Vorbis encoder
in libsndfile ends the process when it gets minutes of sound in one call.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from motet.errors import FormatError, ParameterError
from motet.render.sound import Audio

__all__ = ["AUDIO_ENDINGS", "QUALITIES", "read_audio", "write_audio"]

_BLOCK = 65536
_FORMATS = {".wav": "WAV", ".flac": "FLAC", ".ogg": "OGG", ".mp3": "MP3"}
AUDIO_ENDINGS = tuple(_FORMATS)
"""Endings of the files that can be written."""
_PCM = {"low": "PCM_16", "medium": "PCM_16", "high": "PCM_24", "float": "FLOAT"}
QUALITIES = ("low", "medium", "high", "float")
"""Qualities: 16 bit, 16 bit, 24 bit, 32-bit float (WAV only); or rising rates for OGG and MP3."""
_SQUEEZE = {"low": 0.75, "medium": 0.45, "high": 0.15, "float": 0.0}
_MP3_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)


def _options(path: Path, quality: str, rate_hz: int) -> dict[str, Any]:
    """Return what soundfile needs to know, or say what is wrong."""
    ending = path.suffix.lower()
    if ending not in _FORMATS:
        raise ParameterError(
            f"an audio file ends in {', '.join(_FORMATS)}, got {path.name!r}",
            zh=f"音频文件的扩展名应为 {'、'.join(_FORMATS)},收到 {path.name!r}",
        )
    if quality not in _PCM:
        raise ParameterError(
            f"quality must be one of {', '.join(_PCM)}, got {quality!r}",
            zh=f"quality 必须是 {'、'.join(_PCM)} 之一,收到 {quality!r}",
        )
    if ending == ".mp3" and rate_hz not in _MP3_RATES:
        raise ParameterError(
            f"MP3 knows no sample rate of {rate_hz} Hz; render at 44100 or 48000",
            zh=f"MP3 不支持 {rate_hz} Hz 的采样率;请用 44100 或 48000 渲染",
        )
    options: dict[str, Any] = {"format": _FORMATS[ending]}
    if ending in (".wav", ".flac"):
        subtype = _PCM[quality]
        options["subtype"] = "PCM_24" if ending == ".flac" and subtype == "FLOAT" else subtype
    elif ending == ".ogg":
        options |= {"subtype": "VORBIS", "compression_level": _SQUEEZE[quality]}
    else:
        options |= {"subtype": "MPEG_LAYER_III", "compression_level": _SQUEEZE[quality]}
        options["bitrate_mode"] = "VARIABLE"
    return options


def _frames_as_pcm(block: np.ndarray[Any, np.dtype[np.float32]], subtype: str) -> Any:
    """Return a block ready for the file: clipped, and dithered where it goes down to 16 bits."""
    if subtype == "FLOAT":
        return block
    if subtype == "PCM_16":
        rng = np.random.Generator(np.random.PCG64(len(block)))
        dither = rng.random(block.shape, dtype=np.float32) - rng.random(
            block.shape, dtype=np.float32
        )
        scaled = np.rint(block * 32767.0 + np.where(block == 0.0, 0.0, dither))
        return np.clip(scaled, -32768, 32767).astype(np.int16)
    return np.clip(block, -1.0, 1.0)


def write_audio(
    audio: Audio,
    path: Path | str,
    *,
    quality: str = "medium",
    title: str = "",
    composer: str = "",
) -> Path:
    """Write a recording and return its path.

    Parameters
    ----------
    audio : Audio
    path : path
        Ends in ``.wav``, ``.flac``, ``.ogg`` or ``.mp3``. An old file is replaced.
    quality : {"low", "medium", "high", "float"}
        WAV and FLAC: 16, 16, 24 bits, 32-bit float (FLAC: 24 bits). OGG and MP3: variable rate,
        roughly 90, 150, 250, 320 kbit/s.
    title, composer : str
        Written into the file's own tags.

    Returns
    -------
    Path

    Raises
    ------
    ParameterError
        The ending, the quality or the sample rate is not allowed.
    FormatError
        The file cannot be written.

    Source
    ------
    libsndfile.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     second = Audio(np.zeros((44100, 2), np.float32), 44100)
    ...     read_audio(write_audio(second, f"{folder}/a.flac")).duration_s
    1.0
    """
    import soundfile

    path = Path(path)
    options = _options(path, quality, audio.sample_rate_hz)
    try:
        handle, name = tempfile.mkstemp(prefix=".motet-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error
    os.close(handle)
    draft = Path(name)
    try:
        with soundfile.SoundFile(
            draft, "w", samplerate=audio.sample_rate_hz, channels=2, **options
        ) as file:
            if title:
                file.title = title
            if composer:
                file.artist = composer
            file.software = "Motet"
            for at in range(0, len(audio.samples), _BLOCK):
                block = audio.samples[at : at + _BLOCK]
                file.write(_frames_as_pcm(block, options["subtype"]))
        draft.chmod(0o644)
        draft.replace(path)
    except (OSError, soundfile.SoundFileError) as error:
        raise _unwritable(path, str(error)) from error
    finally:
        draft.unlink(missing_ok=True)
    return path


def _unwritable(path: Path, why: str) -> FormatError:
    return FormatError(f"cannot be written: {why}", zh=f"无法写入:{why}", path=str(path))


def read_audio(path: Path | str) -> Audio:
    """Return a recording from a file; one channel becomes two.

    Parameters
    ----------
    path : path
        Any file that libsndfile reads; more than two channels are mixed down to two.

    Returns
    -------
    Audio

    Raises
    ------
    FormatError
        The file is missing or is no audio.

    Examples
    --------
    >>> read_audio("nothing.wav")
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: nothing.wav: cannot be read as audio: ...
    """
    import soundfile

    path = Path(path)
    try:
        with soundfile.SoundFile(path) as file:
            blocks = list(file.blocks(_BLOCK, dtype="float32", always_2d=True))
            rate, channels = file.samplerate, file.channels
    except (OSError, soundfile.SoundFileError) as error:
        raise FormatError(
            f"cannot be read as audio: {error}", zh=f"无法作为音频读取:{error}", path=str(path)
        ) from error
    samples = np.concatenate([np.zeros((0, channels), np.float32), *blocks])
    if channels == 1:
        samples = np.repeat(samples, 2, axis=1)
    elif channels > 2:
        samples = np.stack([samples[:, ::2].mean(axis=1), samples[:, 1::2].mean(axis=1)], axis=1)
    return Audio(np.ascontiguousarray(samples), rate)
