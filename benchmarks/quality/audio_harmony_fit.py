"""Question: how do chords and keys sound? Fits ``src/motet/audio/data/harmony.npz``.

Pieces are written by Motet's arranger over OpenEWLD lead sheets of the training split and over nothing, in
all styles, with parts left out at random, rendered by FluidSynth in a sound font, then detuned, coloured,
blurred and noised at random: chords and beats are known. Two small networks are fitted (chords from the
view of each root, keys from the view of each tonic), and how chords follow each other is counted. ``--render``
makes the pieces of a split (minutes to an hour), ``--fit`` the numbers from them, ``--calibrate`` the
confidences on other pieces in other sound fonts.

Needs the corpus at MOTET_CORPUS, shards for the split's names (``--shards``), fluidsynth and torch.
Run: ``python benchmarks/quality/audio_harmony_fit.py --render train --font FluidR3_GM.sf2 --to DIR`` and so on.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import torch
from harmony_corpus import Corpus
from harmony_fit import fit_curve
from scipy.signal import butter, fftconvolve, sosfilt

import motet
from motet.analysis import estimate_key
from motet.audio import HeardBeats
from motet.audio import chords as chords_module
from motet.audio.chord_cells import describe_cells, lay_cells
from motet.audio.chord_decode import _GROUP_OF, KINDS, TRIAD_OF
from motet.audio.chroma import Chroma, fold_chroma
from motet.audio.key import describe_key, from_chords, from_profile
from motet.errors import MotetError
from motet.io import read_musicxml, write_midi
from motet.score import Score, trim
from motet.theory import QUALITIES, parse_chord, parse_key

TARGET = Path(__file__).parents[2] / "src" / "motet" / "audio" / "data" / "harmony.npz"
KEYS = [
    t + m
    for m in ("", " minor")
    for t in ["C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"]
]
RATE_HZ, LONGEST_S, HIDDEN = 22050, 80, 96

RICH, RICH_COST = ("7", "maj7", "m7", "6", "m6", "7sus4"), 2.0
"""Kinds that the arranger plays more often than pop songs do, and how much evidence more they need: set on
the even half of POP909-CL, where it matters, and of no effect on the arranger's pieces."""


def kind_of(quality: str) -> int:
    """Return the index of the kind that a quality counts as; -1 for none."""
    if quality in KINDS:
        return KINDS.index(quality)
    tones = {semi % 12 for semi in QUALITIES[quality].intervals}
    if 4 in tones:
        is_aug = 8 in tones and 7 not in tones
        rules = ((10, "7"), (11, "maj7"), (8 if is_aug else -1, "aug"), (9, "6"))
        return KINDS.index(next((name for tone, name in rules if tone in tones), "maj"))
    if 3 in tones:
        if 6 in tones and 7 not in tones:
            return KINDS.index("m7b5" if 10 in tones else "dim7" if 9 in tones else "dim")
        return KINDS.index("m7" if 10 in tones else "m6" if 9 in tones else "min")
    return KINDS.index("7sus4" if 10 in tones else "sus4") if 5 in tones else -1


