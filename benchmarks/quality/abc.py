"""How well and how fast are real ABC tunes read and written?

``python benchmarks/quality/abc.py --folder FOLDER``: FOLDER holds ``openhymnal/``,
``abc-tunebook/`` and ``nottingham-jukedeck/``. Without it the archives of ``$MOTET_CORPUS`` (else
``../shared/corpus``) are unpacked into a temporary folder. Every tune is read, written and read
again; the Nottingham melodies are compared with the MIDI that another program made of them, with
repeats played; a few tunes go to music21 in a process of its own. The last line is JSON.

Agreement is of (pitch, onset) and (pitch, onset, duration) at 1/48 quarter note, without grace
notes; the share is of the larger side. Seconds are of processor time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from motet.errors import MotetError
from motet.io import read_midi
from motet.io.abc.read import read_abc
from motet.io.abc.text import read_tunes
from motet.io.abc.write import write_abc
from motet.io.kern.ledger import LineLedger
from motet.score import Note, Score

__all__ = ["main", "play_order", "read_source", "same_music"]

SOURCES = {
    "openhymnal": ("clean", "."),
    "abc-tunebook": ("sharealike", "."),
    "nottingham-jukedeck": ("evaluate", "ABC_cleaned"),
}
_GRID = 48
_ORACLE = """
import sys, warnings
warnings.simplefilter("ignore")
from music21 import converter
score = converter.parse(sys.stdin.read(), format="abc")
if hasattr(score, "scores") and score.scores:
    score = score.scores[0]
for part in score.parts:
    for note in part.stripTies().flatten().notes:
        if note.duration.isGrace or "ChordSymbol" in note.classes:
            continue
        for pitch in note.pitches:
            print(pitch.midi, round(float(note.offset) * 48))
"""


def tunes_of(path: Path) -> list[tuple[str, bytes]]:
    """Return (number, text) of each tune of a file."""
    found = read_tunes(path.read_bytes(), LineLedger())
    header = [line for _, line in found.header]
    out = []
    for tune in found.tunes:
        lines = [line for _, line in tune]
        text = "\n".join([*header, "", *lines]) + "\n"
        out.append((lines[0][2:].strip(), text.encode()))
    return out


def same_music(one: Score, other: Score) -> list[str]:
    """Return the names of what differs between two scores."""
    names = ("metres", "keys", "bar_lengths", "repeats", "endings", "chords", "tempos", "title")
    found = [name for name in names if getattr(one, name) != getattr(other, name)]
    if len(one.parts) != len(other.parts):
        return [*found, "parts"]
    inner = ("name", "notes", "lyrics", "spans", "clefs", "dynamics", "program")
    return found + [
        name
        for name in inner
        if any(
            getattr(p, name) != getattr(q, name)
            for p, q in zip(one.parts, other.parts, strict=True)
        )
    ]


def play_order(score: Score) -> list[tuple[int, int]]:
    """Return the spans of ticks in the order in which repeats and endings are played."""
    starts = sorted({0, *(one.tick for one in score.repeats if one.kind == "start")})
    ends = sorted((one.tick, one.times) for one in score.repeats if one.kind == "end")
    endings = sorted((one.start_tick, one.end_tick, one.numbers) for one in score.endings)
    out: list[tuple[int, int]] = []
    at = 0

    def play(start: int, stop: int, number: int) -> None:
        here = start
        for first, last, numbers in endings:
            if here <= first < stop and number not in numbers:
                out.append((here, first))
                here = min(last, stop)
        out.append((here, stop))

    by_start = {start: (stop, numbers) for start, stop, numbers in endings}
    for tick, times in ends:
        if tick <= at:
            continue
        start = max([at, *(one for one in starts if one < tick)])
        out.append((at, start))
        for number in range(1, times + 1):
            play(start, tick, number)
        at = tick
        if tick in by_start and 1 not in by_start[tick][1]:
            out.append((tick, by_start[tick][0]))
            at = by_start[tick][0]
    out.append((at, score.end_tick))
    return [(start, stop) for start, stop in out if stop > start]


def _places(notes: list[Note], resolution: int) -> tuple[Counter[Any], Counter[Any]]:
    onsets: Counter[Any] = Counter()
    whole: Counter[Any] = Counter()
    for note in notes:
        if not note.grace:
            onset = round(note.onset_tick * _GRID / resolution)
            onsets[note.pitch, onset] += 1
            whole[note.pitch, onset, round(note.duration_tick * _GRID / resolution)] += 1
    return onsets, whole


def _moved(places: Counter[Any], shift: int) -> Counter[Any]:
    return Counter(
        {(pitch, onset + shift, *rest): n for (pitch, onset, *rest), n in places.items()}
    )


def _first(places: Counter[Any]) -> int:
    return min((onset for _, onset, *_ in places), default=0)


def played(score: Score) -> tuple[Counter[Any], Counter[Any]]:
    """Return the places of the first part's notes with repeats played."""
    onsets: Counter[Any] = Counter()
    whole: Counter[Any] = Counter()
    offset = 0
    unit = score.resolution
    for start, stop in play_order(score):
        for note in score.parts[0].notes:
            if start <= note.onset_tick < stop and not note.grace:
                onset = round((note.onset_tick - start + offset) * _GRID / unit)
                length = round(note.duration_tick * _GRID / unit)
                onsets[note.pitch, onset] += 1
                whole[note.pitch, onset, length] += 1
        offset += stop - start
    return onsets, whole


