"""Question: are the arranger's melodies shaped like those that people wrote?

Rows: human lead sheets (OpenEWLD, MIDI melodies, half of the set held out), a second-order Markov chain
of interval and duration trained on the other half, the arranger in every style, and a shuffled control.
Needs the corpus at MOTET_CORPUS (default ``../shared/corpus``). Prints a table and one JSON line.

Run: ``python benchmarks/quality/melody.py``.
"""

from __future__ import annotations

import itertools
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np

import motet
from motet.analysis import estimate_key
from motet.errors import MotetError
from motet.io import read_midi
from motet.score import Note, Part, Score

ROOT = Path(__file__).parents[2]
SEEDS = 3
MEASURES = (
    "repeated", "step", "third", "wide_leap", "mean_interval_semi", "span_semi", "notes_per_bar",
    "rhythm_repeats", "turns", "pc_entropy_bits", "scale_fit",
)  # fmt: skip
Line = list[tuple[float, float, int]]


def measure(line: Line, bar_qn: float) -> dict[str, float] | None:
    """Return the figures of one melody: (onset, duration) in quarter notes and pitch a note."""
    if len(line) < 16:
        return None
    onsets = np.array([onset for onset, _, _ in line])
    pitches = np.array([pitch for _, _, pitch in line])
    moves = np.diff(pitches)
    size = np.abs(moves)
    bars: dict[int, list[float]] = defaultdict(list)
    for onset in onsets:
        bars[int(onset // bar_qn)].append(round(float(onset % bar_qn) * 4) / 4)
    shapes = [tuple(shape) for shape in bars.values()]
    share = np.bincount(pitches % 12, minlength=12) / len(pitches)
    share = share[share > 0]
    notes = tuple(
        Note(onset_tick=round(o * 480), duration_tick=max(1, round(d * 480)), pitch=p)
        for o, d, p in line
    )
    key = estimate_key(Score(parts=(Part(notes=notes),)))
    fit = float(np.mean([p % 12 in key.key.pcs for p in pitches])) if key else float("nan")
    return {
        "repeated": float(np.mean(size == 0)),
        "step": float(np.mean((size > 0) & (size <= 2))),
        "third": float(np.mean((size == 3) | (size == 4))),
        "wide_leap": float(np.mean(size > 7)),
        "mean_interval_semi": float(size.mean()),
        "span_semi": float(pitches.max() - pitches.min()),
        "notes_per_bar": len(line) / (float(onsets[-1] // bar_qn) + 1),
        "rhythm_repeats": 1 - len(set(shapes)) / len(shapes),
        "turns": float(np.mean(np.sign(moves[1:]) * np.sign(moves[:-1]) < 0)),
        "pc_entropy_bits": float(-(share * np.log2(share)).sum()),
        "scale_fit": fit,
    }


def read_people() -> list[tuple[Line, float]]:
    """Return the human melodies with the length of their bars."""
    corpus = Path(os.environ.get("MOTET_CORPUS", ROOT.parent / "shared" / "corpus"))
    archive = corpus / "clean" / "openewld-midi.tar.zst"
    if not archive.exists():
        sys.exit(f"{archive} is not there; set MOTET_CORPUS to the corpus folder")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["tar", "--zstd", "-xf", str(archive), "-C", folder], check=True)
        for path in sorted(Path(folder).rglob("*.mid")):
            try:
                score = read_midi(path).score
            except MotetError:
                continue
            if score.parts:
                bar_qn = float(score.metre_at(0).bar_qn)
                found.append((_line(score.parts[0].notes, score.resolution), bar_qn))
    return found


def _line(notes: tuple[Note, ...], resolution: int) -> Line:
    return [(n.onset_tick / resolution, n.duration_tick / resolution, n.pitch) for n in notes]


def make_markov(
    lines: list[tuple[Line, float]], rng: np.random.Generator
) -> list[tuple[Line, float]]:
    """Return melodies of a second-order chain over (interval, duration), as many as the lines."""
    after: dict[object, list[tuple[int, float]]] = defaultdict(list)
    for line, _ in lines:
        moves = [(b[2] - a[2], round((b[0] - a[0]) * 4) / 4) for a, b in itertools.pairwise(line)]
        for k in range(2, len(moves)):
            after[moves[k - 2], moves[k - 1]].append(moves[k])
            after[()].append(moves[k])
    out = []
    for line, bar_qn in lines:
        made: Line = [(0.0, 1.0, 67)]
        context: list[tuple[int, float]] = []
        while len(made) < len(line):
            choices = after.get(tuple(context[-2:])) or after[()]
            move = choices[int(rng.integers(0, len(choices)))]
            context.append(move)
            pitch = min(84, max(55, made[-1][2] + move[0]))
            made.append((made[-1][0] + move[1], 0.5, pitch))
        out.append((made, bar_qn))
    return out


def make_arranged() -> list[tuple[Line, float]]:
    """Return the arranger's melodies in every style."""
    out = []
    for style in motet.styles():
        for seed in range(SEEDS):
            piece = motet.arrange(style=style.name, seed=seed, humanise=0, parts=["melody"])
            if piece.parts:
                bar_qn = float(piece.score.metre_at(0).bar_qn)
                out.append((_line(piece.parts[0].notes, 480), bar_qn))
    return out


def main() -> None:
    """Print the table and the JSON line."""
    rng = np.random.default_rng(0)
    people = read_people()
    train, held_out = people[::2], people[1::2]
    shuffled = []
    for line, bar_qn in held_out:
        order = rng.permutation(len(line))
        shuffled.append(
            ([(o, d, line[k][2]) for (o, d, _), k in zip(line, order, strict=True)], bar_qn)
        )
    rows = {
        "people (held out)": held_out,
        "people (other half)": train,
        "arranger": make_arranged(),
        "Markov, order 2": make_markov(train, rng),
        "shuffled pitches": shuffled,
    }
    table = {}
    for name, lines in rows.items():
        figures = [f for line, bar_qn in lines if (f := measure(line, bar_qn))]
        table[name] = {m: float(np.nanmean([f[m] for f in figures])) for m in MEASURES}
        table[name]["n"] = len(figures)
    print(f"{'':22}" + "".join(f"{m[:11]:>13}" for m in MEASURES) + f"{'n':>6}")
    for name, row in table.items():
        print(f"{name:22}" + "".join(f"{row[m]:13.2f}" for m in MEASURES) + f"{row['n']:6d}")
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    print(
        json.dumps(
            {
                "question": "melody",
                "machine": platform.machine(),
                "python": platform.python_version(),
                "commit": commit,
                "seeds": SEEDS,
                "rows": table,
            }
        )
    )


if __name__ == "__main__":
    main()
