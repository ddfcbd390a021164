"""Mutate MIDI files and read each: no crash, no hang, no memory hunger.

Seeds are made here from a fixed random seed, so that a run repeats exactly:
``python tools/fuzz_midi.py --count 2000``. It prints counts and one JSON line, and exits 1 when a
file was answered by anything but a score or a `MotetError`, took longer than ``--limit-s``, could
not be written again, or when the process grew beyond 512 MB.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from motet.errors import MotetError
from motet.io import read_midi, write_midi
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

__all__ = ["Outcome", "answer", "fuzz", "make_seeds", "mutate"]

LIMIT_S = 2.0
LIMIT_MB = 512
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


@dataclass
class Outcome:
    """What a run found: counts by kind, and each failure as a text."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0


def make_seeds(rng: random.Random, *, count: int = 24) -> list[bytes]:
    """Return sound MIDI files of all that Motet writes, and some by hand."""
    seeds = [write_midi(_make_score(rng)) for _ in range(count)]
    body = b"\x00\x90\x3c\x50\x60\x3c\x00" * 40 + b"\x00\xff\x2f\x00"
    chunk = b"MTrk" + len(body).to_bytes(4, "big") + body
    for kind, division in ((0, 96), (1, 0xE728), (2, 480), (1, 1), (1, 0x7FFF)):
        head = kind.to_bytes(2, "big") + b"\x00\x01" + division.to_bytes(2, "big")
        seeds.append(b"MThd\x00\x00\x00\x06" + head + chunk)
    inner = seeds[0]
    size = len(inner).to_bytes(4, "little")
    seeds.append(b"RIFF" + (len(inner) + 12).to_bytes(4, "little") + b"RMIDdata" + size + inner)
    return seeds


def _make_score(rng: random.Random) -> Score:
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


def fuzz(*, count: int, seed: int = 1, limit_s: float = LIMIT_S) -> Outcome:
    """Return what reading ``count`` mutated files gave."""
    rng = random.Random(seed)
    seeds = make_seeds(rng)
    outcome = Outcome()
    for number, data in enumerate(_files(count, rng, seeds)):
        started = time.perf_counter()
        found = answer(data)
        took_s = time.perf_counter() - started
        outcome.slowest_s = max(outcome.slowest_s, took_s)
        outcome.counts[found.partition(":")[0]] += 1
        if took_s > limit_s:
            outcome.failures.append(f"file {number}: {took_s:.2f} s for {len(data)} bytes")
        if found.startswith(("crash", "changed")):
            outcome.failures.append(f"file {number}: {found}: {data[:200].hex()}")
    return outcome


def _files(count: int, rng: random.Random, seeds: list[bytes]) -> Iterator[bytes]:
    for _ in range(count):
        yield mutate(rng.choice(seeds), rng, seeds)


def answer(data: bytes) -> str:
    """Return ok, repaired, refused, or what went wrong with reading one file."""
    try:
        loaded = read_midi(data)
    except MotetError as error:
        return "refused" if error.zh else "crash: no Chinese"
    except Exception as error:  # noqa: BLE001 - the very thing that is looked for
        return f"crash: reading raised {error!r}"
    try:
        again = read_midi(write_midi(loaded.score))
    except Exception as error:  # noqa: BLE001 - the very thing that is looked for
        return f"crash: writing raised {error!r}"
    if again.score != loaded.score or again.repairs:
        return "changed: reading what was written gives another score"
    return "repaired" if loaded.repairs else "ok"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit-s", type=float, default=LIMIT_S)
    parser.add_argument("--save", type=Path, help="write file NUMBER of the run here")
    parser.add_argument("--number", type=int, default=0)
    wish = parser.parse_args()
    if wish.save:
        rng = random.Random(wish.seed)
        seeds = make_seeds(rng)
        for number, data in enumerate(_files(wish.number + 1, rng, seeds)):
            if number == wish.number:
                wish.save.write_bytes(data)
        return 0
    outcome = fuzz(count=wish.count, seed=wish.seed, limit_s=wish.limit_s)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if peak_mb > LIMIT_MB:
        outcome.failures.append(f"the process grew to {peak_mb:.0f} MB")
    for name, count in sorted(outcome.counts.items()):
        print(f"{name:>10} {count:6}")
    print(f"{'slowest':>10} {outcome.slowest_s:6.3f} s\n{'peak':>10} {peak_mb:6.0f} MB")
    print("\n".join(outcome.failures[:20]))
    report = {
        "question": "mutated MIDI files",
        "count": wish.count,
        "seed": wish.seed,
        **dict(outcome.counts),
        "failures": len(outcome.failures),
        "slowest_s": round(outcome.slowest_s, 3),
        "peak_mb": round(peak_mb),
    }
    print(json.dumps(report))
    return 1 if outcome.failures else 0


if __name__ == "__main__":
    sys.exit(main())
