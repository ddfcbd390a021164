"""Mutate Motet JSON files and read each: no crash, no hang, no memory hunger.

``python tools/fuzz_json.py --count 2000``; how a run goes is told in `fuzz_loop`.
"""

from __future__ import annotations

import copy
import json
import random
import sys
from typing import Any

from fuzz_loop import Target, damage_bytes, read_or_tell, run_tool
from fuzz_midi import make_score

from motet.io import read_json, write_json, write_midi
from motet.io.loaded import Loaded

__all__ = ["TARGET", "answer", "make_seeds", "mutate"]

_VALUES = (
    0, -1, 1, 127, 128, 1 << 31, 1 << 40, 1 << 64, -(1 << 64), 10**400, 0.5, -0.0, 1e308, True, None,
    "", "C", "\0", "\ud800", "二胡", "x" * 5000, [], {}, [[]], [1] * 2000, {"tick": 0}, [{"tick": 0}],
)  # fmt: skip
_PIECES = (
    b"NaN", b"Infinity", b"-", b"1e999", b"[" * 3000, b'{"a":' * 3000, b",", b'"\\ud800"', b"\\", b"\0",
    b"\xff\xfe", b"/*", b'"' + b"a" * 9000 + b'"', b"9" * 5000, b"}", b"]", b"\xef\xbb\xbf",
)  # fmt: skip


def make_seeds(rng: random.Random) -> list[bytes]:
    """Return sound files of all that a score can hold."""
    return [write_json(make_score(rng)) for _ in range(16)]


def mutate(data: bytes, rng: random.Random, seeds: list[bytes]) -> bytes:
    """Return a damaged copy: values, keys, lists, bytes, pieces and cuts."""
    if rng.random() < 0.6:
        document = json.loads(data)
        for _ in range(rng.choice((1, 1, 2, 4))):
            _change(document, rng)
        return json.dumps(document).encode()
    kind = rng.randrange(4)
    at = rng.randrange(len(data))
    if kind == 0:
        return damage_bytes(data, rng)
    if kind == 1:
        return data[:at]
    if kind == 2:
        return data[:at] + rng.choice(_PIECES) + data[at:]
    other = rng.choice(seeds)
    start = rng.randrange(len(other))
    return data[:at] + other[start : start + rng.randint(1, 4096)] + data[at:]


def _change(document: Any, rng: random.Random) -> None:
    """Change one value, key or list somewhere in a document."""
    place = document
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = rng.choice(keys)
        inner = place[key]
        if isinstance(inner, dict | list) and inner and rng.random() < 0.9:
            place = inner
            continue
        break
    kind = rng.randrange(8)
    if kind >= 5 and type(place[key]) is int:
        place[key] = rng.randrange(128)
    elif kind == 0:
        del place[key]
    elif kind == 1 and isinstance(place, dict):
        place[rng.choice(("tick", "pitch", "notes", "Tick", "x" * 500, ""))] = place.pop(key)
    elif kind == 2 and isinstance(place, list):
        place[:] = place * rng.choice((2, 50))
    else:
        place[key] = copy.deepcopy(rng.choice(_VALUES))


def answer(data: bytes) -> str:
    """Return ok, refused, or what went wrong with reading one file."""
    return read_or_tell(read_json, data, _use, may_refuse_use=True)


def _use(loaded: Loaded) -> str:
    bars = loaded.score.bars
    write_midi(loaded.score)
    if bars[-1].end_tick < loaded.score.end_tick:
        return "crash: the bars do not cover the score"
    if read_json(write_json(loaded.score)).score != loaded.score:
        return "changed: reading what was written gives another score"
    return "ok"


TARGET = Target("JSON", make_seeds, mutate, answer)

if __name__ == "__main__":
    sys.exit(run_tool(TARGET))
