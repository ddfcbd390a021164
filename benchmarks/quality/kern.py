"""How well and how fast are real kern files read?

``python benchmarks/quality/kern.py FOLDER``: FOLDER holds ``polish-scores/``,
``chopin-first-editions/`` and the ``-midi`` folders of the same names, unpacked from their archives.
Every kern file is read; a sample is compared with the MIDI that another program made of the same
file, and a few with music21 in a process of its own. The tables are for people; the last line is
JSON for machines.

Seconds are of processor time. Agreement: notes are matched as (pitch, onset) and (pitch, onset,
duration), rounded to 1/48 quarter note, without grace notes; the share is of the larger side.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from motet.errors import MotetError
from motet.io import read_midi
from motet.io.kern.read import read_kern
from motet.score import Score

__all__ = ["agreement", "main", "read_one"]

SOURCES = ("polish-scores", "chopin-first-editions")
_GRID = 48
_ORACLE = """
import sys, warnings
warnings.simplefilter("ignore")
from music21 import converter
score = converter.parse(sys.argv[1], format="humdrum")
for part in score.parts:
    for note in part.flatten().notes:
        if note.duration.isGrace:
            continue
        for pitch in note.pitches:
            tie = note.tie.type if note.tie else "-"
            print(pitch.midi, float(note.offset), tie)
"""


def read_one(path: Path) -> dict[str, Any]:
    """Return what reading one file gave: notes, seconds, repairs, bars."""
    started = time.process_time()
    try:
        loaded = read_kern(path)
    except MotetError as error:
        return {"path": str(path), "error": re.sub(r"\d+", "N", error.en), "place": error.place}
    took_s = time.process_time() - started
    score = loaded.score
    bars = score.bars
    irregular = sum(bar.is_irregular for bar in bars)
    return {
        "path": str(path),
        "notes": score.n_notes,
        "took_s": took_s,
        "repairs": [re.sub(r"^\d+ ", "", repair.en) for repair in loaded.repairs],
        "bars": len(bars),
        "irregular": irregular,
        "pickup": bars[0].number == 0,
        "has_lyrics": any(part.lyrics for part in score.parts),
        "parts": len(score.parts),
    }


def read_all(paths: list[Path], *, jobs: int) -> Iterator[dict[str, Any]]:
    """Return what reading each file gave, in any order."""
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(read_one, paths, chunksize=16)


def _places(score: Score, *, with_duration: bool) -> Counter[tuple[int, ...]]:
    unit = score.resolution
    found: Counter[tuple[int, ...]] = Counter()
    for part in score.parts:
        for note in part.notes:
            if note.grace:
                continue
            place: tuple[int, ...] = (note.pitch, round(note.onset_tick * _GRID / unit))
            if with_duration:
                place = (*place, round(note.duration_tick * _GRID / unit))
            found[place] += 1
    return found


def agreement(one: Score, other: Score) -> dict[str, int]:
    """Return the notes of both scores and how many agree in onset and in duration too."""
    onsets, others = (_places(score, with_duration=False) for score in (one, other))
    whole, wholes = (_places(score, with_duration=True) for score in (one, other))
    return {
        "one": onsets.total(),
        "other": others.total(),
        "onset": (onsets & others).total(),
        "duration": (whole & wholes).total(),
        "distinct": len(set(onsets) & set(others)),
        "distinct_larger": max(len(onsets), len(others)),
    }


def compare_midi(paths: list[Path]) -> tuple[Counter[str], list[tuple[float, str]]]:
    """Return totals over the files, and each file's share with its path."""
    total: Counter[str] = Counter()
    shares = []
    for path in paths:
        twin = read_midi(_twin(path)).score
        found = agreement(read_kern(path).score, twin)
        total.update(found)
        shares.append((found["onset"] / max(found["one"], found["other"], 1), path.stem))
    return total, sorted(shares)


def _twin(path: Path) -> Path:
    text = str(path.with_suffix(".mid"))
    for source in SOURCES:
        text = text.replace(f"/{source}/", f"/{source}-midi/")
    return Path(text)


