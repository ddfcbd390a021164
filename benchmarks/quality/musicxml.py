"""How well and how fast are real MusicXML files read?

``python benchmarks/quality/musicxml.py FOLDER``: FOLDER holds ``openscore-lieder/``,
``openscore-quartets/``, ``openewld/``, ``openscore-midi/`` and ``openewld-midi/``, unpacked from
their archives. Every ``.mxl`` is read; all are compared with the MIDI that another program (verovio)
made of the same file, a sample is written and read again, and a few are compared with music21 in a
process of its own. The tables are for people; the last line is JSON for machines.

Seconds are of processor time. Agreement: notes are matched as (pitch, onset) and (pitch, onset,
duration), rounded to 1/48 quarter note, without grace notes, bar by bar in the order in which the
other program plays the repeats; shares are of our notes. "near" takes the same pitch within a quarter
of a quarter note too: verovio strums arpeggios and lets grace notes push the note they lead to.
"surplus" is what verovio has more: tremolos and trills played out, grace notes, cue notes.
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
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

from motet.errors import MotetError
from motet.io import read_midi, read_musicxml, write_musicxml
from motet.score import Score

__all__ = ["agreement", "follow", "main", "same_again"]

SOURCES = {
    "openscore-lieder": "openscore-midi/lieder",
    "openscore-quartets": "openscore-midi/quartets",
    "openewld": "openewld-midi",
}
_GRID = 48
_NEAR = _GRID // 4
_ORACLE = """
import sys, warnings
warnings.simplefilter("ignore")
from music21 import converter
score = converter.parse(sys.argv[1])
for part in score.parts:
    for note in part.flatten().stripTies().notes:
        if note.duration.isGrace or "Harmony" in note.classes or "ChordSymbol" in note.classes:
            continue
        for pitch in note.pitches:
            sound = pitch
            print(sound.midi, float(note.offset), float(note.duration.quarterLength))
"""


def follow(score: Score, theirs: Score) -> dict[str, float]:
    """Return what shares of our notes the other program sounds, and how many more it has.

    Bar by bar along the other program's notes; where the next bar is not what sounds, the bar that
    is (a repeat, an ending, a jump) is looked for, so that both play the piece in one order.
    """
    bars = [_bar_notes(score, bar.start_tick, bar.end_tick) for bar in score.bars]
    sizes = [round(bar.duration_tick * _GRID / score.resolution) for bar in score.bars]
    heard: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for part in theirs.parts:
        for note in part.notes:
            onset = round(note.onset_tick * _GRID / theirs.resolution)
            heard[onset].append((note.pitch, round(note.duration_tick * _GRID / theirs.resolution)))
    sounds = {(pitch, onset) for onset, notes in heard.items() for pitch, _ in notes}
    end = max(heard, default=-1) + 1
    now, index, jumps = 0, 0, 0
    totals: Counter[str] = Counter()
    while now < end and jumps < 2000:
        counts, found = _match(bars, index, sizes, heard, now)
        if found < 0.5:
            share, k = max((_fit(bars[k][0], sounds, now), -k) for k in range(len(bars)))
            if share > found + 0.3:
                jumps += index != -k
                index = -k
                counts, found = _match(bars, index, sizes, heard, now)
        totals.update(counts)
        if index >= len(bars):
            break
        now, index = now + sizes[index], index + 1
    ours = max(1, totals["ours"])
    return {
        "compared": totals["ours"],
        "exact": totals["same"] / ours,
        "near": (totals["same"] + totals["near"]) / ours,
        "durations": totals["same_long"] / ours,
        "surplus": (totals["theirs"] - totals["ours"]) / ours,
        "jumps": jumps,
    }


def _fit(bar: Counter[Any], sounds: set[tuple[int, int]], now: int) -> float:
    """Return the share of a bar's notes that sound from a time on."""
    if not bar:
        return 0.0
    return sum((pitch, onset + now) in sounds for pitch, onset in bar) / len(bar)


def _bar_notes(score: Score, start: int, end: int) -> tuple[Counter[Any], Counter[Any]]:
    short: Counter[Any] = Counter()
    long: Counter[Any] = Counter()
    for part in score.parts:
        first = bisect_left(part.notes, start, key=lambda note: note.onset_tick)
        last = bisect_left(part.notes, end, key=lambda note: note.onset_tick)
        for note in part.notes[first:last]:
            if not note.grace:
                onset = round((note.onset_tick - start) * _GRID / score.resolution)
                short[note.pitch, onset] += 1
                long[note.pitch, onset, round(note.duration_tick * _GRID / score.resolution)] += 1
    return short, long


