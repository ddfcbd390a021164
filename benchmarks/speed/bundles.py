"""How fast does each bundle write, and how much memory does it take, by the number of candidates?

Every bundle and every number of candidates has a process of its own, so that the peak is its own. Each
writes 16 bars of melody, chords, bass and drums from nothing, grammar, rules and sampling included, after one
run that warms up. Tokens and notes a second count all candidates; × real time is the music of one candidate, at
100 quarter notes a minute, by the time it takes: what a listener waits for. Memory is the most that the process
ever held, Python and ONNX Runtime included; what these take before a bundle is loaded is told too.
Limit: how often memory can deliver all weights in a second, times the candidates.

Run: ``.venv/bin/python benchmarks/speed/bundles.py [BUNDLE ...] [--write]``; without names, every bundle of
`motet.engine.list_bundles` that writes by tokens (the other families have benchmarks of their own).
``--write`` puts the table into both model cards and the result beside the others.
Under 4 minutes on two idle cores.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rates import read_commit, read_versions

__all__ = ["main", "make_figures", "tell_table"]

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"en": ROOT / "docs/cards/model.md", "zh": ROOT / "docs/cards/model.zh.md"}
N_BARS, BAR_QN, QPM = 16, 4, 100.0
MUSIC_S = N_BARS * BAR_QN * 60 / QPM
HEADS = {
    "en": (
        "bundle", "bits", "MB", "candidates", "tokens/s", "notes/s", "× real time", "first bar, s",
        "peak MB",
    ),
    "zh": (
        "模型包", "位数", "MB", "候选数", "token/秒", "音符/秒", "实时倍数", "首小节(秒)", "内存峰值 MB",
    ),
}  # fmt: skip


def peak_mb() -> float:
    """Return the most memory that this process ever held."""
    import resource

    status = Path("/proc/self/status")
    if status.is_file():  # ru_maxrss of a new process begins with that of the one that started it
        lines = status.read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1e3
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def measure_one(name: str, n_rows: int, *, threads: int, repeats: int) -> dict[str, Any]:
    """Return what one bundle does with one number of candidates, in this process."""
    from motet.engine import Session, load_bundle, write_cells
    from motet.engine.probe import practice_grid, practice_rules

    empty_mb = peak_mb()
    began = time.perf_counter()
    bundle = load_bundle(name)
    session = Session(bundle, n_rows=n_rows, n_threads=threads)
    load_s = time.perf_counter() - began
    rules, grid = practice_rules(0, N_BARS), practice_grid(0, N_BARS)
    runs = []
    for seed in range(repeats + 1):
        bars: list[float] = []
        session.rewind(0)
        began = time.perf_counter()
        written = write_cells(
            session,
            grid,
            list(rules),
            rules=rules,
            n_candidates=n_rows,
            seed=seed,
            on_bar=lambda *_, began=began, bars=bars: bars.append(time.perf_counter() - began),
        )
        seconds = time.perf_counter() - began
        runs.append(
            {
                "seconds": seconds,
                "first_bar_s": bars[0],
                "tokens_per_s": sum(one.n_tokens for one in written) / seconds,
                "notes_per_s": sum(one.grid.n_notes for one in written) / seconds,
            }
        )
    return {
        "bundle": bundle.name,
        "family": bundle.family,
        "bits": bundle.bits,
        "parameters": bundle.contract.get("n_parameters"),
        "mb": bundle.model_path.stat().st_size / 1e6,
        "rows": n_rows,
        "load_s": load_s,
        "runs": runs[1:],
        "empty_mb": empty_mb,
        "peak_mb": peak_mb(),
    }


def ask(name: str, n_rows: int, wish: argparse.Namespace) -> dict[str, Any]:
    """Return what a process of its own measured."""
    command = [
        sys.executable, __file__, name, "--child", str(n_rows),
        "--threads", str(wish.threads), "--repeats", str(wish.repeats),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def middle(row: dict[str, Any], name: str) -> float:
    """Return the median of a figure over the runs of a row."""
    return statistics.median(run[name] for run in row["runs"])


def tell_table(rows: list[dict[str, Any]], *, language: str = "en") -> str:
    """Return the rows as Markdown.

    Examples
    --------
    >>> run = {"seconds": 0.5, "first_bar_s": 0.02, "tokens_per_s": 1200.0, "notes_per_s": 700.0}
    >>> row = {"bundle": "a", "bits": 8, "mb": 4.2, "rows": 1, "runs": [run], "peak_mb": 120.0}
    >>> print(tell_table([row]).splitlines()[2])
    | a | 8 | 4.2 | 1 | 1,200 | 700 | 77 | 0.02 | 120 |
    """
    head = HEADS[language]
    lines = [head, ("---",) * len(head)]
    for row in rows:
        rate = MUSIC_S / middle(row, "seconds")
        lines.append(
            (
                row["bundle"],
                str(row["bits"]),
                f"{row['mb']:.1f}",
                str(row["rows"]),
                f"{middle(row, 'tokens_per_s'):,.0f}",
                f"{middle(row, 'notes_per_s'):,.0f}",
                f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}",
                f"{middle(row, 'first_bar_s'):.2f}",
                f"{row['peak_mb']:,.0f}",
            )
        )
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def make_figures(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the figures that `benchmarks/compare.py` reads: rates and peaks by bundle and candidates."""
    figures: dict[str, dict[str, Any]] = {}
    for row in rows:
        key = f"{row['bundle']}-{row['rows']}"
        rates = [run["tokens_per_s"] for run in row["runs"]]
        figures[f"{key}-tokens_per_s"] = {
            "median": round(statistics.median(rates), 1),
            "p95": round(min(rates), 1),
            "better": "higher",
        }
        figures[f"{key}-peak_mb"] = {"median": round(row["peak_mb"], 1)}
    return figures


