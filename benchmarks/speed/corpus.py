"""How fast do MIDI files become corpus data, beside miditok and muspy, a core each, on the same files?

``python benchmarks/speed/corpus.py [FILES OR FOLDERS...]``: without any, pieces are made from a fixed
seed. Each row goes from file to what a model is trained on: Motet reads, mends, snaps to the grid, normalises
the key, fingerprints and estimates chords (with and without those last two); miditok reads and writes
REMI tokens; muspy reads and writes its event representation of each track. Rivals are measured where
they are installed; they are no dependency of Motet. Times are those of one thread's processor. The
last line is JSON for machines.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from motet.corpus.fingerprint import fingerprint
from motet.corpus.item import Item
from motet.corpus.prepare import prepare_item
from motet.corpus.quick_chords import quick_chords
from motet.io import read_midi, write_midi
from motet.score import KeySignature, Note, Part, Score

__all__ = ["main"]


def make_files(folder: Path) -> list[Path]:
    """Return MIDI files of four parts, from a fixed seed."""
    files = []
    for n_notes in (400, 1200, 2400, 4000, 8000):
        rng = random.Random(n_notes)
        parts = []
        for k in range(4):
            now, notes = 0, []
            for _ in range(n_notes // 4):
                now += rng.choice((0, 120, 240, 240, 480))
                duration, pitch = rng.choice((120, 240, 240, 480, 960)), rng.randint(40, 90)
                notes.append(Note(onset_tick=now, duration_tick=duration, pitch=pitch))
            parts.append(Part(name=f"Part {k}", notes=tuple(notes), program=40 + k))
        path = folder / f"{n_notes}.mid"
        write_midi(Score(parts=tuple(parts), keys=(KeySignature(tick=0, fifths=1),)), path)
        files.append(path)
    return files


def measure(action: Callable[[], Any], *, repeats: int) -> list[float]:
    """Return the processor seconds of each repeat after one that warms up."""
    action()
    found = []
    for _ in range(repeats):
        started = time.thread_time()
        action()
        found.append(time.thread_time() - started)
    return found


def with_motet(files: list[Path], *, whole: bool) -> Callable[[], Any]:
    """Return an action that prepares pieces as a build does."""
    items = [
        Item(source="bench", name=path.name, path=path, work=path.name, has_velocity=True)
        for path in files
    ]

    def act() -> None:
        for item in items:
            grid = prepare_item(item).grid
            if grid is not None and whole:
                fingerprint(grid)
                quick_chords(grid)

    return act


def with_miditok(files: list[Path]) -> Callable[[], Any] | None:
    """Return an action that reads and tokenises by miditok, None where it is missing."""
    if find_spec("miditok") is None:
        return None
    import miditok

    tokenizer = miditok.REMI(
        miditok.TokenizerConfig(use_programs=True, use_time_signatures=True, use_tempos=True)
    )
    return lambda: [tokenizer(path) for path in files]


def with_muspy(files: list[Path]) -> Callable[[], Any] | None:
    """Return an action that reads and writes events by muspy, None where it is missing."""
    if find_spec("muspy") is None:
        return None
    import muspy

    def act() -> None:
        for path in files:
            music = muspy.read_midi(path)
            for track in [one for one in music.tracks if one.notes]:
                alone = muspy.Music(resolution=music.resolution, tracks=[track])
                muspy.to_event_representation(alone)

    return act


def main() -> None:
    """Print the table and the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    wish = parser.parse_args()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        files = [
            path
            for given in wish.files
            for path in (sorted(given.rglob("*.mid")) if given.is_dir() else [given])
        ] or make_files(Path(folder))
        n_notes = sum(read_midi(path).score.n_notes for path in files)
        actions = {
            "motet: file to grid": with_motet(files, whole=False),
            "motet: and chords, fingerprint": with_motet(files, whole=True),
            "miditok: file to REMI": with_miditok(files),
            "muspy: file to events": with_muspy(files),
        }
        names = ("motet", "numpy", "miditok", "symusic", "muspy")
        result: dict[str, Any] = {
            "question": "corpus speed",
            "machine": platform.processor() or platform.machine(),
            "versions": {name: _version(name) for name in names}
            | {"python": platform.python_version()},
            "commit": _commit(),
            "seed": "size of each piece",
            "files": len(files),
            "n": n_notes,
            "load": round(os.getloadavg()[0], 1),
            "repeats": wish.repeats,
        }
        print(f"{len(files)} files, {n_notes:,} notes")
        print(f"{'':32}{'median s':>10}{'p95 s':>10}{'notes/s and core':>18}")
        for name, action in actions.items():
            if action is None:
                print(f"{name:32}{'not installed':>20}")
                continue
            seconds = measure(action, repeats=wish.repeats)
            median = statistics.median(seconds)
            p95 = sorted(seconds)[min(len(seconds) - 1, round(0.95 * len(seconds)))]
            print(f"{name:32}{median:10.3f}{p95:10.3f}{n_notes / median:18,.0f}")
            result[name] = {
                "median_s": median,
                "p95_s": p95,
                "notes_per_s": round(n_notes / median),
            }
        result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        print(json.dumps(result))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _commit() -> str:
    """Return the commit that is measured."""
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return found.stdout.strip()


if __name__ == "__main__":
    main()
