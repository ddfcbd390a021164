"""Question: how often does the analysis find metre, form, melody, voices and feel that are known?

Tables: pickup and metre (converted MIDI against the bar lines of its kern or MusicXML original), form
(forms that the arranger was asked for; kern repeats played out), melody part (OpenScore Lieder, quartets,
POP909), voices (JSB chorales and quartets merged to one staff), feel (Groove MIDI, the arranger),
difficulty (only its order). Each has a baseline. What was fitted was fitted on other pieces of the
``clean`` class; nothing was fitted on the ``evaluate`` class. Needs the corpus at MOTET_CORPUS.

The file is over 400 lines because each table is short and they share their printing.

Run: ``python benchmarks/quality/structure.py [TABLE ...] [--every N]``.
"""

from __future__ import annotations

import argparse
import itertools
import json
import platform
import re
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from structure_data import bar_truths, chorales, repeated_scores, unpack

import motet
from motet.analysis.difficulty import estimate_difficulty
from motet.analysis.feel import estimate_feel
from motet.analysis.melody import estimate_melody, melody_features
from motet.analysis.metre import CANDIDATES, estimate_metre
from motet.analysis.sections import find_sections
from motet.analysis.voices import separate_voices
from motet.errors import MotetError
from motet.io import read_midi
from motet.score import Note, Part, Score, scale_tempo

ROOT = Path(__file__).parents[2]
Rows = dict[str, dict[str, float]]
Labelled = tuple[Score, list[int], list[str]]


def metre_rows(every: int) -> Rows:
    """Return how often pickup and metre are found, on pieces held out from the fit."""
    plain = {"2/2": "4/4", "4/8": "2/4", "8/8": "4/4"}
    found: list[tuple[bool, bool, float, float, bool]] = []
    names: list[str] = []
    for truth in bar_truths(every):
        metre = plain.get(truth.metre, truth.metre)
        if not truth.is_held_out or metre not in CANDIDATES:
            continue
        try:
            score = read_midi(truth.path).score
        except MotetError:
            continue
        given, free = estimate_metre(score, metre=metre), estimate_metre(score)
        if given is None or free is None:
            continue
        is_hit = abs(given.pickup_qn - truth.pickup_qn) < 0.01
        found.append(
            (is_hit, truth.pickup_qn == 0, given.p_pickup, truth.pickup_qn, free.metre == metre)
        )
        names.append(metre)
    hit, is_full, p, _, is_metre = (np.array(column) for column in zip(*found, strict=True))
    sure = p >= 0.9
    most = Counter(names).most_common(1)[0][1] / len(names)
    return {
        "ours": {
            "pickup": hit.mean(), "where there is one": hit[~is_full].mean(),
            "where there is none": hit[is_full].mean(), "sure": sure.mean(),
            "right when sure": hit[sure].mean(), "right when not": hit[~sure].mean(),
            "metre": is_metre.mean(), "n": len(hit),
        },
        "no pickup, most frequent metre": {
            "pickup": is_full.mean(), "where there is one": 0.0, "where there is none": 1.0,
            "sure": float("nan"), "right when sure": float("nan"), "right when not": float("nan"),
            "metre": most, "n": len(hit),
        },
    }  # fmt: skip


def _asked_forms(n: int) -> list[Labelled]:
    """Return arrangements of random forms whose sections are rarely 8 bars long."""
    out = []
    names = [style.name for style in motet.styles()]
    for seed in range(n):
        rng = np.random.default_rng(seed)
        a, b, c = (int(one) for one in rng.choice([6, 8, 8, 10, 12, 16], size=3))
        forms = (
            f"intro4 A{a} A{a} B{b} A{a} outro4", f"A{a} B{b} A{a} B{b} solo{c} B{b}",
            f"intro4 A{a} chorus{b} A{a} chorus{b} bridge{c} chorus{b}", f"A{a} A{a} B{b} B{b} A{a}",
        )  # fmt: skip
        style = names[int(rng.integers(len(names)))]
        piece = motet.arrange(style=style, form=str(rng.choice(forms)), seed=seed)
        sections = piece.facts()["sections"]
        kinds = [re.sub(r"[\d' ]+$", "", one["label"].lower()) for one in sections]
        out.append((piece.score, [one["first_bar"] - 1 for one in sections], kinds))
    return out