def write_piece(k: int, sheets: list[Path], rng: random.Random) -> tuple[Score, int, bool]:
    """Return a piece, its key (0 to 23), and whether that key is certain."""
    styles = [style.name for style in motet.styles()]
    style, intensity = styles[k % len(styles)] if k % 2 else rng.choice(styles), rng.randint(1, 5)
    if k % 2:
        key = parse_key(name := rng.choice(KEYS))
        bars = rng.choice([12, 16, 20, 24])
        made = motet.arrange(style=style, key=name, seed=k, intensity=intensity, bars=bars)
        return made.score, key.tonic_pc + 12 * key.is_minor, True
    lead = read_musicxml(sheets[k // 2 % len(sheets)]).score
    found = estimate_key(lead)
    if lead.n_bars > 28:
        lead = trim(lead, start_bar=0, end_bar=28)
    score = motet.arrange(lead, style=style, seed=k, intensity=intensity).score
    return score, found.tonic_pc + 12 * (found.mode == "minor"), found.margin > 0.05


def thin_out(score: Score, rng: random.Random) -> Score:
    """Return the score as it is, without drums, as melody and bass, or without its bass."""
    draw = rng.random()
    parts = list(score.parts)
    if draw < 0.15:
        parts = [part for part in parts if not part.is_drums]
    elif draw < 0.25:
        parts = [part for part in parts if part.role in ("melody", "bass", "drums")]
    elif draw < 0.35:
        parts = [part for part in parts if part.role != "bass"]
    return score.with_parts(*(parts or score.parts))


def play(score: Score, font: str, rng: random.Random, seed: int) -> tuple[np.ndarray, float]:
    """Return the sound of a score as if from many rooms, and by how much it is too fast."""
    noise = np.random.default_rng(seed)
    with tempfile.TemporaryDirectory() as folder:
        write_midi(score, f"{folder}/a.mid")
        command = ["fluidsynth", "-ni", "-g", "0.5", "-r", str(RATE_HZ), "-O", "s16", "-F"]
        subprocess.run(
            [*command, f"{folder}/a.wav", font, f"{folder}/a.mid"], check=True, capture_output=True
        )
        sound = soundfile.read(f"{folder}/a.wav", dtype="float32", always_2d=True)[0].mean(axis=1)
    sound = sound[: RATE_HZ * LONGEST_S]
    cents = rng.choice([0.0, 0.0, 0.0, rng.uniform(-40, 40)])
    speed = 2 ** (cents / 1200)
    sound = np.interp(np.arange(0, len(sound) - 1, speed), np.arange(len(sound)), sound)
    sound = sound / (np.abs(sound).max() + 1e-9)
    if rng.random() < 0.5:
        level = 10 ** (-rng.uniform(20, 45) / 20) * sound.std()
        sound = sound + level * noise.standard_normal(len(sound))
    if rng.random() < 0.4:
        n = int(RATE_HZ * rng.uniform(0.2, 0.9))
        room = noise.standard_normal(n) * np.exp(-6 * np.arange(n) / n)
        wet = fftconvolve(sound, room / np.sqrt(np.square(room).sum()))[: len(sound)]
        sound = sound + rng.uniform(0.1, 0.6) * wet
    if rng.random() < 0.4:
        kind = rng.choice(["low", "high"])
        edge = rng.uniform(2500, 7000) if kind == "low" else rng.uniform(60, 200)
        sound = sosfilt(butter(1, edge, kind, fs=RATE_HZ, output="sos"), sound)
    return sound.astype(np.float32), speed


def render(split: str, shards: Path, font: str, target: Path, first: int, count: int) -> None:
    """Write chroma, beats and chords of pieces, one file each."""
    target.mkdir(parents=True, exist_ok=True)
    names = (shards / f"{split}.names.txt").read_text().splitlines()
    with tempfile.TemporaryDirectory() as folder:
        home = next(Corpus(Path(folder), "even", 1).open("clean/openewld").iterdir())
        sheets = [home / n.removeprefix("openewld/") for n in names if n.startswith("openewld/")]
        for k in range(first, first + count):
            rng = random.Random(k)
            try:
                score, key, is_sure = write_piece(k, sheets, rng)
            except MotetError as error:
                print(k, error)
                continue
            score = thin_out(score, rng)
            sound, speed = play(score, font, rng, k)
            chroma = fold_chroma([sound])
            beats, places, labels = [], [], []
            for bar in score.bars:
                at = float(bar.start_tick)
                for place, length in enumerate(bar.metre.beats_qn):
                    beats.append(score.time.tick_to_s(at) / speed)
                    places.append(place)
                    at += float(length) * score.resolution
            ends = [one.tick for one in score.chords[1:]] + [score.bars[-1].end_tick]
            for symbol, end in zip(score.chords, ends, strict=True):
                chord = parse_chord(symbol.symbol)
                span = [score.time.tick_to_s(tick) / speed for tick in (symbol.tick, end)]
                labels.append((*span, chord.root_pc, chord.quality))
            facts = {"labels": labels, "key": key, "is_sure": is_sure, "per": max(places) + 1}
            np.savez_compressed(
                target / f"{k}.npz", values=chroma.values, bass=chroma.bass, beats=beats,
                place=places, frame_s=chroma.frame_s, facts=json.dumps(facts),
            )  # fmt: skip


def load(path: Path) -> tuple[Chroma, HeardBeats, dict[str, Any]]:
    """Return what `render` wrote of one piece."""
    found = np.load(path)
    facts = json.loads(str(found["facts"]))
    chroma = Chroma(found["values"], float(found["frame_s"]), 0.0, found["bass"])
    time_s = found["beats"][found["beats"] < chroma.duration_s - 0.2]
    per = facts["per"]
    place = found["place"][: len(time_s)]
    return chroma, HeardBeats(time_s, place, per, 1.0, (per, 4), 120.0, 0.5, 1.0), facts


def label_cells(edge_s: np.ndarray, labels: list[Any]) -> np.ndarray:
    """Return the state of each cell: ``12 * kind + root``, or -1."""
    middle = (edge_s[:-1] + edge_s[1:]) / 2
    which = np.searchsorted([one[0] for one in labels], middle, side="right") - 1
    out = np.full(len(middle), -1)
    for i, w in enumerate(which):
        if w >= 0 and middle[i] < labels[w][1] and labels[w][2] >= 0:
            kind = kind_of(labels[w][3])
            out[i] = 12 * kind + labels[w][2] if kind >= 0 else -1
    return out


def learn(
    x: np.ndarray, y: np.ndarray, n_out: int, *, hidden: int, epochs: int, drop: float, noise: float
) -> list[np.ndarray]:
    """Return the weights of a network whose twelve views compete for one answer."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    net = torch.nn.Sequential(
        torch.nn.Linear(x.shape[2], hidden), torch.nn.ReLU(), torch.nn.Dropout(drop),
        torch.nn.Linear(hidden, n_out),
    )  # fmt: skip
    inputs, targets = torch.tensor(x, dtype=torch.float32), torch.tensor(y)
    size = min(256, len(inputs))
    optimiser = torch.optim.AdamW(net.parameters(), weight_decay=3e-3)
    steps = epochs * (len(inputs) // size)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps)
    for _ in range(epochs):
        for rows in torch.randperm(len(inputs))[: len(inputs) // size * size].split(size):
            seen = inputs[rows] * (1 + noise * torch.randn_like(inputs[rows]))
            logits = net(seen).permute(0, 2, 1).reshape(len(rows), -1)
            loss = torch.nn.functional.cross_entropy(logits, targets[rows], label_smoothing=0.02)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            plan.step()
    found = [value.detach().numpy() for value in net.state_dict().values()]
    return [found[0].T, found[1], found[2].T, found[3]]


def fit(folder: Path) -> None:
    """Write the numbers that training pieces teach."""
    features, states, key_x, key_y = [], [], [], []
    changes = np.zeros((4, 2))
    degree, motion = np.full((2, len(KINDS), 12), 0.3), np.full((4, 4, 12), 0.5)
    for path in sorted(folder.glob("*.npz")):
        chroma, beats, facts = load(path)
        rng = np.random.default_rng(int(path.stem))
        cells = lay_cells(chroma, beats)
        state = label_cells(cells.edge_s, facts["labels"])
        keep = (state >= 0) & ~cells.is_silent
        features.append(describe_cells(cells)[keep].astype(np.float32))
        states.append(state[keep])
        known = (state[1:] >= 0) & (state[:-1] >= 0)
        np.add.at(
            changes, (cells.level[1:][known], (state[1:] != state[:-1])[known].astype(int)), 1
        )
        run = [12 * kind_of(q) + r for _, _, r, q in facts["labels"] if r >= 0 and kind_of(q) >= 0]
        for a, b in itertools.pairwise(run):
            if a != b:
                motion[_GROUP_OF[a // 12], _GROUP_OF[b // 12], (b - a) % 12] += 1
        if facts["is_sure"]:
            for one in run:
                degree[facts["key"] // 12, one // 12, (one - facts["key"]) % 12] += 1
            for n in range(4):
                size = len(chroma.values)
                a = int(rng.integers(0, max(1, size // 2))) if n else 0
                z = min(size, a + int(rng.integers(size // 3, size))) if n else size
                if chroma.values[a:z].any():
                    part = Chroma(chroma.values[a:z], chroma.frame_s, 0.0, chroma.bass[a:z])
                    key_x.append(describe_key(part))
                    key_y.append(facts["key"])
    x, y = np.concatenate(features), np.concatenate(states)
    rate = np.clip(changes[:, 1] / np.maximum(changes.sum(axis=1), 1), 0.02, 0.9)
    rate[0] = 0.25
    count = np.bincount(y // 12, minlength=len(KINDS)) + 20
    w1, b1, w2, b2 = learn(x, y, len(KINDS), hidden=HIDDEN, epochs=26, drop=0.2, noise=0.15)
    keys = learn(np.array(key_x), np.array(key_y), 2, hidden=16, epochs=130, drop=0.3, noise=0.2)
    log_kind = np.log(count / count.sum())
    log_kind[[KINDS.index(one) for one in RICH]] += RICH_COST
    found = {
        "w1": w1, "b1": b1, "w2": w2, "b2": b2, "log_kind": log_kind,
        "degree": degree / degree.sum(axis=(1, 2), keepdims=True), "change": rate,
        "motion": 1.25 * np.log(motion / motion.mean(axis=2, keepdims=True)),
        "gain_prior": np.array([2.0, 0.3]), "key_w1": keys[0], "key_b1": keys[1],
        "key_w2": keys[2], "key_b2": keys[3], "key_sure": np.array([1.3, 4.0]),
        "sure_chord": np.array([0.0, 1.0, 0.0, 0.0, 0.0]), "sure_notes": np.array([0.4, 0.95]),
        "key_notes": np.array([0.5, 5.0]),
    }  # fmt: skip
    write_weights(found)
    print(f"{len(x)} cells, {len(key_x)} stretches for keys")


def write_weights(found: dict[str, np.ndarray]) -> None:
    """Write the numbers in single precision."""
    np.savez_compressed(TARGET, **{name: np.asarray(v, np.float32) for name, v in found.items()})


def calibrate(folder: Path) -> None:
    """Fit the confidence of a chord on pieces that nothing was learnt from; print what keys would like."""
    rows: list[np.ndarray] = []
    spans: list[np.ndarray] = []
    plain = chords_module._confidence_row

    def note_row(*args: Any) -> np.ndarray:
        spans.append(plain(*args))
        return spans[-1]

    chords_module._confidence_row = note_row
    right, weight, keys = [], [], []
    for path in sorted(folder.glob("*.npz")):
        chroma, beats, facts = load(path)
        for given in (beats, None):
            spans.clear()
            found = chords_module.chords_from_chroma(chroma, beats=given)
            heard = [one for one in found if one.symbol != "N"]
            for one, row in zip(heard, spans, strict=True):
                chord = parse_chord(one.symbol)
                triad = TRIAD_OF[kind_of(chord.quality)]
                for start, end, root, quality in facts["labels"]:
                    overlap = min(end, one.end_s) - max(start, one.start_s)
                    kind = kind_of(quality) if root >= 0 else -1
                    if overlap > 0 and kind >= 0:
                        rows.append(row)
                        right.append(float(root == chord.root_pc and TRIAD_OF[kind] == triad))
                        weight.append(overlap)
        if facts["is_sure"]:
            keys.append((from_profile(chroma), from_chords(chroma), facts["key"]))
    curve = fit_curve(np.array(rows), np.array(right), np.array(weight))
    write_weights({**np.load(TARGET), "sure_chord": curve})
    print("chords right:", np.average(right, weights=weight), "curve:", curve.round(3).tolist())
    for share in (0.6, 1.0, 1.4, 2.0):
        for chord_share in (0.0, 2.0, 4.0, 6.0, 8.0):
            logits = np.array([share * a + chord_share * b for a, b, _ in keys])
            logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
            loss = -np.mean([row[key] for row, (_, _, key) in zip(logits, keys, strict=True)])
            print(f"keys: {share} of the profile, {chord_share} of the chords: loss {loss:.3f}")


def main() -> None:
    """Render, fit or calibrate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--render", metavar="SPLIT")
    parser.add_argument("--shards", type=Path, default=Path("shards"))
    parser.add_argument("--font")
    parser.add_argument("--to", type=Path)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=210)
    parser.add_argument("--fit", type=Path)
    parser.add_argument("--calibrate", type=Path)
    wish = parser.parse_args()
    if wish.render:
        render(wish.render, wish.shards, wish.font, wish.to, wish.first, wish.count)
    if wish.fit:
        fit(wish.fit)
    if wish.calibrate:
        calibrate(wish.calibrate)


if __name__ == "__main__":
    main()
