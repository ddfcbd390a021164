"""How long does the live player take for an event, beside the Transformer; does its memory grow?

``python benchmarks/speed/rnn.py [--write]``: each bundle that runs by events plays over four bars that go
round; every event is timed by itself, from state in to state out, on one core, and so are the tokens of the
Transformer ``small`` after a prompt of 16 bars, in the same process; a note of it takes as many tokens as
it wrote for one. ``--clock cpu`` counts the processor's time, for a machine that is not idle. Then the
player goes on, and its state and the memory of the process are weighed again. Notochord, a recurrent model
for live play, publishes 9 ms an event (Shepardson, Armitage and Magnusson, 2022; another machine and
model, so no more than a landmark). ``--write`` puts the result beside the others.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from rates import read_commit

__all__ = ["main", "measure_player", "measure_transformer", "tell"]

RESULTS = Path(__file__).resolve().parents[1] / "results"
TARGET_MS = 5.0
NOTOCHORD_MS = 9.0
_WARM = 64
_SEEDS = 8


def main() -> None:
    """Print the table and the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundles", nargs="*", default=["rnn-melody", "rnn-drums", "rnn-poly"])
    parser.add_argument("--events", type=int, default=2000, help="timed, of each bundle")
    parser.add_argument(
        "--endless", type=int, default=20000, help="played before memory is weighed"
    )
    parser.add_argument("--transformer", default="small", help='"" for none')
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall")
    parser.add_argument("--write", action="store_true", help="benchmarks/results")
    wish = parser.parse_args()
    clock = time.process_time if wish.clock == "cpu" else time.perf_counter
    rows = [
        measure_player(name, n=wish.events, endless=wish.endless, clock=clock)
        for name in wish.bundles
    ]
    if wish.transformer:
        rows.append(measure_transformer(wish.transformer, n=wish.events // 4, clock=clock))
    print(tell(rows))
    result = {
        "question": "live speed",
        "machine": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "load_average": os.getloadavg()[0],
        "versions": {name: version(name) for name in ("motet", "onnxruntime", "numpy")}
        | {"python": platform.python_version()},
        "commit": read_commit(),
        "seed": 0,
        "clock": wish.clock,
        "rows": rows,
        "figures": {f"{row['how']} p99 ms": row["p99_ms"] for row in rows},
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    line = json.dumps(result)
    if wish.write:
        name = f"{datetime.now(UTC):%Y-%m-%d}-live.json"
        (RESULTS / name).write_text(line + "\n", encoding="utf-8")
    print(line)


def measure_player(
    name: str, *, n: int, endless: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, Any]:
    """Return how long an event takes, and what state and process weigh before and after many."""
    from motet.engine.bundle import load_bundle
    from motet.engine.live import Player, Scene
    from motet.engine.probe import practice_grid

    player = Player(load_bundle(name), Scene(practice_grid(0, 4), loops=True))
    state = player.begin()
    first_bytes = len(state.to_bytes())
    taken: list[float] = []
    for i in range(_WARM + n):
        if i % (1 + n // _SEEDS) == 0:
            state = player.begin(seed=i)
        begin = clock()
        event, after = player.next(state)
        taken.append(clock() - begin)
        if event is None:
            sys.exit(f"{name} stopped by itself after {i} events")
        state = after
    weighed = _resident_mb()
    for _ in range(endless):
        _, state = player.next(state)
    grown = _resident_mb() - weighed
    return {
        "how": name,
        "notes": n,
        **_spread(taken[_WARM:]),
        "state_bytes": [first_bytes, len(state.to_bytes())],
        "endless": endless,
        "grown_mb": round(grown, 2),
    }


def measure_transformer(
    name: str, *, n: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, Any]:
    """Return how long a note of the Transformer takes: so many tokens, one after another."""
    from motet.engine.bundle import load_bundle
    from motet.engine.document import encode_prompt
    from motet.engine.probe import practice_grid, practice_rules
    from motet.engine.session import Session
    from motet.engine.write import write_cells
    from motet.tokens import window

    session = Session(load_bundle(name), n_rows=1, n_threads=1)
    rules, known = practice_rules(16, 24), window(practice_grid(16, 8), 0, 24)
    (got,) = write_cells(session, known, list(rules), rules=rules, n_candidates=1, seed=0)
    n_notes = got.grid.n_notes - known.n_notes
    per_note = got.n_tokens / max(1, n_notes)
    session.rewind(0)
    logits = session.prefill(encode_prompt(known, bar=16))
    token = np.array([int(np.argmax(logits[0]))])
    taken: list[float] = []
    start = session.length
    for _ in range(n):
        if session.length > start + 400:
            session.rewind(start)
        begin = clock()
        logits = session.step(token)
        taken.append(clock() - begin)
    spread = {key: round(value * per_note, 3) for key, value in _spread(taken).items()}
    return {"how": name, "notes": n, **spread, "tokens_a_note": round(per_note, 2)}


def _spread(seconds: list[float]) -> dict[str, float]:
    """Return median, 99th percentile and the longest, in milliseconds."""
    ms = 1000 * np.array(seconds)
    return {
        "median_ms": round(float(np.median(ms)), 3),
        "p99_ms": round(float(np.quantile(ms, 0.99)), 3),
        "most_ms": round(float(ms.max()), 3),
    }


def _resident_mb() -> float:
    """Return what the process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def tell(rows: list[dict[str, Any]]) -> str:
    """Return the table for people, and whether the target is met."""
    lines = [f"{'':12}{'median ms':>10}{'p99 ms':>9}{'longest':>9}{'state':>12}{'memory':>22}"]
    for row in rows:
        state = f"{row['state_bytes'][1]:,} B" if "state_bytes" in row else ""
        memory = f"{row['grown_mb']:+.2f} MB in {row['endless']:,}" if "endless" in row else ""
        lines.append(
            f"{row['how']:12}{row['median_ms']:10.2f}{row['p99_ms']:9.2f}{row['most_ms']:9.2f}"
            f"{state:>12}{memory:>22}"
        )
    players = [row for row in rows if "state_bytes" in row]
    late = [row["how"] for row in players if row["p99_ms"] >= TARGET_MS]
    fat = [row["how"] for row in players if row["state_bytes"][0] != row["state_bytes"][1]]
    lines.append(
        f"under {TARGET_MS:.0f} ms at p99: {'not ' + ', '.join(late) if late else 'all'}; states that grew: "
        f"{', '.join(fat) or 'none'}; Notochord publishes {NOTOCHORD_MS:.0f} ms"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
