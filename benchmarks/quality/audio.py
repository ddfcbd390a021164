"""Question: how well does Motet hear? Notes, beats, keys, chords and melodies, beside rivals.

Plays pieces that nothing was learned from with three sound fonts that Motet does not ship, clean, with
noise, in a room and through MP3; lets Motet and its rivals hear the same files; sings tunes with a synthetic
voice; goes the full circle from a score through sound to a score; and hands over odd and damaged files.
Needs the archives at MOTET_CORPUS (default ``../shared/corpus``), fluidsynth and the fonts:
``apt-get install fluidsynth timgm6mb-soundfont musescore-general-soundfont opl3-soundfont
csound-soundfont``.
``--basic-pitch FOLDER`` (an unpacked wheel of basic-pitch) adds its own note creation as a rival.

Rows are kept in ``--work`` and made anew when the code that hears or measures changed, so a run that was
stopped goes on where it was; ``--keep`` takes rows of older code too. ``--only music,voice,circle,robust``
takes a part, ``--quick`` is a minute's look that needs no archive. Prints tables and one JSON line; ``--write``
puts the tables into docs/audio.md.

Run: ``python benchmarks/quality/audio.py --write``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import platform
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from audio_catalogue import PIECES, Origin
from audio_page import make_figures, summarise, tell_tables, write_pages
from audio_pieces import Take, make_simple_take, make_take
from audio_sound import DAMAGES, FONTS, damage, find_fonts, play, read_sound

__all__ = ["PARTS", "main", "run"]

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("music", "voice", "circle", "robust")
_MEASURING = {"catalogue", "hearing", "measures", "pieces", "rivals", "sound", "voice"}
Job = tuple[str, tuple[str, ...]]
"""A part of the run and what names one row of it."""


def make_stamps() -> dict[str, str]:
    """Return short digests of the code: what measures the rivals, and with it what Motet hears by."""
    here = sorted(Path(__file__).parent.glob("audio_*.py"))
    rivals = [path for path in here if path.stem.removeprefix("audio_") in _MEASURING]
    folders = [ROOT / "src" / "motet" / name for name in ("audio", "tasks/transcribe")]
    hearing = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    hearing = [path for path in hearing if path.suffix != ".pyc"]
    return {"rivals": _digest(rivals), "motet": _digest([*rivals, *hearing])}


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def list_jobs(parts: tuple[str, ...], *, is_quick: bool) -> list[Job]:
    """Return what is to be done."""
    from audio_robust import CASES
    from audio_voice import KINDS, TUNES

    jobs: list[Job] = []
    if "music" in parts:
        jobs += [("music", job) for job in _music_jobs(is_quick=is_quick)]
    if "voice" in parts:
        tunes = ("quick",) if is_quick else tuple(tune[0] for tune in TUNES)
        jobs += [("voice", (name, kind, "clean")) for name in tunes for kind in KINDS]
        jobs += [] if is_quick else [("voice", (name, "sung", "all three")) for name in tunes]
    if "circle" in parts:
        names = _names(is_quick)[: 1 if is_quick else None : 1 if is_quick else 3]
        jobs += [("circle", (name, "TimGM" if is_quick else "MuseScore")) for name in names]
    if "robust" in parts:
        count = range(0, len(CASES), 6 if is_quick else 1)
        jobs += [("robust", (str(k),)) for k in count]
    return jobs


def _music_jobs(*, is_quick: bool) -> list[tuple[str, ...]]:
    """Return takes, fonts and damages, so ordered that a run that is cut short tells most."""
    names = _names(is_quick)
    if is_quick:
        return [(name, "TimGM", kind) for name in names for kind in ("clean", DAMAGES[-1])]
    fonts = tuple(FONTS)
    jobs: list[tuple[str, ...]] = [(name, fonts[-1], "clean") for name in names]
    for first in range(3):
        for k in range(first, len(names), 3):
            font = fonts[k % 3]  # the last font plays the clean ones alone
            jobs += [(names[k], font, kind) for kind in ("clean", *DAMAGES)]
    rest = [(name, font, "clean") for font in fonts for name in names]
    return jobs + [job for job in rest if job not in jobs]


def _names(is_quick: bool) -> list[str]:
    return ["quick-pop", "quick-waltz"] if is_quick else [origin.name for origin in PIECES]


@lru_cache(maxsize=4)
def _take(name: str, work: Path) -> Take:
    if name.startswith("quick"):
        return make_simple_take(name.partition("-")[2] or "folk", seed=5)
    return make_take(_origin(name), work)


def _origin(name: str) -> Origin:
    return next(one for one in PIECES if one.name == name)


def _sound(name: str, font: str, work: Path) -> Path:
    """Return a take as sound; in a quick run without FluidSynth, Motet plays it itself."""
    take, target = _take(name, work), work / "sound" / f"{name}-{font}.flac"
    if name.startswith("quick") and not (
        shutil.which("fluidsynth") and Path(FONTS[font][0]).exists()
    ):
        from motet.audio import write_audio
        from motet.render.sound import render_audio

        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_audio(render_audio(take.score, engine="motet"), target)
        return target
    return play(take.score, find_fonts((font,))[font], target)


def do_job(job: Job, half: str, work: Path, basic_pitch: Path | None) -> dict[str, Any]:
    """Return one half of a job's row: what was played and Motet's figures, or those of its rivals."""
    part, names = job
    if part == "music":
        return _do_music(names, half, work, basic_pitch)
    if part == "voice":
        return _do_voice(names, half, work)
    if half == "rivals":
        return {}
    return _do_robust(names) if part == "robust" else _do_circle(names, work)


def _do_music(
    job: tuple[str, ...], half: str, work: Path, basic_pitch: Path | None
) -> dict[str, Any]:
    from audio_hearing import hear_music, rival_music

    name, font, kind = job
    take, path, facts = _take(name, work), _sound(name, font, work), {}
    row = {"name": name, "style": take.style, "font": font, "damage": kind, "n": len(take.notes)}
    with tempfile.TemporaryDirectory() as folder:
        if kind != "clean":
            seed = zlib.crc32(f"{name}-{font}".encode())
            path, facts = damage(read_sound(path), kind, Path(folder) / "damaged.flac", seed=seed)
        if half == "rivals":
            return rival_music(take, path, basic_pitch=basic_pitch)
        return row | facts | hear_music(take, path)


def _do_voice(job: tuple[str, ...], half: str, work: Path) -> dict[str, Any]:
    import soundfile
    import soxr
    from audio_hearing import hear_voice, rival_voice
    from audio_voice import RATE_HZ, make_quick_tune, sing, take_tune

    name, kind, harm = job
    take = make_quick_tune() if name == "quick" else take_tune(name, work)
    sung = sing(take, kind)
    row = {"name": name, "kind": kind, "damage": harm, "n": len(sung.notes)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sung.wav"
        soundfile.write(path, sung.sound, RATE_HZ)
        if harm != "clean":
            loud = soxr.resample(sung.sound, RATE_HZ, 44100)
            seed = zlib.crc32(name.encode())
            path, _ = damage(loud, harm, Path(folder) / "damaged.flac", seed=seed)
        return (
            rival_voice(sung, path)
            if half == "rivals"
            else row | hear_voice(take, sung, path, kind)
        )


def _do_circle(job: tuple[str, ...], work: Path) -> dict[str, Any]:
    from audio_circle import go_round

    return go_round(_take(job[0], work), _sound(*job[:2], work))


def _do_robust(job: tuple[str, ...]) -> dict[str, Any]:
    from audio_robust import CASES, answer

    from motet.tasks.transcribe import transcribe

    with tempfile.TemporaryDirectory() as folder:
        return answer(CASES[int(job[0])], Path(folder), lambda path: transcribe(path).notes)


def _row(
    job: Job, work: Path, stamps: dict[str, str], basic_pitch: Path | None
) -> dict[str, Any] | None:
    """Return a job's row; each half is taken from what is kept when the same code made it.

    None when time is up and the row is not kept.
    """
    row: dict[str, Any] = {}
    for half in ("motet", "rivals"):
        name = f"{job[0]}-{'-'.join(job[1])}-{half}.json".replace(" ", "_")
        path, mark = work / "rows" / name, f"{stamps[half]} {bool(basic_pitch)}"
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if kept.get("mark") != mark and not (kept and stamps.get("keep")):
            if time.time() > float(stamps["until"]):
                return None
            kept = {"mark": mark, "row": do_job(job, half, work, basic_pitch)}
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(kept), encoding="utf-8")
        for what, value in kept["row"].items():
            row[what] = row.get(what, {}) | value if isinstance(value, dict) else value
    return row


def run(
    parts: tuple[str, ...],
    *,
    work: Path,
    basic_pitch: Path | None = None,
    n_jobs: int = 1,
    is_quick: bool = False,
    keep: bool = False,
    until_s: float = math.inf,
    tell: Callable[[str], object] = str,
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each part; of what was begun before a time (`time.time`), when one is given."""
    stamps, jobs = make_stamps(), list_jobs(parts, is_quick=is_quick)
    if keep:
        stamps["keep"] = "yes"
    stamps["until"] = str(until_s)
    rows: dict[str, list[dict[str, Any]]] = {part: [] for part in parts}
    for k, (job, row) in enumerate(_work_off(jobs, work, stamps, basic_pitch, n_jobs)):
        if row is None:
            continue
        rows[job[0]].append(row)
        tell(f"\r{k + 1} of {len(jobs)}: {job[0]} {' '.join(job[1])}\033[K")
    return rows


