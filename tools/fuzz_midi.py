"""Mutate MIDI files and read each: no crash, no hang, no memory hunger.

``python tools/fuzz_midi.py --count 2000``; how a run goes is told in `fuzz_loop`.
"""

from __future__ import annotations

import random
import sys

from fuzz_loop import Target, read_or_tell, run_tool

from motet.io import read_midi, write_midi
from motet.io.loaded import Loaded
from motet.score import (
    Control,
    KeySignature,
    Lyric,
    Metre,
    Note,
    Part,
    RawEvent,
    Score,
    Section,
    Tempo,
    Text,
)

__all__ = ["TARGET", "answer", "make_seeds", "mutate"]

_EXTREMES = (
    b"\xff",
    b"\x00" * 8,
    b"\xff" * 8,
    b"\x80\x80\x80\x80",
    b"\xff\xff\xff\x7f",
    b"\xff\x51\x03\x00\x00\x00",
    b"\xff\x51\x03\x00\x00\x01",
    b"\xff\x58\x04\x00\x02\x18\x08",
    b"\xff\x58\x04\xff\x06\x18\x08",
    b"\xff\x58\x04\x01\xff\x18\x08",
    b"\xff\x59\x02\x7f\x05",
    b"\xff\x2f\x00",
    b"\xff\x01\xff\xff\xff\x7f",
    b"\xf0\xff\xff\xff\x7f",
    b"\xf7\x00",
    b"\x90\x3c\x7f",
    b"\x80\x3c\x00",
    b"MTrk\x7f\xff\xff\xff",
    b"MTrk\x00\x00\x00\x00",
    b"MThd\x00\x00\x00\x06\x00\x01\xff\xff\x00\x00",
    b"RIFF\xff\xff\xff\xffRMIDdata\xff\xff\xff\xff",
)


def make_seeds(rng: random.Random, *, count: int = 24) -> list[bytes]:
    """Return sound MIDI files of all that Motet writes, and some by hand."""
    seeds = [write_midi(make_score(rng)) for _ in range(count)]
    body = b"\x00\x90\x3c\x50\x60\x3c\x00" * 40 + b"\x00\xff\x2f\x00"
    chunk = b"MTrk" + len(body).to_bytes(4, "big") + body
    for kind, division in ((0, 96), (1, 0xE728), (2, 480), (1, 1), (1, 0x7FFF)):
        head = kind.to_bytes(2, "big") + b"\x00\x01" + division.to_bytes(2, "big")
        seeds.append(b"MThd\x00\x00\x00\x06" + head + chunk)
    inner = seeds[0]
    size = len(inner).to_bytes(4, "little")
    seeds.append(b"RIFF" + (len(inner) + 12).to_bytes(4, "little") + b"RMIDdata" + size + inner)
    return seeds


def make_score(rng: random.Random) -> Score:
    """Return a score with something of every kind of event."""
    resolution = rng.choice((24, 96, 120, 480, 960))
    end = resolution * 4 * rng.randint(1, 24)

    def ticks(count: int) -> list[int]:
        return sorted(rng.randrange(end) for _ in range(count))

    parts = []
    for k in range(rng.randint(1, 6)):
        notes = tuple(
            Note(
                onset_tick=tick,
                duration_tick=rng.randint(0, resolution * 2),
                pitch=rng.randint(30, 90),
                velocity=rng.randint(1, 127),
                release_velocity=rng.choice((0, 64, 99)),
            )
            for tick in ticks(rng.randint(0, 120))
        )
        parts.append(
            Part(
                name=rng.choice(("Piano", "二胡", "Flûte", "")),
                notes=notes,
                program=rng.randrange(128),
                bank=rng.choice((0, 0, 130)),
                is_drums=k == 3,
                controls=tuple(
                    Control(tick=tick, kind="cc", number=rng.choice((1, 7, 64)), value=5)
                    for tick in ticks(rng.randint(0, 20))
                ),
                lyrics=tuple(Lyric(tick=tick, text="la") for tick in ticks(3)),
                raw=tuple(
                    RawEvent(tick=tick, kind="sysex", data=b"\x7e\x7f\x09\x01\xf7")
                    for tick in ticks(2)
                ),
            )
        )
    return Score(
        parts=tuple(parts),
        resolution=resolution,
        tempos=tuple(Tempo(tick=t, quarter_us=rng.randint(200_000, 900_000)) for t in ticks(3)),
        metres=(Metre(tick=0, numerator=rng.randint(2, 7), denominator=rng.choice((4, 8))),),
        keys=(KeySignature(tick=0, fifths=rng.randint(-7, 7)),),
        sections=tuple(Section(tick=tick, label="verse") for tick in ticks(2)),
        texts=(Text(tick=0, text="made for fuzzing"),),
        title="seed",
    )


def mutate(data: bytes, rng: random.Random, seeds: list[bytes]) -> bytes:
    """Return a damaged copy: bits, bytes, cuts, lengths, splices and extremes."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        kind = rng.randrange(8)
        at = rng.randrange(len(out)) if out else 0
        if kind == 0 and out:
            out[at] ^= 1 << rng.randrange(8)
        elif kind == 1 and out:
            out[at] = rng.choice((0, 0x7F, 0x80, 0xFF, rng.randrange(256)))
        elif kind == 2:
            del out[at:]
        elif kind == 3:
            del out[at : at + rng.randint(1, 64)]
        elif kind == 4:
            chunk = rng.choice([k for k in range(len(out)) if out[k : k + 2] == b"MT"] or [0])
            lie = rng.choice((0, 1, 5, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, rng.getrandbits(12)))
            out[chunk + 4 : chunk + 8] = lie.to_bytes(4, "big")
        elif kind == 5:
            other = rng.choice(seeds)
            start = rng.randrange(len(other))
            out[at:at] = other[start : start + rng.randint(1, 4096)]
        elif kind == 6:
            out[at:at] = rng.choice(_EXTREMES) * rng.choice((1, 1, 1, 50))
        else:
            piece = out[at : at + rng.randint(1, 256)]
            out[at:at] = piece * rng.randint(1, 40)
    return bytes(out)


def answer(data: bytes) -> str:
    """Return ok, repaired, refused, or what went wrong with reading one file."""
    return read_or_tell(read_midi, data, _use)


def _use(loaded: Loaded) -> str:
    again = read_midi(write_midi(loaded.score))
    if again.score != loaded.score or again.repairs:
        return "changed: reading what was written gives another score"
    return "repaired" if loaded.repairs else "ok"


TARGET = Target("MIDI", make_seeds, mutate, answer)

if __name__ == "__main__":
    sys.exit(run_tool(TARGET))
