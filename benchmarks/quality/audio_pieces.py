"""Takes of pieces for the benchmark of the ears: how they are performed, and what is true of them.

Conventions: a *take* is some twenty seconds of a piece of `audio_catalogue`, with tempo, touch and
instruments laid on by a fixed seed, and all that is true of it in seconds. Nothing of this is committed:
archives are read at MOTET_CORPUS.
"""

from __future__ import annotations

import math
import os
import subprocess
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from audio_catalogue import ARRANGED, Origin
from harmony_truth import labels_of_harte, labels_of_symbols, with_bars

import motet
from motet.io import read
from motet.score import Metre, Note, Part, Score, Tempo, change_resolution, trim

__all__ = [
    "Take",
    "beats_of",
    "cut_take",
    "find_corpus",
    "harte_kind",
    "make_file",
    "make_simple_take",
    "make_take",
]

TAKE_S = 22.0
Chord = tuple[float, float, int, str]


@dataclass(frozen=True, kw_only=True)
class Take:
    """A performance and what is true of it.

    Parameters
    ----------
    notes : (onset, offset, pitch), seconds
        Pitched notes; the same pitch struck by two parts at once is one note.
    beats_s, downbeats_s : seconds
        Empty where the file does not say.
    metre : "3/4" or empty
    bpm : float
        Beats, not quarter notes, a minute: the middle one.
    key : "Eb major" or empty
    chords : (start, end, root, kind)
        Kinds as in mir_eval: "maj", "min7".
    written : Score
        The same bars as they are written, without touch.
    """

    name: str
    style: str
    score: Score
    written: Score
    notes: tuple[tuple[float, float, int], ...]
    beats_s: tuple[float, ...] = ()
    downbeats_s: tuple[float, ...] = ()
    metre: str = ""
    bpm: float = 0.0
    key: str = ""
    chords: tuple[Chord, ...] = ()

    @property
    def end_s(self) -> float:
        """When the last note has ended."""
        return max(offset for _, offset, _ in self.notes)


def find_corpus() -> Path:
    """Return the folder of the archives."""
    home = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
    return Path(os.environ.get("MOTET_CORPUS", home))


def make_file(origin: Origin, work: Path) -> Path:
    """Return a piece's file, taken out of its archive once."""
    target = work / "pieces" / origin.member
    beside = [origin.member]
    if origin.archive.endswith("pop909"):
        beside += [
            f"{origin.member[: -len('000.mid')]}{one}.txt"
            for one in ("chord_midi", "key_audio", "beat_midi")
        ]
    if not target.exists():
        archive = find_corpus() / f"{origin.archive}.tar.zst"
        (work / "pieces").mkdir(parents=True, exist_ok=True)
        command = ["tar", "--zstd", "-xf", str(archive), "-C", str(work / "pieces"), *beside]
        subprocess.run(command, check=True)
    return target


def make_take(origin: Origin, work: Path) -> Take:
    """Return a piece's performance; the same every time."""
    path = make_file(origin, work)
    score = read(path).score
    chords: list[tuple[int, int, int, str]] = []
    key = origin.key
    if origin.style == "pop with drums":
        folder = path.parent
        score = with_bars(score, (folder / "beat_midi.txt").read_text())
        chords = list(labels_of_harte((folder / "chord_midi.txt").read_text(), score))
        named = (folder / "key_audio.txt").read_text().split()[2]
        key = named.replace(":maj", " major").replace(":min", " minor")
        score = _with_beat(score)
    elif origin.name in ARRANGED:
        piece = motet.arrange(path, style=ARRANGED[origin.name], qpm=origin.qpm, seed=7)
        score = piece.score
        chords = list(labels_of_symbols(score))
        signature = score.key_at(0)
        key = key or (_name_key(signature.fifths, signature.mode) if signature else "")
        origin = replace(origin, qpm=0.0)
    return cut_take(origin, score, key=key, chords=chords)


def _name_key(fifths: int, mode: str) -> str:
    from motet.theory import key_from_signature

    if mode not in ("major", "minor"):
        return ""
    found = key_from_signature(fifths, mode)
    return f"{found.tonic} {found.mode}"


