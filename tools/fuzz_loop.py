"""What every fuzz run shares: damage a sound file, have it answered, time that, count and report.

Seeds are made by each tool from a fixed random seed, so that a run repeats exactly. A run fails when a
file was answered by anything but a score (or sound) or a `MotetError` in two languages, took longer
than the limit, gave something that cannot be used, or when the process grew beyond 512 MB. Time is
processor time, that of child processes with it: a busy machine is no find.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from motet.errors import MotetError

__all__ = ["LIMIT_S", "Outcome", "Target", "damage_bytes", "fuzz", "read_or_tell", "run_tool"]

LIMIT_S = 2.0
LIMIT_MB = 512


@dataclass(frozen=True)
class Target:
    """A kind of file: how sound ones are made, damaged and answered.

    `answer` returns ``ok``, ``repaired``, ``refused``, or what went wrong: ``crash: ...``,
    ``changed: ...``.
    """

    name: str
    make_seeds: Callable[[random.Random], list[bytes]]
    mutate: Callable[[bytes, random.Random, list[bytes]], bytes]
    answer: Callable[[bytes], str]


@dataclass
class Outcome:
    """What a run found: counts by kind, and each failure as a text."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest_s: float = 0.0


def fuzz(target: Target, *, count: int, seed: int = 1, limit_s: float = LIMIT_S) -> Outcome:
    """Return what reading ``count`` mutated files gave."""
    gc.collect()
    gc.freeze()  # what a long process holds is no reader's garbage, and takes seconds to walk through
    try:
        return _fuzz(target, count, seed, limit_s)
    finally:
        gc.unfreeze()


def _fuzz(target: Target, count: int, seed: int, limit_s: float) -> Outcome:
    """Return what the files of a run gave."""
    outcome = Outcome()
    for number, data in enumerate(_files(target, count, seed)):
        started = _processor_s()
        found = target.answer(data)
        took_s = _processor_s() - started
        outcome.slowest_s = max(outcome.slowest_s, took_s)
        outcome.counts[found.partition(":")[0]] += 1
        if took_s > limit_s:
            outcome.failures.append(f"file {number}: {took_s:.2f} s for {len(data)} bytes")
        if found.startswith(("crash", "changed")):
            outcome.failures.append(f"file {number}: {found}: {data[:120]!r}")
    return outcome


def read_or_tell(
    read: Callable[[bytes], Any],
    data: bytes,
    use: Callable[[Any], str],
    *,
    may_refuse_use: bool = False,
) -> str:
    """Return refused, or what `use` says of what was read, or what crashed."""
    try:
        loaded = read(data)
    except MotetError as error:
        return "refused" if error.zh else "crash: no Chinese"
    except Exception as error:  # noqa: BLE001 - the very thing that is looked for
        return f"crash: reading raised {error!r}"
    try:
        return use(loaded)
    except Exception as error:  # noqa: BLE001 - the very thing that is looked for
        if may_refuse_use and isinstance(error, MotetError):
            return "repaired"
        return f"crash: using what was read raised {error!r}"


def damage_bytes(data: bytes, rng: random.Random, *, most: int = 20) -> bytes:
    """Return a copy with a few bytes changed."""
    raw = bytearray(data)
    for _ in range(rng.randint(1, most)):
        if raw:
            raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw)


def _processor_s() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _files(target: Target, count: int, seed: int) -> Iterator[bytes]:
    rng = random.Random(seed)
    seeds = target.make_seeds(rng)
    for _ in range(count):
        yield target.mutate(rng.choice(seeds), rng, seeds)


def run_tool(target: Target, *, count: int = 2000) -> int:
    """Run from the command line; return 1 when something was found."""
    parser = argparse.ArgumentParser(description=f"Mutate {target.name} files and read each.")
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit-s", type=float, default=LIMIT_S)
    parser.add_argument("--save", type=Path, help="write file NUMBER of the run here")
    parser.add_argument("--number", type=int, default=0)
    wish = parser.parse_args()
    if wish.save:
        *_, data = _files(target, wish.number + 1, wish.seed)
        wish.save.write_bytes(data)
        return 0
    outcome = fuzz(target, count=wish.count, seed=wish.seed, limit_s=wish.limit_s)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if peak_mb > LIMIT_MB:
        outcome.failures.append(f"the process grew to {peak_mb:.0f} MB")
    for name, found in sorted(outcome.counts.items()):
        print(f"{name:>10} {found:6}")
    print(f"{'slowest':>10} {outcome.slowest_s:6.3f} s\n{'peak':>10} {peak_mb:6.0f} MB")
    print("\n".join(outcome.failures[:20]))
    report = {
        "question": f"mutated {target.name} files",
        "count": wish.count,
        "seed": wish.seed,
        **dict(outcome.counts),
        "failures": len(outcome.failures),
        "slowest_s": round(outcome.slowest_s, 3),
        "peak_mb": round(peak_mb),
    }
    print(json.dumps(report))
    sys.stdout.flush()
    return 1 if outcome.failures else 0
