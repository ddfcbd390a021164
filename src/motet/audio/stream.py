"""Long recordings block by block: one channel, one sample rate, memory that does not grow.

Conventions: blocks are float32, shape (n,), full scale 1, one after the other without gaps; the mean
of the channels, brought to the rate wanted by a resampler that keeps its state from block to block.

A file is decoded in a process of its own, as in `motet.audio.file`: see `motet.audio.decode_worker`. What
claims to last more than 6 hours is refused.

Offers `AudioStream`, `stream_audio`, `mono`.

Source: libsndfile through soundfile; resampling by libsoxr.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from motet.audio.decode_worker import Tally, mono_blocks
from motet.audio.extra import need
from motet.audio.file import check_wav
from motet.audio.recording import Audio
from motet.audio.refusal import stopped, unreadable
from motet.errors import BusyError, FormatError, ParameterError

__all__ = ["LONGEST_S", "AudioStream", "mono", "stream_audio"]

Float32 = NDArray[np.float32]

LONGEST_S: Final = 6 * 3600.0
"""Longest recording that is heard, in seconds."""
_RATES_HZ: Final = (4_000, 768_000)
_MAX_CHANNELS: Final = 64
_WORKER_BYTES: Final = 1 << 30
_PROCESSOR_S: Final = 3600
_STALL_S: Final = 60.0
_PIECE: Final = 65536
_SHORT_S: Final = 1.0


class AudioStream:
    """A recording that is read block by block; each iteration begins anew.

    Parameters
    ----------
    source : path or Audio
    rate_hz : int, Hz
        Sample rate of the blocks.
    start_s, end_s : float, seconds, or None
        What is read; None is the end.
    block_s : float, seconds
        Length of a block; the last is shorter.

    Attributes
    ----------
    total_s : float, seconds
        How much there is to read as the header tells; known from the first block on.
    duration_s : float, seconds
        How much was read; whole after use, as the next four.
    source_rate_hz, n_channels : int
    peak : float
        Largest sample of any channel; 0 is silence.
    clipped : float, 0 to 1
        Share of the samples at full scale.

    Examples
    --------
    >>> sound = Audio(np.full((66150, 2), 0.5, np.float32), 22050)
    >>> stream = AudioStream(sound, rate_hz=22050, block_s=2.0)
    >>> [len(block) for block in stream], stream.duration_s, stream.peak
    ([44100, 22050], 3.0, 0.5)
    """

    def __init__(
        self,
        source: Path | str | Audio,
        *,
        rate_hz: int = 22050,
        start_s: float = 0.0,
        end_s: float | None = None,
        block_s: float = 20.0,
    ) -> None:
        _check(rate_hz, start_s, end_s, block_s)
        self.source = source
        self.rate_hz = int(rate_hz)
        self.start_s = float(start_s)
        self.end_s = None if end_s is None else float(end_s)
        self.block_s = float(block_s)
        self.total_s = self.duration_s = self.peak = self.clipped = 0.0
        self.source_rate_hz = self.n_channels = 0
        if isinstance(source, Audio):
            self._take_facts(source.sample_rate_hz, 2, len(source.samples), "")
        else:
            check_wav(Path(source))

    def at_rate(self, rate_hz: int) -> AudioStream:
        """Return the same recording at another sample rate, unread."""
        if rate_hz == self.rate_hz:
            return self
        return AudioStream(
            self.source,
            rate_hz=rate_hz,
            start_s=self.start_s,
            end_s=self.end_s,
            block_s=self.block_s,
        )

    def __iter__(self) -> Iterator[Float32]:
        """Return the blocks."""
        size = max(1, round(self.block_s * self.rate_hz))
        self.duration_s = self.peak = self.clipped = 0.0
        held: list[Float32] = []
        n_held = n_given = 0
        for piece in self._pieces():
            held.append(piece)
            n_held += len(piece)
            while n_held >= size:
                whole = np.concatenate(held)
                held, n_held = [whole[size:]], n_held - size
                n_given += size
                self._count(n_given)
                yield whole[:size]
        if n_held:
            self._count(n_given + n_held)
            yield np.concatenate(held)

    def _count(self, n_given: int) -> None:
        """Note how much was read, and stop at what no header told of."""
        self.duration_s = n_given / self.rate_hz
        if self.duration_s > LONGEST_S:
            raise _too_long(self.duration_s, str(self.source))

    def _pieces(self) -> Iterator[Float32]:
        if isinstance(self.source, Audio):
            yield from self._from_memory(self.source)
        else:
            yield from self._from_file(Path(self.source))

    def _from_memory(self, audio: Audio) -> Iterator[Float32]:
        if audio.sample_rate_hz != self.rate_hz:
            need("soxr")
        first = round(self.start_s * audio.sample_rate_hz)
        last = len(audio.samples)
        if self.end_s is not None:
            last = min(last, round(self.end_s * audio.sample_rate_hz))
        blocks = (
            np.asarray(audio.samples[at : min(last, at + _PIECE)], np.float32)
            for at in range(first, last, _PIECE)
        )
        tally = Tally()
        try:
            yield from mono_blocks(blocks, audio.sample_rate_hz, self.rate_hz, tally)
        except ValueError as error:
            raise ParameterError(
                f"the samples of the recording: {error}; full scale is 1",
                zh="录音的采样值不是有限的数,或远远过大;满幅应为 1",
            ) from error
        self.peak, self.clipped = tally.peak, tally.clipped

    def _from_file(self, path: Path) -> Iterator[Float32]:
        need("soxr")
        with tempfile.TemporaryFile() as log:
            end_s = -1.0 if self.end_s is None else self.end_s
            worker = subprocess.Popen(
                [
                    *(sys.executable, "-m", "motet.audio.decode_worker", str(path.absolute())),
                    *(str(_WORKER_BYTES), str(_PROCESSOR_S)),
                    *(str(self.rate_hz), repr(self.start_s), repr(end_s)),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
            )
            try:
                yield from self._take(worker, path, log)
            finally:
                worker.kill()
                worker.communicate()

    def _take(
        self, worker: subprocess.Popen[bytes], path: Path, log: IO[bytes]
    ) -> Iterator[Float32]:
        """Yield what the decoder's process sends, and read what it tells at the end."""
        pipe = worker.stdout
        if pipe is None:
            raise stopped(worker, path, log)
        facts = json.loads(_wait(worker, path, pipe.readline) or b"{}")
        if not facts:
            raise stopped(worker, path, log)
        self._take_facts(facts["rate_hz"], facts["channels"], facts["frames"], str(path))
        rest = b""
        while data := _wait(worker, path, lambda: pipe.read(4 * _PIECE)):
            rest += data
            whole = len(rest) - len(rest) % 4
            piece = np.frombuffer(rest[:whole], np.float32)
            rest = rest[whole:]
            yield piece
        if worker.wait() != 0:
            raise stopped(worker, path, log)
        told = _last_line(log)
        self.peak, self.clipped = float(told["peak"]), float(told["clipped"])
        got_s = told["frames"] / self.source_rate_hz
        if got_s < self.total_s - max(_SHORT_S, 0.01 * self.total_s) or not told["frames"]:
            raise unreadable(
                path,
                f"it is cut off: it tells of {self.total_s:,.1f} s and holds {got_s:,.1f} s",
                f"文件不完整:声明 {self.total_s:,.1f} 秒,实有 {got_s:,.1f} 秒",
                f"frame {told['frames']}",
            )

    def _take_facts(self, rate_hz: int, n_channels: int, n_frames: int, path: str) -> None:
        """Keep what a header tells, or refuse it."""
        low, high = _RATES_HZ
        if not low <= rate_hz <= high or not 1 <= n_channels <= _MAX_CHANNELS:
            raise FormatError(
                f"it tells of {rate_hz:,} Hz and {n_channels:,} channels; {low:,} to {high:,} Hz "
                f"and 1 to {_MAX_CHANNELS} channels are heard; convert the file",
                zh=f"其采样率为 {rate_hz:,} Hz、{n_channels:,} 声道;可听辨 {low:,} 至 {high:,} Hz、"
                f"1 至 {_MAX_CHANNELS} 声道;请先转换文件",
                path=path,
            )
        if n_frames <= 0:
            raise FormatError("it holds no sound", zh="其中没有声音", path=path)
        total_s = n_frames / rate_hz
        end_s = total_s if self.end_s is None else min(self.end_s, total_s)
        if self.start_s >= total_s:
            raise ParameterError(
                f"start_s must lie within the recording of {total_s:.2f} s, got {self.start_s:g}",
                zh=f"start_s 必须在录音长度 {total_s:.2f} 秒之内,收到 {self.start_s:g}",
                path=path,
            )
        if end_s - self.start_s > LONGEST_S:
            raise _too_long(end_s - self.start_s, path)
        self.source_rate_hz, self.n_channels = rate_hz, n_channels
        self.total_s = end_s - self.start_s


