"""Tiny SoundFonts written byte by byte, so that tests know every sample and generator."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

Zone = tuple[Mapping[int, int], Sequence[tuple[int, int, int, int]]]


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) & 1)


def _list(kind: bytes, *chunks: bytes) -> bytes:
    return _chunk(b"LIST", kind + b"".join(chunks))


def _zones(lists: Sequence[Sequence[Zone]]) -> tuple[list[int], bytes, bytes, bytes]:
    first, bags, gens, mods = [], b"", b"", b""
    for zones in lists:
        first.append(len(bags) // 4)
        for generators, modulators in zones:
            bags += struct.pack("<HH", len(gens) // 4, len(mods) // 10)
            for number, amount in generators.items():
                gens += struct.pack("<HH", number, amount & 0xFFFF)
            for source, destination, amount, by in modulators:
                mods += struct.pack("<HHhHH", source, destination, amount, by, 0)
    first.append(len(bags) // 4)
    bags += struct.pack("<HH", len(gens) // 4, len(mods) // 10)
    return first, bags, gens + bytes(4), mods + bytes(10)


def write_soundfont(
    path: Path,
    pcm: np.ndarray,
    *,
    loop: tuple[int, int],
    instrument: Sequence[Zone],
    preset: Sequence[Zone] = (({41: 0}, ()),),
    presets: Sequence[tuple[int, int]] = ((0, 0),),
    rate_hz: int = 44100,
    root: int = 69,
    low_bytes: bytes = b"",
) -> Path:
    """Write a font of one 16-bit sample, one instrument, and some presets of the same zones."""
    data = np.asarray(pcm, dtype="<i2").tobytes() + bytes(92)
    p_first, p_bags, p_gens, p_mods = _zones([preset] * len(presets))
    i_first, i_bags, i_gens, i_mods = _zones([instrument])
    phdr = b"".join(
        struct.pack("<20sHHHIII", b"Preset", program, bank, p_first[k], 0, 0, 0)
        for k, (bank, program) in enumerate(presets)
    ) + struct.pack("<20sHHHIII", b"EOP", 0, 0, p_first[-1], 0, 0, 0)
    inst = struct.pack("<20sH", b"Inst", 0) + struct.pack("<20sH", b"EOI", i_first[-1])
    shdr = struct.pack("<20sIIIIIBbHH", b"Wave", 0, len(pcm), *loop, rate_hz, root, 0, 0, 1)
    shdr += bytes(46)
    sdta = [_chunk(b"smpl", data)] + ([_chunk(b"sm24", low_bytes)] if low_bytes else [])
    body = b"sfbk" + _list(b"INFO", _chunk(b"INAM", b"Tiny\0\0")) + _list(b"sdta", *sdta)
    tables = zip(
        (b"phdr", b"pbag", b"pmod", b"pgen", b"inst", b"ibag", b"imod", b"igen", b"shdr"),
        (phdr, p_bags, p_mods, p_gens, inst, i_bags, i_mods, i_gens, shdr),
        strict=True,
    )
    body += _list(b"pdta", *(_chunk(name, table) for name, table in tables))
    path.write_bytes(_chunk(b"RIFF", body))
    return path


def sine(n: int, *, period: int, level: float = 0.5) -> np.ndarray:
    """Return a sine of whole frames a period as 16-bit numbers."""
    return np.round(32767 * level * np.sin(2 * np.pi * np.arange(n) / period)).astype(np.int16)
