"""Coverage-guided fuzzing of one reader: mutated bytes that reach new code are kept and mutated again.

``python tools/fuzz_coverage.py midi --minutes 60 --finds folder``. Needs atheris (``pip install
atheris``; Linux and macOS), which is not part of any install target. Seeds are small files that Motet
writes itself. Anything but a `MotetError`, and any answer after more than 2 s of processor time, is a
find: its bytes and traceback go into the folder, one file for each place in the code, and the run goes on.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["motet.io"]):
    import motet.io as io
    from motet.errors import MotetError
    from motet.io import read_json, read_midi, write_json, write_midi, write_musicxml

from motet.score import make_score

LIMIT_S = 2.0
KERN = b"**kern\t**text\n*M4/4\t*\n*k[b-]\t*\n=1\t=1\n4c\tLa\n8.dL\t-\n16eJ\t.\n[2f\t.\n=2\t=2\n2f]\t.\n*-\t*-\n"
ABC = b'X:1\nT:A tune\nM:6/8\nL:1/8\nQ:3/8=90\nK:Dmix\n|:"D"d>ef (3gab|[ce]2 z ~A3:|\nw:one two- three\n'


def seeds(kind: str) -> list[bytes]:
    """Return small files of a kind."""
    scores = [
        make_score("C4:1 E4+G4:2 r:1 | D5:4", "drums 36:1 38:1", chords="C:2 G7:2", fifths=-2),
        make_score("F#4:0.5 G4:0.333 A4:3", metre="7/8", qpm=93.5, resolution=96),
    ]
    if kind == "midi":
        return [write_midi(score) for score in scores]
    if kind == "json":
        return [write_json(score) for score in scores]
    if kind == "musicxml":
        return [write_musicxml(score) for score in scores]
    return [KERN] if kind == "kern" else [ABC]


def reader(kind: str) -> Callable[[bytes], object]:
    """Return the reader of a kind."""
    if kind == "midi":
        return read_midi
    if kind == "json":
        return read_json
    return getattr(io, f"read_{kind}")  # type: ignore[no-any-return]


def main() -> None:
    """Fuzz until the time is up, then print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("kind", choices=("midi", "json", "musicxml", "kern", "abc"))
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--finds", type=Path, default=Path("finds"))
    options = parser.parse_args()
    folder = options.finds / options.kind
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for k, data in enumerate(seeds(options.kind)):
        (corpus / f"seed-{k}").write_bytes(data)
    read = reader(options.kind)
    state = {"runs": 0, "refused": 0, "slowest_s": 0.0}
    found: dict[str, int] = {}
    began = time.monotonic()

    def keep(name: str, data: bytes, text: str) -> None:
        found[name] = found.get(name, 0) + 1
        if found[name] == 1:
            (folder / f"{name}.bin").write_bytes(data)
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")

    def report(*, is_last: bool) -> None:
        line = {"question": f"coverage-guided fuzzing, {options.kind}", **state}
        line |= {"minutes": round((time.monotonic() - began) / 60, 1), "finds": dict(found)}
        (folder / "report.json").write_text(json.dumps(line), encoding="utf-8")
        if is_last:
            print(json.dumps(line))

    def try_one(data: bytes) -> None:
        start = time.process_time()  # processor time: a busy machine is not a slow reader
        try:
            read(data)
        except MotetError:
            state["refused"] += 1
        except Exception as error:  # noqa: BLE001  every other exception is what is looked for
            frame = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__}-{Path(frame.filename).stem}-{frame.lineno}"
            keep(where, data, traceback.format_exc())
        took_s = time.process_time() - start
        state["runs"] += 1
        state["slowest_s"] = max(state["slowest_s"], round(took_s, 3))
        if took_s > LIMIT_S:
            keep("slow", data, f"{took_s:.2f} s\n")
        if state["runs"] % 2000 == 0:
            report(is_last=False)

    seconds = int(options.minutes * 60)
    arguments = [sys.argv[0], str(corpus), f"-max_total_time={seconds}", "-max_len=16384"]
    atheris.Setup(
        [*arguments, "-rss_limit_mb=1024", "-timeout=20", "-print_final_stats=0"], try_one
    )
    try:
        atheris.Fuzz()
    finally:
        report(is_last=True)


if __name__ == "__main__":
    main()