def _form_figures(
    pieces: list[Labelled], guess: Callable[[Score], tuple[list[int], list[str]]]
) -> dict[str, float]:
    figures = []
    for score, starts, labels in pieces:
        found_starts, found_labels = guess(score)
        n = score.n_bars
        figures.append(
            (
                _boundary_f(starts, found_starts, 0),
                _boundary_f(starts, found_starts, 1),
                _pair_f(_by_bar(starts, labels, n), _by_bar(found_starts, found_labels, n)),
            )
        )
    mean = np.mean(figures, axis=0)
    return {
        "boundary F": mean[0],
        "within a bar": mean[1],
        "same-label F": mean[2],
        "n": len(figures),
    }


def _boundary_f(truth: list[int], found: list[int], slack: int) -> float:
    a, b = [one for one in truth if one > 0], [one for one in found if one > 0]
    if not a or not b:
        return float(not a and not b)
    recall = np.mean([any(abs(x - y) <= slack for y in b) for x in a])
    precision = np.mean([any(abs(x - y) <= slack for x in a) for y in b])
    return float(2 * recall * precision / max(1e-9, recall + precision))


def _by_bar(starts: list[int], labels: list[str], n: int) -> list[str]:
    ends = [*starts[1:], n]
    return [name for a, b, name in zip(starts, ends, labels, strict=True) for _ in range(b - a)]


def _pair_f(truth: list[str], found: list[str]) -> float:
    n = min(len(truth), len(found))
    a, b = np.array(truth[:n]), np.array(found[:n])
    upper = np.triu_indices(n, 1)
    same_a, same_b = (a[:, None] == a)[upper], (b[:, None] == b)[upper]
    both = float((same_a & same_b).sum())
    return 2 * both / max(1.0, float(same_a.sum() + same_b.sum()))


def _ours(score: Score) -> tuple[list[int], list[str]]:
    found = find_sections(score)
    return [one.start_bar for one in found], [one.label[0] for one in found]


def _every_8(score: Score) -> tuple[list[int], list[str]]:
    starts = list(range(0, score.n_bars, 8))
    return starts, [str(k) for k in range(len(starts))]


def _one_label(score: Score) -> tuple[list[int], list[str]]:
    starts = list(range(0, score.n_bars, 8))
    return starts, ["A"] * len(starts)


