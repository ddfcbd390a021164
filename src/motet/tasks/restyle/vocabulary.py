"""The harmony of a style: its chords, which follows which, and how it colours a plain chord.

Conventions: everything is read off the style's own progressions; a succession counts once each time it
stands there, and any other is possible but costs. Colours are those of `Style.colour`.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from motet.arranger.style import Style
from motet.errors import MotetError
from motet.theory.chord import Chord, make_chord
from motet.theory.progression import parse_progression
from motet.theory.scale import Key

__all__ = ["Vocabulary", "colour_chord", "read_vocabulary"]

_BEATS = (1.0, 1.0, 1.0, 1.0)
_SMALL = 0.35
_PLAIN = {
    "maj7": "maj", "6": "maj", "maj9": "maj", "69": "maj", "add9": "maj", "maj7#11": "maj",
    "m7": "min", "m9": "min", "m6": "min", "m11": "min", "mMaj7": "min", "madd9": "min",
    "9": "7", "13": "7", "7b9": "7", "7#9": "7", "7#5": "7", "7#11": "7", "7b13": "7",
    "m7b5": "dim", "9sus4": "sus4", "7sus4": "sus4",
}  # fmt: skip
_COLOURS: dict[str, dict[str, str]] = {
    "sevenths": {"min": "m7", "dim": "m7b5"},
    "ninths": {"min": "m9", "m7": "m9", "7": "9", "maj7": "maj9", "dim": "m7b5"},
    "blues": {"min": "m7"},
}


@dataclass(frozen=True)
class Vocabulary:
    """Chords of a style in a key, and what their successions cost.

    Parameters
    ----------
    chords : tuple of Chord
    counts : dict of (Chord, Chord) to int
    """

    chords: tuple[Chord, ...]
    counts: dict[tuple[int, int], int]
    totals: dict[int, int]

    def step(self, one: Chord, other: Chord) -> float:
        """Return what it costs to go from one chord to another: less where the style does so often."""
        a, b = _degree(one), _degree(other)
        share = (self.counts.get((a, b), 0) + _SMALL) / (self.totals.get(a, 0) + 12 * _SMALL)
        return -math.log(share)


def _degree(chord: Chord) -> int:
    """Return root, mode and inversion of a chord as one number; how it is coloured does not count."""
    inversion = 0 if chord.bass_pc == chord.root_pc else 1 if chord.bass_pc == chord.third_pc else 2
    return (chord.root_pc * 2 + chord.is_minor) * 3 + inversion


@lru_cache(maxsize=256)
def _read(progressions: tuple[str, ...], key: Key) -> Vocabulary:
    chords: dict[str, Chord] = {}
    counts: Counter[tuple[int, int]] = Counter()
    totals: Counter[int] = Counter()
    for text in progressions:
        try:
            spans = [
                s for bar in parse_progression(text, beats_qn=_BEATS, key=key).bars for s in bar
            ]
        except MotetError:
            continue
        found = [span.chord for span in spans if span.chord.root]
        for chord in found:
            chords.setdefault(chord.symbol, chord)
        for one, other in zip(found, [*found[1:], *found[:1]], strict=True):
            if _degree(one) != _degree(other):
                counts[_degree(one), _degree(other)] += 1
                totals[_degree(one)] += 1
    return Vocabulary(tuple(chords.values()), dict(counts), dict(totals))


def read_vocabulary(style: Style, key: Key) -> Vocabulary:
    """Return the chords of a style in a key, and what their successions cost.

    Parameters
    ----------
    style : Style
    key : Key

    Returns
    -------
    Vocabulary

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.theory.chord import parse_chord
    >>> found = read_vocabulary(find_style("bossa"), Key("C"))
    >>> ii, v, i = (parse_chord(one) for one in ("Dm7", "G7", "Cmaj7"))
    >>> found.step(ii, v) < found.step(ii, i)
    True
    """
    mode = "minor" if key.is_minor else "major"
    own = tuple(
        text for name, texts in sorted(style.progressions.items())
        if name.startswith(mode) for text in texts
    )  # fmt: skip
    return _read(own, key)


def colour_chord(
    chord: Chord, style: Style, key: Key, *, sung: frozenset[int] = frozenset()
) -> Chord:
    """Return a chord as a style would sound it: plain, with a seventh, or with a ninth.

    Parameters
    ----------
    chord : Chord
    style : Style
    key : Key
        The seventh of a major chord is small on the dominant and where the style is the blues.
    sung : frozenset of int
        Pitch classes on which the melody dwells: a major seventh below a sung root rubs, so the chord
        takes a sixth.

    Returns
    -------
    Chord

    Examples
    --------
    >>> from motet.arranger.style_file import find_style
    >>> from motet.theory.chord import parse_chord
    >>> bossa, rock = find_style("bossa"), find_style("rock")
    >>> [colour_chord(parse_chord(one), bossa, Key("C")).symbol for one in ("C", "Am", "G")]
    ['Cmaj7', 'Am7', 'G7']
    >>> colour_chord(parse_chord("Cmaj9"), rock, Key("C")).symbol
    'C'
    """
    if not chord.root:
        return chord
    plain = _PLAIN.get(chord.quality, chord.quality)
    if style.colour == "triads":
        return make_chord(chord.root, plain, chord.bass)
    if plain not in ("maj", "min", "7", "dim", "sus4"):
        return chord
    quality = plain if plain in ("7", "sus4") else chord.quality
    if plain == "maj":
        above = (chord.root_pc - key.tonic_pc) % 12
        is_blue = style.colour == "blues" and above in (0, 5, 7)
        leads = (chord.root_pc + 11) % 12 not in key.pcs and above not in (0, 5)
        if above == 7 or is_blue or leads:
            quality = "7"
        elif chord.root_pc in sung or style.colour == "blues":
            quality = "6"
        else:
            quality = "maj7"
    if chord.quality in ("dim", "dim7"):
        return chord
    quality = _COLOURS.get(style.colour, {}).get(quality, quality)
    if quality == "m9" and (chord.root_pc + 2) % 12 not in key.pcs:
        quality = "m7"
    return make_chord(chord.root, quality, "" if style.colour != "triads" else chord.bass)