def compare_midi(folder: Path) -> dict[str, Any]:
    """Return how Nottingham melodies agree with their MIDI."""
    total: Counter[str] = Counter()
    shares = []
    for path in sorted((folder / "ABC_cleaned").glob("*.abc")):
        for number, text in tunes_of(path):
            twin = folder / "MIDI" / f"{path.stem}{number}.mid"
            if not twin.is_file():
                continue
            score = read_abc(text).score
            other = read_midi(twin).score
            onsets, whole = played(score)
            best: Counter[str] = Counter(mine=onsets.total(), theirs=1)
            for part in other.parts:
                theirs, their_whole = _places(list(part.notes), other.resolution)
                shift = _first(onsets) - _first(theirs)  # the MIDI fills up a pickup bar
                theirs, their_whole = _moved(theirs, shift), _moved(their_whole, shift)
                if (onsets & theirs).total() >= best["onset"]:
                    best = Counter(
                        mine=onsets.total(),
                        theirs=theirs.total(),
                        onset=(onsets & theirs).total(),
                        duration=(whole & their_whole).total(),
                    )
            if abs(best["mine"] - best["theirs"]) > 2:
                total["other order"] += 1  # the MIDI plays repeats or parts in another order
                continue
            total.update(best)
            larger = max(best["mine"], best["theirs"], 1)
            total["larger"] += larger
            shares.append((best["onset"] / larger, f"{path.stem}{number}"))
    shares.sort()
    whole_tunes = sum(share >= 0.99 for share, _ in shares)
    return {
        "tunes": len(shares),
        "other_order": total["other order"],
        "notes": total["mine"],
        "midi_notes": total["theirs"],
        "onset": round(total["onset"] / max(total["larger"], 1), 4),
        "duration": round(total["duration"] / max(total["larger"], 1), 4),
        "tunes_at_0.99": whole_tunes,
        "worst": [(round(share, 3), name) for share, name in shares[:12]],
        "shares": [share for share, _ in shares[:: max(1, len(shares) // 10)]],
    }


def compare_music21(tunes: list[bytes], *, limit_s: float) -> Counter[str]:
    """Return totals of (pitch, onset) over the tunes that music21 reads in time."""
    total: Counter[str] = Counter()
    for text in tunes:
        try:
            done = subprocess.run(
                [sys.executable, "-c", _ORACLE],
                input=text.decode("utf-8", "replace"),
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
        theirs = Counter(tuple(map(int, line.split())) for line in done.stdout.splitlines())
        score = read_abc(text).score
        mine: Counter[Any] = Counter()
        for part in score.parts:
            mine += _places(list(part.notes), score.resolution)[0]
        total["tunes"] += 1
        total["notes"] += mine.total()
        total["theirs"] += theirs.total()
        total["agree"] += (mine & theirs).total()
    return total


def read_source(folder: Path) -> tuple[dict[str, Any], Counter[str], Counter[str]]:
    """Return a row of the table, repairs by kind and what a round trip changed."""
    kinds: Counter[str] = Counter()
    changed: Counter[str] = Counter()
    row: Counter[str] = Counter()
    busy_s = write_s = 0.0
    for path in sorted(folder.rglob("*.abc")):
        for _, text in tunes_of(path):
            row["tunes"] += 1
            started = time.process_time()
            try:
                loaded = read_abc(text)
            except MotetError as error:
                kinds[f"refused: {error.en}"] += 1
                continue
            busy_s += time.process_time() - started
            row["read"] += 1
            row["notes"] += loaded.score.n_notes
            row["pickups"] += loaded.score.bars[0].number == 0
            for one in loaded.repairs:
                kinds[re.sub(r"^\d+ ", "", one.en)] += 1
            started = time.process_time()
            data = write_abc(loaded.score)
            write_s += time.process_time() - started
            differs = same_music(loaded.score, read_abc(data).score)
            row["same"] += not differs
            row["same_notes"] += "notes" not in differs and "parts" not in differs
            changed.update(differs)
    rates = {
        "notes_per_s": round(row["notes"] / max(busy_s, 1e-9)),
        "written_per_s": round(row["notes"] / max(write_s, 1e-9)),
    }
    return {**row, **rates}, kinds, changed


def _unpack(target: Path) -> Path:
    root = Path(__file__).resolve().parents[2]
    corpus = Path(os.environ.get("MOTET_CORPUS", root.parent / "shared" / "corpus"))
    for name, (shelf, _) in SOURCES.items():
        archive = corpus / shelf / f"{name}.tar.zst"
        subprocess.run(["tar", "--zstd", "-xf", str(archive), "-C", str(target)], check=True)
    return target


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--music21", type=int, default=20)
    parser.add_argument("--limit-s", type=float, default=30.0)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        return _report(wish.folder or _unpack(Path(scratch)), wish)


def _report(folder: Path, wish: argparse.Namespace) -> int:
    report: dict[str, Any] = {"question": "ABC read and written", "machine": platform.machine()}
    print("| source | tunes | read | notes | notes/s | written/s | same again | same notes |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    kinds: Counter[str] = Counter()
    for name, (_, inner) in SOURCES.items():
        row, found, changed = read_source(folder / name / inner)
        kinds += found
        report[name] = {**row, "changed": dict(changed)}
        print(
            f"| {name} | {row['tunes']:,} | {row['read']:,} | {row['notes']:,} | "
            f"{row['notes_per_s']:,} | {row['written_per_s']:,} | {row['same']:,} | "
            f"{row['same_notes']:,} |"
        )
    print("\n| repair or remark | tunes |\n|---|---:|")
    for kind, count in kinds.most_common(30):
        print(f"| {kind} | {count:,} |")
    report["repairs"] = dict(kinds.most_common(30))
    report["midi"] = compare_midi(folder / "nottingham-jukedeck")
    print(f"\nMIDI: {json.dumps(report['midi'])}")
    sample = [
        text
        for path in sorted((folder / "nottingham-jukedeck" / "ABC_cleaned").glob("*.abc"))
        for _, text in tunes_of(path)
    ]
    step = max(1, len(sample) // max(wish.music21, 1))
    oracle = compare_music21(sample[::step][: wish.music21], limit_s=wish.limit_s)
    report["music21"] = dict(oracle)
    print(f"music21: {dict(oracle)}")
    print(json.dumps(report))
    return 0


if __name__ == "__main__":
    sys.exit(main())
