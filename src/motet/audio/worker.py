"""The audio decoder's own process: a path comes in, stereo frames go out on stdout.

libsndfile and the decoders in it are C and can stop the whole process on strange input; here they
stop only this one.

Conventions: arguments are the path and the limits in bytes of memory and seconds of processor time.
Stdout is one line of JSON (``rate_hz``, ``channels``, ``frames``), then float32 frames of two
channels. When decoding fails the last line of stderr is JSON: ``error`` and the ``frame``.

Offers `stereo_blocks`, and ``python -m motet.audio.worker``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

__all__ = ["stereo_blocks"]

_BLOCK = 65536


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


def _answer() -> int:
    """Decode the file that the arguments name."""
    path, memory_bytes, processor_s = sys.argv[1:4]
    _limit(int(memory_bytes), int(processor_s))
    import soundfile

    out = sys.stdout.buffer
    frame = 0
    try:
        with soundfile.SoundFile(path) as file:
            facts = {"rate_hz": file.samplerate, "channels": file.channels, "frames": file.frames}
            out.write(json.dumps(facts).encode("ascii") + b"\n")
            out.flush()
            for block in stereo_blocks(file):
                out.write(block.tobytes())
                frame += len(block)
        out.flush()
    except BrokenPipeError:
        return 2
    except (OSError, ValueError, MemoryError, soundfile.SoundFileError) as error:
        reason = str(error).replace(f"Error opening {path!r}: ", "")
        report = {"error": reason or type(error).__name__, "frame": frame}
        sys.stderr.write("\n" + json.dumps(report) + "\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_answer())
