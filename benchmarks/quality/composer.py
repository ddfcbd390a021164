"""Question: is what the model writes shaped like what people wrote?

Every row is measured by the same code (`motet.evaluate`) on the same number of bars: windows of held-out
human pieces, other human pieces, the same windows with their bars shuffled, a Markov chain over tokens, the
arranger, and the model free and under constraints. Markov and model get parts, metres, chords, style, key
and tempo of the human windows and write all notes; `motet.compose` gets the style alone and writes with the
model only, or with the arranger's ground. What is within 5 % of people is told.

Needs a built corpus (``--shards`` or MOTET_SHARDS). Prints a table and one JSON line.

Run: ``python benchmarks/quality/composer.py --shards FOLDER --bundle small``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path

import numpy as np
from composer_model import compose_like, write_windows
from composer_rows import Chain, arrange_like, pick_windows, shuffle_bars, to_scores
from quality_page import make_table, read_commit, write_section

import motet
from motet.corpus import open_shards
from motet.engine.bundle import load_bundle
from motet.evaluate import MEASURES, interval_shares, jensen_shannon_bits, measure_score
from motet.score import Score
from motet.tokens import GridScore
from motet.tokens.vocab import STYLES

FIGURES = (*MEASURES, "interval_jsd_bits")
MUST_HOLD = ("scale_fit", "consonance", "pitch_class_entropy_bits")
TOLERANCE = 0.05
MAX_BARS = 64
PEOPLE = "people (held out)"
OTHERS = "people (others)"
FREE = "model, free"
CONSTRAINED = "model, constrained"
COMPOSED = "compose, model only"
WITH_GROUND = "compose"
JUDGED = (FREE, CONSTRAINED, COMPOSED, WITH_GROUND)


def read_options() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--shards", default=os.environ.get("MOTET_SHARDS", ""))
    parser.add_argument("--bundle", default="", help="name or folder; without it no model rows")
    parser.add_argument("--n", type=int, default=60, help="windows a row")
    parser.add_argument("--bars", type=int, default=16)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--train-pieces", type=int, default=1500, help="that the chain counts")
    parser.add_argument("--keep", default="", help="folder for the scores of all rows, as MIDI")
    parser.add_argument("--write", action="store_true", help="into docs/quality.md")
    options = parser.parse_args()
    if not Path(options.shards, "corpus.json").is_file():
        sys.exit("give the folder of a built corpus with --shards or MOTET_SHARDS")
    return options


def measure_row(scores: list[Score]) -> dict[str, np.ndarray]:
    """Return each figure of each score."""
    rows = [measure_score(score) for score in scores]
    return {name: np.array([row[name] for row in rows]) for name in MEASURES}


def pool_intervals(scores: list[Score]) -> np.ndarray:
    """Return the moves of all lines of a row, every score counted alike."""
    return np.sum([interval_shares(score) for score in scores], axis=0)


def mean(values: np.ndarray) -> float:
    """Return the mean of what is defined."""
    values = values[~np.isnan(values)]
    return float(values.mean()) if len(values) else float("nan")


def spread(values: np.ndarray, rng: np.random.Generator) -> float:
    """Return half the width of the 95 % interval of a mean (bootstrap)."""
    values = values[~np.isnan(values)]
    if len(values) < 2:
        return float("nan")
    means = rng.choice(values, size=(400, len(values))).mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(high - low) / 2


def make_rows(options: argparse.Namespace) -> tuple[dict[str, list[Score]], list[GridScore]]:
    """Return the scores of every row, and the human windows."""
    rng = np.random.default_rng(options.seed)
    size = {"n": options.n, "n_bars": options.bars, "rng": rng}
    windows = pick_windows(open_shards(options.shards, "test"), **size)
    others = pick_windows(open_shards(options.shards, "valid"), **size)
    rows = {
        PEOPLE: to_scores(windows),
        OTHERS: to_scores(others),
        "bars shuffled": to_scores([shuffle_bars(grid, rng) for grid in windows]),
    }
    chain = Chain()
    train = open_shards(options.shards, "train")
    for index in rng.permutation(len(train))[: options.train_pieces].tolist():
        grid = train[index]
        if grid.n_bars <= MAX_BARS:
            chain.learn(grid)
    rows["Markov, order 3"] = to_scores([chain.write(grid, rng) for grid in windows])
    rows["arranger"] = arrange_like(windows, n_bars=options.bars)
    if options.bundle:
        bundle = load_bundle(options.bundle)
        for name, is_constrained in ((FREE, False), (CONSTRAINED, True)):
            print(f"{name} ...", file=sys.stderr)
            rows[name] = to_scores(
                write_windows(windows, bundle, is_constrained=is_constrained, seed=options.seed)
            )
        for name, ground in ((COMPOSED, "model"), (WITH_GROUND, "auto")):
            print(f"{name} ...", file=sys.stderr)
            rows[name] = compose_like(
                windows, bundle, n_bars=options.bars, ground=ground, seed=options.seed
            )
    for name, scores in rows.items() if options.keep else ():
        keep_scores(scores, Path(options.keep) / name.replace(" ", "-").replace(",", ""))
    return rows, windows


def keep_scores(scores: list[Score], folder: Path) -> None:
    """Write scores as MIDI, to be heard."""
    folder.mkdir(parents=True, exist_ok=True)
    for turn, score in enumerate(scores):
        motet.save(score, folder / f"{turn:03d}.mid")


def judge(table: dict[str, dict[str, float]]) -> dict[str, dict[str, bool]]:
    """Return for each row of the model and each figure whether it is within 5 % of people."""
    people = table[PEOPLE]
    return {
        row: {
            name: abs(table[row][name] - people[name]) <= TOLERANCE * abs(people[name])
            for name in MEASURES
        }
        for row in JUDGED
        if row in table
    }


def print_table(
    table: dict[str, dict[str, float]],
    wide: dict[str, dict[str, float]],
    verdict: dict[str, dict[str, bool]],
) -> None:
    """Print a figure a line, a row of music a column, half the 95 % interval in brackets."""
    print(f"{'':26}" + "".join(f"{name:>22}" for name in table))
    for figure in FIGURES:
        cells = [
            f"{table[r][figure]:.3f}"
            + ("" if np.isnan(wide[r][figure]) else f" ({wide[r][figure]:.3f})")
            for r in table
        ]
        print(f"{figure:26}" + "".join(f"{cell:>22}" for cell in cells))
    print("\nwithin 5 % of people:" if verdict else "\nno model row: give --bundle to judge one")
    for row, found in verdict.items():
        told = [f"{name} {'pass' if found[name] else 'FAIL'}" for name in MUST_HOLD]
        others = [name for name in MEASURES if found[name] and name not in MUST_HOLD]
        print(f"{row:22}" + ", ".join(told) + "; also " + (", ".join(others) or "nothing"))


def make_section(
    table: dict[str, dict[str, float]],
    verdict: dict[str, dict[str, bool]],
    options: argparse.Namespace,
) -> str:
    """Return the table as Markdown; what is within 5 % of people is set in bold."""
    lines = [
        (
            figure,
            *(
                f"**{row[figure]:.3f}**"
                if verdict.get(name, {}).get(figure)
                else f"{row[figure]:.3f}"
                for name, row in table.items()
            ),
        )
        for figure in FIGURES
    ]
    head = f"{options.n} windows of {options.bars} bars a row, seed {options.seed}."
    if verdict:
        head += " Bold: within 5 % of people."
    return f"{head}\n\n" + make_table(("", *table), lines)


def main() -> None:
    """Print the table, the verdict and the JSON line."""
    options = read_options()
    started_s = time.perf_counter()
    rows, windows = make_rows(options)
    rng = np.random.default_rng(options.seed)
    human = pool_intervals(rows[OTHERS])
    figures = {name: measure_row(scores) for name, scores in rows.items()}
    table, wide = {}, {}
    for name, found in figures.items():
        table[name] = {one: mean(values) for one, values in found.items()}
        wide[name] = {one: spread(values, rng) for one, values in found.items()}
        distance = jensen_shannon_bits(pool_intervals(rows[name]), human)
        table[name]["interval_jsd_bits"], wide[name]["interval_jsd_bits"] = distance, float("nan")
    verdict = judge(table)
    print_table(table, wide, verdict)
    if options.write:
        write_section("composer", make_section(table, verdict, options))
    print(
        json.dumps(
            {
                "question": "composer",
                "machine": platform.machine(),
                "python": platform.python_version(),
                "commit": read_commit(),
                "bundle": options.bundle,
                "bars": options.bars,
                "seed": options.seed,
                "n": {name: len(scores) for name, scores in rows.items()},
                "styles": sorted({STYLES[g.style] for g in windows if g.style >= 0}),
                "seconds": round(time.perf_counter() - started_s, 1),
                "rows": table,
                "half_interval": wide,
                "within_5_percent": verdict,
            }
        )
    )


if __name__ == "__main__":
    main()
