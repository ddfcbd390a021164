"""The audio decoder's own process: a path comes in, stereo or mono frames go out on stdout.

libsndfile and the decoders in it are C and can stop the whole process on strange input; here they
stop only this one.

Conventions: arguments are the path and the limits in bytes of memory and seconds of processor time;
for mono, the sample rate wanted, the first second and the last (-1: to the end) follow. Stdout is one
line of JSON (``rate_hz``, ``channels``, ``frames``), then float32 frames of two channels, or of one.
After mono sound the last line of stderr is JSON: ``frames`` read, ``peak`` and ``clipped``. When
decoding fails it is ``error`` and the ``frame``.

Offers `stereo_blocks`, `mono_blocks`, `Tally`, and ``python -m motet.audio.decode_worker``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from motet.audio.extra import need

__all__ = ["Tally", "mono_blocks", "stereo_blocks"]

_BLOCK = 65536
_CANCELLED = 0.01
"""A mix is refused where this share of its loudest channel's power, or less, is left of it."""
_FULL = 0.999
_HUGE = 1e4


def stereo_blocks(file: Any) -> Iterator[np.ndarray[Any, np.dtype[np.float32]]]:
    """Return the frames of an open sound file, block by block, as two channels.

    Parameters
    ----------
    file : soundfile.SoundFile
        One channel becomes two; of more, the odd and the even ones are mixed.

    Returns
    -------
    iterator of float32, shape (frames, 2)

    Raises
    ------
    ValueError
        A number is not finite.

    Examples
    --------
    >>> import io
    >>> import soundfile
    >>> memory = io.BytesIO()
    >>> soundfile.write(memory, np.full(100, 0.5), 8000, format="WAV")
    >>> _ = memory.seek(0)
    >>> [block.shape for block in stereo_blocks(soundfile.SoundFile(memory))]
    [(100, 2)]
    """
    for block in file.blocks(_BLOCK // max(1, file.channels // 8), dtype="float32", always_2d=True):
        if not np.isfinite(block).all():
            raise ValueError("a number in it is not finite")
        if file.channels == 1:
            yield np.repeat(block, 2, axis=1)
        elif file.channels == 2:
            yield np.ascontiguousarray(block)
        else:
            left, right = block[:, ::2].mean(axis=1), block[:, 1::2].mean(axis=1)
            yield np.stack([left, right], axis=1)


@dataclass
class Tally:
    """What is counted of frames on their way: how many, how loud, how many at full scale.

    Examples
    --------
    >>> tally = Tally()
    >>> _ = list(mono_blocks([np.ones((3, 2), np.float32)], 8000, 8000, tally))
    >>> tally.frames, tally.peak, tally.clipped
    (3, 1.0, 1.0)
    """

    frames: int = 0
    peak: float = 0.0
    full: int = 0
    values: int = 0

    @property
    def clipped(self) -> float:
        """Share of the samples at full scale."""
        return self.full / max(1, self.values)

    def count(self, block: np.ndarray[Any, np.dtype[np.float32]]) -> None:
        """Count a block, and refuse numbers that are no sound."""
        size = np.abs(block)
        loudest = float(size.max(initial=0.0))
        if not loudest <= _HUGE:
            raise ValueError("a number in it is not finite, or far too large for a sample")
        self.frames += len(block)
        self.peak = max(self.peak, loudest)
        self.values += block.size
        if loudest >= _FULL:
            self.full += int(np.count_nonzero(size >= _FULL))


def mono_blocks(
    blocks: Iterable[np.ndarray[Any, np.dtype[np.float32]]],
    rate_hz: int,
    to_rate_hz: int,
    tally: Tally,
) -> Iterator[np.ndarray[Any, np.dtype[np.float32]]]:
    """Return blocks of frames as one channel at another sample rate, without seams.

    Parameters
    ----------
    blocks : iterable of float32, shape (frames, channels)
    rate_hz, to_rate_hz : int, Hz
        Other rates than the source's need soxr, of the extra ``[audio]``.
    tally : Tally
        Counts what went through.

    Returns
    -------
    iterator of float32, shape (n,)
        The mean of the channels, or the loudest where they cancel; sound above full scale is brought down to it.

    Raises
    ------
    ValueError
        A number is not finite.

    Examples
    --------
    >>> stereo = np.array([[0.5, 0.0], [0.25, 0.25]], np.float32)
    >>> [block.tolist() for block in mono_blocks([stereo], 8000, 8000, Tally())]
    [[0.25, 0.25]]
    """
    resampler = None
    if rate_hz != to_rate_hz:
        resampler = need("soxr").ResampleStream(
            rate_hz, to_rate_hz, 1, dtype="float32", quality="HQ"
        )
    for block in blocks:
        tally.count(block)
        one = _mix(block)
        yield (
            np.ascontiguousarray(one)
            if resampler is None
            else resampler.resample_chunk(np.ascontiguousarray(one))
        )
    if resampler is not None:
        yield resampler.resample_chunk(np.zeros(0, np.float32), last=True)


def _mix(block: np.ndarray[Any, np.dtype[np.float32]]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return the mean of the channels; the loudest one where they cancel each other (a wire swapped)."""
    mean: np.ndarray[Any, np.dtype[np.float32]] = block.mean(axis=1, dtype=np.float32)
    power = np.square(block, dtype=np.float64).mean(axis=0) if len(block) else np.zeros(1)
    if np.square(mean, dtype=np.float64).sum() < _CANCELLED * len(block) * power.max():
        return block[:, int(power.argmax())]
    return mean


def _limit(memory_bytes: int, processor_s: int) -> None:
    """Let an allocation and a loop past the limits fail, where the system can (POSIX)."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, processor_s),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            # macOS knows the call but refuses it; the limit by the clock still holds.
            continue


def _cut(file: Any, start_s: float, end_s: float) -> Iterator[Any]:
    """Yield the frames of an open file from one second to another (-1: the end)."""
    rate_hz = file.samplerate
    if start_s > 0:
        file.seek(min(round(start_s * rate_hz), file.frames))
    left = -1 if end_s < 0 else round(end_s * rate_hz) - round(start_s * rate_hz)
    size = _BLOCK // max(1, file.channels // 8)
    while left:
        block = file.read(size if left < 0 else min(size, left), dtype="float32", always_2d=True)
        if not len(block):
            return
        left -= len(block) if left > 0 else 0
        yield block


def _answer() -> int:
    """Decode the file that the arguments name."""
    path, memory_bytes, processor_s, *wish = sys.argv[1:]
    _limit(int(memory_bytes), int(processor_s))
    import soundfile

    out = sys.stdout.buffer
    tally = Tally()
    frame = 0
    try:
        with soundfile.SoundFile(path) as file:
            facts = {"rate_hz": file.samplerate, "channels": file.channels, "frames": file.frames}
            out.write(json.dumps(facts).encode("ascii") + b"\n")
            out.flush()
            if wish:
                to_rate_hz, start_s, end_s = int(wish[0]), float(wish[1]), float(wish[2])
                frames = _cut(file, start_s, end_s)
                blocks = mono_blocks(frames, file.samplerate, to_rate_hz, tally)
            else:
                blocks = stereo_blocks(file)
            for block in blocks:
                out.write(block.tobytes())
                frame += len(block)
        out.flush()
        if wish:
            told = {"frames": tally.frames, "peak": tally.peak, "clipped": tally.clipped}
            sys.stderr.write("\n" + json.dumps(told) + "\n")
    except BrokenPipeError:
        return 2
    except (OSError, ValueError, MemoryError, soundfile.SoundFileError) as error:
        reason = str(error).replace(f"Error opening {path!r}: ", "")
        report = {
            "error": reason or type(error).__name__,
            "frame": tally.frames if wish else frame,
        }
        sys.stderr.write("\n" + json.dumps(report) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_answer())
