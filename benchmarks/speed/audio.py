"""How fast does Motet hear, and with how much memory, by the length of the recording?

A made band of eight parts (the one of `sound.py`, a minute of it over and over, FLAC, stereo, 44.1 kHz) is
heard by one stage after the other: reading, note network with note creation, beats, chroma, pitch of a voice,
and by the whole `transcribe`; each in a process of its own, so that the peak is its own. × real time is the
length by the time it takes, loading of the network included. The peak is all that the process ever held,
Python and the packages included; what these take alone is told too. The decoder has a small process of its
own besides.

Run: ``.venv/bin/python benchmarks/speed/audio.py [--minutes 1 10] [--stages ...] [--write]``; about six minutes
on two idle cores. ``--minutes 10 180`` shows three hours (half an hour and more). ``--write`` puts the table
into docs/audio.md, ``--results FOLDER`` the JSON line beside the others.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bundles import peak_mb
from rates import read_commit, read_versions
from sound import make_band

__all__ = ["main", "make_figures", "tell_table"]

ROOT = Path(__file__).resolve().parents[2]
PAGES = {"en": ROOT / "docs" / "audio.md", "zh": ROOT / "docs" / "audio.zh.md"}
TITLES = {"en": "Speed and memory", "zh": "速度与内存"}
STAGES = {
    "read": "读取",
    "notes": "音符",
    "beats": "拍点",
    "chroma": "色度",
    "pitch": "人声音高",
    "transcribe": "整体转写",
}
HEADS = {
    "en": ("stage", "minutes", "seconds", "× real time", "peak MB", "of which empty"),
    "zh": ("步骤", "分钟", "秒", "实时倍数", "内存峰值 MB", "其中空载"),
}
_MACHINE = {
    "en": "{cores} cores ({machine}), load average {load:.1f}, commit {commit}; `benchmarks/speed/audio.py`.",
    "zh": "{cores} 核({machine}),负载 {load:.1f},提交 {commit};`benchmarks/speed/audio.py`。",
}


def make_minute(folder: Path) -> Path:
    """Return the path of a minute of a band, played by Motet."""
    from motet.audio import write_audio
    from motet.render.sound import render_audio

    return write_audio(render_audio(make_band(60), engine="motet"), folder / "minute.flac")


def lengthen(minute: Path, minutes: float, target: Path) -> Path:
    """Return the path of a file that holds a minute over and over; written block by block."""
    import soundfile

    samples, rate_hz = soundfile.read(minute, dtype="int16", frames=60 * 44100)
    left = round(minutes * 60 * rate_hz)
    with soundfile.SoundFile(target, "w", rate_hz, 2, subtype="PCM_16", format="FLAC") as file:
        while left > 0:
            for at in range(0, min(left, len(samples)), 65536):
                file.write(samples[at : min(at + 65536, left)])
            left -= len(samples)
    return target


def _read(path: Path) -> object:
    from motet.audio import stream_audio

    return sum(len(block) for block in stream_audio(path))


def _notes(path: Path) -> object:
    from motet.audio import find_notes

    return find_notes(path)


def _beats(path: Path) -> object:
    from motet.audio import find_beats

    return find_beats(path)


def _chroma(path: Path) -> object:
    from motet.audio import find_chroma

    return find_chroma(path)


def _pitch(path: Path) -> object:
    from motet.audio import find_pitch

    return find_pitch(path)


def _transcribe(path: Path) -> object:
    from motet.tasks.transcribe import transcribe

    return transcribe(path)


ACTIONS: dict[str, Callable[[Path], object]] = {
    "read": _read,
    "notes": _notes,
    "beats": _beats,
    "chroma": _chroma,
    "pitch": _pitch,
    "transcribe": _transcribe,
}


def measure_one(stage: str, path: Path, minutes: float) -> dict[str, Any]:
    """Return what one stage takes for one file, in this process."""
    import motet.audio  # noqa: F401  the measured part begins behind it

    empty_mb = peak_mb()
    began = time.perf_counter()
    ACTIONS[stage](path)
    seconds = time.perf_counter() - began
    return {
        "stage": stage,
        "minutes": minutes,
        "seconds": seconds,
        "times_real_time": 60 * minutes / seconds,
        "empty_mb": empty_mb,
        "peak_mb": peak_mb(),
    }


def ask(stage: str, path: Path, minutes: float) -> dict[str, Any]:
    """Return what a process of its own measured."""
    command = [sys.executable, __file__, "--child", stage, str(path), str(minutes)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def tell_table(rows: list[dict[str, Any]], *, language: str = "en") -> str:
    """Return the rows as Markdown.

    Examples
    --------
    >>> row = {"stage": "notes", "minutes": 1.0, "seconds": 3.0, "times_real_time": 20.0,
    ...        "empty_mb": 80.0, "peak_mb": 300.0}
    >>> print(tell_table([row]).splitlines()[2])
    | notes | 1 | 3.0 | 20.0 | 300 | 80 |
    """
    from motet.suite.page import make_table

    lines = [
        (
            STAGES[row["stage"]] if language == "zh" else row["stage"],
            f"{row['minutes']:g}", f"{row['seconds']:.1f}", f"{row['times_real_time']:.1f}",
            f"{row['peak_mb']:.0f}", f"{row['empty_mb']:.0f}",
        )
        for row in rows
    ]  # fmt: skip
    return make_table(HEADS[language], lines)


def make_figures(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the figures that `benchmarks/compare.py` reads."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        name = f"{row['stage']}, {row['minutes']:g} min"
        found[f"{name}, times real time"] = {"median": row["times_real_time"], "better": "higher"}
        found[f"{name}, peak MB"] = {"median": row["peak_mb"]}
    return found


def main(argv: list[str] | None = None) -> int:
    """Print the table and the JSON line, and write the pages where wished."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--minutes", type=float, nargs="+", default=[1.0, 10.0])
    parser.add_argument("--stages", nargs="+", choices=tuple(STAGES), default=list(STAGES))
    parser.add_argument("--write", action="store_true", help="put the table into docs/audio.md")
    parser.add_argument("--results", type=Path, help="folder for the figures as JSON")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    wish = parser.parse_args(argv)
    if wish.child:
        stage, path, minutes = wish.child
        print(json.dumps(measure_one(stage, Path(path), float(minutes))))
        return 0
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        minute = make_minute(Path(folder))
        for minutes in wish.minutes:
            path = lengthen(minute, minutes, Path(folder) / "long.flac")
            for stage in wish.stages:
                rows.append(ask(stage, path, minutes))
                sys.stderr.write(f"{stage}, {minutes:g} min: {rows[-1]['seconds']:.1f} s\n")
    report = {
        "benchmark": "speed/audio",
        "machine": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "versions": read_versions(("numpy", "onnxruntime", "librosa", "soxr", "swift-f0")),
        "commit": read_commit(),
        "load_average": os.getloadavg()[0],
        "rows": rows,
        "figures": make_figures(rows),
    }
    print(tell_table(rows))
    if wish.write:
        _write_pages(report)
    line = json.dumps(report)
    if wish.results:
        name = f"{datetime.now(UTC):%Y-%m-%d}-audio-speed.json"
        (wish.results / name).write_text(f"{line}\n", encoding="utf-8")
    print(line)
    return 0


def _write_pages(report: dict[str, Any]) -> None:
    from motet.suite.page import write_section

    for language, page in PAGES.items():
        facts = _MACHINE[language].format(
            cores=report["cores"], machine=report["machine"], load=report["load_average"],
            commit=report["commit"],
        )  # fmt: skip
        text = f"{facts}\n\n{tell_table(report['rows'], language=language)}"
        write_section(page, "speed", text, title=TITLES[language])


if __name__ == "__main__":
    raise SystemExit(main())
