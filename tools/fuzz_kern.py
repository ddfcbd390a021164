"""Mutate Humdrum kern files and read each: no crash, no hang, no memory hunger.

Seeds are written here and mutated from a fixed random seed, so that a run repeats exactly:
``python tools/fuzz_kern.py --count 2000``. It prints counts and one JSON line, and exits 1 when a
file was answered by anything but a score or a `MotetError`, took longer than ``--limit-s``, gave a
score that cannot be laid in bars or written as MIDI, or when the process grew beyond 512 MB.
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
from motet.io import write_midi
from motet.io.kern.read import read_kern

__all__ = ["Outcome", "answer", "fuzz", "make_seeds", "mutate"]

LIMIT_S = 2.0
LIMIT_MB = 512
_TOKENS = (
    b"4c", b"8.dd#L", b"[2e", b"2e]", b"4f_", b"qgg", b"16qqaa", b"12b-J", b"4r", b"4rGyy", b".",
    b"4c 4e 4g", b"(4a", b"4b)", b"0cc", b"00C", b"000r", b"4CCCCCCCCC", b"99999999c", b"0.0c",
    b"1%0c", b"3%2c", b"c", b"4", b"", b"4c;T'^^~`", b"1024....c", b"127d", b"7919e", b"((((((4c",
    b"4c))))))", b"4yyc", b"\xff\xfe", b"4\xc3", b"Ky-", b"-ri-", b"-e_", b"p <", b"[ ff", b">",
    b"C major", b"4" + b"#" * 50 + b"c", b"4c" + b"-" * 50, b"c" * 300, b"4c " * 300, b"9" * 5000,
)  # fmt: skip
_ROWS = (
    b"*^", b"*v", b"*x", b"*+", b"*-", b"**kern", b"**text", b"**dynam", b"**mxhm", b"*", b"=",
    b"=1", b"=2:|!|:", b"==", b"=-", b"=99999999999", b"*M4/4", b"*M0/0", b"*M255/64", b"*M3/0",
    b"*M999/3", b"*k[f#c#]", b"*k[" + b"b-" * 40 + b"]", b"*e:", b"*clefG2", b"*clefXX", b"*MM0",
    b"*MM99999999999", b"*MM0.00001", b"*MM120", b"*part1", b"*staff1/2", b"*Ipiano", b"*Itrngl",
    b'*I"Name', b"*ITrd-1c-2", b"*ITrd9c999", b"*ped", b"*Xped", b"*8va", b"*>A", b"*>A1",
    b"*>[A,A1,A,A2]", b"*>[" + b"A," * 2000 + b"]", b"*met(c|)", b"!LO:TX:t=dolce", b"!",
)  # fmt: skip
_LINES = (
    b"!!!COM: Nobody, Ann", b"!!!OTL: Title", b"!!!OMD: Allegro [quarter] = 120", b"!!!:", b"!!",
    b"!!!OMD: [half] = 0", b"", b"\r", b"\x00", b"**kern\t**kern", b"*-\t*-", b"*v\t*v", b"hello",
)  # fmt: skip


@dataclass
class Outcome:
    """What a run found: counts by kind, and each failure as a text."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0


def make_seeds(rng: random.Random) -> list[bytes]:
    """Return sound files: pianos, choirs with words, split spines, repeats."""
    seeds = []
    for number in range(24):
        width = 1 + number % 4
        kinds = [b"**kern"] * width + [b"**text", b"**dynam"][: number % 3]
        others = len(kinds) - width
        lines = [b"!!!OTL: Seed %d" % number, b"\t".join(kinds)]
        lines += [
            b"\t".join([text] * width + [b"*"] * others)
            for text in (b"*part1", b"*Ipiano", b"*k[f#]", b"*M4/4", b"*>A")[: number % 6]
        ]
        for bar in range(rng.randint(2, 12)):
            lines.append(b"\t".join([b"=%d" % (bar + 1)] * len(kinds)))
            for _ in range(4):
                notes = [
                    b"4" + rng.choice((b"c", b"dd", b"EE", b"f#", b"b-", b"r", b"c 4e"))
                    for _ in range(width)
                ]
                words = [rng.choice((b".", b"la", b"p")) for _ in range(others)]
                lines.append(b"\t".join(notes + words))
            if number % 2 and width > 1:
                stars = [b"*"] * (len(kinds) - 1)
                lines.append(b"\t".join([b"*^", *stars]))
                lines.append(b"\t".join([b"2c", b"2E", *[b"2g"] * (width - 1), *[b"."] * others]))
                lines.append(b"\t".join([b"*v", b"*v", *stars]))
        lines.append(b"\t".join([b"=="] * len(kinds)))
        lines.append(b"\t".join([b"*-"] * len(kinds)))
        seeds.append(b"\n".join(lines) + b"\n")
    return seeds


def mutate(data: bytes, rng: random.Random, seeds: list[bytes]) -> bytes:
    """Return a file with a few tokens, rows, bytes or stretches changed."""
    lines = data.split(b"\n")
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(lines))
        cells = lines[at].split(b"\t")
        kind = rng.randrange(9)
        if kind == 0:
            cells[rng.randrange(len(cells))] = rng.choice(_TOKENS)
            lines[at] = b"\t".join(cells)
        elif kind == 1:
            cells[rng.randrange(len(cells))] = rng.choice(_ROWS)
            lines[at] = b"\t".join(cells)
        elif kind == 2:
            lines.insert(at, b"\t".join([rng.choice(_ROWS)] * len(cells)))
        elif kind == 3:
            lines.insert(at, rng.choice(_LINES))
        elif kind == 4:
            del lines[at : at + rng.randint(1, 4)]
        elif kind == 5:
            lines[at:at] = rng.choice(seeds).split(b"\n")[: rng.randint(1, 30)]
        elif kind == 6:
            stretch = lines[at : at + rng.randint(1, 8)]
            lines[at:at] = stretch * rng.choice((2, 10, 300))
        elif kind == 7:
            raw = bytearray(b"\n".join(lines))
            for _ in range(rng.randint(1, 20)):
                if raw:
                    raw[rng.randrange(len(raw))] = rng.randrange(256)
            lines = bytes(raw).split(b"\n")
        else:
            lines = b"\n".join(lines)[: rng.randrange(1, 4000)].split(b"\n")
        lines = lines or [b""]
    return b"\n".join(lines)


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
        if found.startswith("crash"):
            outcome.failures.append(f"file {number}: {found}: {data[:200]!r}")
    return outcome


def _files(count: int, rng: random.Random, seeds: list[bytes]) -> Iterator[bytes]:
    for _ in range(count):
        yield mutate(rng.choice(seeds), rng, seeds)


def answer(data: bytes) -> str:
    """Return ok, repaired, refused, or what went wrong with reading one file."""
    try:
        loaded = read_kern(data)
    except MotetError as error:
        return "refused" if error.zh else "crash: no Chinese"
    except Exception as error:  # noqa: BLE001 - the very thing that is looked for
        return f"crash: reading raised {error!r}"
    try:
        bars = loaded.score.bars
        write_midi(loaded.score)
    except MotetError:
        return "repaired"
    except Exception as error:  # noqa: BLE001 - the very thing that is looked for
        return f"crash: using the score raised {error!r}"
    if bars[-1].end_tick < loaded.score.end_tick:
        return "crash: the bars do not cover the score"
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
        "question": "mutated kern files",
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
