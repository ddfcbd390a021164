"""The chords that a degree of adventure may use in a key, and where each of them must lead.

Conventions: 1 keeps to the key; 2 adds secondary dominants, borrowed chords and inversions; 3 adds tritone
substitutes, extended chords, modal interchange and chromatic approach. A device names what a chord is;
``leads`` are the roots (semitones above the tonic) that may follow it, empty for any.

Source: the devices are those of Stefan Kostka and Dorothy Payne, Tonal Harmony (secondary functions, modal
mixture, the Neapolitan), and of jazz practice (tritone substitutes, passing diminished chords, the
"backdoor" dominant); how much each is favoured is our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from motet.errors import ParameterError
from motet.tasks.harmonise.kind import chord_state, degree_spelling
from motet.theory.chord import Chord, make_chord
from motet.theory.pitch import transpose_spelling
from motet.theory.scale import Key, degree_fifths

__all__ = ["DEVICES", "Entry", "find_palette"]

DEVICES: Final[dict[str, tuple[str, str]]] = {
    "diatonic": ("of the key", "调内和弦"),
    "inversion": ("inverted, for a smoother bass", "转位,使低音更流畅"),
    "cadential": ("cadential six-four: holds the dominant back", "终止四六:推迟属和弦"),
    "secondary": ("secondary dominant", "副属和弦"),
    "borrowed": ("borrowed from the parallel key", "借自同名调"),
    "neapolitan": ("Neapolitan", "那不勒斯和弦"),
    "tritone": ("tritone substitute: a dominant a semitone above its goal", "三全音替代:从上方半音导向目标"),
    "approach": ("passing diminished: pushes up a semitone", "经过减七:由下方半音推进"),
    "backdoor": ("backdoor dominant: home from below", "“后门”属和弦:由下方回主"),
    "extended": ("coloured with upper tones", "加高叠音"),
}  # fmt: skip
"""Device to its words in English and Chinese."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A chord of the palette.

    Parameters
    ----------
    chord : Chord
    state : int
        As in `motet.tasks.harmonise.kind`.
    device : str
        A name in `DEVICES`.
    leads : frozenset of int, semitones above the tonic
        Roots that may follow; empty for any.
    bonus : float
        How welcome it is.
    """

    chord: Chord
    state: int
    device: str
    leads: frozenset[int]
    bonus: float


_Row = tuple[int, str, int, str, tuple[int, ...], float]
"""Semitones above the tonic, quality, bass (-1: the root), device, what it leads to, bonus."""

_FIRST: Final[dict[bool, tuple[_Row, ...]]] = {
    False: (
        (0, "maj", -1, "diatonic", (), 0.3), (2, "min", -1, "diatonic", (), 0.0),
        (4, "min", -1, "diatonic", (9, 5, 2, 0), -0.3), (5, "maj", -1, "diatonic", (), 0.8),
        (7, "maj", -1, "diatonic", (), 0.0), (7, "7", -1, "diatonic", (0, 9), -0.3),
        (9, "min", -1, "diatonic", (), 0.5), (2, "m7", -1, "diatonic", (7,), -0.1),
    ),
    True: (
        (0, "min", -1, "diatonic", (), 0.3), (5, "min", -1, "diatonic", (), 0.1),
        (7, "maj", -1, "diatonic", (0, 8), 0.2), (7, "7", -1, "diatonic", (0, 8), 0.0),
        (8, "maj", -1, "diatonic", (), 0.0), (3, "maj", -1, "diatonic", (), 0.0),
        (10, "maj", -1, "diatonic", (), 0.0), (2, "m7b5", -1, "diatonic", (7,), -0.3),
        (7, "min", -1, "diatonic", (0, 8, 3, 5, 10), -0.8),
    ),
}  # fmt: skip
_SECOND: Final[dict[bool, tuple[_Row, ...]]] = {
    False: (
        (0, "7", -1, "secondary", (5,), 1.0), (2, "7", -1, "secondary", (7,), 1.2),
        (4, "7", -1, "secondary", (9, 5), 1.3), (9, "7", -1, "secondary", (2,), 1.3),
        (11, "7", -1, "secondary", (4,), 0.6), (9, "m7", -1, "diatonic", (2, 5, 7), 0.3),
        (0, "maj", 4, "inversion", (5, 2), 0.1), (7, "maj", 11, "inversion", (0, 9), 0.2),
        (0, "maj", 7, "cadential", (7,), 0.2), (2, "m7", 5, "inversion", (7,), 0.4),
        (5, "maj", 9, "inversion", (7, 0, 2), 0.3), (2, "7", 6, "secondary", (7,), 1.0),
        (5, "min", -1, "borrowed", (0, 7), 1.0), (10, "maj", -1, "borrowed", (5, 0), 0.8),
        (8, "maj", -1, "borrowed", (10, 7), 0.9), (0, "maj7", -1, "diatonic", (), 0.1),
        (5, "maj7", -1, "diatonic", (), 0.1), (11, "m7b5", -1, "diatonic", (4,), 0.2),
    ),
    True: (
        (0, "7", -1, "secondary", (5,), 0.2), (2, "7", -1, "secondary", (7,), 1.0),
        (10, "7", -1, "secondary", (3,), 1.0), (3, "7", -1, "secondary", (8,), 0.8),
        (0, "min", 3, "inversion", (5, 2), 0.1), (0, "min", 7, "cadential", (7,), 0.2),
        (7, "maj", 11, "inversion", (0,), 0.4), (5, "min", 8, "inversion", (7,), 0.5),
        (5, "maj", -1, "borrowed", (0, 7, 10), 0.6), (1, "maj", 5, "neapolitan", (7,), 1.2),
        (8, "maj7", -1, "diatonic", (), 0.2), (0, "m7", -1, "diatonic", (), 0.1),
        (5, "m7", -1, "diatonic", (7, 10, 0), 0.2), (11, "dim7", -1, "approach", (0,), 0.6),
    ),
}  # fmt: skip
_THIRD: Final[dict[bool, tuple[_Row, ...]]] = {
    False: (
        (1, "9", -1, "tritone", (0,), 2.4), (8, "9", -1, "tritone", (7,), 2.0),
        (3, "9", -1, "tritone", (2,), 2.2), (10, "9", -1, "backdoor", (0,), 1.8),
        (6, "7", -1, "tritone", (5,), 1.8), (1, "dim7", -1, "approach", (2,), 2.0),
        (3, "dim7", -1, "approach", (4,), 1.6), (6, "dim7", -1, "approach", (7,), 1.8),
        (8, "dim7", -1, "approach", (9,), 1.8), (0, "maj9", -1, "extended", (), 1.1),
        (0, "69", -1, "extended", (), 1.0), (2, "m9", -1, "extended", (7, 1), 1.2),
        (5, "maj9", -1, "extended", (), 1.0), (5, "m6", -1, "borrowed", (0, 10), 1.6),
        (7, "13", -1, "extended", (0, 9), 1.2), (7, "9sus4", -1, "extended", (7, 0), 1.0),
        (7, "7b9", -1, "extended", (0,), 1.2), (9, "m9", -1, "extended", (2, 8), 1.0),
        (8, "maj7", -1, "borrowed", (7, 10, 1), 1.6), (1, "maj7", -1, "borrowed", (0, 7), 1.6),
        (2, "m7b5", -1, "borrowed", (7,), 1.4), (3, "maj7", -1, "borrowed", (8, 2, 5), 1.3),
        (4, "m7", -1, "extended", (9, 3), 0.9), (9, "7b9", -1, "secondary", (2,), 1.8),
        (4, "7#9", -1, "secondary", (9,), 1.5), (6, "m7b5", -1, "approach", (5, 11), 1.4),
    ),
    True: (
        (1, "9", -1, "tritone", (0,), 2.2), (8, "9", -1, "tritone", (7,), 1.8),
        (0, "m9", -1, "extended", (), 1.2), (0, "m69", -1, "extended", (), 1.0),
        (5, "m9", -1, "extended", (), 1.2), (7, "7b9", -1, "extended", (0,), 1.4),
        (7, "7#9", -1, "extended", (0,), 1.2), (8, "maj7#11", -1, "extended", (7, 1), 1.2),
        (1, "maj7", -1, "neapolitan", (7, 0), 1.8), (5, "9", -1, "borrowed", (10, 0), 0.8),
        (3, "maj9", -1, "extended", (), 1.0), (6, "dim7", -1, "approach", (7,), 1.8),
        (9, "m7b5", -1, "approach", (8, 2), 1.4), (4, "dim7", -1, "approach", (5,), 1.6),
        (10, "13", -1, "secondary", (3,), 1.4), (2, "m9b5", -1, "extended", (7,), 1.0),
    ),
}  # fmt: skip
_SHADE: Final = {
    1: {},
    2: {"diatonic": -0.1},
    3: {"diatonic": -0.9, "inversion": -0.2, "extended": -0.6, "secondary": 0.4},
}


@lru_cache(maxsize=256)
def find_palette(key: Key, adventure: int) -> tuple[Entry, ...]:
    """Return the chords that a degree of adventure may use in a key.

    Parameters
    ----------
    key : Key
    adventure : int, 1 to 3

    Returns
    -------
    tuple of Entry

    Raises
    ------
    ParameterError
        There is no such degree.

    Examples
    --------
    >>> [entry.chord.symbol for entry in find_palette(Key("G"), 1)]
    ['G', 'Am', 'Bm', 'C', 'D', 'D7', 'Em', 'Am7']
    >>> len(find_palette(Key("G"), 2)) < len(find_palette(Key("G"), 3))
    True
    """
    if adventure not in (1, 2, 3):
        raise ParameterError(
            f"adventure must be 1 (in the key), 2 (secondary and borrowed chords) or 3 "
            f"(reharmonised), got {adventure!r}",
            zh=f"adventure 须为 1(调内)、2(副属与借用和弦)或 3(重配和声),收到 {adventure!r}",
        )
    rows = [*_FIRST[key.is_minor]]
    if adventure >= 2:
        rows += _SECOND[key.is_minor]
    if adventure >= 3:
        rows += _THIRD[key.is_minor]
    shade = _SHADE[adventure]
    found = []
    for above, quality, bass, device, leads, bonus in rows:
        chord = _make(key, above, quality, bass, device)
        extra = shade.get(device, 0.0)
        found.append(Entry(chord, chord_state(chord, key), device, frozenset(leads), bonus + extra))
    return tuple(found)


def _make(key: Key, above: int, quality: str, bass: int, device: str) -> Chord:
    """Return a chord on a degree of a key, with its bass spelled as a tone of it."""
    rises = device == "approach" and quality == "dim7"
    root = degree_spelling(above, key, rises=rises)
    if quality == "m7b5" and above in (6,):
        root = degree_spelling(above, key, rises=True)
    if bass < 0:
        return make_chord(root, quality)
    chord = make_chord(root, quality)
    for degree, semi in zip(chord.degrees, chord.intervals, strict=True):
        if (above + semi) % 12 == bass:
            low = transpose_spelling(root, shift_fifths=degree_fifths(degree))
            return make_chord(root, quality, low)
    return chord
