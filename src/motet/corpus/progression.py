"""Chord progressions drawn at random that still behave: phrases of functional harmony, loops, cadences.

Conventions: a progression is text that `motet.theory.progression` reads: Roman numerals, one bar between
bars, ``[label]`` before each section. Everything is drawn from one generator.

Offers `draw_progression`.

Source: own tables. What may follow what is common practice and what popular music adds to it (the
subtonic, the minor subdominant, loops of four chords); the weights are our own.
"""

from __future__ import annotations

from typing import Final

import numpy as np

__all__ = ["draw_progression"]

_NEXT: Final[dict[bool, dict[str, tuple[tuple[str, int], ...]]]] = {
    False: {
        "I": (("IV", 5), ("V", 4), ("vi", 4), ("ii", 3), ("iii", 2), ("bVII", 1), ("VI", 1)),
        "ii": (("V", 7), ("IV", 1), ("iv", 1)),
        "iii": (("vi", 5), ("IV", 4), ("ii", 1)),
        "IV": (("I", 4), ("V", 5), ("ii", 2), ("iv", 1), ("bVII", 1), ("vi", 1)),
        "V": (("I", 5), ("vi", 4), ("IV", 2), ("iii", 1)),
        "vi": (("IV", 5), ("ii", 4), ("V", 3), ("iii", 1), ("II", 1)),
        "bVII": (("IV", 4), ("I", 3), ("V", 1)),
        "iv": (("I", 4), ("V", 2), ("bVII", 2)),
        "VI": (("ii", 5),),
        "II": (("V", 4), ("IV", 2)),
    },
    True: {
        "i": (("bVI", 4), ("iv", 4), ("bVII", 4), ("v", 1), ("V", 2), ("bIII", 3), ("iiø", 2)),
        "bIII": (("bVII", 4), ("bVI", 4), ("iv", 2)),
        "iv": (("V", 3), ("i", 3), ("bVII", 3), ("bVI", 1)),
        "v": (("bVI", 3), ("iv", 2), ("i", 2)),
        "V": (("i", 6), ("bVI", 2)),
        "bVI": (("bVII", 4), ("bIII", 3), ("iv", 2), ("V", 2), ("i", 1)),
        "bVII": (("i", 4), ("bIII", 3), ("bVI", 3), ("iv", 1)),
        "iiø": (("V", 6),),
    },
}
_HALF: Final = {False: ("V", "V", "IV", "ii"), True: ("V", "bVII", "iv")}
_CLOSE: Final = {False: (("V", "I"), ("IV", "I"), ("ii", "V")), True: (("V", "i"), ("bVII", "i"))}
_SEVENTH: Final = {"I": "maj7", "IV": "maj7", "bVII": "", "bIII": "maj7", "bVI": "maj7", "iiø": "7"}


def draw_progression(
    rng: np.random.Generator, *, labels: tuple[tuple[str, int], ...], is_minor: bool, colour: str
) -> str:
    """Return a progression of some sections as text.

    Parameters
    ----------
    rng : numpy.random.Generator
    labels : tuple of (str, int)
        Name and bars of each section; each name once.
    is_minor : bool
    colour : str
        ``"triads"``, ``"sevenths"``, ``"ninths"`` or ``"blues"``.

    Returns
    -------
    str

    Examples
    --------
    >>> rng = np.random.default_rng(3)
    >>> draw_progression(rng, labels=(("A", 4),), is_minor=False, colour="triads")
    '[A] | ii | V7 | vi | ii V |'
    """
    lines = []
    for label, n_bars in labels:
        bars = (
            _loop(rng, n_bars, is_minor) if rng.random() < 0.4 else _phrase(rng, n_bars, is_minor)
        )
        told = " | ".join(" ".join(_colour(rng, one, colour) for one in bar) for bar in bars)
        lines.append(f"[{label}] | {told} |")
    return " ".join(lines)


def _walk(rng: np.random.Generator, start: str, n: int, is_minor: bool) -> list[str]:
    """Return n chords, each a likely successor of the one before."""
    chords = [start]
    while len(chords) < n:
        names, weights = zip(*_NEXT[is_minor][chords[-1]], strict=True)
        shares = np.array(weights, float)
        chords.append(names[int(rng.choice(len(names), p=shares / shares.sum()))])
    return chords


def _start(rng: np.random.Generator, is_minor: bool) -> str:
    """Return the chord that a section begins with: mostly the tonic."""
    if rng.random() < 0.7:
        return "i" if is_minor else "I"
    return str(rng.choice(("bVI", "iv", "bIII") if is_minor else ("vi", "IV", "ii")))


def _loop(rng: np.random.Generator, n_bars: int, is_minor: bool) -> list[list[str]]:
    """Return a loop of two or four bars, over and over."""
    size = 4 if rng.random() < 0.8 else 2
    unit = [[one] for one in _walk(rng, _start(rng, is_minor), size, is_minor)]
    if rng.random() < 0.25:
        unit[-1] = unit[-1] + _walk(rng, unit[-1][0], 2, is_minor)[1:]
    return [unit[k % size] for k in range(n_bars)]


def _phrase(rng: np.random.Generator, n_bars: int, is_minor: bool) -> list[list[str]]:
    """Return phrases of four bars: the last one closes, those before stay open."""
    bars: list[list[str]] = []
    while len(bars) < n_bars:
        n = min(4, n_bars - len(bars))
        chords = _walk(rng, _start(rng, is_minor), n, is_minor)
        if n >= 3 and len(bars) + n >= n_bars:
            chords[-2:] = _CLOSE[is_minor][int(rng.integers(len(_CLOSE[is_minor])))]
        elif n >= 3 and rng.random() < 0.6:
            chords[-1] = str(rng.choice(_HALF[is_minor]))
        bars += [[one] for one in chords]
    for bar in bars[:-1]:
        if rng.random() < 0.15:
            bar += _walk(rng, bar[0], 2, is_minor)[1:]
    return bars


def _colour(rng: np.random.Generator, numeral: str, colour: str) -> str:
    """Return a numeral with the sevenths and ninths of a style."""
    if colour == "triads":
        if numeral == "iiø":
            return "iiø7"
        return f"{numeral}7" if numeral in ("V", "VI", "II") and rng.random() < 0.25 else numeral
    if colour == "blues":
        return "iiø7" if numeral == "iiø" else f"{numeral}7"
    if colour == "ninths" and numeral in ("I", "IV", "ii", "vi", "i", "iv", "V"):
        ninth = {"I": "maj9", "IV": "maj9"}.get(numeral, "9")
        if rng.random() < 0.45:
            return f"{numeral}{ninth}"
    return f"{numeral}{_SEVENTH.get(numeral, '7')}"