def _match(
    bars: list[tuple[Counter[Any], Counter[Any]]],
    index: int,
    sizes: list[int],
    heard: dict[int, list[tuple[int, int]]],
    now: int,
) -> tuple[dict[str, int], float]:
    """Return the counts of a bar beside what sounds, and how well they fit."""
    if index >= len(bars):
        rest = sum(len(notes) for onset, notes in heard.items() if onset >= now)
        return {"theirs": rest}, 0.0
    short: Counter[Any] = Counter()
    long: Counter[Any] = Counter()
    for onset in range(now, now + sizes[index]):
        for pitch, duration in heard.get(onset, ()):
            short[pitch, onset - now] += 1
            long[pitch, onset - now, duration] += 1
    ours, ours_long = bars[index]
    same = ours & short
    missing, extra = ours - same, short - same
    near = 0
    for pitch, onset in missing.elements():
        twin = next(
            (
                one
                for one in extra
                if one[0] == pitch and abs(one[1] - onset) <= _NEAR and extra[one]
            ),
            None,
        )
        if twin is not None:
            extra[twin] -= 1
            near += 1
    counts = {
        "same": same.total(),
        "near": near,
        "same_long": (ours_long & long).total(),
        "ours": ours.total(),
        "theirs": short.total(),
    }
    fit = same.total() / ours.total() if ours else float(not short)
    return counts, fit


def _counted(score: Score) -> tuple[Counter[Any], Counter[Any]]:
    """Return notes counted as (pitch, onset) and as (pitch, onset, duration)."""
    return _bar_notes(score, 0, score.end_tick + 1)


def agreement(ours: Counter[Any], theirs: Counter[Any]) -> float:
    """Return the share of notes that both have, of the larger side."""
    both = sum((ours & theirs).values())
    return both / max(1, ours.total(), theirs.total())


def same_again(score: Score) -> str:
    """Return the field in which a score changes when it is written and read, empty if in none."""
    again = read_musicxml(write_musicxml(score)).score
    for name in ("bar_lengths", "metres", "keys", "chords", "sections", "repeats", "endings"):
        ours, theirs = getattr(score, name), getattr(again, name)
        if _scaled(ours, score.resolution) != _scaled(theirs, again.resolution):
            return name
    for one, two in zip(score.parts, again.parts, strict=True):
        sound = [
            sorted(
                (note.onset_tick * _GRID / of.resolution, note.pitch, note.spelling)
                for note in part.notes
                if not note.grace
            )
            for part, of in ((one, score), (two, again))
        ]
        if sound[0] != sound[1]:
            return "notes"
        lasts = [
            sorted(
                (note.onset_tick / of.resolution, note.pitch, note.duration_tick / of.resolution)
                for note in part.notes
                if not note.grace
            )
            for part, of in ((one, score), (two, again))
        ]
        if lasts[0] != lasts[1]:
            return "durations"
        if len(one.lyrics) != len(two.lyrics):
            return "lyrics"
    return ""


def _scaled(events: tuple[Any, ...], resolution: int) -> list[Any]:
    out = []
    for event in events:
        changes = {
            name: getattr(event, name) * _GRID * 10 // resolution
            for name in ("tick", "start_tick", "end_tick", "duration_tick")
            if hasattr(event, name)
        }
        out.append(replace(event, **changes))
    return out


def _measure(path: Path, midi: Path) -> dict[str, Any]:
    started = time.process_time()
    try:
        loaded = read_musicxml(path)
    except MotetError as error:
        return {"path": str(path), "error": re.sub(r"\d+", "N", str(error))}
    row: dict[str, Any] = {
        "path": str(path),
        "seconds": time.process_time() - started,
        "notes": loaded.score.n_notes,
        "bars": loaded.score.n_bars,
        "irregular": len(loaded.score.bar_lengths),
        "pickup": loaded.score.bars[0].number == 0,
        "repairs": [(one.en, one.place) for one in loaded.repairs],
        "repeats": bool(loaded.score.repeats),
        "graces": sum(bool(n.grace) for part in loaded.score.parts for n in part.notes),
        "tremolos": any("tremolos between" in one.en for one in loaded.repairs),
        "score": loaded.score,
    }
    if midi.is_file():
        row |= follow(loaded.score, read_midi(midi).score)
    return row


