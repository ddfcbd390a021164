"""How adventurous chosen chords are: from the plainest of a style to substitutes and borrowed chords.

Conventions: surprise is 0 (the chords everybody expects) to 1; None leaves the style's own choice. A
progression's own boldness is the share of its chords outside the scale, with sevenths and more counting a
little. Chords that begin or end a section stay, so that it is still in its key.

Source: secondary dominants, tritone substitutes and borrowed chords as in Walter Piston, Harmony (Norton,
1941), and Mark Levine, The Jazz Theory Book (Sher Music, 1995). How often each is our own choice.

Offers `adorn_bars`, `measure_boldness`, `pick_by_surprise`, `tame_bars`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Final

import numpy as np

from motet.theory.chord import Chord, parse_chord
from motet.theory.progression import parse_progression
from motet.theory.roman import roman_to_chord
from motet.theory.scale import Key

__all__ = ["adorn_bars", "measure_boldness", "pick_by_surprise", "tame_bars"]

BarChords = tuple[tuple[float, float, Chord], ...]
_DEGREES: Final = {0: "I", 2: "ii", 4: "iii", 5: "IV", 7: "V", 9: "vi"}
_MINOR_TARGETS: Final = {3: "bIII", 5: "iv", 7: "V", 8: "bVI", 10: "bVII"}
_FOUR: Final = (Fraction(1),) * 4
_TRIADS: Final = 3


def measure_boldness(chords: Sequence[Chord], key: Key) -> float:
    """Return how far chords leave their key, 0 to about 1.

    Parameters
    ----------
    chords : sequence of Chord
    key : Key

    Returns
    -------
    float

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> plain, bold = (["C", "F", "G", "C"], ["C", "Fm", "Db7", "C"])
    >>> [round(measure_boldness([parse_chord(s) for s in row], Key("C")), 2) for row in (plain, bold)]
    [0.0, 0.54]
    """
    real = [chord for chord in chords if chord.pcs]
    if not real:
        return 0.0
    usual = set(key.pcs) | ({(key.tonic_pc + 11) % 12} if key.is_minor else set())
    outside = sum(bool(set(chord.pcs) - usual) for chord in real) / len(real)
    rich = sum(len(chord.pcs) > _TRIADS for chord in real) / len(real)
    return outside + 0.15 * rich


def pick_by_surprise(
    choices: Sequence[str], key: Key, surprise: float, rng: np.random.Generator
) -> str:
    """Return one of a style's progressions: a plain one for little surprise, a bold one for much.

    Parameters
    ----------
    choices : sequence of str
        Progressions in Roman numerals or symbols.
    key : Key
    surprise : float, 0 to 1
    rng : numpy.random.Generator
        Decides between neighbours.

    Returns
    -------
    str

    Examples
    --------
    >>> texts = ["I | bVI | bVII | I", "I | IV | V | I", "I | vi | IV | V7"]
    >>> [pick_by_surprise(texts, Key("C"), s, np.random.default_rng(0)) for s in (0.0, 1.0)]
    ['I | IV | V | I', 'I | bVI | bVII | I']
    """
    ranked = sorted(
        choices,
        key=lambda text: measure_boldness(
            [
                span.chord
                for bar in parse_progression(text, beats_qn=_FOUR, key=key).bars
                for span in bar
            ],
            key,
        ),
    )
    place = surprise * (len(ranked) - 1) + float(rng.uniform(-0.4, 0.4))
    return ranked[min(len(ranked) - 1, max(0, round(place)))]


def adorn_bars(
    bars: Sequence[BarChords], key: Key, surprise: float, rng: np.random.Generator
) -> list[BarChords]:
    """Return bars of chords made plainer or bolder.

    Parameters
    ----------
    bars : sequence of BarChords
        Of one section.
    key : Key
    surprise : float, 0 to 1
        Below 0.25 chords outside the key become diatonic ones; above 0.5 more and more are replaced
        by borrowed chords, tritone substitutes and secondary dominants.
    rng : numpy.random.Generator

    Returns
    -------
    list of BarChords
        As many bars, chords at the same places.

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> bars = [((0.0, 4.0, parse_chord(s)),) for s in ("C", "Am", "F", "G7", "C")]
    >>> bold = adorn_bars(bars, Key("C"), 1.0, np.random.default_rng(1))
    >>> bold[0] == bars[0] and bold[-1] == bars[-1] and bold != bars
    True
    >>> adorn_bars(bars, Key("C"), 0.5, np.random.default_rng(1)) == bars
    True
    """
    flat = [(b, k) for b, bar in enumerate(bars) for k in range(len(bar))]
    found = [list(bar) for bar in bars]
    for at, (b, k) in enumerate(flat):
        start, length, chord = found[b][k]
        if not chord.pcs:
            continue
        if surprise < 0.25:
            found[b][k] = (start, length, _plain(chord, key))
        elif surprise > 0.5 and 0 < at < len(flat) - 1:
            upcoming = bars[flat[at + 1][0]][flat[at + 1][1]][2]
            if float(rng.random()) < 1.3 * (surprise - 0.5):
                found[b][k] = (start, length, _bold(chord, upcoming, key, rng))
    return [tuple(bar) for bar in found]


def tame_bars(bars: Sequence[BarChords], key: Key, avoid: Collection[str]) -> list[BarChords]:
    """Return bars of chords without what is to be avoided.

    Parameters
    ----------
    bars : sequence of BarChords
    key : Key
    avoid : collection of str
        ``"chromatic notes"``: chords are inside the key; ``"seventh chords"``: they are triads.

    Returns
    -------
    list of BarChords

    Examples
    --------
    >>> from motet.theory.chord import parse_chord
    >>> bars = [((0.0, 4.0, parse_chord(s)),) for s in ("Cmaj7", "Fm6")]
    >>> avoid = ("chromatic notes", "seventh chords")
    >>> [bar[0][2].symbol for bar in tame_bars(bars, Key("C"), avoid)]
    ['C', 'F']
    """
    found = []
    for bar in bars:
        own = []
        for start, length, chord in bar:
            if chord.pcs and "chromatic notes" in avoid:
                chord = _plain(chord, key)
            if "seventh chords" in avoid and len(chord.pcs) > _TRIADS:
                chord = _triad(chord)
            own.append((start, length, chord))
        found.append(tuple(own))
    return found


def _triad(chord: Chord) -> Chord:
    """Return the triad under a chord."""
    third = (chord.root_pc + 3) % 12 in chord.pcs and (chord.root_pc + 4) % 12 not in chord.pcs
    flat = (chord.root_pc + 6) % 12 in chord.pcs and (chord.root_pc + 7) % 12 not in chord.pcs
    name = "dim" if third and flat else "m" if third else ""
    return parse_chord(f"{chord.root}{name}")


def _plain(chord: Chord, key: Key) -> Chord:
    """Return a chord inside the key: the triad on its degree, or the nearest in function."""
    usual = set(key.pcs) | ({(key.tonic_pc + 11) % 12} if key.is_minor else set())
    if not set(chord.pcs) - usual:
        return chord
    degree = (chord.root_pc - key.tonic_pc) % 12
    names = (
        {0: "i", 2: "iv", 3: "bIII", 5: "iv", 7: "V", 8: "bVI", 10: "bVII", 11: "V", 1: "iv"}
        if key.is_minor
        else {**_DEGREES, 1: "ii", 3: "I", 6: "V", 8: "vi", 10: "IV", 11: "V"}
    )
    return roman_to_chord(names.get(degree, "V"), key)


def _bold(chord: Chord, upcoming: Chord, key: Key, rng: np.random.Generator) -> Chord:
    """Return a chord that surprises in the place of another and still leads to the next."""
    ways: list[str] = []
    degree = (chord.root_pc - key.tonic_pc) % 12
    if key.is_minor:
        ways += {5: ["bII", "IV"], 7: ["bII7", "V7"], 8: ["bII", "bVImaj7"], 0: ["bVI", "I"]}.get(
            degree, ["bII"]
        )
    else:
        ways += {5: ["iv", "bVII"], 2: ["iiø7", "bVI"], 9: ["bVI", "bIII"], 4: ["bIII", "III7"],
                 7: ["bII7", "v"]}.get(degree, ["bVII", "iv"])  # fmt: skip
    picked = [roman_to_chord(one, key) for one in ways]
    if upcoming.root and upcoming.root_pc != chord.root_pc:
        to = (upcoming.root_pc - key.tonic_pc) % 12
        target = (_MINOR_TARGETS if key.is_minor else _DEGREES).get(to, "I")
        if target != "I":
            picked.append(roman_to_chord(f"V7/{target}", key))
    return picked[int(rng.integers(0, len(picked)))]
