"""How long does the largest file that is admitted take, and the worst that is refused?

``python benchmarks/speed/limits.py [FORMAT ...]``: files made to hurt are read, each in a process of its
own. Seconds are of processor time, the process's start left out; megabytes are its peak. The table is
for people; the last line is JSON for machines. A hostile file should be answered in 2 s and 512 MB;
honest files of the most notes (``plain notes``) are told beside.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import multiprocessing.connection
import platform
import resource
import time
from collections.abc import Iterator
from itertools import chain

from rates import read_commit

import motet.io
from motet.errors import MotetError

__all__ = ["CASES", "main"]

Cases = Iterator[tuple[str, bytes]]
_MB = 1 << 20
_ABC = b"X:1\nM:4/4\nL:1/8\nK:C\n"
_KERN = b"**kern\n*M4/4\n"
_MIDI = b"MThd\0\0\0\6\0\1\0\1\1\xe0"
_END = b"\0\xff\x2f\0"


def _full(piece: bytes, size: int, head: bytes = b"") -> bytes:
    """Return a piece over and over, up to a size."""
    return head + piece * ((size - len(head)) // len(piece))


def abc_cases() -> Cases:
    """Give ABC files."""
    yield "plain notes, 99,000", _ABC + (b"cdef gabc|" * 100 + b"\n") * 123
    yield "notes, 16 MB", _full(b"cdefgabc" * 100 + b"|\n", 16 * _MB, _ABC)
    for name, piece in (
        ("rests", b"z" * 1000), ("closing brackets", b"]" * 1000), ("signs", b"." * 1000),
        ("junk", b"1@#$" * 250), ("open fields", b"[a:" * 60_000), ("chords", b'"Am7"' * 200),
        ("dynamics", b"!pp!" * 200), ("keys", b"[K:D]" * 100), ("endings", b"[1-99 " * 500),
        ("repeats", b"|:c:|" * 200), ("metres", b"M:(1" + b" " * 190_000 + b"x"), ("macros", b"~~~" * 400),
        ("tempos", b"Q:" + b"1/4 " * 45_000 + b"=90"), ("words", b"w:" + b" la" * 5000),
    ):  # fmt: skip
        head = _ABC + (b"".join(b"m:%sn%d=n\n" % (b"~" * (1 + k % 29), k) for k in range(500)))
        yield name, _full(piece + b"\n", 16 * _MB, head if name == "macros" else _ABC)
    voices = b"".join(b"V:%d\nc|\n" % k for k in range(1000))
    yield "voices", _ABC + voices * 700
    yield "tunes", b"".join(b"X:%d\nK:C\nc|\n\n" % k for k in range(99_000))


def kern_cases() -> Cases:
    """Give kern files."""
    yield "plain notes, 149,000", _KERN + b"4c\n4d\n8e\n8f\n4g\n=\n" * 29_800 + b"*-\n"
    for name, piece in (
        ("notes", b"4c\n4d\n="), ("slurs", b"(((((4c)))))"), ("splits", b"*^\n*v\t*v"),
        ("tempos", b"*MM90\n4c\n*MM91\n4d"), ("layout", b"!LO:TX:t=dolce"), ("rests", b"64r"),
    ):  # fmt: skip
        yield (
            name,
            _full(piece + b"\n", 900_000 * (len(piece) + 1) // (1 + piece.count(b"\n")), _KERN),
        )
    wide = b"\t".join([b"**kern"] * 250) + b"\n"
    yield "wide", wide + (b"\t".join([b"*"] * 250) + b"\n") * 33_000


def midi_cases() -> Cases:
    """Give MIDI files."""
    note = b"\1\x90\x3c\x40\1\x80\x3c\0"

    def file(body: bytes) -> bytes:
        return _MIDI + b"MTrk" + (len(body) + 4).to_bytes(4, "big") + body + _END

    yield "plain notes, 249,000", file(note * 249_000)
    yield "notes, 16 MB", file(_full(note, 16 * _MB - 99))
    yield "notes that never end", file(b"\0\x90\x3c\x40" * 499_000)
    yield "texts", file(b"\1\xff\1\3\xe9\xff\xfe" * 499_000)
    yield "texts, 249,000", file(b"\1\xff\1\3\xe9\xff\xfe" * 249_000)
    yield "metres", file(b"\1\xff\x58\4\3\2\x18\x08" * 499_000)
    yield (
        "programs",
        file(bytes(chain.from_iterable((1, 0xC0 | k % 16, 5) for k in range(499_000)))),
    )
    yield "deltas", file(b"\xff\xff\xff\x7f\x90\x3c\x40" * 240_000)
    yield "lying tracks", _MIDI + b"MTrk\x7f\xff\xff\xff" * 2_000_000
    yield "live messages", file(b"\0\xf8" * 8_000_000)


def musicxml_cases() -> Cases:
    """Give MusicXML files."""
    head = (
        b'<score-partwise><part-list><score-part id="P1"><part-name>a</part-name></score-part>'
        b'</part-list><part id="P1"><measure><attributes><divisions>4</divisions><time><beats>4</beats>'
        b"<beat-type>4</beat-type></time></attributes>"
    )
    note = b"<note><pitch><step>C</step><octave>4</octave></pitch><duration>2</duration></note>"
    tail = b"</measure></part></score-partwise>"
    bar = note * 8 + b"</measure><measure>"
    yield "plain notes, 248,000", head + bar * 31_000 + tail
    yield "plain notes, 100,000", head + bar * 12_500 + tail
    yield "notes, 64 MB", head + _full(bar, 60 * _MB) + tail
    yield "one bar", head + note * 249_000 + tail
    yield "measures", head + b"</measure><measure>" * 3_000_000 + tail
    yield "bars of one note", head + (note + b"</measure><measure>") * 110_000 + tail
    repeat = b"<barline><repeat direction='backward'/></barline></measure><measure>"
    yield "repeats", head + (note + repeat) * 110_000 + tail
    verses = note.replace(b"</note>", b"<lyric><text>a</text></lyric>" * 90 + b"</note>")
    yield "verses", head + (verses + b"</measure><measure>") * 5_200 + tail
    yield "depth", b"<score-partwise>" + b"<a>" * 5_000_000
    yield "comment", head + b"<!--" + b"x" * (60 * _MB) + b"-->" + tail
    yield (
        "attributes",
        b"<score-partwise " + b" ".join(b"a%d=''" % k for k in range(3_000_000)) + b"/>",
    )


def json_cases() -> Cases:
    """Give Motet JSON files."""
    note = b'{"onset_tick":0,"duration_tick":9,"pitch":60'

    def file(notes: bytes) -> bytes:
        return b'{"format":1,"parts":[{"notes":[' + notes + b"]}]}"

    yield "plain notes, 249,000", file(b",".join([note + b"}"] * 249_000))
    yield "notes, 16 MB", file(b",".join([note + b"}"] * 350_000))
    yield "ties", file(note + b',"ties_tick":[' + b"1," * 7_000_000 + b"1]}")
    yield "depth", b"[" * (16 * _MB - 10)
    yield "parts", b'{"format":1,"parts":[' + b"{}," * 5_000_000 + b"{}]}"
    yield "keys", b'{"format":1,' + b"".join(b'"%d":1,' % k for k in range(1_400_000)) + b'"a":1}'
    yield "one key", b'{"format":1,"' + b"a" * (16 * _MB - 100) + b'":1}'


CASES = {
    "abc": abc_cases, "kern": kern_cases, "midi": midi_cases, "musicxml": musicxml_cases,
    "json": json_cases,
}  # fmt: skip


def _answer(kind: str, data: bytes, pipe: multiprocessing.connection.Connection) -> None:
    """Read one file in this process, and send what it took."""
    started = time.process_time()
    try:
        loaded = getattr(motet.io, f"read_{kind}")(data)
        told = f"read, {loaded.score.n_notes:,} notes"
    except MotetError as error:
        told = f"refused: {error.en}"
    took_s = time.process_time() - started
    pipe.send((told, took_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def main() -> None:
    """Print the table and the line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("formats", nargs="*", help=", ".join(CASES))
    wanted = parser.parse_args().formats or list(CASES)
    context = multiprocessing.get_context("fork")
    rows = []
    for kind in wanted:
        for name, data in CASES[kind]():
            ours, theirs = context.Pipe(duplex=False)
            worker = context.Process(target=_answer, args=(kind, data, theirs))
            worker.start()
            theirs.close()
            told, took_s, peak_mb = ours.recv()
            worker.join()
            rows.append((kind, name, len(data), took_s, peak_mb, told))
            print(
                f"{kind:9}{name:24}{len(data) / _MB:7.2f} MB {took_s:6.2f} s {peak_mb:5.0f} MB  {told[:60]}",
                flush=True,
            )
    report = {
        "question": "largest and worst files",
        "machine": platform.machine(),
        "versions": {"python": platform.python_version()},
        "commit": read_commit(),
        "seed": "none: every file is written out",
        "n": len(rows),
        "cases": [
            {"format": row[0], "case": row[1], "mb": round(row[2] / _MB, 2), "s": round(row[3], 2),
             "peak_mb": round(row[4]), "is_read": row[5].startswith("read")}
            for row in rows
        ],
    }  # fmt: skip
    print(json.dumps(report))


if __name__ == "__main__":
    main()
