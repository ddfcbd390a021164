"""Question: does infilling leave every other note as it was, and is what it writes better than a copy?

Bars 5 to 8 of held-out corpus pieces are written anew by `motet.infill`. Every note that begins elsewhere,
and everything that is no note, must be identical. The written bars stand beside the composer's own and
beside the cheapest rival, a copy of the four bars before:

- nats_a_note: how unlikely the model finds the bars, both sides known (bundle's own logits);
- rhythm_match, pitch_match: onsets, and onsets with their pitch, shared with the composer's bars (F1);
- likeness: how much of a bar the most alike of the bars 1 to 4 has (Jaccard): a copy has all;
- seam_semi: mean size of the melodic step into the first written bar and out of the last;
- consonance and chord tones of the four bars.

Needs a built corpus and a bundle. Prints a table and one JSON line; exits 1 if anything else changed.

Run: ``python benchmarks/quality/infill.py --shards FOLDER --bundle small``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from dataclasses import fields, replace

import numpy as np
from composer_rows import pick_windows
from quality_page import make_table, read_commit, write_section

import motet
from motet.corpus import open_shards
from motet.engine.bundle import Bundle, load_bundle
from motet.engine.session import Session
from motet.errors import MotetError
from motet.evaluate import bar_likeness, chord_tone_share, consonance, pitched_notes
from motet.score import Score
from motet.tokens import GridScore, encode, grid_to_score, score_to_grid, sort_notes
from motet.tokens.vocab import FAMILIES

FIRST, LAST = 4, 8  # indices of the bars that are written, half-open
N_BARS = 16
PEOPLE, MODEL, COPY = "composer", "motet.infill", "copy of bars 1 to 4"
FIGURES = (
    "nats_a_note", "rhythm_match", "pitch_match", "likeness", "seam_semi", "consonance",
    "chord_tone_share", "notes",
)  # fmt: skip


def other_notes(score: Score) -> list[tuple[object, ...]]:
    """Return all notes that begin outside the written bars, with their parts."""
    start, end = score.bars[FIRST].start_tick, score.bars[LAST - 1].end_tick
    return [
        (k, note)
        for k, part in enumerate(score.parts)
        for note in part.notes
        if not start <= note.onset_tick < end
    ]


def changed(before: Score, after: Score) -> list[str]:
    """Return the names of what differs outside the written bars; empty as it should be."""
    wrong = [
        one.name
        for one in fields(Score)
        if one.name != "parts" and getattr(before, one.name) != getattr(after, one.name)
    ]
    if other_notes(before) != other_notes(after):
        wrong.append("notes")
    for one, two in zip(before.parts, after.parts, strict=True):
        if replace(one, notes=()) != replace(two, notes=()):
            wrong.append(f"part {one.name}")
    return wrong


def copy_bars(grid: GridScore) -> GridScore:
    """Return a grid whose bars 5 to 8 are those before, where they fit in length."""
    kept = grid.notes[(grid.notes["bar"] < FIRST) | (grid.notes["bar"] >= LAST)]
    copied = grid.notes[grid.notes["bar"] < FIRST].copy()
    copied["bar"] += FIRST
    copied = copied[copied["pos"] < grid.bars["length"][copied["bar"]]]
    return replace(grid, notes=sort_notes(np.concatenate((kept, copied))))


def nats_a_note(session: Session, grid: GridScore) -> float:
    """Return how unlikely the bundle finds the written bars, after both sides."""
    cells = [(bar, part) for bar in range(FIRST, LAST) for part in range(len(grid.parts))]
    ids = np.asarray(encode(grid, holes=cells), dtype=np.int32)
    start = int(np.flatnonzero(ids == FAMILIES["FILL"].start)[0])
    if len(ids) > session.max_length:
        return float("nan")
    logits, total = session.prefill(ids[: start + 1])[0], 0.0
    first, end = FAMILIES["POSX"].start, FAMILIES["DRUM"].end
    for token in ids[start + 1 :]:
        if first <= token < end or token == FAMILIES["EOH"].start:
            total += float(np.logaddexp.reduce(logits) - logits[token])
        logits = session.step(np.array([token], dtype=np.int32))[0]
    inside = (grid.notes["bar"] >= FIRST) & (grid.notes["bar"] < LAST)
    return total / max(1, int(inside.sum()))


def events(grid: GridScore, *, pitch: bool) -> set[tuple[int, ...]]:
    """Return the onsets of the written bars, with or without their pitch."""
    rows = grid.notes[(grid.notes["bar"] >= FIRST) & (grid.notes["bar"] < LAST)]
    names = ["bar", "part", "pos", "pitch"] if pitch else ["bar", "part", "pos"]
    return set(rows[names].tolist())


def match(one: set[tuple[int, ...]], other: set[tuple[int, ...]]) -> float:
    """Return F1 of two sets of events."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else float("nan")


def cut_score(grid: GridScore) -> Score:
    """Return a score of the written bars alone, in their places."""
    inside = (grid.notes["bar"] >= FIRST) & (grid.notes["bar"] < LAST)
    return grid_to_score(replace(grid, notes=grid.notes[inside]))