def section_rows(every: int) -> Rows:
    """Return how well sections are found, on asked-for forms and on played-out repeats."""
    rows: Rows = {}
    for name, pieces in (
        ("arranger", _asked_forms(30 // every)),
        ("kern repeats", list(repeated_scores(60 // every))),
    ):
        if pieces:
            rows[f"{name}: ours"] = _form_figures(pieces, _ours)
            rows[f"{name}: every 8 bars, all new"] = _form_figures(pieces, _every_8)
            rows[f"{name}: every 8 bars, all A"] = _form_figures(pieces, _one_label)
    return rows


def melody_rows(every: int) -> Rows:
    """Return how often the melody part is found; names, roles and lyrics are hidden."""
    sets: dict[str, list[tuple[Score, int]]] = {"Lieder": [], "quartets": [], "POP909": []}
    folder = unpack("clean/openscore-midi") / "openscore-midi"
    for path in sorted((folder / "lieder").rglob("*.mid"))[1 :: 2 * every]:
        score = read_midi(path).score
        sung = [k for k, part in enumerate(score.parts) if part.lyrics]
        if len(sung) == 1 and len(score.parts) > 1:
            sets["Lieder"].append((score, sung[0]))
    for path in sorted((folder / "quartets").rglob("*.mid"))[1 :: 2 * every]:
        score = read_midi(path).score
        if len(score.parts) == 4:
            sets["quartets"].append((score, 0))
    for path in sorted(unpack("evaluate/pop909").rglob("*.mid"))[:: 4 * every]:
        score = read_midi(path).score
        names = [part.name for part in score.parts]
        if "MELODY" in names:
            sets["POP909"].append((score, names.index("MELODY")))
    rows: Rows = {
        "ours": {},
        "skyline (longest on top)": {},
        "highest mean pitch": {},
        "chance": {},
    }
    for name, pieces in sets.items():
        figures = []
        for score, truth in pieces:
            features = melody_features(score)
            ours = estimate_melody(score, use_words=False)
            figures.append(
                (
                    ours is not None and ours.part == truth,
                    np.nanargmax(features[:, 0]) == truth,
                    np.nanargmax(features[:, 2]) == truth,
                    1 / len(score.parts),
                )
            )
        for row, value in zip(rows.values(), np.mean(figures, axis=0), strict=True):
            row[f"{name} ({len(figures)})"] = float(value)
    return rows


def _merge(lines: Sequence[Sequence[Note]]) -> tuple[Part, list[int]]:
    rows = [(note, k + 1) for k, line in enumerate(lines) for note in line if note.duration_tick]
    rows.sort(key=lambda row: (row[0].onset_tick, 1, row[0].pitch, row[0].duration_tick))
    plain = tuple(replace(note, voice=1, staff=1, grace="") for note, _ in rows)
    return Part(notes=plain), [voice for _, voice in rows]


def _chorale_lines(piece: list[list[int]]) -> list[list[Note]]:
    lines: list[list[Note]] = []
    for voice in range(4):
        row = [int(step[voice]) for step in piece]
        now, line = 0, []
        for pitch, group in itertools.groupby(row):
            length = len(list(group))
            if pitch > 0:
                line.append(
                    Note(onset_tick=now * 120, duration_tick=length * 120, pitch=int(pitch))
                )
            now += length
        lines.append(line)
    return lines


def _by_rank(part: Part) -> list[int]:
    """Return the baseline: a note's rank from the top among what sounds when it begins."""
    found = [0] * len(part.notes)
    sounding: list[int] = []
    order = range(len(part.notes))
    for tick, group in itertools.groupby(order, key=lambda k: part.notes[k].onset_tick):
        new = list(group)
        sounding = [k for k in sounding if part.notes[k].end_tick > tick] + new
        ranked = sorted(sounding, key=lambda k: -part.notes[k].pitch)
        for k in new:
            found[k] = min(4, ranked.index(k) + 1)
    return found


def _links(voices: Sequence[int]) -> set[tuple[int, int]]:
    last: dict[int, int] = {}
    found = set()
    for k, voice in enumerate(voices):
        if voice in last:
            found.add((last[voice], k))
        last[voice] = k
    return found


def voice_rows(every: int) -> Rows:
    """Return how many notes get their voice, and how many are followed by the right one."""
    sets: dict[str, list[tuple[Part, list[int]]]] = {
        "JSB": [_merge(_chorale_lines(piece)) for piece in chorales()[:: 4 * every]],
        "quartets": [],
    }
    folder = unpack("clean/openscore-midi") / "openscore-midi" / "quartets"
    for place, path in enumerate(sorted(folder.rglob("*.mid"))):
        if place % (4 * every) != 1:
            continue
        score = read_midi(path).score
        if len(score.parts) == 4:
            end = score.bars[min(60, score.n_bars - 1)].start_tick
            sets["quartets"].append(
                _merge([[n for n in part.notes if n.onset_tick < end] for part in score.parts])
            )
    rows: Rows = {"ours": {}, "by pitch rank": {}}
    for name, pieces in sets.items():
        for row, guess in (("ours", separate_voices), ("by pitch rank", None)):
            figures = []
            for part, truth in pieces:
                found = separate_voices(part, n_voices=4) if guess else _by_rank(part)
                a, b = _links(truth), _links(found)
                right = float(np.mean(np.array(found) == np.array(truth)))
                figures.append((right, 2 * len(a & b) / max(1, len(a) + len(b))))
            mean = np.mean(figures, axis=0)
            rows[row][f"{name} notes"], rows[row][f"{name} links F"] = mean[0], mean[1]
            rows[row][f"{name} n"] = len(figures)
    return rows


def feel_rows(every: int) -> Rows:
    """Return how often swing is told from straight: drummers' labels, and the arranger's plans."""
    swung, straight = [], []
    for path in sorted(unpack("clean/groove-midi").rglob("*_beat_4-4.mid"))[::every]:
        style = path.stem.split("_")[1]
        if "swing" in style or "shuffle" in style:
            swung.append(estimate_feel(read_midi(path).score).feel)
        elif style.split("-")[0] in ("rock", "funk", "punk", "soul", "pop", "dance"):
            straight.append(estimate_feel(read_midi(path).score).feel)
    is_right, errors, base = [], [], []
    for style in motet.styles():
        for seed in (1, 2):
            piece = motet.arrange(style=style.name, seed=seed, bars=16)
            bars = piece.piece.plan.bars
            if bars[-1].metre.denominator > 4:
                continue
            swings = Counter((bar.groove.swing, bar.groove.swing_unit) for bar in bars)
            (place, unit), _ = swings.most_common(1)[0]
            truth = "straight" if place < 0.55 else "swing" if unit == 8 else "swing-16"
            found = estimate_feel(piece.score)
            is_right.append(found.feel == truth)
            base.append(truth == "straight")
            if truth != "straight" and found.feel == truth:
                errors.append(abs(found.swing - place))
    is_swing = [one.startswith("swing") for one in swung]
    is_plain = [not one.startswith("swing") for one in straight]
    return {
        "ours": {
            f"Groove swing, shuffle ({len(swung)})": float(np.mean(is_swing)),
            f"Groove straight styles ({len(straight)})": float(np.mean(is_plain)),
            f"arranger ({len(is_right)})": float(np.mean(is_right)),
            "arranger swing error": float(np.mean(errors)),
        },
        "always straight": {
            f"Groove swing, shuffle ({len(swung)})": 0.0,
            f"Groove straight styles ({len(straight)})": 1.0,
            f"arranger ({len(is_right)})": float(np.mean(base)),
            "arranger swing error": float("nan"),
        },
    }


def difficulty_rows(every: int) -> Rows:
    """Return whether grades keep their order: faster is never easier, and a Lied's piano is no lullaby."""
    folder = unpack("clean/openscore-midi") / "openscore-midi" / "quartets"
    ordered, slow, fast = [], [], []
    for path in sorted(folder.rglob("*.mid"))[:: 6 * every]:
        score = read_midi(path).score
        grades = [
            [one.grade for one in estimate_difficulty(scale_tempo(score, factor=factor)) if one]
            for factor in (0.5, 1.0, 2.0)
        ]
        ordered += [a <= b <= c for a, b, c in zip(*grades, strict=True)]
        slow += grades[0]
        fast += grades[2]
    return {
        "ours": {
            "never easier when faster": float(np.mean(ordered)),
            "mean grade at half tempo": float(np.mean(slow)),
            "mean grade at double tempo": float(np.mean(fast)),
            "n": len(ordered),
        },
        "one grade for all": {
            "never easier when faster": 1.0, "mean grade at half tempo": 5.0,
            "mean grade at double tempo": 5.0, "n": len(ordered),
        },
    }  # fmt: skip


TABLES: dict[str, Callable[[int], Rows]] = {
    "metre": metre_rows,
    "sections": section_rows,
    "melody": melody_rows,
    "voices": voice_rows,
    "feel": feel_rows,
    "difficulty": difficulty_rows,
}


def _print_table(name: str, rows: Rows, seconds: float) -> None:
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    print(f"\n{name} ({seconds:.0f} s)\n")
    print("| | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * len(columns))
    for title, row in rows.items():
        cells = [_cell(column, row.get(column, float("nan"))) for column in columns]
        print(f"| {title} | " + " | ".join(cells) + " |", flush=True)


def _cell(column: str, value: float) -> str:
    if np.isnan(value):
        return "–"
    return f"{value:.0f}" if column == "n" or column.endswith(" n") else f"{value:.3f}"


def main() -> None:
    """Print the tables and one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*", help=", ".join(TABLES))
    parser.add_argument("--every", type=int, default=1, help="take every N-th piece: a quick look")
    options = parser.parse_args()
    wanted = options.tables or list(TABLES)
    unknown = sorted(set(wanted) - set(TABLES))
    if unknown:
        parser.error(f"no table {unknown[0]!r}; there are {', '.join(TABLES)}")
    facts: dict[str, Any] = {}
    for name in wanted:
        began = time.perf_counter()
        facts[name] = TABLES[name](max(1, options.every))
        _print_table(name, facts[name], time.perf_counter() - began)
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    head = {
        "question": "structure",
        "machine": platform.machine(),
        "commit": commit,
        "every": options.every,
    }
    print(json.dumps({**head, "python": platform.python_version(), "tables": facts}, default=float))


if __name__ == "__main__":
    main()
