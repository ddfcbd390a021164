"""Briefs drawn at random that ask for something in every respect that is a guarantee.

Conventions: metres are taken in turn, everything else is drawn. A brief may contradict itself; it is then
refused before a note is written.

Offers `METRES`, `draw_brief`, `draw_small_brief`.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from motet.brief import Brief, brief_from_dict
from motet.theory.instrument import find_instrument

__all__ = ["METRES", "draw_brief", "draw_small_brief"]

METRES: Final = (
    "2/4", "3/4", "4/4", "5/4", "6/4", "7/4", "2/2", "3/2", "3/8", "4/8", "5/8", "6/8", "7/8", "9/8",
    "12/8",
)  # fmt: skip
TONICS: Final = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
MINOR_TONICS: Final = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B")
CHORDS: Final = {
    "major": ("I", "ii", "IV", "V", "vi", "iii", "V7", "IVmaj7", "ii7"),
    "minor": ("i", "iv", "V", "VI", "III", "V7", "i7", "VII"),
}
INSTRUMENTS: Final = (
    "piano", "violin", "flute", "cello", "clarinet", "nylon_guitar", "organ", "trumpet", "oboe",
    "electric_piano", "alto_sax", "bassoon", "viola", "marimba", "acoustic_bass",
)  # fmt: skip
DENSITIES: Final = ((0.25, 0.75), (0.5, 1.0), (0.75, 1.5), (1.0, 2.0), (1.5, 3.0))
SIGNS: Final = ("x", "x", "x", "-", "-", ".")
LEAST_SPAN_SEMI: Final = 12
P_RHYTHM: Final = 0.2
P_AVOID: Final = 0.2
AVOIDED: Final = (
    "leaps",
    "syncopation",
    "chromatic notes",
    "seventh chords",
    "high notes",
    "minor",
)


def draw_brief(
    rng: np.random.Generator, *, seed: int, metre: str = "", n_bars: int | None = None
) -> Brief:
    """Return a brief that asks for something in every respect that can be controlled.

    Parameters
    ----------
    rng : numpy.random.Generator
    seed : int
        Of the piece.
    metre : str
        Empty takes the one whose turn it is.
    n_bars : int or None
        None draws 4 to 10.

    Returns
    -------
    Brief
        Every other one leaves the chords to Motet; parts have a range, a density or a rhythm, a number
        of notes at once and now and then a bar of rest; one in five has something to avoid.

    Examples
    --------
    >>> brief = draw_brief(np.random.default_rng(0), seed=3)
    >>> bool(brief.key and brief.qpm and brief.metre and brief.bars and brief.parts)
    True
    """
    mode = "major" if rng.random() < 0.5 else "minor"
    tonic = (TONICS if mode == "major" else MINOR_TONICS)[int(rng.integers(12))]
    size = int(rng.integers(4, 11)) if n_bars is None else n_bars
    chords = ""
    if rng.random() < 0.5:
        inner = rng.choice(CHORDS[mode], size=max(0, size - 2)).tolist()
        home = CHORDS[mode][0]
        chords = "| " + " | ".join([home, *inner, home][:size]) + " |"
    names = rng.choice(INSTRUMENTS, size=int(rng.integers(1, 4)), replace=False).tolist()
    brief = {
        "key": f"{tonic} {mode}",
        "qpm": float(rng.integers(45, 200)),
        "metre": metre or METRES[seed % len(METRES)],
        "bars": size,
        "chords": chords,
        "parts": [_draw_part(name, size, rng) for name in names],
        "ground": "model",
        "candidates": 1,
        "seed": seed,
        "humanise": 0,
    }
    if rng.random() < P_AVOID:
        brief["avoid"] = [str(rng.choice(AVOIDED))]
    return brief_from_dict(brief)


def draw_small_brief(rng: np.random.Generator, seed: int) -> Brief:
    """Return such a brief of one or two bars, harmony strict, loose or free.

    Parameters
    ----------
    rng : numpy.random.Generator
    seed : int

    Returns
    -------
    Brief

    Examples
    --------
    >>> draw_small_brief(np.random.default_rng(0), 5).bars in (1, 2)
    True
    """
    brief = draw_brief(rng, seed=seed, n_bars=int(rng.integers(1, 3)))
    return brief.with_(harmony=str(rng.choice(("strict", "strict", "scale", "free"))))


def _draw_part(name: str, n_bars: int, rng: np.random.Generator) -> dict[str, Any]:
    """Return what is asked of one part."""
    found = find_instrument(name)
    span = int(rng.integers(LEAST_SPAN_SEMI, 25))
    low = int(rng.integers(found.low, max(found.low, found.high - span) + 1))
    part: dict[str, Any] = {
        "instrument": name,
        "low": low,
        "high": min(found.high, low + span),
        "polyphony": int(rng.integers(1, min(4, found.max_polyphony) + 1)),
    }
    if rng.random() < P_RHYTHM:
        size = int(rng.choice((6, 8, 12, 16)))
        bars = [
            "x" + "".join(rng.choice(SIGNS, size=size - 1)) for _ in range(int(rng.integers(1, 3)))
        ]
        part["rhythm"] = " | ".join(bars)
    else:
        part["density"] = DENSITIES[int(rng.integers(len(DENSITIES)))]
    if rng.random() < 0.25 and n_bars > 2:
        part["rests"] = (int(rng.integers(2, n_bars)),)
    return part
