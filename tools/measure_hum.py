"""Measure how well sung, hummed and whistled melodies are found: ``python tools/measure_hum.py``.

Tunes are melodies of the corpus (training and validation only), sung by calculation (`sung_tunes`) or played
by FluidSynth with a sound font that Motet does not ship. No recording of a person is in it. Beside Motet stand:
its own segmentation over the pitch of librosa's pYIN; swift-f0's pitch with swift-f0's own segmentation; and
swift-f0's pitch rounded to semitones, a note wherever that changes.

Figures: F of notes by mir_eval (onset within 50 and 100 ms, pitch within 50 cents of the note as sung in the
singer's own tuning), and raw pitch accuracy (share of sung frames within 50 cents).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import mir_eval
import numpy as np
from sung_tunes import RATE_HZ, SINGERS, Note, sing

from motet.audio import Audio
from motet.audio.heard import PitchTrack
from motet.audio.melody import find_melody
from motet.audio.pitch import VoiceTrack, find_pitch
from motet.io import read, write_midi
from motet.score import Note as ScoreNote
from motet.score import Part, Score

FONT = "/usr/share/sounds/sf2/TimGM6mb.sf2"
PROGRAMS = {"oohs": 53, "ocarina": 79, "flute": 73, "violin": 40, "choir": 52}
TUNES = (
    ("openewld", "dataset/Francis_Wheeler-Harry_B._Smith-Ted_Snyder/The_Sheik_of_Araby/The_Sheik_of_Araby.mxl"),
    ("openewld", "dataset/Hans_Engelmann/Melody_of_Love/Melody_of_Love.mxl"),
    ("openhymnal", "Complete/For_All_The_Saints/For_All_The_Saints-Sine_Nomine.abc"),
    ("openhymnal", "Complete/How_Shall_We_Answer_Terrors_Cry/How_Shall_We_Answer_Terrors_Cry-Melita.abc"),
    ("openscore-lieder", "scores/Arne,_Thomas/_/Blow,_Blow,_Thou_Winter_Wind/lc8835588.mxl"),
    ("openscore-lieder", "scores/Bishop,_Henry/_/Sappho_at_her_Loom/lc6446003.mxl"),
)  # fmt: skip
LENGTH_S = 14.0
Sound = np.ndarray


def find_tune(source: str, member: str, work: Path) -> list[Note]:
    """Return the beginning of a melody as (onset_s, duration_s, pitch), in a voice's range."""
    home = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"
    target = work / source / member
    if not target.exists():
        archive = Path(os.environ.get("MOTET_CORPUS", home)) / "clean" / f"{source}.tar.zst"
        command = ["tar", "--zstd", "-xf", str(archive), "-C", str(work), f"{source}/{member}"]
        subprocess.run(command, check=True)
    score = read(target).score
    part = score.parts[0]
    tops: dict[int, ScoreNote] = {}
    for note in part.notes:
        if not note.grace and note.staff == 1:
            best = tops.get(note.onset_tick)
            if best is None or note.pitch > best.pitch:
                tops[note.onset_tick] = note
    line = sorted(tops.values(), key=lambda note: note.onset_tick)
    begin = score.time.tick_to_s(line[0].onset_tick) - 0.3
    out: list[Note] = []
    for note, following in zip(line, [*line[1:], None], strict=True):
        on = score.time.tick_to_s(note.onset_tick) - begin
        end = score.time.tick_to_s(note.end_tick) - begin
        if following is not None:
            end = min(end, score.time.tick_to_s(following.onset_tick) - begin)
        if on > LENGTH_S:
            break
        if end - on > 0.09:
            out.append((on, end - on, note.pitch))
    middle = float(np.median([pitch for _, _, pitch in out]))
    shift = 12 * round((66 - middle) / 12)
    return [(on, length, pitch + shift) for on, length, pitch in out]


def play(notes: Sequence[Note], program: int) -> Sound:
    """Return a tune played by FluidSynth."""
    import soundfile

    line = tuple(
        ScoreNote(onset_tick=round(on * 960), duration_tick=round(length * 960), pitch=pitch)
        for on, length, pitch in notes
    )
    score = Score(parts=(Part(notes=line, program=program),))
    with tempfile.TemporaryDirectory() as folder:
        midi, wav = Path(folder) / "a.mid", Path(folder) / "a.wav"
        midi.write_bytes(write_midi(score))
        command = [
            "fluidsynth",
            "-niq",
            "-r",
            str(RATE_HZ),
            "-g",
            "0.8",
            "-F",
            str(wav),
            FONT,
            str(midi),
        ]
        subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
        samples, _ = soundfile.read(wav, dtype="float32", always_2d=True)
    return samples.mean(axis=1)


def pyin_track(sound: Sound, *, is_whistle: bool) -> VoiceTrack:
    """Return the pitch that librosa's pYIN finds, with loudness so that the segmentation is the same."""
    import librosa
    import soxr

    rate = 32000 if is_whistle else 16000
    y = soxr.resample(sound, RATE_HZ, rate)
    hop = round(rate * 0.016)
    low, high = (400.0, 4200.0) if is_whistle else (62.0, 2090.0)
    hz, _, p = librosa.pyin(
        y, fmin=low, fmax=high, sr=rate, hop_length=hop, frame_length=2048 if is_whistle else 1024
    )
    time = np.arange(len(hz)) * 0.016
    own = find_pitch(Audio(np.stack([sound, sound], 1), RATE_HZ), kind="voice").level_db
    level = np.interp(np.arange(len(hz)), np.arange(len(own)), own).astype(np.float32)
    voiced = np.where(np.isfinite(hz), np.maximum(p, 0.75), 0.05).astype(np.float32)
    return VoiceTrack(time, np.nan_to_num(hz).astype(np.float32), voiced, level)