def seam_semi(grid: GridScore) -> float:
    """Return the mean step of the parts' highest lines over the two seams."""
    table = pitched_notes(grid_to_score(grid))
    steps = []
    for k in np.unique(table["part"]):
        rows = table[table["part"] == k]
        for seam in (FIRST, LAST):
            before, after = rows[rows["bar"] < seam], rows[rows["bar"] >= seam]
            if len(before) and len(after):
                last = before["pitch"][before["onset_tick"] == before["onset_tick"].max()].max()
                first = after["pitch"][after["onset_tick"] == after["onset_tick"].min()].max()
                steps.append(abs(int(first) - int(last)))
    return float(np.mean(steps)) if steps else float("nan")


def measure(session: Session, grid: GridScore, original: GridScore) -> dict[str, float]:
    """Return the figures of the written bars."""
    inside = cut_score(grid)
    alike = bar_likeness(grid_to_score(grid))[FIRST:LAST, :FIRST]
    best = np.where(np.isnan(alike), -1.0, alike).max(axis=1)
    return {
        "nats_a_note": nats_a_note(session, grid),
        "rhythm_match": match(events(grid, pitch=False), events(original, pitch=False)),
        "pitch_match": match(events(grid, pitch=True), events(original, pitch=True)),
        "likeness": float(best[best >= 0].mean()) if (best >= 0).any() else float("nan"),
        "seam_semi": seam_semi(grid),
        "consonance": consonance(inside),
        "chord_tone_share": chord_tone_share(inside),
        "notes": float(inside.n_notes),
    }


def run_piece(
    bundle: Bundle, session: Session, grid: GridScore, seed: int, candidates: int
) -> tuple[dict[str, dict[str, float]], list[str]]:
    """Return the figures of each row for one piece, and what changed that should not."""
    score = grid_to_score(grid)
    bars = f"{score.bars[FIRST].number}-{score.bars[LAST - 1].number}"  # a pickup is bar 0
    made = motet.infill(score, bars=bars, bundle=bundle, seed=seed, candidates=candidates)
    wrong = changed(score, made.score)
    fresh = score_to_grid(made.score, merge_keyboard=False).grid
    fresh = replace(grid, notes=_align(fresh, grid))
    rows = {}
    for name, one in ((PEOPLE, grid), (MODEL, fresh), (COPY, copy_bars(grid))):
        session.rewind(0)
        rows[name] = measure(session, one, grid)
    return rows, wrong


def _align(made: GridScore, like: GridScore) -> np.ndarray:
    """Return the notes of a grid in the key and parts of another."""
    place = np.array([part.slot for part in made.parts])  # index in the score, as in `like`
    notes = made.notes.copy()
    drums = np.array([part.is_drums for part in made.parts])[notes["part"]]
    notes["pitch"] += np.where(drums, 0, like.shift_semi - made.shift_semi).astype(np.int16)
    notes["part"] = place[notes["part"]]
    return sort_notes(notes)


def mean(values: list[float]) -> float:
    """Return the mean of what is defined."""
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")


def main() -> None:
    """Print the table and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", default=os.environ.get("MOTET_SHARDS", ""))
    parser.add_argument("--bundle", default="small")
    parser.add_argument("--n", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--candidates", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="into docs/quality.md")
    options = parser.parse_args()
    bundle = load_bundle(options.bundle)
    session = Session(bundle, n_rows=1, max_length=4096)
    rng = np.random.default_rng(options.seed)
    pieces = pick_windows(open_shards(options.shards, "test"), n=options.n, n_bars=N_BARS, rng=rng)
    found: dict[str, list[dict[str, float]]] = {PEOPLE: [], MODEL: [], COPY: []}
    wrong, refused, n_kept = [], [], 0
    started_s = time.perf_counter()
    for turn, grid in enumerate(pieces):
        try:
            rows, changes = run_piece(bundle, session, grid, turn, options.candidates)
        except MotetError as error:
            refused.append(f"piece {turn}: {error.en}")
            continue
        wrong += [f"piece {turn}: {name}" for name in changes]
        n_kept += int(((grid.notes["bar"] < FIRST) | (grid.notes["bar"] >= LAST)).sum())
        for name, row in rows.items():
            found[name].append(row)
    table = {
        name: {one: mean([row[one] for row in rows]) for one in FIGURES}
        for name, rows in found.items()
    }
    n_done = len(found[MODEL])
    print(f"{n_done} pieces, bars 5 to 8 written anew, {n_kept:,} other notes: ", end="")
    print("all identical" if not wrong else "CHANGED: " + "; ".join(wrong))
    for line in refused:
        print(f"refused: {line}")
    print(f"{'':20}" + "".join(f"{name:>22}" for name in table))
    lines = [(one, *(f"{table[name][one]:.3f}" for name in table)) for one in FIGURES]
    for line in lines:
        print(f"{line[0]:20}" + "".join(f"{cell:>22}" for cell in line[1:]))
    if options.write:
        said = "all identical" if not wrong else "CHANGED"
        head = (
            f"Bars 5 to 8 of {n_done} held-out pieces of {N_BARS} bars, written anew by "
            f"`motet.infill`; {n_kept:,} other notes: {said}."
        )
        write_section("infill", f"{head}\n\n" + make_table(("", *table), lines))
    print(
        json.dumps(
            {
                "question": "infill",
                "machine": platform.machine(),
                "commit": read_commit(),
                "bundle": bundle.name,
                "pieces": n_done,
                "other_notes": n_kept,
                "changed": wrong,
                "refused": refused,
                "seconds": round(time.perf_counter() - started_s, 1),
                "rows": table,
            }
        )
    )
    if wrong:
        sys.exit(1)


if __name__ == "__main__":
    main()