def write_pages(rows: list[dict[str, Any]], wish: argparse.Namespace) -> None:
    """Put the table into the model cards."""
    from motet.suite import write_section

    day = f"{datetime.now(UTC):%Y-%m-%d}"
    notes = {
        "en": f"{wish.threads} threads, {platform.machine()}, {day}; medians of {wish.repeats} runs of "
        f"{N_BARS} bars of four parts.",
        "zh": f"{wish.threads} 个线程,{platform.machine()},{day};每项为 {wish.repeats} 次的中位数,每次写 "
        f"{N_BARS} 小节四声部。",
    }
    for language, page in PAGES.items():
        write_section(page, "speed", f"{notes[language]}\n\n{tell_table(rows, language=language)}")


def main() -> None:
    """Print the table and the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundles", nargs="*", help="names or folders")
    parser.add_argument("--rows", nargs="+", type=int, default=[1, 2, 4, 8])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--child", type=int, default=0, help=argparse.SUPPRESS)
    wish = parser.parse_args()
    if wish.child:
        found = measure_one(wish.bundles[0], wish.child, threads=wish.threads, repeats=wish.repeats)
        print(json.dumps(found))
        return
    from motet.engine import list_bundles, load_bundle
    from motet.engine.probe import measure_bandwidth

    names = wish.bundles or [
        name for name in list_bundles() if load_bundle(name).interface == "tokens"
    ]
    rows = [ask(name, n, wish) for name in names for n in wish.rows]
    bandwidth = measure_bandwidth()
    for row in rows:
        row["limit_tokens_per_s"] = row["rows"] * bandwidth / 2 / (row["mb"] * 1e6)
    print(f"load average {os.getloadavg()[0]:.1f}; memory moves {bandwidth / 1e9:.1f} GB/s")
    print(f"before a bundle is loaded: {max((row['empty_mb'] for row in rows), default=0):.0f} MB")
    print(tell_table(rows))
    result = {
        "question": "bundles: speed and memory",
        "machine": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "load_average": os.getloadavg()[0],
        "versions": read_versions(("motet", "onnxruntime", "numpy")),
        "commit": read_commit(),
        "seed": 0,
        "n": wish.repeats,
        "threads": wish.threads,
        "memory_gb_per_s": round(bandwidth / 1e9, 2),
        "figures": make_figures(rows),
        "rows": rows,
    }
    line = json.dumps(result)
    if wish.write:
        write_pages(rows, wish)
        name = f"{datetime.now(UTC):%Y-%m-%d}-bundles-speed.json"
        (ROOT / "benchmarks" / "results" / name).write_text(line + "\n", encoding="utf-8")
    print(line)


if __name__ == "__main__":
    main()