def _check(rate_hz: int, start_s: float, end_s: float | None, block_s: float) -> None:
    """Refuse numbers out of range."""
    low, high = _RATES_HZ
    for name, value, is_good, allowed in (
        ("rate_hz", rate_hz, low <= rate_hz <= high, f"{low} … {high}"),
        ("start_s", start_s, math.isfinite(start_s) and start_s >= 0, ">= 0"),
        ("end_s", end_s, end_s is None or end_s > start_s, "> start_s"),
        ("block_s", block_s, 0.01 <= block_s <= 600, "0.01 … 600"),
    ):
        if not is_good:
            raise ParameterError(
                f"{name} must be {allowed}, got {value}", zh=f"{name} 必须 {allowed},收到 {value}"
            )


def _too_long(seconds: float, path: str) -> FormatError:
    hours, most = seconds / 3600, LONGEST_S / 3600
    return FormatError(
        f"it lasts {hours:,.1f} hours; at most {most:g} are heard; give start_s and end_s, or cut it",
        zh=f"长达 {hours:,.1f} 小时;最多听辨 {most:g} 小时;请给出 start_s 与 end_s,或将其分段",
        path=path,
    )


def _wait(worker: subprocess.Popen[bytes], path: Path, read: Any) -> bytes:
    """Return what a read gives, or end a decoder that gives nothing for a minute."""
    timer = threading.Timer(_STALL_S, worker.kill)
    timer.daemon = True
    timer.start()
    try:
        data: bytes = read()
    finally:
        is_late = not timer.is_alive()
        timer.cancel()
    if is_late and not data:
        raise BusyError(
            f"the decoder gave nothing for {_STALL_S:g} s; convert the file to WAV or FLAC",
            zh=f"解码程序 {_STALL_S:g} 秒没有输出;请先转换为 WAV 或 FLAC",
            path=str(path),
        )
    return data


