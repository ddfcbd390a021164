"""What the benchmarks of notes a second share: a made piece, the clock, the table, what was measured on.

Not a benchmark itself; run as a script it does nothing.
"""

from __future__ import annotations

import platform
import random
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

__all__ = ["make_piece", "measure", "read_commit", "read_versions", "tell_rates"]


def make_piece(n_notes: int, *, seed: int) -> bytes:
    """Return a piece of four parts as MIDI bytes."""
    from motet.io import write_midi  # a rival's Python, which only tells its rate, has no motet
    from motet.score import KeySignature, Note, Part, Score

    rng = random.Random(seed)
    parts = []
    for k in range(4):
        now, notes = 0, []
        for _ in range(n_notes // 4):
            now += rng.choice((0, 120, 240, 240, 480))
            duration, pitch = rng.choice((120, 240, 240, 480, 960)), rng.randint(40, 90)
            notes.append(Note(onset_tick=now, duration_tick=duration, pitch=pitch))
        parts.append(Part(name=f"Part {k}", notes=tuple(notes), program=40 + k))
    return write_midi(Score(parts=tuple(parts), keys=(KeySignature(tick=0, fifths=1),)))


def measure(action: Callable[[], Any], *, repeats: int) -> list[float]:
    """Return the processor seconds of each repeat after one that warms up."""
    action()
    found = []
    for _ in range(repeats):
        started = time.thread_time()
        action()
        found.append(time.thread_time() - started)
    return found


def tell_rates(
    actions: Mapping[str, Callable[[], Any] | None],
    *,
    n_notes: int,
    repeats: int,
    heading: str = "notes/s",
    digits: int = 4,
) -> dict[str, dict[str, float]]:
    """Print a row for each action, and return median, p95 and notes a second of those that ran."""
    width, last = max(16, *map(len, actions)), len(heading) + 2
    last = max(12, last)
    print(f"{'':{width}}{'median s':>10}{'p95 s':>10}{heading:>{last}}")
    found: dict[str, dict[str, float]] = {}
    for name, action in actions.items():
        if action is None:
            print(f"{name:{width}}{'not installed':>20}")
            continue
        seconds = measure(action, repeats=repeats)
        median = statistics.median(seconds)
        p95 = sorted(seconds)[min(len(seconds) - 1, round(0.95 * len(seconds)))]
        rate = n_notes / median
        print(f"{name:{width}}{median:10.{digits}f}{p95:10.{digits}f}{rate:{last},.0f}")
        found[name] = {"median_s": median, "p95_s": p95, "notes_per_s": round(rate)}
    return found


def read_versions(names: Sequence[str]) -> dict[str, str]:
    """Return the versions of some packages, empty where one is missing, and of Python."""
    return {name: _version(name) for name in names} | {"python": platform.python_version()}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def read_commit() -> str:
    """Return the commit that is measured."""
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return found.stdout.strip()