def _work_off(
    jobs: list[Job], work: Path, stamps: dict[str, str], basic_pitch: Path | None, n_jobs: int
) -> Iterator[tuple[Job, dict[str, Any] | None]]:
    if n_jobs == 1:
        for job in jobs:
            yield job, _row(job, work, stamps, basic_pitch)
        return
    with ProcessPoolExecutor(n_jobs) as pool:
        waiting = [pool.submit(_row, job, work, stamps, basic_pitch) for job in jobs]
        for job, one in zip(jobs, waiting, strict=True):
            yield job, one.result()


def _facts() -> dict[str, Any]:
    names = ("numpy", "librosa", "mir_eval", "onnxruntime", "soundfile", "soxr", "swift-f0")
    return {
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in names},
        "stamp": make_stamps()["motet"],
    }


def main(argv: list[str] | None = None) -> int:
    """Print the tables and the JSON line, and write the pages where wished."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", default=",".join(PARTS), help="parts, with commas between them")
    parser.add_argument(
        "--quick", action="store_true", help="a minute's look; no archive is needed"
    )
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--keep", action="store_true", help="take kept rows of older code too")
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin nothing later")
    parser.add_argument("--work", type=Path, default=ROOT / ".scratch" / "audio")
    parser.add_argument(
        "--basic-pitch", type=Path, help="folder that holds the package basic_pitch"
    )
    parser.add_argument("--write", action="store_true", help="put the tables into docs/audio.md")
    parser.add_argument("--results", type=Path, help="folder for the figures as JSON")
    wishes = parser.parse_args(argv)
    parts = tuple(wishes.only.split(","))
    if unknown := set(parts) - set(PARTS):
        parser.error(f"--only knows {', '.join(PARTS)}; got {', '.join(sorted(unknown))}")
    if not wishes.quick:
        find_fonts()
    rows = run(
        parts,
        work=wishes.work,
        basic_pitch=wishes.basic_pitch,
        n_jobs=wishes.jobs,
        is_quick=wishes.quick,
        keep=wishes.keep,
        until_s=time.time() + 60 * wishes.minutes,
        tell=lambda text: sys.stderr.write(text) and sys.stderr.flush(),
    )
    sys.stderr.write("\n")
    summary = summarise(rows)
    for name, text in tell_tables(summary, language="en").items():
        print(f"## {name}\n\n{text}\n")
    report = {"question": "audio", **_facts(), "summary": summary, "figures": make_figures(summary)}
    if wishes.keep:
        report["stamp"] = "several states, --keep"
    if wishes.write and not wishes.quick:
        write_pages(summary, report)
        if "circle" in parts and wishes.minutes > 0:
            from audio_circle import save_pictures

            sound = _sound("sympathy", "GMbank", wishes.work)
            save_pictures(_take("sympathy", wishes.work), sound, ROOT / "docs", bars=6)
    line = json.dumps(report)
    if wishes.results:
        from datetime import UTC, datetime

        name = f"{datetime.now(UTC):%Y-%m-%d}-audio.json"
        (wishes.results / name).write_text(f"{line}\n", encoding="utf-8")
    print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
