"""Mutate Humdrum kern files and read each: no crash, no hang, no memory hunger.

``python tools/fuzz_kern.py --count 2000``; how a run goes is told in `fuzz_loop`.
"""

from __future__ import annotations

import random
import sys

from fuzz_loop import Target, damage_bytes, read_or_tell, run_tool

from motet.io import write_midi
from motet.io.kern.read import read_kern
from motet.io.loaded import Loaded

__all__ = ["TARGET", "answer", "make_seeds", "mutate"]

_TOKENS = (
    b"4c", b"8.dd#L", b"[2e", b"2e]", b"4f_", b"qgg", b"16qqaa", b"12b-J", b"4r", b"4rGyy", b".",
    b"4c 4e 4g", b"(4a", b"4b)", b"0cc", b"00C", b"000r", b"4CCCCCCCCC", b"99999999c", b"0.0c",
    b"1%0c", b"3%2c", b"c", b"4", b"", b"4c;T'^^~`", b"1024....c", b"127d", b"7919e", b"((((((4c",
    b"4c))))))", b"4yyc", b"\xff\xfe", b"4\xc3", b"Ky-", b"-ri-", b"-e_", b"p <", b"[ ff", b">",
    b"C major", b"4" + b"#" * 50 + b"c", b"4c" + b"-" * 50, b"c" * 300, b"4c " * 300, b"9" * 5000,
)  # fmt: skip
_ROWS = (
    b"*^", b"*v", b"*x", b"*+", b"*-", b"**kern", b"**text", b"**dynam", b"**mxhm", b"*", b"=",
    b"=1", b"=2:|!|:", b"==", b"=-", b"=99999999999", b"*M4/4", b"*M0/0", b"*M255/64", b"*M3/0",
    b"*M999/3", b"*k[f#c#]", b"*k[" + b"b-" * 40 + b"]", b"*e:", b"*clefG2", b"*clefXX", b"*MM0",
    b"*MM99999999999", b"*MM0.00001", b"*MM120", b"*part1", b"*staff1/2", b"*Ipiano", b"*Itrngl",
    b'*I"Name', b"*ITrd-1c-2", b"*ITrd9c999", b"*ped", b"*Xped", b"*8va", b"*>A", b"*>A1",
    b"*>[A,A1,A,A2]", b"*>[" + b"A," * 2000 + b"]", b"*met(c|)", b"!LO:TX:t=dolce", b"!",
)  # fmt: skip
_LINES = (
    b"!!!COM: Nobody, Ann", b"!!!OTL: Title", b"!!!OMD: Allegro [quarter] = 120", b"!!!:", b"!!",
    b"!!!OMD: [half] = 0", b"", b"\r", b"\x00", b"**kern\t**kern", b"*-\t*-", b"*v\t*v", b"hello",
)  # fmt: skip


def make_seeds(rng: random.Random) -> list[bytes]:
    """Return sound files: pianos, choirs with words, split spines, repeats."""
    seeds = []
    for number in range(24):
        width = 1 + number % 4
        kinds = [b"**kern"] * width + [b"**text", b"**dynam"][: number % 3]
        others = len(kinds) - width
        lines = [b"!!!OTL: Seed %d" % number, b"\t".join(kinds)]
        lines += [
            b"\t".join([text] * width + [b"*"] * others)
            for text in (b"*part1", b"*Ipiano", b"*k[f#]", b"*M4/4", b"*>A")[: number % 6]
        ]
        for bar in range(rng.randint(2, 12)):
            lines.append(b"\t".join([b"=%d" % (bar + 1)] * len(kinds)))
            for _ in range(4):
                notes = [
                    b"4" + rng.choice((b"c", b"dd", b"EE", b"f#", b"b-", b"r", b"c 4e"))
                    for _ in range(width)
                ]
                words = [rng.choice((b".", b"la", b"p")) for _ in range(others)]
                lines.append(b"\t".join(notes + words))
            if number % 2 and width > 1:
                stars = [b"*"] * (len(kinds) - 1)
                lines.append(b"\t".join([b"*^", *stars]))
                lines.append(b"\t".join([b"2c", b"2E", *[b"2g"] * (width - 1), *[b"."] * others]))
                lines.append(b"\t".join([b"*v", b"*v", *stars]))
        lines.append(b"\t".join([b"=="] * len(kinds)))
        lines.append(b"\t".join([b"*-"] * len(kinds)))
        seeds.append(b"\n".join(lines) + b"\n")
    return seeds


def mutate(data: bytes, rng: random.Random, seeds: list[bytes]) -> bytes:
    """Return a file with a few tokens, rows, bytes or stretches changed."""
    lines = data.split(b"\n")
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(lines))
        cells = lines[at].split(b"\t")
        kind = rng.randrange(9)
        if kind == 0:
            cells[rng.randrange(len(cells))] = rng.choice(_TOKENS)
            lines[at] = b"\t".join(cells)
        elif kind == 1:
            cells[rng.randrange(len(cells))] = rng.choice(_ROWS)
            lines[at] = b"\t".join(cells)
        elif kind == 2:
            lines.insert(at, b"\t".join([rng.choice(_ROWS)] * len(cells)))
        elif kind == 3:
            lines.insert(at, rng.choice(_LINES))
        elif kind == 4:
            del lines[at : at + rng.randint(1, 4)]
        elif kind == 5:
            lines[at:at] = rng.choice(seeds).split(b"\n")[: rng.randint(1, 30)]
        elif kind == 6:
            stretch = lines[at : at + rng.randint(1, 8)]
            lines[at:at] = stretch * rng.choice((2, 10, 300))
        elif kind == 7:
            lines = damage_bytes(b"\n".join(lines), rng).split(b"\n")
        else:
            lines = b"\n".join(lines)[: rng.randrange(1, 4000)].split(b"\n")
        lines = lines or [b""]
    return b"\n".join(lines)


def answer(data: bytes) -> str:
    """Return ok, repaired, refused, or what went wrong with reading one file."""
    return read_or_tell(read_kern, data, _use, may_refuse_use=True)


def _use(loaded: Loaded) -> str:
    bars = loaded.score.bars
    write_midi(loaded.score)
    if bars[-1].end_tick < loaded.score.end_tick:
        return "crash: the bars do not cover the score"
    return "repaired" if loaded.repairs else "ok"


TARGET = Target("kern", make_seeds, mutate, answer)

if __name__ == "__main__":
    sys.exit(run_tool(TARGET))
