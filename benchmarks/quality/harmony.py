"""Question: are the chords, keys and cadences that Motet finds those that people wrote down?

Chords: POP909-CL chord tracks (full textures), POP909 labels (full, and its bare melodies), OpenEWLD
symbols over their bare melodies, When in Rome analyses of songs. Keys: When in Rome. Cadences: rates
on Bach chorales beside the same chorales with their beats shuffled. Baselines: a template matcher on
half bars, and one key for the whole piece. Every set is split: even pieces were looked at while the
constants were set, odd ones are reported. POP909, the chorales and When in Rome only measure;
nothing was fitted to them but what ``docs/analysis.md`` names.

Needs the corpus at MOTET_CORPUS (default ``../shared/corpus``). Prints tables and one JSON line.
Run: ``python benchmarks/quality/harmony.py [--pieces 60] [--half odd]``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import platform
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from harmony_corpus import Corpus, shuffle_beats
from harmony_truth import Label, Piece, signature_of

from motet.analysis import (
    analyse_roman,
    estimate_chords,
    estimate_key,
    estimate_key_spans,
    find_cadences,
)
from motet.analysis.chord_model import triad_of
from motet.score import Note, Part, Score
from motet.theory import QUALITIES, chord_from_pcs

ROOT = Path(__file__).parents[2]
Reading = tuple[int, int, int, str | None, float]
Reader = Callable[[Score], list[Reading]]


def read_ours(score: Score) -> list[Reading]:
    """Return Motet's chords; written symbols are not looked at."""
    return [
        (
            one.start_tick,
            one.end_tick,
            one.chord.root_pc,
            one.chord.quality if one.chord.quality in QUALITIES else None,
            one.confidence,
        )
        for one in estimate_chords(score, use_symbols=False)
    ]


def read_templates(score: Score) -> list[Reading]:
    """Return the baseline: half bars, the pitch classes that sound most, the nearest chord."""
    notes = [note for part in score.parts if not part.is_drums for note in part.notes]
    found: list[Reading] = []
    for bar in score.bars:
        middle = (bar.start_tick + bar.end_tick) // 2
        halves = len(bar.metre.beats_qn) % 2 == 0 and not bar.is_irregular
        edges = [bar.start_tick, middle, bar.end_tick] if halves else [bar.start_tick, bar.end_tick]
        for start, end in itertools.pairwise(edges):
            weights, lowest = np.zeros(12), 128
            for note in notes:
                overlap = min(note.end_tick, end) - max(note.onset_tick, start)
                if overlap > 0:
                    weights[note.pitch % 12] += overlap * (1.5 if note.onset_tick == start else 1)
                    lowest = min(lowest, note.pitch)
            if not weights.any():
                continue
            strong = [pc for pc in range(12) if weights[pc] >= 0.15 * weights.max()]
            chord = chord_from_pcs(strong, bass=lowest % 12)
            known = chord.quality if chord.quality in QUALITIES else None
            found.append((start, end, chord.root_pc, known, 1.0))
    return found


def seventh_of(quality: str) -> str:
    """Return the seventh of a quality: ``"7"``, ``"maj7"``, ``"dim7"`` or nothing."""
    tones = set(QUALITIES[quality].intervals)
    if {3, 6, 9} <= tones:
        return "dim7"
    return "maj7" if 11 in tones else "7" if 10 in tones else ""


@dataclass
class Tally:
    """Overlap in time of readings with labels, added up over pieces."""

    all_tick: float = 0.0
    plain_tick: float = 0.0
    root: float = 0.0
    plain: float = 0.0
    sevenths: float = 0.0
    n: int = 0
    sure: list[tuple[float, bool, float]] = field(default_factory=list)

    def add(self, readings: list[Reading], labels: tuple[Label, ...], resolution: int) -> None:
        """Add one piece; times count in quarter notes."""
        self.n += 1
        for start, end, root, quality in labels:
            triad = triad_of(quality)
            is_plain = triad in ("maj", "min")
            length = (end - start) / resolution
            self.all_tick += length
            self.plain_tick += length * is_plain
            for low, high, found_root, found_quality, confidence in readings:
                overlap = (min(end, high) - max(start, low)) / resolution
                if overlap <= 0:
                    continue
                same = found_root == root and found_quality is not None
                is_triad = same and triad_of(found_quality or "maj") == triad
                self.root += overlap * (found_root == root)
                self.sure.append((confidence, is_triad, overlap))
                if is_plain and is_triad:
                    self.plain += overlap
                    is_exact = seventh_of(found_quality or "maj") == seventh_of(quality)
                    self.sevenths += overlap * is_exact

    def row(self) -> dict[str, float]:
        """Return the shares, the mean confidence, and how far it is from the truth on average."""
        table = np.array(self.sure, dtype=float).reshape(-1, 3)
        weight = table[:, 2] / max(table[:, 2].sum(), 1e-9)
        gap = sum(abs(one["confidence"] - one["right"]) * one["share"] for one in self.bins())
        return {
            "pieces": self.n,
            "root": self.root / max(self.all_tick, 1e-9),
            "majmin": self.plain / max(self.plain_tick, 1e-9),
            "sevenths": self.sevenths / max(self.plain_tick, 1e-9),
            "triad": float((table[:, 1] * weight).sum()),
            "confidence": float((table[:, 0] * weight).sum()),
            "calibration_error": gap,
        }

    def bins(self) -> list[dict[str, float]]:
        """Return for each tenth of confidence: its share, mean confidence, share right."""
        table = np.array(self.sure, dtype=float).reshape(-1, 3)
        rows = []
        for k in range(10):
            inside = (np.minimum(table[:, 0], 0.9999) * 10).astype(int) == k
            weight = table[inside, 2]
            if weight.sum() > 0:
                rows.append(
                    {
                        "from": k / 10,
                        "share": float(weight.sum() / table[:, 2].sum()),
                        "confidence": float(np.average(table[inside, 0], weights=weight)),
                        "right": float(np.average(table[inside, 1], weights=weight)),
                    }
                )
        return rows


