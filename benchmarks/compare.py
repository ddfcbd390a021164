"""Compares two benchmark results; exits 1 when a figure got worse by more than the noise.

Run: ``.venv/bin/python benchmarks/compare.py old.json new.json [--band 0.1]``. Each file's last
line that is a JSON object is read; it has ``figures``: name to ``{"median", "p95", "better"}``.
``better`` is ``"lower"`` (the default) or ``"higher"``. The noise band of a figure is the larger of
``--band`` (a fraction of the old median) and the old spread from median to p95.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

__all__ = ["compare", "main", "read_figures"]


def read_figures(path: Path) -> dict[str, dict[str, Any]]:
    """Return the figures of a result file.

    Raises
    ------
    SystemExit
        The file has no line that is a JSON object with ``figures``.
    """
    for line in reversed(path.read_text(encoding="utf-8").splitlines()):
        if line.startswith("{"):
            record = json.loads(line)
            if "figures" in record:
                figures: dict[str, dict[str, Any]] = record["figures"]
                return figures
    raise SystemExit(f"{path}: no JSON line with figures; write one with the benchmark itself")


def compare(
    old: dict[str, dict[str, Any]], new: dict[str, dict[str, Any]], *, band: float
) -> list[tuple[str, float, float, float, str]]:
    """Return one row a figure: name, old, new, noise, and same, better, worse or missing.

    Examples
    --------
    >>> compare({"a": {"median": 1.0}}, {"a": {"median": 1.5}}, band=0.1)
    [('a', 1.0, 1.5, 0.1, 'worse')]
    """
    rows = []
    for name, before in old.items():
        was = float(before["median"])
        noise = max(abs(was) * band, abs(float(before.get("p95", was)) - was))
        if name not in new:
            rows.append((name, was, float("nan"), noise, "missing"))
            continue
        now = float(new[name]["median"])
        gain = now - was if before.get("better", "lower") == "higher" else was - now
        verdict = "same" if abs(gain) <= noise else "better" if gain > 0 else "worse"
        rows.append((name, was, now, noise, verdict))
    return rows


def main(args: list[str]) -> int:
    """Print the table; return 1 when a figure is worse or missing."""
    parser = argparse.ArgumentParser(description="Compare two benchmark results.")
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--band", type=float, default=0.1, help="fraction, default 0.1")
    options = parser.parse_args(args)
    rows = compare(read_figures(options.old), read_figures(options.new), band=options.band)
    print(f"{'figure':<24}{'old':>12}{'new':>12}{'noise':>12}")
    for name, was, now, noise, verdict in rows:
        print(f"{name:<24}{was:>12.4g}{now:>12.4g}{noise:>12.2g}  {verdict}")
    return int(any(verdict in {"worse", "missing"} for *_, verdict in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
