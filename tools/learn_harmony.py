"""Count what follows what in harmony: writes habits.json and roots.json in src/motet/tasks/harmonise.

    python tools/learn_harmony.py --shards FOLDER

Only the training split of the corpus is read, and of it only music by people whose licence is free
(what Motet's arranger made is left out). Chords are relative to the tonic; ten kinds are told apart.
Two kinds of music: "song" (lead sheets, whose chords people wrote) and "art" (everything else, whose chords
were read off the notes). Melody tones are counted over the lead sheets alone.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from motet.corpus.shards import open_shards
from motet.tasks.harmonise.context import describe_context
from motet.tasks.harmonise.kind import KINDS, kind_of
from motet.tasks.harmony import read_harmony
from motet.theory.scale import Key, key_from_signature
from motet.tokens.layout import MODE_TONICS, NO_KEY
from motet.tokens.restore import grid_to_score
from motet.tokens.vocab import CHORD_QUALITIES, MODES, POSITIONS_PER_QN

TARGET = Path(__file__).parent.parent / "src/motet/tasks/harmonise/habits.json"
ROOTS = TARGET.with_name("roots.json")
DECAY = 1e-3
SONGS = {"openewld"}
LEFT_OUT = {"arranger", "groove-midi"}
SURE = 0.7
LEAST = 3
"""Pairs that occur less often than this (in art music) are noise of the reading."""


def read_states(grid: Any, tonic: int, *, least: float) -> list[tuple[int, int, int]]:
    """Return (bar, pos, state) of a piece's chords, relative to its tonic; -1 where unsure."""
    found = []
    for row in grid.chords:
        value = int(row["chord"])
        state = -1
        if value >= 0 and row["confidence"] >= least:
            root, quality = divmod(value, len(CHORD_QUALITIES))
            state = (root - tonic) % 12 * len(KINDS) + kind_of(CHORD_QUALITIES[quality])
        found.append((int(row["bar"]), int(row["pos"]), state))
    return found


def is_minor_song(grid: Any) -> bool:
    """Whether a lead sheet, whose signature never says minor, ends on the minor chord of its sixth."""
    value = int(grid.chords[-1]["chord"]) if len(grid.chords) else -1
    root, quality = divmod(value, len(CHORD_QUALITIES))
    return value >= 0 and root == 9 and CHORD_QUALITIES[quality] in ("min", "m7", "m6")


def hear_melody(
    grid: Any, tonic: int, chords: list[tuple[int, int, int]], tones: np.ndarray
) -> None:
    """Count the melody's tones above the root of each chord, strong and weak places apart."""
    starts = grid.bar_starts
    edges = [int(starts[bar]) + pos for bar, pos, _ in chords]
    notes = grid.notes[grid.notes["part"] == 0]
    onset = starts[notes["bar"]] + notes["pos"]
    where = np.searchsorted(edges, onset, side="right") - 1
    for at, note in zip(where, notes, strict=True):
        if at < 0 or chords[at][2] < 0:
            continue
        root, kind = divmod(chords[at][2], len(KINDS))
        is_strong = int(note["pos"]) % (2 * POSITIONS_PER_QN) == 0
        length = min(int(note["dur"]), 4 * POSITIONS_PER_QN) / POSITIONS_PER_QN
        tones[int(is_strong), kind, (int(note["pitch"]) - tonic - root) % 12] += length


def learn_roots(songs: list[tuple[Any, Key]]) -> np.ndarray:
    """Return the weights of a softmax regression from a half bar's context to people's root."""
    inputs, labels = [], []
    for score, key in songs:
        inputs.append(describe_context(score, score.parts[0], key))
        held = [one for one in read_harmony(score) if one.chord.root]
        for bar in score.bars:
            middle = (bar.start_tick + bar.end_tick) // 2
            for start, end in ((bar.start_tick, middle), (middle, bar.end_tick)):
                time = np.zeros(12)
                for one in held:
                    both = min(one.end_tick, end) - max(one.start_tick, start)
                    time[(one.chord.root_pc - key.tonic_pc) % 12] += max(0, both)
                labels.append(int(time.argmax()) if time.any() else -1)
    x, y = np.concatenate(inputs), np.array(labels)
    x, y = x[y >= 0], y[y >= 0]
    wanted = np.eye(12)[y]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(-1, 12)
        values = x @ w
        values -= values.max(axis=1, keepdims=True)
        total = np.log(np.exp(values).sum(axis=1))
        p = np.exp(values - total[:, None])
        found = (total - (values * wanted).sum(axis=1)).mean() + DECAY * (w**2).sum()
        return float(found), (x.T @ (p - wanted) / len(x) + 2 * DECAY * w).ravel()

    start = np.zeros(x.shape[1] * 12)
    done = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return np.asarray(done.x).reshape(-1, 12)


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True)
    shards = open_shards(parser.parse_args().shards, "train")
    pairs: dict[tuple[str, str], Counter[tuple[int, int]]] = {
        (kind, mode): Counter() for kind in ("song", "art") for mode in ("major", "minor")
    }
    begin = {name: Counter[int]() for name in pairs}
    end = {name: Counter[int]() for name in pairs}
    tones = np.zeros((2, len(KINDS), 12))
    n_pieces = Counter[str]()
    songs: list[tuple[Any, Key]] = []
    for k in range(len(shards)):
        source = shards.sources[int(shards.pieces["source"][k])]
        if source in LEFT_OUT or int(shards.pieces["key"][k]) == NO_KEY:
            continue
        grid = shards[k]
        mode = MODES[grid.key % 7]
        if mode not in ("major", "minor"):
            continue
        kind = "song" if source in SONGS else "art"
        if kind == "song" and is_minor_song(grid):
            mode = "minor"
        tonic = MODE_TONICS[MODES.index(mode)]
        chords = read_states(grid, tonic, least=SURE)
        states = [state for _, _, state in chords]
        changes = [s for i, s in enumerate(states) if i == 0 or s != states[i - 1]]
        name = (kind, mode)
        n_pieces[f"{kind} {mode}"] += 1
        for a, b in itertools.pairwise(changes):
            if a >= 0 and b >= 0:
                pairs[name][a, b] += 1
        if changes and changes[0] >= 0:
            begin[name][changes[0]] += 1
        if changes and changes[-1] >= 0:
            end[name][changes[-1]] += 1
        if kind == "song":
            score = grid_to_score(grid)
            if mode == "major" and score.chords and score.keys:
                songs.append((score, key_from_signature(score.keys[0].fifths, "major")))
            hear_melody(grid, tonic, chords, tones)
    facts = {
        "kinds": list(KINDS),
        "pieces": dict(sorted(n_pieces.items())),
        "tones": np.round(tones, 1).tolist(),
    }
    for kind, mode in pairs:
        least = LEAST if kind == "art" else 1
        name = (kind, mode)
        facts[f"{kind} {mode}"] = {
            "pairs": [[a, b, n] for (a, b), n in sorted(pairs[name].items()) if n >= least],
            "begin": [[a, n] for a, n in sorted(begin[name].items()) if n >= least],
            "end": [[a, n] for a, n in sorted(end[name].items()) if n >= least],
        }
    text = json.dumps(facts, separators=(",", ":"))
    TARGET.write_text(text.replace('"song ', '\n"song ').replace('"art ', '\n"art ') + "\n")
    weights = np.round(learn_roots(songs), 3).tolist()
    ROOTS.write_text(json.dumps({"weights": weights}, separators=(",", ":")) + "\n")
    print(f"{TARGET.name}: {len(text) / 1000:.0f} kB, {dict(n_pieces)}")


if __name__ == "__main__":
    main()