def measure_chords(corpus: Corpus) -> dict[str, object]:
    """Print and return the table of chords and the table of confidences."""
    sets: dict[str, Callable[[], Iterator[Piece]]] = {
        "POP909-CL, full": corpus.pop909_cl,
        "POP909, full": lambda: corpus.pop909(melody_only=False),
        "POP909, melody": lambda: corpus.pop909(melody_only=True),
        "OpenEWLD, melody": corpus.openewld,
        "When in Rome": corpus.when_in_rome,
    }
    readers: dict[str, Reader] = {"templates": read_templates, "Motet": read_ours}
    out: dict[str, object] = {}
    tallies: dict[str, Tally] = {}
    print(f"{'chords':18}{'method':11}{'n':>5}{'root':>8}{'maj/min':>9}{'sevenths':>10}{'sure':>7}")
    for name, pieces in sets.items():
        found = {method: Tally() for method in readers}
        for piece in pieces():
            for method, reader in readers.items():
                found[method].add(reader(piece.score), piece.chords, piece.score.resolution)
        for method, tally in found.items():
            row = tally.row()
            out[f"{name}: {method}"] = row
            sure = f"{row['confidence']:7.2f}" if method == "Motet" else ""
            print(
                f"{name:18}{method:11}{tally.n:5d}{row['root']:8.3f}{row['majmin']:9.3f}"
                f"{row['sevenths']:10.3f}{sure}",
                flush=True,
            )
        tallies[name] = found["Motet"]
    print("\nconfidence: share of time right (share of all time)")
    print(f"{'':18}" + "".join(f"{k / 10:>11.1f}" for k in range(10)) + f"{'error':>8}")
    for name, tally in tallies.items():
        bins = {round(one["from"] * 10): one for one in tally.bins()}
        cells = [
            f"{bins[k]['right']:.2f} ({bins[k]['share']:.2f})" if k in bins else ""
            for k in range(10)
        ]
        print(f"{name:18}" + "".join(f"{cell:>11}" for cell in cells)
              + f"{tally.row()['calibration_error']:8.3f}")  # fmt: skip
        out[f"{name}: bins"] = tally.bins()
    return out


def measure_keys(corpus: Corpus) -> dict[str, dict[str, float]]:
    """Print and return local keys and whole numerals against human analyses."""
    sums = {method: Counter[str]() for method in ("one key", "Motet")}
    for piece in corpus.when_in_rome():
        score = piece.score
        whole = estimate_key(score)
        romans = analyse_roman(score)
        ours = [
            (one.start_tick, one.end_tick, one.key.tonic_pc, one.key.is_minor)
            for one in estimate_key_spans(score)
        ]
        one_key = [(0, score.end_tick, whole.tonic_pc, whole.mode == "minor")] if whole else []
        for method, spans in (("one key", one_key), ("Motet", ours)):
            total = sums[method]
            total["pieces"] += 1
            total["found"] += len(spans)
            total["written"] += len(piece.keys)
            for start, end, tonic, is_minor in piece.keys:
                for low, high, found, found_minor in spans:
                    overlap = max(0.0, min(end, high) - max(start, low)) / score.resolution
                    total["time"] += overlap
                    total["key"] += overlap * ((found, found_minor) == (tonic, is_minor))
                    same = signature_of(found, is_minor=found_minor)
                    total["signature"] += overlap * (same == signature_of(tonic, is_minor=is_minor))
            total["numeral"] += _numerals_right(piece, romans if method == "Motet" else None, spans)
    print(
        f"\n{'keys':18}{'n':>5}{'local key':>11}{'signature':>11}{'numeral':>9}{'spans':>7}{'written':>9}"
    )
    out = {}
    for method, total in sums.items():
        row = {k: total[k] / max(total["time"], 1e-9) for k in ("key", "signature", "numeral")}
        out[method] = {**row, "spans": total["found"], "written": total["written"]}
        print(f"{method:18}{total['pieces']:5.0f}{row['key']:11.3f}{row['signature']:11.3f}"
              f"{row['numeral']:9.3f}{total['found']:7.0f}{total['written']:9.0f}")  # fmt: skip
    return out


