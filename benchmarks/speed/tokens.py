"""How fast are scores turned into grids and ids, beside miditok, on the same MIDI bytes?

``python benchmarks/speed/tokens.py [FILES...]``: without files, four pieces are made from a fixed seed.
Reading the file is left out for both (see midi.py). miditok (REMI, one stream for all parts) is
measured where it is installed; it is no dependency of Motet. Times are those of one thread's
processor, so that a busy machine does not change them much. The last line is JSON for machines.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import tempfile
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rates import make_piece, read_commit, read_versions, tell_rates

from motet.io import read_midi
from motet.tokens import decode, encode, score_to_grid, window

__all__ = ["main"]


def with_miditok(pieces: list[bytes]) -> Callable[[], Any] | None:
    """Return an action that tokenises the same files by miditok, None where it is missing."""
    if find_spec("miditok") is None:
        return None
    import miditok
    import symusic

    tokenizer = miditok.REMI(
        miditok.TokenizerConfig(use_programs=True, use_time_signatures=True, use_tempos=True)
    )
    scores = []
    for data in pieces:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.mid"
            path.write_bytes(data)
            scores.append(symusic.Score(str(path)))
    return lambda: [tokenizer(score) for score in scores]


def main() -> None:
    """Print the table and the line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--bars", type=int, default=16, help="bars of a window")
    wish = parser.parse_args()
    pieces = [path.read_bytes() for path in wish.files] or [
        make_piece(count, seed=count) for count in (400, 2000, 8000, 20000)
    ]
    scores = [read_midi(data).score for data in pieces]
    grids = [score_to_grid(score).grid for score in scores]
    windows = [
        window(grid, start, min(grid.n_bars, start + wish.bars))
        for grid in grids
        for start in range(0, grid.n_bars, wish.bars)
    ]
    ids = [encode(grid) for grid in grids]
    n_notes = sum(grid.n_notes for grid in grids)

    def to_grids() -> None:
        for score in scores:
            score_to_grid(replace(score))  # a copy has laid no bars yet

    actions: dict[str, Callable[[], Any] | None] = {
        "score_to_grid": to_grids,
        "encode whole": lambda: [encode(grid) for grid in grids],
        "encode windows": lambda: [encode(one) for one in windows],
        "decode": lambda: [decode(one) for one in ids],
        "miditok": with_miditok(pieces),
    }
    names = ("motet", "numpy", "miditok", "symusic")
    result: dict[str, Any] = {
        "question": "token speed",
        "machine": platform.processor() or platform.machine(),
        "versions": read_versions(names),
        "commit": read_commit(),
        "seed": "size of each piece",
        "files": len(pieces),
        "n": n_notes,
        "windows": len(windows),
        "tokens_per_note": round(sum(map(len, ids)) / n_notes, 3),
        "load": round(os.getloadavg()[0], 1),
        "repeats": wish.repeats,
    }
    print(f"{len(pieces)} files, {n_notes:,} notes, {len(windows)} windows of {wish.bars} bars")
    result |= tell_rates(actions, n_notes=n_notes, repeats=wish.repeats)
    calls = result["encode windows"]["median_s"] / len(windows)
    print(f"{1e3 * calls:.3f} ms a window of {n_notes / len(windows):.0f} notes")
    result["window_ms"] = 1e3 * calls
    result["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