def _with_beat(score: Score) -> Score:
    """Return a score with a plain rock beat on its bars: POP909 has no drums."""
    notes = []
    for bar in score.bars:
        if bar.is_irregular:
            continue
        half = score.resolution // 2
        for eighth in range(bar.duration_tick // half):
            keys = [(42, 70 if eighth % 2 else 84)]
            if eighth % 4 == 0:
                keys.append((36, 100))
            if eighth % 4 == 2:
                keys.append((38, 96))
            at = bar.start_tick + eighth * half
            notes += [
                Note(onset_tick=at, duration_tick=half // 2, pitch=pitch, velocity=loud)
                for pitch, loud in keys
            ]
    drums = Part(name="Drums", notes=tuple(notes), is_drums=True, channel=9, role="drums")
    return score.with_parts(*score.parts, drums)


def cut_take(
    origin: Origin,
    score: Score,
    *,
    key: str = "",
    chords: Sequence[tuple[int, int, int, str]] = (),
    seconds: float = TAKE_S,
) -> Take:
    """Return some bars of a score as a performance with its truth.

    ``chords`` are (start tick, end tick, root, quality of `motet.theory`) in the ticks of the score.
    """
    rng = np.random.default_rng(zlib.crc32(origin.name.encode()))
    first = score.bars[origin.start_bar].start_tick
    if origin.qpm:
        tempo = Tempo(tick=0, quarter_us=round(60e6 / origin.qpm))
        score = replace(score, tempos=(tempo,))
    begin = score.time.tick_to_s(first)
    last = origin.start_bar + 1
    while (
        last < score.n_bars and score.time.tick_to_s(score.bars[last].end_tick) - begin <= seconds
    ):
        last += 1
    score = trim(score, start_bar=origin.start_bar, end_bar=last)
    grown = -(-480 // score.resolution)
    if grown > 1:
        score = change_resolution(score, resolution=score.resolution * grown).score
    labels = [((a - first) * grown, (b - first) * grown, root, kind) for a, b, root, kind in chords]
    written, score = score, _play(score, origin, rng)
    beats, downs = beats_of(score) if origin.has_beats else ((), ())
    end = score.time.tick_to_s(score.end_tick)
    metre = score.metre_at(0)
    return Take(
        name=origin.name,
        style=origin.style,
        score=score,
        written=written,
        notes=_true_notes(score),
        beats_s=beats,
        downbeats_s=downs,
        metre=f"{metre.numerator}/{metre.denominator}" if origin.has_beats else "",
        bpm=60 / float(np.median(np.diff(beats))) if len(beats) > 2 else 0.0,
        key=key,
        chords=tuple(
            (
                score.time.tick_to_s(max(0, a)),
                min(end, score.time.tick_to_s(b)),
                root,
                harte_kind(kind),
            )
            for a, b, root, kind in labels
            if b > 0 and score.time.tick_to_s(max(0, a)) < end
        ),
    )


def _play(score: Score, origin: Origin, rng: np.random.Generator) -> Score:
    """Return a score with touch and a wandering tempo; pedals, bends and grace notes stay out."""
    parts = []
    for k, part in enumerate(score.parts):
        spread = origin.jitter_ms * score.time.s_to_tick(1.0) / 1000
        notes = []
        for note in part.notes:
            if note.grace or note.duration_tick == 0:
                continue
            shift = round(float(np.clip(rng.normal(), -2, 2)) * spread) if spread else 0
            onset = max(0, note.onset_tick + shift)
            loud = note.velocity + (round(float(rng.normal() * 6)) if spread else 0)
            length = max(10, round(note.duration_tick * (0.95 if spread else 1.0)))
            notes.append(
                Note(onset_tick=onset, duration_tick=length, pitch=note.pitch, velocity=min(127, max(25, loud)))
            )  # fmt: skip
        program = (
            origin.programs[k] if k < len(origin.programs) and not part.is_drums else part.program
        )
        kept = tuple(c for c in part.controls if c.kind == "cc" and c.number in (7, 10, 11))
        parts.append(
            Part(name=part.name, notes=tuple(notes), program=program, channel=part.channel,
                 is_drums=part.is_drums, controls=kept, role=part.role)
        )  # fmt: skip
    tempos = score.tempos
    if origin.drift:
        base = origin.qpm or score.tempos[0].qpm
        phase, pace = rng.uniform(0, math.tau, 2), rng.uniform(0.8, 1.25, 2)
        tempos = tuple(
            Tempo(
                tick=k * score.resolution,
                quarter_us=round(
                    60e6 / (base * (1 + origin.drift * (
                        0.7 * math.sin(phase[0] + pace[0] * k / 4) + 0.5 * math.sin(phase[1] + pace[1] * k / 13)
                    )))
                ),
            )
            for k in range(score.end_tick // score.resolution + 1)
        )  # fmt: skip
    return replace(score, parts=tuple(parts), tempos=tempos, raw=(), repeats=(), endings=())


def _true_notes(score: Score) -> tuple[tuple[float, float, int], ...]:
    """Return the pitched notes in seconds; one where two parts strike the same pitch together."""
    rows = sorted(
        (score.time.tick_to_s(n.onset_tick), score.time.tick_to_s(n.end_tick), n.pitch)
        for part in score.parts
        if not part.is_drums
        for n in part.notes
    )
    found: dict[int, list[tuple[float, float, int]]] = {}
    for onset, offset, pitch in rows:
        mine = found.setdefault(pitch, [])
        if mine and onset - mine[-1][0] < 0.03:
            mine[-1] = (mine[-1][0], max(offset, mine[-1][1]), pitch)
        else:
            mine.append((onset, offset, pitch))
    return tuple(sorted(note for mine in found.values() for note in mine))


def beats_of(score: Score) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the times of beats and of downbeats until the music ends; a pickup's are counted back."""
    beats: list[float] = []
    downs: list[float] = []
    for bar in score.bars:
        step = _beat_ticks(bar.metre, score.resolution)
        count = round(bar.duration_tick / step)
        if bar.duration_tick < round(bar.metre.bar_qn * score.resolution):
            places = [bar.end_tick - step * k for k in range(count, 0, -1)]
            places = [one for one in places if one >= bar.start_tick]
        else:
            places = [bar.start_tick + step * k for k in range(count)]
            downs.append(score.time.tick_to_s(bar.start_tick))
        beats += [score.time.tick_to_s(one) for one in places if one < score.end_tick]
    return tuple(beats), tuple(downs)


def _beat_ticks(metre: Metre, resolution: int) -> int:
    unit = 4 * resolution // metre.denominator
    return unit * 3 if metre.denominator >= 8 and metre.numerator % 3 == 0 else unit


def harte_kind(quality: str) -> str:
    """Return a kind of chord as mir_eval writes it: its triad, and its seventh where it has one."""
    from motet.theory import QUALITIES

    tones = {semi % 12 for semi in QUALITIES[quality].intervals}
    third = "maj" if 4 in tones else "min" if 3 in tones else "sus2" if 2 in tones else "sus4"
    if third == "maj" and 8 in tones and 7 not in tones:
        return "aug"
    if third == "min" and 6 in tones and 7 not in tones:
        return "hdim7" if 10 in tones else "dim7" if 9 in tones else "dim"
    if 11 in tones:
        return {"maj": "maj7", "min": "minmaj7"}.get(third, third)
    if 10 in tones:
        return {"maj": "7", "min": "min7"}.get(third, third)
    return third


def make_simple_take(style: str, *, seed: int, bars: int = 6) -> Take:
    """Return a take of what the arranger invents: no archive is needed for it."""
    piece = motet.arrange(style=style, bars=bars, seed=seed, humanise=0.5)
    origin = Origin(name=f"{style}-{seed}", style=style, archive="", member="")
    signature = piece.score.key_at(0)
    key = _name_key(signature.fifths, signature.mode) if signature else ""
    return cut_take(
        origin, piece.score, key=key, chords=labels_of_symbols(piece.score), seconds=12.0
    )
