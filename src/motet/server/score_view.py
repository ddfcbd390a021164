"""A score as plain values for the page, quickly: 30,000 notes in some hundredths of a second.

Conventions: see `motet.server.schemas.score`.

Offers `score_view`, `part_volume`, `part_pan`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from motet.errors import MotetError
from motet.score import Part, Score
from motet.theory import Key, chord_to_roman, parse_chord
from motet.theory.scale import key_from_signature

__all__ = [
    "PAN_CC",
    "USUAL_PAN",
    "USUAL_VOLUME",
    "VOLUME_CC",
    "part_pan",
    "part_volume",
    "score_view",
]

VOLUME_CC, PAN_CC = 7, 10
USUAL_VOLUME, USUAL_PAN = 100, 64


def score_view(score: Score, *, title: str = "") -> dict[str, Any]:
    """Return a score as plain values.

    Parameters
    ----------
    score : Score
    title : str
        Shown for it; empty takes its own.

    Returns
    -------
    dict
        As `motet.server.schemas.score.ScoreView`.

    Examples
    --------
    >>> from motet.score import make_score
    >>> view = score_view(make_score("C4:4 | G4:4", chords="C:4 G7:4", fifths=0))
    >>> view["parts"][0]["notes"], view["chords"][1]
    ([(0, 1920, 60, 80), (1920, 1920, 67, 80)], {'tick': 1920, 'symbol': 'G7', 'roman': 'V7'})
    """
    from motet.tasks.given import find_key

    key = find_key(score, tick=0)
    tempos = [{"tick": one.tick, "qpm": round(one.qpm, 3)} for one in score.tempos]
    if not tempos or tempos[0]["tick"] > 0:
        tempos.insert(0, {"tick": 0, "qpm": 120.0})
    bars = score.bars
    return {
        "resolution": score.resolution,
        "end_tick": bars[-1].end_tick if bars else score.end_tick,
        "title": title or score.title,
        "qpm": tempos[0]["qpm"],
        "key": {
            "tonic": key.tonic, "mode": key.mode, "fifths": key.fifths, "name": key.name(),
        },
        "parts": [_part(k, part) for k, part in enumerate(score.parts)],
        "bars": [
            {"index": bar.index, "number": bar.number, "start_tick": bar.start_tick,
             "end_tick": bar.end_tick, "metre": f"{bar.metre.numerator}/{bar.metre.denominator}",
             "qn": (bar.end_tick - bar.start_tick) / score.resolution}
            for bar in bars
        ],
        "chords": [
            {"tick": one.tick, "symbol": one.symbol, "roman": _roman(one.symbol, _key_at(score, one.tick, key))}
            for one in score.chords
        ],
        "sections": _sections(score),
        "tempos": tempos,
        "metres": _metres(score),
        "keys": [
            {"tick": one.tick, "name": key_from_signature(one.fifths, one.mode).name()}
            for one in score.keys
        ],
    }  # fmt: skip


def _part(k: int, part: Part) -> dict[str, Any]:
    return {
        "index": k, "name": part.name, "program": part.program, "is_drums": part.is_drums,
        "role": part.role, "volume": part_volume(part), "pan": part_pan(part),
        "channel": part.channel,
        "notes": [(n.onset_tick, n.duration_tick, n.pitch, n.velocity) for n in part.notes],
    }  # fmt: skip


def part_volume(part: Part) -> int:
    """Return the volume with which a part begins, 0 to 127.

    Examples
    --------
    >>> part_volume(Part(name="Flute"))
    100
    """
    return _first(part, VOLUME_CC, USUAL_VOLUME)


def part_pan(part: Part) -> int:
    """Return where a part sits, 0 (left) to 127 (right).

    Examples
    --------
    >>> part_pan(Part(name="Flute"))
    64
    """
    return _first(part, PAN_CC, USUAL_PAN)


def _first(part: Part, number: int, usual: int) -> int:
    found = (one for one in part.controls if one.kind == "cc" and one.number == number)
    first = min(found, key=lambda one: one.tick, default=None)
    return first.value if first is not None else usual


def _key_at(score: Score, tick: int, usual: Key) -> Key:
    found = score.key_at(tick) if score.keys else None
    if found is None or found.tick == 0:
        return usual
    return key_from_signature(found.fifths, found.mode)


@lru_cache(maxsize=4096)
def _roman(symbol: str, key: Key) -> str:
    """Return a chord in its key; nothing where the symbol cannot be read."""
    try:
        return chord_to_roman(parse_chord(symbol), key)
    except MotetError:
        return ""


def _sections(score: Score) -> list[dict[str, Any]]:
    starts = sorted({score.bar_at(one.tick): one.label for one in score.sections}.items())
    ends = [*(bar for bar, _ in starts[1:]), score.n_bars]
    return [
        {"bar": bar, "n_bars": end - bar, "label": label}
        for (bar, label), end in zip(starts, ends, strict=False)
    ]


def _metres(score: Score) -> list[dict[str, Any]]:
    """Return where metres begin, by bar."""
    found: list[dict[str, Any]] = []
    for bar in score.bars:
        metre = f"{bar.metre.numerator}/{bar.metre.denominator}"
        if not found or found[-1]["metre"] != metre:
            found.append({"bar": bar.index, "metre": metre})
    return found
