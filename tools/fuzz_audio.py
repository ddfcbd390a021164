"""Mutate sound files (WAV, FLAC, OGG, MP3 and others) and read each: no crash, no hang.

``python tools/fuzz_audio.py --count 200``; how a run goes is told in `fuzz_loop`. Each file is
decoded in a process of its own, as in use, and that takes a third of a second.
"""

from __future__ import annotations

import io
import random
import struct
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from fuzz_loop import Target, damage_bytes, read_or_tell, run_tool

from motet.audio import Audio, read_audio

__all__ = ["TARGET", "answer", "make_seeds", "mutate"]

_KINDS = ("WAV", "FLAC", "OGG", "MP3", "AIFF", "AU", "CAF", "W64", "RF64")
_NUMBERS = (0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFF0, 0xFFFFFFFF, 10**9)


def make_seeds(rng: random.Random) -> list[bytes]:
    """Return a tenth of a second of noise in each kind of file."""
    noise = np.random.default_rng(rng.randrange(1 << 30)).random((800, 2)) - 0.5
    seeds = []
    for kind in _KINDS:
        memory = io.BytesIO()
        soundfile.write(memory, noise, 8000, format=kind)
        seeds.append(memory.getvalue())
    return seeds


def mutate(data: bytes, rng: random.Random, seeds: list[bytes]) -> bytes:
    """Return a damaged copy: numbers of the head, bytes, cuts, splices."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        kind = rng.randrange(5)
        at = rng.randrange(len(out)) if out else 0
        if kind < 2:
            at = rng.randrange(min(64, len(out))) if out else 0
            number = rng.choice(_NUMBERS)
            out[at : at + 4] = struct.pack(rng.choice("<>") + "I", number)
        elif kind == 2:
            out[:] = damage_bytes(bytes(out), rng)
        elif kind == 3:
            del out[at:]
        else:
            other = rng.choice(seeds)
            start = rng.randrange(len(other))
            out[at:at] = other[start : start + rng.randint(1, 4096)]
    return bytes(out)


def answer(data: bytes) -> str:
    """Return ok, refused, or what went wrong with reading one file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.wav"
        path.write_bytes(data)
        return read_or_tell(lambda _: read_audio(path), data, _use)


def _use(audio: Audio) -> str:
    if audio.samples.shape[1:] != (2,) or not np.isfinite(audio.samples).all():
        return "crash: the sound is no sound"
    return "ok"


TARGET = Target("audio", make_seeds, mutate, answer)

if __name__ == "__main__":
    sys.exit(run_tool(TARGET, count=200))
