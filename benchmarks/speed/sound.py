"""How many times faster than real time is sound made, beside FluidSynth on the same notes?

``python benchmarks/speed/sound.py [--seconds 60] [--repeats 3]``: a band of eight parts from a fixed
seed, rendered by Motet's own engine (mixed, mastered), by FluidSynth's stems under the same mix, and by
the bare ``fluidsynth`` program on the same score as one MIDI file. The table is for people; the last
line is JSON for machines.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from motet.io import write_midi
from motet.render.fluidsynth import find_fluidsynth
from motet.render.sound import render_audio
from motet.render.soundfont import load_soundfont
from motet.score import Note, Part, Score

__all__ = ["main", "make_band"]

_QN = 480
_CHORDS = ((57, 60, 64), (53, 57, 60), (48, 55, 64), (55, 59, 62))


def make_band(seconds: int, *, seed: int = 1) -> Score:
    """Return eight parts at 120 quarter notes a minute: a dense pop song."""
    rng = random.Random(seed)
    notes: dict[str, list[Note]] = {}

    def add(name: str, at: float, length: float, *pitches: int) -> None:
        for pitch in pitches:
            notes.setdefault(name, []).append(
                Note(
                    onset_tick=round(at * _QN),
                    duration_tick=round(length * _QN),
                    pitch=pitch,
                    velocity=rng.randint(60, 105),
                )
            )

    for beat in range(2 * seconds):
        chord = _CHORDS[beat // 4 % 4]
        for half in (0.0, 0.5):
            add("drums", beat + half, 0.25, 42)
            add("guitar", beat + half, 0.45, *chord)
        add("drums", beat, 0.25, 36 if beat % 2 == 0 else 38)
        add("bass", beat, 0.9, chord[0] - 12)
        add("melody", beat, 0.9, rng.choice(chord) + 12)
        if beat % 2 == 0:
            add("piano", beat, 1.8, *chord, chord[0] - 12)
            add("horns", beat + 1, 0.5, *(pitch + 12 for pitch in chord))
        if beat % 4 == 0:
            add("pad", beat, 4.0, *chord)
            add("strings", beat, 4.0, *(pitch + 12 for pitch in chord))
    programs = {
        "melody": (73, "melody"),
        "guitar": (25, "comping"),
        "piano": (0, "comping"),
        "bass": (33, "bass"),
        "pad": (89, "pad"),
        "strings": (48, "strings"),
        "horns": (61, "horns"),
    }
    parts = [
        Part(name=name, notes=tuple(notes[name]), program=program, role=role)
        for name, (program, role) in programs.items()
    ]
    drums = Part(name="drums", notes=tuple(notes["drums"]), is_drums=True, channel=9, role="drums")
    return Score(parts=(*parts, drums))


def _play_file(path: Path, wav: Path) -> None:
    command = [find_fluidsynth(), "-niq", "-r", "44100", "-F", str(wav)]
    command += [str(load_soundfont().path), str(path)]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)


def _measure(action: Callable[[], object], repeats: int) -> list[float]:
    found = []
    for _ in range(repeats):
        started = time.perf_counter()
        action()
        found.append(time.perf_counter() - started)
    return found


def main() -> None:
    """Print the table and the JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--repeats", type=int, default=3)
    wishes = parser.parse_args()
    score = make_band(wishes.seconds)
    with tempfile.TemporaryDirectory() as folder:
        midi, wav = Path(folder) / "band.mid", Path(folder) / "band.wav"
        midi.write_bytes(write_midi(score))
        cases: dict[str, Callable[[], object]] = {
            "motet, first": lambda: render_audio(score, engine="motet"),
            "motet": lambda: render_audio(score, engine="motet"),
        }
        if find_fluidsynth():
            cases["fluidsynth stems, motet mix"] = lambda: render_audio(score, engine="fluidsynth")
            cases["fluidsynth program, no mix"] = lambda: _play_file(midi, wav)
        rows = {}
        for name, action in cases.items():
            seconds = _measure(action, 1 if name.endswith("first") else wishes.repeats)
            rows[name] = {
                "median_s": statistics.median(seconds),
                "worst_s": max(seconds),
                "times_real_time": wishes.seconds / statistics.median(seconds),
            }
    print(f"{'engine':32}{'median s':>10}{'worst s':>10}{'x real time':>13}")
    for name, row in rows.items():
        print(
            f"{name:32}{row['median_s']:10.2f}{row['worst_s']:10.2f}{row['times_real_time']:13.1f}"
        )
    report = {
        "benchmark": "speed/sound",
        "machine": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "scipy": version("scipy"),
        "seed": 1,
        "n_notes": score.n_notes,
        "seconds": wishes.seconds,
        "load_average": os.getloadavg()[0],
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "results": rows,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