def _last_line(log: IO[bytes]) -> dict[str, Any]:
    log.seek(max(0, log.seek(0, os.SEEK_END) - 4096))
    told: dict[str, Any] = json.loads(log.read().strip().rpartition(b"\n")[2])
    return told


def stream_audio(
    source: Path | str | Audio | AudioStream,
    *,
    rate_hz: int = 22050,
    start_s: float = 0.0,
    end_s: float | None = None,
    block_s: float = 20.0,
) -> AudioStream:
    """Return a recording as blocks of one channel at one sample rate.

    Parameters
    ----------
    source : path, Audio or AudioStream
        WAV, FLAC, OGG, MP3 or any file that libsndfile reads; 4 to 768 kHz, 1 to 64 channels, up to
        6 hours. A stream comes back as it is, at the rate wanted.
    rate_hz : int, Hz
    start_s, end_s : float, seconds
        What is read; None is the end.
    block_s : float, seconds
        Length of a block, 0.01 to 600.

    Returns
    -------
    AudioStream
        Iterate over it. Memory: a block here, some 100 MB in the decoder's process, for any length.

    Raises
    ------
    FormatError
        The file is missing, empty, no audio, cut off, damaged or too long.
    ParameterError
        A number is out of range, or the extra ``[audio]`` is missing.
    BusyError
        The decoder gives nothing for a minute.

    Source
    ------
    See the module.

    Examples
    --------
    >>> sound = Audio(np.zeros((4410, 2), np.float32), 44100)
    >>> [len(block) for block in stream_audio(sound, rate_hz=22050)]
    [2205]
    """
    if isinstance(source, AudioStream):
        return source.at_rate(rate_hz)
    return AudioStream(source, rate_hz=rate_hz, start_s=start_s, end_s=end_s, block_s=block_s)


def mono(source: Path | str | Audio | AudioStream, rate_hz: int) -> Float32:
    """Return a short recording whole: one channel at one sample rate.

    Parameters
    ----------
    source : path, Audio or AudioStream
    rate_hz : int, Hz

    Returns
    -------
    float32, shape (n,), full scale 1
        Takes 4 bytes a sample: 320 MB an hour at 22,050 Hz.

    Raises
    ------
    FormatError, ParameterError, BusyError
        As `stream_audio`.

    Source
    ------
    See the module.

    Examples
    --------
    >>> mono(Audio(np.array([[0.5, 0.0]], np.float32), 8000), 8000)
    array([0.25], dtype=float32)
    """
    blocks = list(stream_audio(source, rate_hz=rate_hz))
    return np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
