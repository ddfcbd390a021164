"""How fast is MIDI read and written, beside mido, on the same bytes in the same run?

``python benchmarks/speed/midi.py [FILES...]``: without files, four pieces are made from a fixed seed.
The table is for people; the last line is JSON for machines. mido gives messages, Motet a whole score.
"""

from __future__ import annotations

import argparse
import io
import json
import platform
import random
import resource
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import mido
from rates import read_commit

from motet.io import read_midi, write_midi
from motet.score import Note, Part, Score

__all__ = ["main"]


def make_piece(n_notes: int, *, seed: int) -> bytes:
    """Return a piece of eight parts as MIDI bytes."""
    rng = random.Random(seed)
    parts = []
    for k in range(8):
        now, notes = 0, []
        for _ in range(n_notes // 8):
            now += rng.choice((0, 60, 120, 240))
            pitch, velocity = rng.randint(36, 96), rng.randint(40, 110)
            notes.append(
                Note(
                    onset_tick=now,
                    duration_tick=rng.randint(30, 480),
                    pitch=pitch,
                    velocity=velocity,
                )
            )
        parts.append(Part(name=f"Part {k}", notes=tuple(notes), program=k))
    return write_midi(Score(parts=tuple(parts)))


def measure(action: Callable[[], Any], *, repeats: int) -> list[float]:
    """Return the seconds of each repeat after one that warms up."""
    action()
    found = []
    for _ in range(repeats):
        started = time.perf_counter()
        action()
        found.append(time.perf_counter() - started)
    return found


def main() -> None:
    """Print the table and the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=7)
    wish = parser.parse_args()
    pieces = [path.read_bytes() for path in wish.files] or [
        make_piece(count, seed=count) for count in (800, 4000, 16000, 40000)
    ]
    scores = [read_midi(data).score for data in pieces]
    n_notes = sum(score.n_notes for score in scores)

    def with_mido() -> None:
        for data in pieces:
            mido.MidiFile(file=io.BytesIO(data), clip=True)

    rows = {
        "motet read": measure(lambda: [read_midi(data) for data in pieces], repeats=wish.repeats),
        "mido read": measure(with_mido, repeats=wish.repeats),
        "motet write": measure(lambda: [write_midi(s) for s in scores], repeats=wish.repeats),
    }
    result: dict[str, Any] = {
        "question": "MIDI read and write speed",
        "machine": platform.processor() or platform.machine(),
        "versions": {name: version(name) for name in ("motet", "mido")}
        | {"python": platform.python_version()},
        "commit": read_commit(),
        "seed": "size of each piece",
        "files": len(pieces),
        "n": n_notes,
        "repeats": wish.repeats,
    }
    print(f"{len(pieces)} files, {n_notes:,} notes, {wish.repeats} repeats")
    print(f"{'':14}{'median s':>10}{'p95 s':>10}{'notes/s':>12}")
    for name, seconds in rows.items():
        median = statistics.median(seconds)
        p95 = sorted(seconds)[min(len(seconds) - 1, round(0.95 * len(seconds)))]
        print(f"{name:14}{median:10.3f}{p95:10.3f}{n_notes / median:12,.0f}")
        result[name] = {"median_s": median, "p95_s": p95, "notes_per_s": round(n_notes / median)}
    result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
