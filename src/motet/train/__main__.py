"""Run by ``python -m motet.train``."""

from __future__ import annotations

import sys

from motet.train.command import run_command

__all__: list[str] = []

if __name__ == "__main__":
    raise SystemExit(run_command(sys.argv[1:]))
