"""Mutate MusicXML files and read each: no crash, no hang, no memory hunger.

``python tools/fuzz_musicxml.py --count 2000``; how a run goes is told in `fuzz_loop`.
"""

from __future__ import annotations

import io
import random
import re
import sys
import zipfile

from fuzz_loop import Target, read_or_tell, run_tool

from motet.io import read_musicxml, write_musicxml
from motet.io.loaded import Loaded
from motet.score import ChordSymbol, KeySignature, Lyric, Metre, Note, Part, Score, Section, Tempo

__all__ = ["TARGET", "answer", "make_seeds", "mutate"]

_NUMBERS = (
    b"0",
    b"-1",
    b"1e309",
    b"nan",
    b"",
    b"99999999999999",
    b"0.3333",
    b"128",
    b"x",
    b"\xc2\xb2",
)
_PIECES = (
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<!--", b"]]>", b"<![CDATA[", b"&amp;", b"&b;", b"&#0;",
    b"\x00", b"\xff\xfe", b"<?xml version='1.0' encoding='UTF-16'?>", b"<a>" * 200, b"</measure>",
    b"<measure>", b"</part><part id='P1'>", b"<note><rest/></note>", b"<chord/>", b"<grace/>",
    b"<tie type='stop'/>", b"<backup><duration>9</duration></backup>",
    b"<attributes><divisions>7</divisions></attributes>", b"<sound tempo='0'/>",
    b"<barline><repeat direction='backward' times='99'/></barline>", b"\n" * 100,
)  # fmt: skip
_MORE = """<harmony><root><root-step>C</root-step></root><kind text="7">dominant</kind><degree>
<degree-value>9</degree-value><degree-alter>-1</degree-alter><degree-type>add</degree-type></degree>
</harmony><direction><direction-type><wedge type="crescendo"/></direction-type><offset>1</offset>
</direction><direction><direction-type><pedal type="start"/></direction-type></direction><direction>
<direction-type><metronome><beat-unit>half</beat-unit><per-minute>60</per-minute></metronome>
</direction-type></direction><barline location="left"><ending number="1,2" type="start"/></barline>
<direction><direction-type><words>D.S. al Coda</words></direction-type></direction>"""


def make_seeds(rng: random.Random, *, count: int = 16) -> list[bytes]:
    """Return sound files of what Motet writes, some with more in them, some compressed."""
    seeds = [write_musicxml(_make_score(rng)) for _ in range(count)]
    seeds += [one.replace(b"</measure>", _MORE.encode() + b"</measure>", 3) for one in seeds[:4]]
    seeds.append(seeds[0].decode().replace("UTF-8", "UTF-16", 1).encode("utf-16"))
    for one in seeds[:3]:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            container = (
                '<container><rootfiles><rootfile full-path="a.xml"/></rootfiles></container>'
            )
            for name, content in (("META-INF/container.xml", container.encode()), ("a.xml", one)):
                archive.writestr(zipfile.ZipInfo(name), content)
        seeds.append(buffer.getvalue())
    return seeds


def _make_score(rng: random.Random) -> Score:
    """Return a score with most of what a file can say."""
    step = rng.choice((120, 160, 240))
    end = 1920 * rng.randint(1, 6)

    def ticks(count: int) -> list[int]:
        return sorted(rng.randrange(0, end, step) for _ in range(count))

    parts = []
    for k in range(rng.randint(1, 4)):
        notes = tuple(
            Note(
                onset_tick=tick,
                duration_tick=rng.choice((step, 2 * step, 480)),
                pitch=rng.randint(36, 81),
                velocity=rng.randint(20, 120),
                voice=rng.randint(1, 2),
                articulations=rng.choice(((), ("staccato",), ("accent",))),
            )
            for tick in ticks(rng.randint(0, 30))
        )
        parts.append(
            Part(
                name=rng.choice(("Piano", "二胡", "Flûte", "")),
                notes=notes,
                program=rng.randrange(128),
                is_drums=k == 3,
                transposition_semi=rng.choice((0, 0, -2, -9)) if k != 3 else 0,
                lyrics=tuple(Lyric(tick=tick, text="la") for tick in ticks(3)),
            )
        )
    return Score(
        parts=tuple(parts),
        tempos=tuple(Tempo(tick=t, quarter_us=rng.randint(200_000, 900_000)) for t in ticks(2)),
        metres=(Metre(tick=0, numerator=rng.choice((3, 4)), denominator=4),),
        keys=(KeySignature(tick=0, fifths=rng.randint(-7, 7)),),
        chords=tuple(ChordSymbol(tick=tick, symbol="F#m7b5/E") for tick in ticks(2)),
        sections=tuple(Section(tick=tick, label="verse") for tick in ticks(1)),
        title="seed",
        length_tick=end,
    )


def mutate(data: bytes, rng: random.Random, seeds: list[bytes]) -> bytes:
    """Return a damaged copy: bytes, cuts, numbers, names, moved and repeated elements."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        kind = rng.choice((0, 1, 2, 9, 3, 3, 3, 3, 3, 6, 7, 7, 7, 8))
        at = rng.randrange(len(out)) if out else 0
        if kind == 0 and out:
            out[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del out[at:]
        elif kind == 2:
            del out[at : at + rng.randint(1, 64)]
        elif kind == 3:
            numbers = list(re.finditer(rb">[^<>]{1,12}<", out))
            if numbers:
                found = rng.choice(numbers)
                out[found.start() + 1 : found.end() - 1] = rng.choice(_NUMBERS)
        elif kind == 6:
            tags = list(re.finditer(rb"<[^<>]{1,60}>", out))
            if tags:
                one, two = rng.choice(tags), rng.choice(tags)
                out[one.start() : one.end()] = two[0]
        elif kind == 7:
            whole = list(
                re.finditer(rb"<(note|direction|attributes|harmony|backup).*?</\1>", out, re.DOTALL)
            )
            if whole:
                one, two = rng.choice(whole), rng.choice(whole)
                out[one.start() : one.start()] = two[0] * rng.choice((1, 1, 30))
        elif kind == 8:
            tags = list(re.finditer(rb">", out)) if len(out) else []
            at = rng.choice(tags).end() if tags else at
            out[at:at] = rng.choice(_PIECES)
        else:
            other = rng.choice(seeds)
            start = rng.randrange(len(other))
            out[at:at] = other[start : start + rng.randint(1, 2048)]
    return bytes(out)


def answer(data: bytes) -> str:
    """Return ok, repaired, refused, or what went wrong with reading one file."""
    return read_or_tell(read_musicxml, data, _use)


def _use(loaded: Loaded) -> str:
    read_musicxml(write_musicxml(loaded.score))
    return "repaired" if loaded.repairs else "ok"


TARGET = Target("MusicXML", make_seeds, mutate, answer)

if __name__ == "__main__":
    sys.exit(run_tool(TARGET))
