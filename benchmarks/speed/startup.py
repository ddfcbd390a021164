"""How quickly does Motet start, and how much disk does it take once installed?

Run: ``.venv/bin/python benchmarks/speed/startup.py``. Ceilings: ``import motet`` 0.1 s above an
empty interpreter, ``motet --help`` 0.5 s, installed size 450 MB (Motet and what it requires, no
test tools).
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib import metadata, resources
from pathlib import Path

__all__ = ["installed_mb", "measure_s", "required_packages"]

REPEATS = 15
LIMITS = {"import_s": 0.1, "help_s": 0.5, "installed_mb": 450.0}


def measure_s(code: list[str]) -> list[float]:
    """Return the seconds that each of several runs of a Python command took, the first left out."""
    spent = []
    for _ in range(REPEATS + 1):
        began = time.perf_counter()
        subprocess.run([sys.executable, *code], check=True, capture_output=True)
        spent.append(time.perf_counter() - began)
    return spent[1:]


def required_packages(root: str = "motet") -> list[str]:
    """Return the installed packages that a package needs, itself first, extras left out."""
    from packaging.requirements import Requirement

    found, todo = [], [root]
    while todo:
        name = todo.pop(0)
        if name.lower() in [one.lower() for one in found]:
            continue
        try:
            lines = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        found.append(name)
        for line in lines:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                todo.append(requirement.name)
    return found


def installed_mb(name: str) -> float:
    """Return the megabytes that an installed package takes on disk."""
    if name == "motet":
        files = [path for path in Path(str(resources.files("motet"))).rglob("*") if path.is_file()]
    else:
        listed = metadata.files(name) or []
        files = [Path(str(path.locate())) for path in listed]
    return sum(path.stat().st_size for path in files if path.is_file()) / 1e6


def main() -> int:
    """Print a table and one JSON line; return 1 when a ceiling is passed."""
    empty = measure_s(["-c", "pass"])
    loaded = measure_s(["-c", "import motet"])
    pages = measure_s(["-m", "motet.cli.main", "--help"])
    sizes = {name: installed_mb(name) for name in required_packages()}
    figures = {
        "import_s": max(0.0, statistics.median(loaded) - statistics.median(empty)),
        "help_s": statistics.median(pages),
        "installed_mb": sum(sizes.values()),
    }
    spread = {"import_s": loaded, "help_s": pages}
    print(f"{'figure':<16}{'median':>10}{'p95':>10}{'ceiling':>10}")
    rows = {}
    for name, value in figures.items():
        runs = sorted(spread.get(name, [value]))
        p95 = runs[min(len(runs) - 1, round(0.95 * len(runs)))]
        rows[name] = {"median": round(value, 4), "p95": round(p95, 4), "limit": LIMITS[name]}
        print(f"{name:<16}{value:>10.3f}{p95:>10.3f}{LIMITS[name]:>10.3f}")
    largest = sorted(sizes.items(), key=lambda item: -item[1])[:6]
    print("largest: " + ", ".join(f"{name} {size:.0f} MB" for name, size in largest))
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    record = {
        "benchmark": "startup",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "versions": {"python": platform.python_version(), "motet": metadata.version("motet")},
        "commit": commit.stdout.strip(),
        "n": REPEATS,
        "figures": rows,
    }
    print(json.dumps(record))
    return int(any(value > LIMITS[name] for name, value in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