def _ask_oracle(path: Path, score: Score) -> tuple[float, float] | str:
    """Return the agreement with music21, or why there is none."""
    try:
        found = subprocess.run(
            [sys.executable, "-c", _ORACLE, str(path)],
            capture_output=True, text=True, timeout=120, check=True,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        return type(error).__name__
    rows = [line.split() for line in found.stdout.splitlines()]
    theirs = [(int(p), round(float(t) * _GRID), round(float(d) * _GRID)) for p, t, d in rows]
    ours = _counted(score)
    return (
        agreement(ours[0], Counter((p, t) for p, t, _ in theirs)),
        agreement(ours[1], Counter(theirs)),
    )


def _table(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    read = [row for row in rows if "error" not in row]
    notes = sum(row["notes"] for row in read)
    seconds = sum(row["seconds"] for row in read)
    bars = sum(row["bars"] for row in read)
    heard = [row for row in read if "exact" in row]
    plain = [row for row in heard if not (row["graces"] or row["tremolos"])]
    found = {
        "source": name,
        "files": len(rows),
        "read": len(read),
        "notes": notes,
        "bars": bars,
        "irregular_bars": round(sum(row["irregular"] for row in read) / max(1, bars), 4),
        "pickups": round(sum(row["pickup"] for row in read) / max(1, len(read)), 3),
        "notes_per_s": round(notes / max(1e-9, seconds)),
        "with_midi": len(heard),
        "compared": sum(row["compared"] for row in heard),
        "exact": _mean(heard, "exact"),
        "near": _mean(heard, "near"),
        "durations": _mean(heard, "durations"),
        "surplus": _mean(heard, "surplus"),
        "files_99": sum(row["near"] >= 0.99 for row in heard),
        "plain": len(plain),
        "plain_exact": _mean(plain, "exact"),
        "plain_near": _mean(plain, "near"),
    }
    print("  ".join(f"{key} {value}" for key, value in found.items()))
    return found


def _mean(rows: list[dict[str, Any]], key: str) -> float:
    """Return the mean over notes."""
    total = sum(row["compared"] for row in rows)
    return round(sum(row[key] * row["compared"] for row in rows) / max(1, total), 5)


def main() -> int:
    """Print the tables and the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sources", nargs="*", default=list(SOURCES), choices=list(SOURCES))
    parser.add_argument("--limit", type=int, default=0, help="files of each source, 0 for all")
    parser.add_argument("--again", type=int, default=60, help="files written and read again")
    parser.add_argument("--oracle", type=int, default=30, help="files compared with music21")
    parser.add_argument("--worst", type=int, default=0, help="list so many worst files")
    wish = parser.parse_args()
    rng = random.Random(5)
    result: dict[str, Any] = {"question": "MusicXML reading", "sources": []}
    repairs: Counter[str] = Counter()
    files: Counter[str] = Counter()
    everything = []
    for source in wish.sources:
        midi_name = SOURCES[source]
        paths = sorted((wish.folder / source).rglob("*.mxl"))
        rng.shuffle(paths)
        rows = []
        for path in paths[: wish.limit or None]:
            inside = path.relative_to(wish.folder / source).with_suffix(".mid")
            rows.append(_measure(path, wish.folder / midi_name / inside))
        for row in rows:
            for text, _ in row.get("repairs", ()):
                kind = re.sub(r"^\d+", "N", text)
                number = re.match(r"\d+", text)
                repairs[kind] += int(number[0]) if number else 1
                files[kind] += 1
            if "error" in row:
                print(row["error"])
        result["sources"].append(_table(source, rows))
        everything += rows
        heard = sorted((row for row in rows if "exact" in row), key=lambda row: row["exact"])
        for row in heard[: wish.worst]:
            flags = [key for key in ("repeats", "graces", "tremolos") if row[key]]
            shares = f"{row['exact']:.4f} {row['durations']:.4f} of {row['compared']}"
            print(f"   {shares}, {row['jumps']} jumps {flags} {row['path']}")
    print("repairs (count, files)")
    for kind, count in repairs.most_common():
        print(f"{count:7} {files[kind]:5}  {kind}")
    good = [row for row in everything if "score" in row]
    rng.shuffle(good)
    changes = Counter(same_again(row["score"]) or "same" for row in good[: wish.again])
    print("written and read again:", dict(changes))
    oracle = []
    for row in good[: wish.oracle]:
        found = _ask_oracle(Path(row["path"]), row["score"])
        oracle.append(found)
        if isinstance(found, str) or found[0] < 0.999:
            print("music21:", found, row["path"])
    shares = [one for one in oracle if not isinstance(one, str)]
    mean = [round(sum(one[k] for one in shares) / max(1, len(shares)), 5) for k in (0, 1)]
    print(f"music21: {len(shares)} of {len(oracle)} files, onsets {mean[0]}, durations {mean[1]}")
    result |= {
        "repairs": dict(repairs),
        "again": dict(changes),
        "music21": {"files": len(shares), "onsets": mean[0], "durations": mean[1]},
        "machine": platform.machine(),
        "python": platform.python_version(),
        "seed": 5,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
