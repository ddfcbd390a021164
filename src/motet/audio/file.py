"""Audio files: WAV, FLAC, OGG and MP3 in and out.

Conventions: the ending of the path chooses the format. A file appears whole or not at all: it is
written beside its place under another name, then moved.

Reading takes place in another process, with limits, because the decoders are C and may crash.

Source: libsndfile through soundfile. Frames are handed over in blocks of 65,536: the Vorbis encoder
in libsndfile ends the process when it gets minutes of sound in one call.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any

import numpy as np

from motet.audio.recording import Audio
from motet.audio.refusal import stopped, unreadable
from motet.errors import BusyError, FormatError, ParameterError
from motet.language import say_reason

__all__ = [
    "AUDIO_ENDINGS",
    "QUALITIES",
    "check_wav",
    "read_audio",
    "write_audio",
]

_BLOCK = 65536
_FORMATS = {".wav": "WAV", ".flac": "FLAC", ".ogg": "OGG", ".mp3": "MP3"}
AUDIO_ENDINGS = tuple(_FORMATS)
"""Endings of the files that can be written."""
_PCM = {"low": "PCM_16", "medium": "PCM_16", "high": "PCM_24", "float": "FLOAT"}
QUALITIES = ("low", "medium", "high", "float")
"""Qualities: 16 bit, 16 bit, 24 bit, 32-bit float (WAV only); or rising rates for OGG and MP3."""
_SQUEEZE = {"low": 0.75, "medium": 0.45, "high": 0.15, "float": 0.0}
_MAX_VALUES = 60_000_000
_MAX_CHANNELS = 64
_MAX_RATE_HZ = 768_000
_MAX_CHUNKS = 1000
_STREAMED = 0x7FFF_0000
"""A length from here on stands for "not known when the head was written"."""
_WORKER_BYTES = 1 << 30
_TIME_LIMIT_S = 60
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
    comment: str = "",
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
    title, composer, comment : str
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
            if comment:
                file.comment = comment
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
        Any file that libsndfile reads; more than two channels are mixed down to two. A WAV whose
        header tells of 2 GB or more, as programs write that stream, ends where the file ends.

    Returns
    -------
    Audio

    Raises
    ------
    FormatError
        The file is missing, is no audio, is cut off or damaged, or is larger than 30 million
        frames (11 minutes at 44.1 kHz), 64 channels or a sample rate of 768 kHz.
    BusyError
        Decoding takes longer than a minute.

    Source
    ------
    libsndfile, in a process of its own: see `motet.audio.decode_worker`.

    Examples
    --------
    >>> read_audio("nothing.wav")
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: nothing.wav: cannot be read as audio: ...
    """
    path = Path(path)
    check_wav(path)
    with tempfile.TemporaryFile() as log:
        worker = subprocess.Popen(
            [
                *(sys.executable, "-m", "motet.audio.decode_worker"),
                *(str(path.absolute()), str(_WORKER_BYTES), str(_TIME_LIMIT_S)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        timer = threading.Timer(_TIME_LIMIT_S, worker.kill)
        timer.start()
        try:
            return _take(worker, path, log)
        finally:
            is_late = not timer.is_alive()
            timer.cancel()
            worker.kill()
            worker.communicate()
            if is_late:
                raise BusyError(
                    f"decoding took longer than {_TIME_LIMIT_S} s; cut the recording into pieces",
                    zh=f"解码超过 {_TIME_LIMIT_S} 秒;请将录音分段",
                    path=str(path),
                )


def _take(worker: subprocess.Popen[bytes], path: Path, log: IO[bytes]) -> Audio:
    """Return what the decoder's process sends."""
    stream = worker.stdout
    facts = json.loads((stream.readline() if stream else b"") or b"{}")
    if not facts:
        raise stopped(worker, path, log)
    rate_hz, channels, frames = facts["rate_hz"], facts["channels"], facts["frames"]
    if not 1 <= rate_hz <= _MAX_RATE_HZ or channels > _MAX_CHANNELS:
        raise unreadable(
            path,
            f"it tells of {rate_hz:,} Hz and {channels:,} channels; at most {_MAX_RATE_HZ:,} Hz "
            f"and {_MAX_CHANNELS} channels are read",
            f"其采样率为 {rate_hz:,} Hz、{channels:,} 声道;最多读取 {_MAX_RATE_HZ:,} Hz、"
            f"{_MAX_CHANNELS} 声道",
            "byte 0",
        )
    most = _MAX_VALUES // max(2, channels)
    if frames > most:
        raise unreadable(
            path,
            f"it tells of {frames:,} frames of {channels} channels; at most {most:,} are read. "
            "Cut the recording into pieces",
            f"其长度为 {frames:,} 帧、{channels} 声道;最多读取 {most:,} 帧。请将录音分段",
            "byte 0",
        )
    samples: np.ndarray[Any, np.dtype[np.float32]] = np.empty(2 * frames, np.float32)
    room = samples.view(np.uint8).data
    at = 0
    while at < len(room):
        piece = stream.read(min(1 << 20, len(room) - at)) if stream else b""
        if not piece:
            break
        room[at : at + len(piece)] = piece
        at += len(piece)
    if worker.wait() != 0:
        raise stopped(worker, path, log)
    if at < len(room):
        raise unreadable(
            path,
            f"it is cut off: it tells of {frames:,} frames and holds {at // 8:,}",
            f"文件不完整:声明 {frames:,} 帧,实有 {at // 8:,} 帧",
            f"frame {at // 8}",
        )
    return Audio(samples.reshape(-1, 2), rate_hz)


def check_wav(path: Path) -> None:
    """Refuse a file that is missing or empty, or a WAV that is cut off.

    Parameters
    ----------
    path : Path
        Of any kind; other kinds than WAV only have to be there.

    Raises
    ------
    FormatError

    Examples
    --------
    >>> check_wav(Path("nothing.wav"))
    Traceback (most recent call last):
    ...
    motet.errors.FormatError: nothing.wav: cannot be read as audio: No such file or directory
    """
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise unreadable(path, "the file is empty", "文件为空", "byte 0")
            _check_riff(file, path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise unreadable(path, reason, say_reason(reason, language="zh"), "") from error


def _check_riff(file: IO[bytes], path: Path) -> None:
    """Refuse a WAV whose sound ends before the length that it states."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return
    at = 12
    for _ in range(_MAX_CHUNKS):
        file.seek(at)
        head = file.read(8)
        length = int.from_bytes(head[4:], "little")
        if len(head) < 8:
            return
        if head[:4] == b"data":
            there = size - at - 8
            if there < length < _STREAMED:
                raise unreadable(
                    path,
                    f"it is cut off: its sound should have {length:,} bytes and has {there:,}",
                    f"文件不完整:声音数据应有 {length:,} 字节,实有 {there:,} 字节",
                    f"byte {at + 4}",
                )
            return
        at += 8 + length + length % 2
