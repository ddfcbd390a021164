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
import resource
import tempfile
import warnings
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rates import make_piece, read_commit, read_versions, tell_rates

from motet.corpus.fingerprint import fingerprint
from motet.corpus.item import Item
from motet.corpus.prepare import prepare_item
from motet.corpus.quick_chords import quick_chords
from motet.io import read_midi

__all__ = ["main"]


def make_files(folder: Path) -> list[Path]:
    """Return MIDI files of four parts, from a fixed seed."""
    files = []
    for n_notes in (400, 1200, 2400, 4000, 8000):
        path = folder / f"{n_notes}.mid"
        path.write_bytes(make_piece(n_notes, seed=n_notes))
        files.append(path)
    return files


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
            "versions": read_versions(names),
            "commit": read_commit(),
            "seed": "size of each piece",
            "files": len(files),
            "n": n_notes,
            "load": round(os.getloadavg()[0], 1),
            "repeats": wish.repeats,
        }
        print(f"{len(files)} files, {n_notes:,} notes")
        result |= tell_rates(
            actions, n_notes=n_notes, repeats=wish.repeats, heading="notes/s and core", digits=3
        )
        result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        print(json.dumps(result))


if __name__ == "__main__":
    main()
