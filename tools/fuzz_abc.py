"""Mutate ABC files and read each: no crash, no hang, no memory hunger.

``python tools/fuzz_abc.py --count 2000``; how a run goes is told in `fuzz_loop`.
"""

from __future__ import annotations

import random
import sys

from fuzz_loop import Target, damage_bytes, read_or_tell, run_tool

from motet.io import write_midi
from motet.io.abc.read import read_abc
from motet.io.abc.write import write_abc
from motet.io.loaded import Loaded

__all__ = ["TARGET", "answer", "make_seeds", "mutate"]

_WRITTEN_NOTES = 5000
_TOKENS = (
    "c", "^f2", "__B,,", "=e'/", "z4", "Z3", "Z999999999", "X2", "x/", "y8", "[ceg]2", "[ce-g-]",
    "[", "]", "[[[[", "(3", "(3:2:", "(9:2:99", "(0", "(3(3(3(3(3", "{g}", "{/gab", "}", "((((", "))",
    "-", "c-", ">", "<<", ">>>>>>>", '"Am7"', '"^text"', '"', "!trill!", "!<(!", "!<)!", "!", "+f+",
    "|", "||", "|]", "[|", "|:", ":|", "::", "|1", ":|2", "[1,3-5", "|1-99999999", ":::::::|", "&",
    "&&&&", "[K:Edor]", "[M:3/8]", "[M:999/3]", "[L:1/0]", "[L:1/64]", "[V:2]", "[V:", "[Q:1/4=0]",
    "[P:B]", "c99999999", "c/////////////", "c1/0", "c0", "c" + "'" * 60, "C" + "," * 60, "\\",
    "c" + "9" * 5000, "^" * 90 + "c", "[" + "c" * 3000 + "]", "(" * 3000, "~c", "HTuv.c", "$", "\0",
    "`" * 9, "A>" * 300, "{" * 500, "(2" * 500, "\xe9", "\ufeff", "c-|c-|c-|", "#", ";", "@@",
)  # fmt: skip
_LINES = (
    "X:2", "X:", "K:", "K:C", "K:HP", "K:D mix ^g", "K:G clef=bass-8 transpose=-99", "K:none", "K:xyz",
    "M:4/4", "M:C|", "M:none", "M:0/0", "M:255/64", "M:(2+3+" + "1+" * 200 + "2)/8", "L:1/8", "L:0",
    "L:1/99999", 'Q:"Allegro" 1/4=120', "Q:120", "Q:1/4=99999999999", "Q:0/0=1", "P:AABB", "P:A", "T:",
    "V:1", 'V:2 name="Flute" clef=alto octave=9', "V:", "w: la- la _ * ~ | \\-", "w:" + " la" * 500,
    "w:" + "-" * 500, "W:words", "+:more", "s: !f! *", "m:~n3=n{o}n{m}n", "m:c=cccccccc", "m:n=nnnn",
    "m:a=b", "m:b=a", "m:=", "U:T=!fermata!", "U:", "I:linebreak $", "%%MIDI program 999", "%%MIDI",
    "%%MIDI program 2 40", "%%MIDI transpose 999", "%%score (1 2) {3 | 4", "%%score ((((((", "%%begintext",
    "%%staves " + "{(" * 900, "%%", "%", "", "\r", "free text", "A:|", "r:remark", "N:note", "|:c|]:|",
)  # fmt: skip


def make_seeds(rng: random.Random) -> list[bytes]:
    """Return sound tunes: melodies with chords, several voices, words, repeats."""
    seeds = []
    for number in range(24):
        voices = 1 + number % 3
        lines = [
            f"X:{number + 1}",
            f"T:Seed {number}",
            ("M:4/4", "M:C", "M:2/2")[number % 3],
            "L:1/8",
        ]
        lines += [f"V:{k + 1}" for k in range(voices)] if voices > 1 else []
        lines.append(("K:C", "K:Edor", "K:Bb", "K:F#m")[number % 4])
        for row in range(rng.randint(1, 4)):
            for voice in range(voices):
                bars = []
                for _ in range(4):
                    notes = [rng.choice(("c2", "de", "^fg", "B,A", "(3efg", "[CE]2", "z2", "a>b"))
                             for _ in range(4)]  # fmt: skip
                    bars.append(rng.choice(('"Am"', "", "")) + " ".join(notes))
                head = f"[V:{voice + 1}] " if voices > 1 else ""
                lines.append(f"{head}{' | '.join(bars)} {'|' if row else ':|'}")
                if number % 4 == 1:
                    lines.append("w: la la- la")
        seeds.append("\n".join(lines).encode() + b"\n")
    return seeds


def mutate(data: bytes, rng: random.Random, seeds: list[bytes]) -> bytes:
    """Return a file with a few tokens, lines, bytes or stretches changed."""
    lines = data.split(b"\n")
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(lines))
        kind = rng.randrange(8)
        if kind < 2:
            cut = rng.randrange(len(lines[at]) + 1)
            token = rng.choice(_TOKENS).encode(
                "latin-1" if rng.random() < 0.2 else "utf-8", "replace"
            )
            lines[at] = lines[at][:cut] + token + lines[at][cut:]
        elif kind == 2:
            lines.insert(at, rng.choice(_LINES).encode())
        elif kind == 3:
            del lines[at : at + rng.randint(1, 4)]
        elif kind == 4:
            lines[at:at] = rng.choice(seeds).split(b"\n")[: rng.randint(1, 30)]
        elif kind == 5:
            stretch = lines[at : at + rng.randint(1, 8)]
            lines[at:at] = stretch * rng.choice((2, 10, 300))
        elif kind == 6:
            lines = damage_bytes(b"\n".join(lines), rng).split(b"\n")
        else:
            lines = b"\n".join(lines)[: rng.randrange(1, 4000)].split(b"\n")
        lines = lines or [b""]
    return b"\n".join(lines)


def answer(data: bytes) -> str:
    """Return ok, repaired, refused, or what went wrong with reading one file."""
    return read_or_tell(read_abc, data, _use, may_refuse_use=True)


def _use(loaded: Loaded) -> str:
    bars = loaded.score.bars
    write_midi(loaded.score)
    if bars[-1].end_tick < loaded.score.end_tick:
        return "crash: the bars do not cover the score"
    if loaded.score.n_notes < _WRITTEN_NOTES:
        again = read_abc(write_abc(loaded.score))
        if again.score.n_notes < loaded.score.n_notes * 0.9:
            return f"crash: {loaded.score.n_notes} notes, {again.score.n_notes} read back"
    return "repaired" if loaded.repairs else "ok"


TARGET = Target("ABC", make_seeds, mutate, answer)

if __name__ == "__main__":
    sys.exit(run_tool(TARGET))