def _numerals_right(piece: Piece, romans: object, keys: list[tuple[int, int, int, bool]]) -> float:
    """Return the quarter notes at which key, root and triad are all right."""
    score = piece.score
    reader = read_ours if romans is not None else read_templates
    chords = [one for one in reader(score) if one[3] is not None]
    total = 0.0
    for start, end, root, quality in piece.chords:
        for low, high, found, found_quality, _ in chords:
            a, b = max(start, low), min(end, high)
            if b <= a or found != root or triad_of(found_quality or "maj") != triad_of(quality):
                continue
            for key_low, key_high, tonic, is_minor in keys:
                for true_low, true_high, true_tonic, true_minor in piece.keys:
                    if (tonic, is_minor) == (true_tonic, true_minor):
                        inside = min(b, key_high, true_high) - max(a, key_low, true_low)
                        total += max(0.0, inside) / score.resolution
    return total


def measure_cadences(corpus: Corpus) -> dict[str, dict[str, float]]:
    """Print and return how often cadences are found on chorales, and on shuffled ones."""
    rng = np.random.default_rng(0)
    rows: dict[str, dict[str, float]] = {}
    scores = list(corpus.chorales())
    for name, group in (
        ("chorales", scores),
        ("shuffled beats", [shuffle_beats(s, rng) for s in scores]),
    ):
        kinds: Counter[str] = Counter()
        last = beats = 0
        for score in group:
            found = find_cadences(score)
            kinds.update(one.kind for one in found)
            last += bool(found) and found[-1].end_tick >= score.end_tick
            beats += score.end_tick // 480
        rows[name] = {kind: 32 * n / beats for kind, n in kinds.items()}
        rows[name] |= {"last": last / len(group), "pieces": len(group)}
    kinds_all = ("perfect authentic", "imperfect authentic", "half", "plagal", "deceptive")
    print(
        f"\n{'per 32 beats':18}"
        + "".join(f"{kind:>21}" for kind in kinds_all)
        + f"{'at the end':>12}"
    )
    for name, row in rows.items():
        print(f"{name:18}" + "".join(f"{row.get(kind, 0.0):21.2f}" for kind in kinds_all)
              + f"{row['last']:12.2f}")  # fmt: skip
    return rows


def measure_speed(corpus: Corpus) -> dict[str, float]:
    """Print and return processor seconds for 100 bars in four parts: the median of five runs."""
    score = next(corpus.chorales())
    n_times = -(-100 * 1920 // score.end_tick)
    parts = []
    for part in score.parts:
        notes = [
            Note(
                onset_tick=n.onset_tick + k * score.end_tick,
                duration_tick=n.duration_tick,
                pitch=n.pitch,
            )
            for k in range(n_times)
            for n in part.notes
        ]
        parts.append(Part(name=part.name, notes=tuple(n for n in notes if n.onset_tick < 192_000)))
    long = Score(parts=tuple(parts))
    times: dict[str, list[float]] = {"estimate_chords": [], "everything": []}
    for _ in range(5):
        begin = time.process_time()
        chords = estimate_chords(long)
        times["estimate_chords"].append(time.process_time() - begin)
        find_cadences(long, romans=analyse_roman(long, chords=chords))
        times["everything"].append(time.process_time() - begin)
    row = {name: float(np.median(runs)) for name, runs in times.items()}
    print(f"\n100 bars, 4 parts, {long.n_notes} notes: chords {row['estimate_chords']:.2f} s, "
          f"with keys, numerals and cadences {row['everything']:.2f} s")  # fmt: skip
    return row


def main() -> None:
    """Print the tables and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", type=int, default=60, help="at most so many of each set")
    parser.add_argument("--half", choices=("odd", "even"), default="odd")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder), options.half, options.pieces)
        result = {
            "chords": measure_chords(corpus),
            "keys": measure_keys(corpus),
            "cadences": measure_cadences(corpus),
            "speed_s": measure_speed(corpus),
        }
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    about = {
        "question": "harmony", "machine": platform.machine(), "python": platform.python_version(),
        "commit": commit, "half": options.half, "pieces": options.pieces,
    }  # fmt: skip
    print(json.dumps({**about, **result}))


if __name__ == "__main__":
    main()
