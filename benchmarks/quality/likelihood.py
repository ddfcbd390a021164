"""Question: how much better than counting does the model foretell music that it never saw?

Nats a note on windows of held-out pieces, the tokens of the notes alone, by style: a unigram, Markov chains
of order 2 and 3 with interpolation counted on the training split, and the model. And the notes of a hole in
the middle, foretold from what is left of them only and from both sides. The styles in which the model is
not 20 % below the best chain are named.

Needs torch, a built corpus and a weights file. Prints tables and one JSON line.

Run: ``python benchmarks/quality/likelihood.py --shards FOLDER --weights FILE --write``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections import Counter

from quality_page import make_table, read_commit, write_section

from motet.corpus import open_shards
from motet.tokens.vocab import STYLES
from motet.train.judge import Verdict, judge_weights
from motet.train.valid import build_valid

WANTED_GAIN = 0.20
MODEL = "model"


def count_windows(options: argparse.Namespace) -> Counter[str]:
    """Return how many windows of each style are judged."""
    valid = build_valid(
        open_shards(options.shards, options.split),
        context=options.context,
        n_windows=options.windows,
    )
    styles = valid.styles[valid.side == 0].tolist()
    return Counter(STYLES[one] if 0 <= one < len(STYLES) else "unknown" for one in styles)


def list_styles(verdict: Verdict, windows: Counter[str]) -> tuple[list[tuple[str, ...]], list[str]]:
    """Return the lines of the table by style, and the styles without the wanted gain."""
    names = list(verdict.rows)
    lines, short = [], []
    for style in sorted(verdict.rows[names[0]].by_style):
        cells = [f"{verdict.rows[name].by_style[style]:.2f}" for name in names]
        gain = verdict.gain_by_style.get(style)
        if gain is not None:
            cells.append(f"{gain:.0%}")
            if gain < WANTED_GAIN:
                short.append(style)
        lines.append((style, str(windows[style]), *cells))
    cells = [f"{verdict.rows[name].nats_per_note:.2f}" for name in names]
    if MODEL in verdict.rows:
        cells.append(f"{verdict.gain:.0%}")
    lines.append(("all", str(sum(windows.values())), *cells))
    return lines, short


def list_infill(verdict: Verdict) -> list[tuple[str, ...]]:
    """Return the lines of the table of holes."""
    return [
        (
            name,
            f"{one.infill_left:.2f}",
            f"{one.infill_both:.2f}",
            f"{1 - one.infill_both / one.infill_left:.0%}",
        )
        for name, one in verdict.rows.items()
    ]


def tell_exceptions(verdict: Verdict, short: list[str]) -> str:
    """Return in one sentence where the model is not 20 % below the best chain."""
    n_styles = len(verdict.gain_by_style)
    if not n_styles:
        return "No weights were given: the chains alone."
    if not short:
        return f"The model is at least 20 % below the best chain in all {n_styles} styles."
    return (
        f"The model is at least 20 % below the best chain in {n_styles - len(short)} of {n_styles} "
        f"styles; the exceptions are {', '.join(short)}."
    )


def print_table(head: tuple[str, ...], lines: list[tuple[str, ...]]) -> None:
    """Print lines in columns."""
    for line in (head, *lines):
        print(f"{line[0]:20}" + "".join(f"{cell:>14}" for cell in line[1:]))
    print()


def main() -> None:
    """Print the tables and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", default=os.environ.get("MOTET_SHARDS", ""))
    parser.add_argument("--weights", default="", help="weights file; without it the chains alone")
    parser.add_argument("--split", default="test", choices=("valid", "test"))
    parser.add_argument("--windows", type=int, default=384)
    parser.add_argument("--context", type=int, default=768)
    parser.add_argument("--max-tokens", type=int, default=8_000_000, help="that chains count")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="into docs/quality.md")
    options = parser.parse_args()
    started_s = time.perf_counter()
    verdict = judge_weights(
        options.weights or None,
        options.shards,
        context=options.context,
        n_windows=options.windows,
        split=options.split,
        max_tokens=options.max_tokens,
        threads=options.threads,
    )
    windows = count_windows(options)
    lines, short = list_styles(verdict, windows)
    gain = ("below the best chain",) if MODEL in verdict.rows else ()
    head = ("style", "windows", *verdict.rows, *gain)
    holes = list_infill(verdict)
    hole_head = ("notes of a hole", "left side", "both sides", "gained")
    said = tell_exceptions(verdict, short)
    print_table(head, lines)
    print_table(hole_head, holes)
    print(said)
    if options.write:
        text = f"Nats a note, split `{options.split}`. {said}\n\n{make_table(head, lines)}\n\n"
        write_section("likelihood", text + make_table(hole_head, holes))
    print(
        json.dumps(
            {
                "question": "likelihood",
                "machine": platform.machine(),
                "commit": read_commit(),
                "split": options.split,
                "windows": dict(windows),
                "seconds": round(time.perf_counter() - started_s, 1),
                "exceptions": short,
                **verdict.to_dict(),
            }
        )
    )


if __name__ == "__main__":
    main()
