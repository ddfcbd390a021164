"""Question: what should a chord's confidence be? Prints the weights of `motet.analysis.confidence`.

A logistic curve over the features of each chord, fitted on the even half of the OpenEWLD lead sheets
that are free everywhere: the bare melody, and the song as Motet's arranger plays it in each style,
whole and with parts left out; the chord symbols are the truth. Every kind of texture counts alike.

Needs the corpus at MOTET_CORPUS (default ``../shared/corpus``). Run: ``python
benchmarks/quality/harmony_fit.py [--pieces 60]``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from harmony_corpus import Corpus
from harmony_truth import Label, labels_of_symbols

import motet
from motet.analysis.chord_model import (
    STATE_QUALITIES,
    decode_chords,
    score_cells,
    score_keys,
    triad_of,
)
from motet.analysis.confidence import measure_span
from motet.analysis.evidence import gather_evidence
from motet.analysis.modulation import keys_of_grid
from motet.errors import MotetError
from motet.score import Part, Score

TEXTURES: dict[str, Callable[[Part], bool]] = {
    "arranged": lambda part: part.role != "none",
    "arranged, no bass": lambda part: part.role != "bass",
    "arranged, melody and bass": lambda part: part.role in ("melody", "bass", "drums"),
    "arranged, comping": lambda part: part.role not in ("melody", "bass"),
}


def rows_of(score: Score, labels: tuple[Label, ...]) -> list[tuple[np.ndarray, bool]]:
    """Return features and whether root and triad are right, a row a beat."""
    grid = gather_evidence(score)
    if not grid.weights.any():
        return []
    prior, foreign = score_keys(list(keys_of_grid(score, grid)[0]))
    decoding = decode_chords(score_cells(grid, foreign), prior, grid.level)
    middle = (grid.start_tick + grid.end_tick) // 2
    rows = []
    first = 0
    for t in range(1, len(middle) + 1):
        if t < len(middle) and decoding.states[t] == decoding.states[first]:
            continue
        if grid.weights[first:t].any():
            features = measure_span(grid, decoding, slice(first, t)).row()
            state = int(decoding.states[first])
            found = (state % 12, triad_of(STATE_QUALITIES[state // 12]))
            for tick in middle[first:t]:
                truth = next(((r, triad_of(q)) for a, b, r, q in labels if a <= tick < b), None)
                if truth is not None:
                    rows.append((features, found == truth))
        first = t
    return rows


def fit_curve(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic curve, by Newton's method with a small ridge."""
    found = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ found))
        slope = x.T @ (weight * (y - p)) - found
        bend = (x * (weight * p * (1 - p))[:, None]).T @ x + np.eye(len(found))
        found += np.linalg.solve(bend, slope)
    return found


def main() -> None:
    """Print what was learned from how many beats, and the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pieces", type=int, default=60)
    options = parser.parse_args()
    names = [style.name for style in motet.styles()]
    found: dict[str, list[tuple[np.ndarray, bool]]] = {"melody": []}
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder), "even", options.pieces)
        for k, piece in enumerate(corpus.openewld()):
            found["melody"] += rows_of(piece.score, piece.chords)
            try:
                arranged = motet.arrange(piece.score, style=names[k % len(names)], seed=k).score
            except MotetError:
                continue
            labels = labels_of_symbols(arranged)
            for name, keeps in TEXTURES.items():
                parts = [part for part in arranged.parts if keeps(part)]
                found.setdefault(name, []).extend(rows_of(arranged.with_parts(*parts), labels))
    x = np.array([features for rows in found.values() for features, _ in rows])
    y = np.array([right for rows in found.values() for _, right in rows], dtype=float)
    weight = np.concatenate(
        [np.full(len(rows), 3000 / len(rows)) for rows in found.values() if rows]
    )
    weights = fit_curve(x, y, weight)
    for name, rows in found.items():
        print(f"{name:28}{len(rows):7d} beats, right {np.mean([right for _, right in rows]):.3f}")
    print(tuple(round(float(one), 2) for one in weights))
    print(json.dumps({"question": "harmony_fit", "weights": weights.round(4).tolist()}))


if __name__ == "__main__":
    main()