def compare_music21(paths: list[Path], *, limit_s: float) -> Counter[str]:
    """Return totals of (pitch, onset) over the files that music21 reads in time."""
    total: Counter[str] = Counter()
    for path in paths:
        try:
            done = subprocess.run(
                [sys.executable, "-c", _ORACLE, str(path)],
                capture_output=True,
                text=True,
                timeout=limit_s,
                check=False,
            )
        except subprocess.TimeoutExpired:
            total["too slow"] += 1
            continue
        if done.returncode:
            total["refused"] += 1
            continue
        theirs: Counter[tuple[int, ...]] = Counter()
        for line in done.stdout.splitlines():
            pitch, onset, tie = line.split()
            if tie not in ("stop", "continue"):
                theirs[int(pitch), round(float(onset) * _GRID)] += 1
        ours = _places(read_kern(path).score, with_duration=False)
        both = (ours & theirs).total()
        total.update({"files": 1, "ours": ours.total(), "theirs": theirs.total(), "both": both})
        share = both / max(ours.total(), theirs.total(), 1)
        total["files at 0.99"] += share >= 0.99
    return total


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="read every n-th file only")
    parser.add_argument("--sample", type=int, default=400, help="files compared with MIDI")
    parser.add_argument("--music21", type=int, default=20, help="files compared with music21")
    parser.add_argument("--limit-s", type=float, default=60.0, help="for music21, a file")
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    report: dict[str, Any] = {
        "question": "kern",
        "seed": wish.seed,
        "python": sys.version.split()[0],
    }
    every: list[Path] = []
    print("| source | files | read | notes | notes a second and core | pickups | irregular bars |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    kinds: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    files = 0
    for source in SOURCES:
        paths = sorted((wish.folder / source).rglob("*.krn"))[:: wish.every]
        every += paths
        started = time.perf_counter()
        found = list(read_all(paths, jobs=wish.jobs))
        wall_s = time.perf_counter() - started
        good = [one for one in found if "error" not in one]
        for one in found:
            errors[one.get("error", "")] += "error" in one
            kinds.update(set(one.get("repairs", ())))
        files += len(found)
        notes = sum(one["notes"] for one in good)
        busy_s = sum(one["took_s"] for one in good)
        bars = sum(one["bars"] for one in good)
        row = {
            "files": len(found),
            "read": len(good),
            "notes": notes,
            "notes_per_s": round(notes / max(busy_s, 1e-9)),
            "wall_s": round(wall_s, 1),
            "most_notes": max((one["notes"] for one in good), default=0),
            "slowest_s": round(max((one["took_s"] for one in good), default=0.0), 2),
            "pickups": round(sum(one["pickup"] for one in good) / max(len(good), 1), 4),
            "irregular": round(sum(one["irregular"] for one in good) / max(bars, 1), 4),
            "mended": sum(bool(one["repairs"]) for one in good),
        }
        report[source] = row
        print(
            f"| {source} | {row['files']:,} | {row['read']:,} | {notes:,} | "
            f"{row['notes_per_s']:,} | {row['pickups']:.1%} | {row['irregular']:.1%} |"
        )
    print("\n| repair or remark | files |\n|---|---:|")
    for kind, count in kinds.most_common(30):
        print(f"| {kind} | {count:,} |")
    for kind, count in errors.most_common():
        if count:
            print(f"| refused: {kind} | {count:,} |")
    report["repairs"] = dict(kinds.most_common(30))
    report["errors"] = {kind: count for kind, count in errors.items() if count}
    rng = random.Random(wish.seed)
    pairs = [path for path in every if _twin(path).is_file()]
    sample = rng.sample(pairs, min(wish.sample, len(pairs)))
    total, shares = compare_midi(sample)
    larger = max(total["one"], total["other"], 1)
    report["midi"] = {
        "files": len(sample),
        "notes": total["one"],
        "midi_notes": total["other"],
        "onset": round(total["onset"] / larger, 5),
        "duration": round(total["duration"] / larger, 5),
        "distinct": round(total["distinct"] / max(total["distinct_larger"], 1), 5),
        "files_at_0.99": sum(share >= 0.99 for share, _ in shares),
        "worst": [(round(share, 3), name) for share, name in shares[:10]],
    }
    print(f"\nMIDI: {json.dumps(report['midi'], ensure_ascii=False, indent=1)}")
    oracle = compare_music21(sample[: wish.music21], limit_s=wish.limit_s)
    report["music21"] = dict(oracle)
    print(f"music21: {dict(oracle)}")
    report["peak_mb"] = round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
    report["machine"] = platform.processor() or platform.machine()
    print(json.dumps(report, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
