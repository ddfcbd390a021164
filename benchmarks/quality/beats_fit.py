"""Fit how readings of beats are weighed: ``src/motet/audio/data/beats.npz``.

    python benchmarks/quality/beats_fit.py --shards SHARDS [--pieces 700] [--write]

Pieces of the training split are played with a steady, a human or a free tempo, and heard as the note
network hears: some notes missing, some too many, all a little off; textbook accompaniments in every
metre (`beats_patterns`) stand beside them. Every reading of the pulses gets its features; those whose
beats and downbeats are right are the right answers of a conditional logit. The valid split tells how far
that carries. Drums are heard by the sound alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from beats_patterns import Played, play_patterns, tempo_curve
from numpy.typing import NDArray

from motet.audio.accents import STEPS, find_accents
from motet.audio.beats import onset_curve
from motet.audio.heard import HeardNote
from motet.audio.onsets import FRAME_S, SoundCurve, curve_of_notes
from motet.audio.pulse import cover, find_pulses
from motet.audio.readings import METRES, lay_readings
from motet.audio.tempo import find_periods
from motet.corpus.shards import open_shards
from motet.score import Score
from motet.tokens.restore import grid_to_score

TARGET = Path(__file__).parents[2] / "src" / "motet" / "audio" / "data" / "beats.npz"
Float64 = NDArray[np.float64]
_SAME = {
    (2, 2): ((4, 4), (2, 4)), (4, 2): ((4, 4),), (3, 2): ((3, 4),), (6, 4): ((6, 8), (3, 4)),
    (6, 2): ((6, 8),), (4, 8): ((2, 4), (4, 4)),
}  # fmt: skip
_TWO_LEVELS = ((2, 2), (6, 4), (4, 8))
_HEARD = ("both", "both", "notes", "sound")


@dataclass(frozen=True)
class Case:
    """The readings of one piece: features, which are right, and the F of their beats."""

    features: NDArray[np.float32]
    is_right: NDArray[np.bool_]
    beat_f: Float64
    kind: NDArray[np.int64]
    metre: tuple[int, int]
    form: NDArray[np.int64]


def play_score(score: Score, rng: np.random.Generator, qpm: float) -> Played | None:
    """Return about half a minute of a score, played, with its beats."""
    resolution = score.resolution
    want = rng.uniform(24, 36) * qpm / 60 * resolution
    first = 0
    if score.end_tick > want * 1.2 and rng.random() < 0.6:
        first = int(
            rng.choice([b.index for b in score.bars if b.start_tick < score.end_tick - want])
        )
    low = score.bars[first].start_tick
    bars = [bar for bar in score.bars[first:] if bar.start_tick < low + want]
    high = bars[-1].end_tick
    beats, downs = [], []
    for bar in bars:
        full = float(bar.metre.bar_qn) * resolution
        at = full - bar.duration_tick if bar.index == 0 and bar.duration_tick < full else 0.0
        place = 0.0
        for length in bar.metre.beats_qn:
            tick = bar.start_tick + place - at
            if bar.start_tick - 1e-6 <= tick < bar.end_tick - 1e-6:
                beats.append(tick)
                downs.append(place == 0.0)
            place += float(length) * resolution
    if len(beats) < 12:
        return None
    kind = str(rng.choice(["steady", "human", "rubato"], p=[0.45, 0.35, 0.2]))
    curve = tempo_curve(rng, kind, len(beats))
    edges = np.append(beats, high)
    lengths = np.diff(edges) / resolution * 60 / qpm / curve[: len(beats)]
    start = rng.uniform(0, 0.4) if rng.random() < 0.5 else 0.02
    times = start + np.concatenate(([0.0], np.cumsum(lengths)))
    stray = {"steady": 0.004, "human": 0.010, "rubato": 0.014}[kind]
    notes = []
    for part in score.parts:
        for note in part.notes:
            if low <= note.onset_tick < high and note.duration_tick > 0:
                onset = float(np.interp(note.onset_tick, edges, times)) + rng.normal() * stray
                end = float(np.interp(min(note.end_tick, high), edges, times))
                onset = max(0.0, onset)
                notes.append(
                    (onset, max(end, onset + 0.05), note.pitch, note.velocity, part.is_drums)
                )
    metre = bars[len(bars) // 2].metre
    beat_s = times[:-1]
    return Played(
        tuple(notes), beat_s, beat_s[np.array(downs)], float(times[-1]),
        (metre.numerator, metre.denominator),
    )  # fmt: skip


def hear(played: Played, rng: np.random.Generator) -> tuple[SoundCurve, list[HeardNote]]:
    """Return the onset curves and the notes that would be heard of a performance."""
    notes: list[HeardNote] = []
    onsets, weights, low, low_weights = [], [], [], []
    for onset, end, pitch, velocity, is_drum in played.notes:
        onsets.append(onset)
        weights.append((1.3 if is_drum else 0.6) * velocity / 80)
        if pitch in (35, 36) if is_drum else pitch < 50:
            low.append(onset)
            low_weights.append(velocity / 80)
        if is_drum:
            if rng.random() < 0.08:
                notes.append(HeardNote(onset, onset + 0.1, int(rng.integers(40, 80)), 50, 0.35))
            continue
        if rng.random() < 0.15:
            continue
        start = max(0.0, onset + rng.normal() * 0.008)
        stop = max(start + 0.06, start + (end - onset) * rng.uniform(0.6, 1.05))
        loud = int(np.clip(velocity + rng.normal() * 8, 1, 127))
        sure = float(np.clip(rng.normal(0.75, 0.15), 0.3, 1))
        notes.append(HeardNote(start, stop, pitch, loud, sure))
        if rng.random() < 0.06:
            half = start + 0.02 + (stop - start) * 0.5
            notes.append(HeardNote(start + 0.02, half, min(108, pitch + 12), 40, 0.4))
    n = int(played.end_s / FRAME_S) + 20
    flux = curve_of_notes(np.array(onsets), np.array(weights), n_frames=n)
    bass = curve_of_notes(np.array(low), np.array(low_weights), n_frames=n)
    noise = np.abs(rng.normal(size=(2, n))).astype(np.float32)
    level = np.full(n, 0.1, np.float32)
    return SoundCurve(flux + 0.06 * noise[0], bass + 0.04 * noise[1], level), notes


def beat_f(true: Float64, heard: Float64, *, within_s: float = 0.07) -> float:
    """Return F of beats within 70 ms."""
    i = j = hits = 0
    while i < len(true) and j < len(heard):
        if abs(true[i] - heard[j]) <= within_s:
            hits, i, j = hits + 1, i + 1, j + 1
        elif true[i] < heard[j]:
            i += 1
        else:
            j += 1
    return 2 * hits / max(1, len(true) + len(heard))


def read_case(played: Played, rng: np.random.Generator, mode: str) -> Case | None:
    """Return all readings of a performance, and which of them are right."""
    sound, notes = hear(played, rng)
    notes = [] if mode == "sound" else notes
    given = None if mode == "notes" else sound
    end_s = max((note.offset_s for note in notes), default=sound.duration_s)
    curve, first_s, last_s = onset_curve(given, notes, end_s)
    if not len(curve):
        return None
    pulses = cover(
        find_pulses(curve, find_periods(curve)), start_s=first_s, end_s=max(end_s, last_s)
    )
    accents = find_accents(pulses, given, notes)
    edges = np.interp((first_s, last_s), pulses, np.arange(len(pulses)) * STEPS)
    found = lay_readings(
        accents,
        float(np.median(np.diff(pulses))),
        first_step=round(float(edges[0])),
        last_step=round(float(edges[1])),
    )
    at = np.interp(np.arange(accents.shape[1]) / STEPS, np.arange(len(pulses)), pulses)
    names = _SAME.get(played.metre, (played.metre,))
    known: dict[tuple[int, int], float] = {}
    is_right = np.zeros(len(found.form), np.bool_)
    quality = np.zeros(len(found.form))
    least = 0.55 if played.metre in _TWO_LEVELS else 0.8
    for k, (form, level, phase) in enumerate(
        zip(found.form.tolist(), found.level.tolist(), found.phase.tolist(), strict=True)
    ):
        start = phase % level
        if (level, start) not in known:
            known[level, start] = beat_f(played.beat_s, at[start::level])
        quality[k] = known[level, start]
        if METRES[form].metre in names and quality[k] > least:
            downs = at[phase :: level * METRES[form].beats]
            is_right[k] = beat_f(played.down_s, downs) > 0.75
    features = found.features.astype(np.float32)
    kind = found.form * 100 + found.level
    return Case(features, is_right, quality, kind, played.metre, found.form)


def play_split(shards: str, split: str, n: int, seed: int) -> list[Played]:
    """Return performances of pieces of a split, styles balanced."""
    opened = open_shards(shards, split)
    rng = np.random.default_rng(seed)
    sources = np.array([opened.sources[k] for k in opened.pieces["source"]])
    weights = opened.draw_weights() ** 0.7 * np.where(sources == "groove-midi", 0.3, 1.0)
    weights /= weights.sum()
    found: list[Played] = []
    while len(found) < n:
        grid = opened[int(rng.choice(len(opened), p=weights))]
        if grid.n_notes < 40:
            continue
        score = grid_to_score(grid)
        metre = score.metre_at(0)
        qpm = grid.qpm
        if qpm is None or rng.random() < 0.35:
            qpm = float(np.exp(rng.normal(np.log(104), 0.24)))
            qpm *= 1.7 if metre.denominator == 2 else 1.0
            qpm *= 1.3 if metre.denominator == 8 and metre.numerator % 3 == 0 else 1.0
        played = play_score(score, rng, float(np.clip(qpm, 40, 260)))
        if played and len(played.notes) >= 20 and len(score.metres) < 2:
            found.append(played)
    return found


def fit(cases: Sequence[Case], valid: Sequence[Case], *, width: int = 16) -> dict[str, Any]:
    """Return the fitted numbers: AdamW on the conditional logit, features standardised."""
    import torch

    torch.manual_seed(0)
    torch.set_num_threads(1)
    stacked = np.concatenate([case.features for case in cases])
    mean, scale = stacked.mean(0), stacked.std(0) + 1e-4
    most = max(len(case.features) for case in (*cases, *valid))

    def pack(group: Sequence[Case]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        x = np.zeros((len(group), most, len(mean)), np.float32)
        there, right = np.zeros((2, len(group), most), np.bool_)
        for k, case in enumerate(group):
            n = len(case.features)
            x[k, :n] = np.clip((case.features - mean) / scale, -5, 5)
            there[k, :n], right[k, :n] = True, case.is_right
        return torch.tensor(x), torch.tensor(there), torch.tensor(right)

    line = torch.zeros(len(mean), requires_grad=True)
    inner = (torch.randn(width, len(mean)) / len(mean) ** 0.5).requires_grad_()
    bias = torch.zeros(width, requires_grad=True)
    outer = (0.1 * torch.randn(width)).requires_grad_()
    weights = [line, inner, bias, outer]

    def loss(x: torch.Tensor, there: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
        energy = x @ line + torch.tanh(x @ inner.T + bias) @ outer
        energy = energy.masked_fill(~there, -1e9)
        hit = torch.logsumexp(energy.masked_fill(~right, -1e9), 1)
        return (torch.logsumexp(energy, 1) - hit).mean()

    data, check = pack(cases), pack(valid)
    optimiser = torch.optim.AdamW(weights, lr=3e-3, weight_decay=0.5)
    rng = np.random.default_rng(0)
    best, kept = np.inf, [one.detach().clone() for one in weights]
    n_epochs = 22
    for epoch in range(n_epochs):
        for group in optimiser.param_groups:
            group["lr"] = 3e-3 * (1 - epoch / n_epochs) + 1e-5
        for rows in np.array_split(rng.permutation(len(cases)), max(1, len(cases) // 32)):
            x, there, right = (one[torch.tensor(rows)] for one in data)
            optimiser.zero_grad()
            loss(x + 0.15 * torch.randn_like(x), there, right).backward()
            optimiser.step()
        with torch.no_grad():
            now = float(loss(*check))
        if now < best:
            best, kept = now, [one.detach().clone() for one in weights]
    names = ("line", "inner", "bias", "outer")
    found = {name: one.numpy() for name, one in zip(names, kept, strict=True)}
    return {"mean": mean, "scale": scale, **found}


def measure(cases: Sequence[Case], model: dict[str, Any]) -> dict[str, float]:
    """Return the mean F of the beats chosen and of the best there are, right bars and right metres."""
    rows = []
    for case in cases:
        x = np.clip((case.features - model["mean"]) / model["scale"], -5, 5)
        energy = x @ model["line"] + np.tanh(x @ model["inner"].T + model["bias"]) @ model["outer"]
        kinds = np.unique(case.kind)
        whole = [np.logaddexp.reduce(energy[case.kind == kind]) for kind in kinds]
        mine = np.flatnonzero(case.kind == kinds[int(np.argmax(whole))])
        k = mine[int(energy[mine].argmax())]
        names = _SAME.get(case.metre, (case.metre,))
        is_metre = METRES[case.form[k]].metre in names
        rows.append((case.beat_f[k], case.beat_f.max(), case.is_right[k], is_metre))
    names = ("beat_f", "best_f", "bars_right", "metre_right")
    return dict(zip(names, np.round(np.mean(rows, axis=0), 3).tolist(), strict=True))


def main() -> None:
    """Fit, measure, and write where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", required=True)
    parser.add_argument("--pieces", type=int, default=700)
    parser.add_argument("--write", action="store_true")
    wish = parser.parse_args()
    rng = np.random.default_rng(5)
    pieces = play_split(wish.shards, "train", wish.pieces, 1)
    patterns = play_patterns(max(1, wish.pieces // 3), seed=9)
    held_out = play_split(wish.shards, "valid", max(1, wish.pieces // 4), 2)

    def read(group: Sequence[Played]) -> list[Case]:
        cases = [read_case(one, rng, _HEARD[k % 4]) for k, one in enumerate(group)]
        return [case for case in cases if case is not None and case.metre != (3, 8)]

    # Every piece is heard twice, with other errors and by other evidence.
    train = read(pieces) + read(pieces[1:] + pieces[:1]) + read(patterns)
    valid = read(held_out)
    model = fit(
        [case for case in train if case.is_right.any()],
        [case for case in valid if case.is_right.any()],
    )
    if wish.write:
        np.savez(TARGET, **model)
    print(json.dumps({"train": measure(train, model), "valid": measure(valid, model)}))


if __name__ == "__main__":
    main()