def naive_notes(track: PitchTrack) -> list[Note]:
    """Return a note wherever the rounded pitch changes, of 50 ms and more."""
    semi = 69 + 12 * np.log2(np.maximum(track.hz, 1) / 440)
    name = np.where(track.voiced >= 0.5, np.rint(semi), -1).astype(int)
    cuts = np.flatnonzero(np.diff(name)) + 1
    out = []
    for first, end in zip([0, *cuts], [*cuts, len(name)], strict=True):
        if name[first] >= 0 and end - first >= 3:
            out.append((first * 0.016, (end - first) * 0.016, int(name[first])))
    return out


def swift_notes(sound: Sound) -> list[tuple[float, float, float]]:
    """Return the notes of swift-f0's own segmentation."""
    import swift_f0

    found = swift_f0.segment_notes(swift_f0.SwiftF0(threads=1).detect(sound, RATE_HZ))
    return [(n.start, n.end - n.start, 69 + 12 * np.log2(n.pitch_hz / 440)) for n in found]


def note_f(
    true: Sequence[Note], found: Sequence[tuple[float, float, float]], window_s: float
) -> float:
    """Return the F of notes; pitches to within 50 cents."""
    if not found:
        return 0.0
    sides = []
    for notes in (true, found):
        spans = np.array([(max(0, on), max(0, on) + max(length, 0.01)) for on, length, _ in notes])
        sides += [spans, 440 * 2 ** ((np.array([float(p) for _, _, p in notes]) - 69) / 12)]
    return float(
        mir_eval.transcription.precision_recall_f1_overlap(
            *sides, onset_tolerance=window_s, offset_ratio=None, pitch_tolerance=50
        )[2]
    )


def raw_accuracy(
    true: Sequence[Note], track: PitchTrack, offset: Callable[[float], float]
) -> float:
    """Return the share of frames of notes (without their first and last 40 ms) that are within 50 cents."""
    good = count = 0
    semi = 69 + 12 * np.log2(np.maximum(track.hz, 1) / 440)
    for on, length, pitch in true:
        here = (track.time_s > on + 0.04) & (track.time_s < on + length - 0.04)
        near = np.abs(semi[here] - pitch - offset(on)) < 0.5
        good += int((near & (track.voiced[here] >= 0.5)).sum())
        count += int(here.sum())
    return good / max(1, count)


def main() -> None:
    """Print a table, then one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tunes", type=int, default=len(TUNES))
    parser.add_argument("--skip", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--no-pyin", action="store_true")
    parser.add_argument("--work", default="/tmp/motet-hum")
    args = parser.parse_args()
    work = Path(args.work)
    work.mkdir(parents=True, exist_ok=True)
    tunes = [find_tune(source, member, work) for source, member in TUNES[args.skip : args.tunes]]
    cases = [*SINGERS, *PROGRAMS]
    cases = [one for one in cases if not args.only or one in args.only.split(",")]
    rows: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for case in cases:
        for k, tune in enumerate(tunes):
            measure(case, k, tune, rows, with_pyin=not args.no_pyin)
        told = {name: round(float(np.mean(values)), 3) for name, values in rows[case].items()}
        sys.stdout.write(f"{case:14s} " + "  ".join(f"{a} {b:.3f}" for a, b in told.items()) + "\n")
        sys.stdout.flush()
    for name in next(iter(rows.values())):
        mean = np.mean([np.mean(row[name]) for row in rows.values() if name in row])
        sys.stdout.write(f"mean {name} {mean:.3f}\n")
    facts = {case: {a: float(np.mean(b)) for a, b in row.items()} for case, row in rows.items()}
    sys.stdout.write(json.dumps(facts) + "\n")


def measure(case: str, k: int, tune: list[Note], rows: dict, *, with_pyin: bool) -> None:
    """Add one tune's figures."""
    seed = zlib.crc32(f"{case}{k}".encode())
    row = rows[case]
    if case in SINGERS:
        singer = SINGERS[case]
        singer = replace(singer, offset_semi=singer.offset_semi * (1 if k % 2 else -1))
        sound, true = sing(tune, singer, seed=seed)

        def offset(on: float) -> float:
            return singer.offset_semi + singer.drift_semi_per_s * on

    else:
        sound, true = play(tune, PROGRAMS[case]), tune

        def offset(on: float) -> float:  # noqa: ARG001
            return 0.0

    audio = Audio(np.stack([sound, sound], 1), RATE_HZ)
    track = find_pitch(audio)
    tell(row, "motet", true, [(n.onset_s, n.duration_s, n.pitch) for n in find_melody(track)])
    row["raw motet"].append(raw_accuracy(true, track, offset))
    tell(row, "naive", true, naive_notes(track))
    shift = offset(0.0)
    tell(row, "swift", true, [(a, b, p - shift) for a, b, p in swift_notes(sound)])
    if with_pyin:
        other = pyin_track(sound, is_whistle=case.endswith("whistle"))
        tell(row, "pyin", true, [(n.onset_s, n.duration_s, n.pitch) for n in find_melody(other)])
        row["raw pyin"].append(raw_accuracy(true, other, offset))


def tell(row: dict, name: str, true: list[Note], found: list) -> None:
    """Add the two F of one way."""
    row[f"{name} 50"].append(note_f(true, found, 0.05))
    row[f"{name} 100"].append(note_f(true, found, 0.1))


if __name__ == "__main__":
    main()
